"""The test suite: either database (`DATABASE_URL`), tasks run at once, published secrets."""

import tempfile
from pathlib import Path

from lms.settings import environment, test_secrets
from lms.settings.base import *  # noqa: F403
from lms.settings.base import PASSWORD_HASHERS, STORAGES

DATA_DIR = Path(tempfile.mkdtemp(prefix="qihang-test-"))
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
LMS_SIGNING_KEY_DIR = DATA_DIR / "signing"
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT

SECRET_KEY = test_secrets.SECRET_KEY
LMS_ID_KEY = test_secrets.ID_KEY
LMS_ID_HASH_KEY = test_secrets.ID_HASH_KEY
LMS_PUBLIC_URL = "https://qihang.example"
LMS_DURABLE = False
ALLOW_TEST_IDS = True
# A PIN takes 40 ms to hash on purpose, and the suite makes thousands; what is true of the real one names it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
ALLOWED_HOSTS = ["*"]

DATABASES = {"default": environment.database(environment.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'lms.sqlite3'}"))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the browser tests' server threads and the tests share it as in real life. No fsync: speed.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;"
    )
CELERY_BROKER_URL = "memory://"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
WHITENOISE_AUTOREFRESH = True
