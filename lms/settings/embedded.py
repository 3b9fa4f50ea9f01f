"""One machine, no administrator: SQLite, Celery over files, secrets made once and kept in the data folder."""

from lms.settings import environment

environment.remember(environment.data_dir() / "site.env")  # what `lms init` was told; the environment goes before it

from lms.settings.base import *  # noqa: E402, F403
from lms.settings.base import DATA_DIR  # noqa: E402

LMS_KEEPS_SECRETS = True
SECRET_KEY = environment.kept_secret(DATA_DIR / "keys", "LMS_SECRET_KEY", 50)
LMS_ID_KEY = environment.kept_secret(DATA_DIR / "keys", "LMS_ID_KEY")
LMS_ID_HASH_KEY = environment.kept_secret(DATA_DIR / "keys", "LMS_ID_HASH_KEY")
DATABASES = {"default": environment.database(environment.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'lms.sqlite3'}"))}
_broker = environment.celery_broker(environment.text("CELERY_BROKER_URL", "filesystem://"), DATA_DIR / "broker")
CELERY_BROKER_URL = _broker["CELERY_BROKER_URL"]
CELERY_BROKER_TRANSPORT_OPTIONS = _broker["CELERY_BROKER_TRANSPORT_OPTIONS"]
STATIC_ROOT = None  # served from where the packages lie; nothing is collected on one machine
