"""What all sites share. Secrets, database and broker are set by `embedded`, `test` and `production`."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lms.settings import environment

PACKAGE_DIR = Path(__file__).resolve().parent.parent
BASE_DIR = PACKAGE_DIR.parent
DATA_DIR = environment.data_dir()

LMS_ROLE = environment.text("LMS_ROLE", "both")  # inside: the closed site; outside: checking certificates; both
LMS_PUBLIC_URL = environment.text("LMS_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
LMS_SIGNING_KEY_DIR = Path(environment.text("LMS_SIGNING_KEY_DIR", str(DATA_DIR / "signing"))).resolve()
LMS_KEEPS_SECRETS = False  # the embedded settings make their secrets once and keep them in the data folder
LMS_DURABLE = True  # the start-up check asks the database for it; only the tests do without
LMS_BEHIND_PROXY = environment.text("LMS_BEHIND_PROXY") == "1"  # believe X-Forwarded-For and -Proto
LMS_DEMO = environment.text("LMS_DEMO") == "1"
ALLOW_TEST_IDS = LMS_DEMO  # PER-4: identity numbers that begin with 99 belong to nobody

DEBUG = False
ALLOWED_HOSTS = environment.items("LMS_HOSTS", "127.0.0.1,localhost,[::1]")

INSTALLED_APPS = [
    "lms",
    "courses.journal",
    "cms.theme",
    "courses.people",
    "courses.catalogue",
    "courses.terminals",
    "courses.questions",
    "courses.classes",
    "courses.rosters",
    "courses.attendance",
    "courses.exams",
    "courses.practicals",
    "courses.plans",
    "courses.results",
    "cms.pages",
    "cms.media",
    "cms.learning",
    "certificates.issuing",
    "certificates.verification",
    "lms.audit",
    "lms.reports",
    "lms.targets",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "guardian",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates/ replaces Wagtail's widgets with inline scripts

MIDDLEWARE = [
    "lms.errors.ReferenceNumberMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.headers.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.theme.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "courses.people.middleware.OwnPasswordMiddleware",
    "courses.terminals.middleware.ClassroomMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_templates = BASE_DIR / "templates"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_templates if _templates.is_dir() else PACKAGE_DIR / "_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# --- who signs in ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "courses.people.backends.StaffBackend",
    "guardian.backends.ObjectPermissionBackend",
]
# Argon2id with 19 MiB and two passes: a fifth of the CPU of Django's defaults at the strength OWASP asks for.
PASSWORD_HASHERS = ["courses.people.hashers.ClassroomArgon2Hasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LMS_DEMO_PASSWORD = "qihang-demo"  # noqa: S105  (of the demonstration's accounts; shown on its sign-in page)
LOGIN_URL = "/staff/login/"
LOGIN_REDIRECT_URL = "/admin/"
LOGOUT_REDIRECT_URL = "/staff/login/"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
RIGHTS_FOLLOW = (
    "cms.pages.actions.derive_page_rights",
)  # what else follows from a post, called by people.actions.derive_rights
ANONYMOUS_USER_NAME = None  # django-guardian: no row for "nobody"
GUARDIAN_MONKEY_PATCH_USER = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # never by address alone: a classroom shares one
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 5 / 60  # hours
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "courses.people.views.signing_in.locked"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "lms.errors.csrf_failure"

# --- learners at shared computers (courses.terminals) ----------------------------------------------------------------
LMS_TERMINAL_RULES: dict[str, int] = {}  # numbers other than the defaults of courses.terminals.rules.SignInRules
LMS_LEARNER_HOME = "/learn/"  # where a learner is after signing in
LMS_SEAT_HELD_BY = "courses.exams.actions.attempts.seat_held_by"  # which function says that a learner's exam is open, and at which terminal

# --- what a browser may do ------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],  # Wagtail's preview panel is a frame of our own
    },
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "no-referrer-when-downgrade" if LMS_DEMO else "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = None if LMS_PUBLIC_URL.startswith("http://") else "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# --- language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / package / "locale" for package in ("lms", "cms", "certificates", "courses")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_THOUSAND_SEPARATOR = False

# --- files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT: Path | None = BASE_DIR / "staticfiles"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
LMS_EXPORT_DAYS = 7  # how long the file of an export is kept
PRIVATE_ROOT = DATA_DIR / "private"  # certificates and papers: only behind an authorised view
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# --- jobs -----------------------------------------------------------------------------------------------------------
CELERY_TASK_IGNORE_RESULT = True  # the truth is a row with a state; a task only wakes somebody up
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "people: posts and accounts that ended yesterday": {
        "task": "courses.people.tasks.end_what_expired",
        "schedule": 60 * 60,  # hourly: soon after midnight, also where the machine sleeps at night
    },
    "terminals: sessions that a power cut left behind": {
        "task": "courses.terminals.tasks.end_idle_sessions",
        "schedule": 5 * 60,
    },
    "exams: papers whose time is over": {"task": "courses.exams.tasks.close_overdue", "schedule": 60.0},
    "verification: addresses that guessed wrong yesterday": {
        "task": "certificates.verification.tasks.forget_addresses",
        "schedule": 60 * 60,
    },
    "reports: exports that a crash left behind, files that are old": {
        "task": "lms.reports.tasks.sweep",
        "schedule": 60.0,
    },
    "certificates: batches and papers that a crash left behind": {
        "task": "certificates.issuing.tasks.sweep",
        "schedule": 60.0,
    },
    "rosters: those that a crash left behind, slips that nobody printed": {
        "task": "courses.rosters.tasks.sweep",
        "schedule": 60.0,
    },
    "plans: prints of classes that a crash left behind, files that are old": {
        "task": "courses.plans.tasks.sweep",
        "schedule": 60.0,
    },
    "targets: what yesterday has added": {
        "task": "lms.targets.tasks.take_readings",
        "schedule": 6 * 60 * 60,  # soon after midnight, also where the machine sleeps at night; the same twice is one
    },
}

# --- Wagtail --------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "启航"
WAGTAILADMIN_BASE_URL = LMS_PUBLIC_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no request leaves the building
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = True
WAGTAIL_AUTOSAVE_INTERVAL = 5000
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one clock for everybody: nobody reads a register in another zone
WAGTAIL_WORKFLOW_ENABLED = False  # publishing is a right of its own; review of content comes as an app
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search"}}
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "media.Handout"
WAGTAILIMAGES_EXTENSIONS = ["png", "jpg", "jpeg", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 20_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["pdf", "mp3", "m4a", "ogg"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# --- logs: never an identity number, never a password ----------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"lms": {"level": "INFO"}, "axes": {"level": "ERROR"}, "kombu.connection": {"level": "ERROR"}},
}
