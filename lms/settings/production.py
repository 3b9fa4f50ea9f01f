"""A site that other people depend on. Starts only with its own secrets, and says which one is missing."""

from django.core.exceptions import ImproperlyConfigured

from lms.settings import environment
from lms.settings.base import *  # noqa: F403
from lms.settings.base import DATA_DIR, LMS_BEHIND_PROXY, LMS_DEMO, LMS_PUBLIC_URL, LMS_ROLE, STORAGES
from lms.settings.test_secrets import PUBLISHED

SECRET_KEY = environment.required_secret("LMS_SECRET_KEY", PUBLISHED)
LMS_ID_KEY = environment.required_secret("LMS_ID_KEY", PUBLISHED)
LMS_ID_HASH_KEY = environment.required_secret("LMS_ID_HASH_KEY", PUBLISHED)

for _name in ("LMS_PUBLIC_URL", "LMS_HOSTS", "LMS_SIGNING_KEY_DIR"):
    if not environment.text(_name):
        raise ImproperlyConfigured(f"{_name} is not set. See docs/operate.md for what it means.")
if LMS_ROLE not in {"inside", "outside", "both"}:
    raise ImproperlyConfigured("LMS_ROLE must be inside, outside or both.")
if LMS_DEMO:
    raise ImproperlyConfigured("LMS_DEMO=1 opens well-known accounts and cannot be used in production.")

DATABASES = {"default": environment.database(environment.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'lms.sqlite3'}"))}
_broker = environment.celery_broker(environment.text("CELERY_BROKER_URL", "filesystem://"), DATA_DIR / "broker")
CELERY_BROKER_URL = _broker["CELERY_BROKER_URL"]
CELERY_BROKER_TRANSPORT_OPTIONS = _broker["CELERY_BROKER_TRANSPORT_OPTIONS"]

_https = LMS_PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_SSL_REDIRECT = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if LMS_BEHIND_PROXY else None
CSRF_TRUSTED_ORIGINS = [LMS_PUBLIC_URL]
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
STATIC_ROOT = DATA_DIR / "static"  # filled by `lms init`, and by `lms collectstatic` after each upgrade
WHITENOISE_USE_FINDERS = False
