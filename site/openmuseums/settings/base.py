"""What every environment shares. Values that differ are read from the environment here and nowhere else."""

import os
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from openmuseums.settings.environment import machine_translator, oidc_apps

PROJECT_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = Path(os.environ.get("OPENMUSEUMS_VAR", PROJECT_DIR / "var"))

# A release changes what the same content looks like, so it is part of every ETag and cache key.
RELEASE = os.environ.get("OPENMUSEUMS_RELEASE", "0.1.0")

INSTALLED_APPS = [
    "openmuseums.discovery",
    "openmuseums.translation",
    "openmuseums.trainers",
    "openmuseums.home",
    "lessons",
    "quizzes",
    "openmuseums.reports",
    "openmuseums.learners",
    "openmuseums.search",
    "openmuseums.organisations",
    "openmuseums.people.apps.PeopleConfig",
    "openmuseums.people.apps.PeopleAdminConfig",
    "openmuseums.competences",
    "openmuseums.uploads",
    "openmuseums.editorial",
    "openmuseums.delivery",
    "openmuseums.catalogues",
    "openmuseums.segments",
    "openmuseums.mail",
    "openmuseums.privacy",
    "openmuseums.clock",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tasks_db",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "openmuseums.delivery.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "openmuseums.delivery.middleware.PrefixLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "openmuseums.people.erased.ErasedAccountMiddleware",
    "openmuseums.people.door.DoorMiddleware",
    "openmuseums.learners.middleware.RecordMiddleware",
    "openmuseums.access.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "openmuseums.editorial.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "openmuseums.urls"
WSGI_APPLICATION = "openmuseums.wsgi.application"
ASGI_APPLICATION = "openmuseums.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "site" / "openmuseums" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "openmuseums.delivery.context.delivery",
                "openmuseums.learners.context.record",
            ],
            "builtins": ["openmuseums.components"],
        },
    },
]

# SQLite: the write lock is taken when a transaction begins, so that two writers queue and neither fails half way.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", f"sqlite:///{VAR_DIR / 'openmuseums.sqlite3'}"),
        conn_max_age=60,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    # Compiling a query takes PostgreSQL longer than ours run. For a pooler that refuses start-up options: `?options=`.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rendered page bodies: shared by all processes and no database table.
FILE_CACHE = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "LOCATION": VAR_DIR / "cache" / "bodies",
    "TIMEOUT": None,
    "OPTIONS": {"MAX_ENTRIES": 20_000},
}
# How many proxies of ours stand before the site and name the address that they were asked from. Limits count by it.
ALLAUTH_TRUSTED_PROXY_COUNT = 0
# How often somebody tried: shared by all processes, too, and each try is counted once.
FILE_LIMITS = {
    "BACKEND": "openmuseums.limits.stores.SharedFileCache",
    "LOCATION": VAR_DIR / "cache" / "limits",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
# Files of questions that wait for an editor to accept what they would do.
FILE_OFFERS = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "LOCATION": VAR_DIR / "cache" / "offers",
    "OPTIONS": {"MAX_ENTRIES": 100},
}
_redis_url = os.environ.get("REDIS_URL", "")
_redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _redis_url}
CACHES = {
    "default": {"BACKEND": "openmuseums.limits.stores.ProcessCache"},
    "limits": {**_redis, "KEY_PREFIX": "limits"} if _redis_url else FILE_LIMITS,
    "bodies": {**_redis, "TIMEOUT": None} if _redis_url else FILE_CACHE,
    "offers": {**_redis, "KEY_PREFIX": "offers"} if _redis_url else FILE_OFFERS,
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["openmuseums.people.backends.EmailOrUsernameBackend"]
# Everybody who may open Wagtail's admin needs a passkey or an authenticator app.
SECOND_FACTOR_REQUIRED = True
# A visitor's record: the signed cookie that holds its id, and how long it stands after it last saved something.
RECORD_COOKIE_NAME = "openmuseums_record"
VISITOR_DAYS = 30
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:my-learning"

# Signing in, by django-allauth. A code lasts ten minutes, is good once, and only in the session that asked for it.
ACCOUNT_ADAPTER = "openmuseums.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "openmuseums.people.entrance_forms.NewAddressForm",
    "change_password": "openmuseums.people.entrance_forms.ChangePasswordForm",
    "confirm_email_verification_code": "openmuseums.people.entrance_forms.AddressCodeForm",
    "confirm_login_code": "openmuseums.people.entrance_forms.CodeForm",
    "confirm_password_reset_code": "openmuseums.people.entrance_forms.CodeForm",
    "login": "openmuseums.people.entrance_forms.PasswordForm",
    "reauthenticate": "openmuseums.people.entrance_forms.PasswordAgainForm",
    "request_login_code": "openmuseums.people.entrance_forms.AddressForm",
    "reset_password": "openmuseums.people.entrance_forms.ForgottenPasswordForm",
    "reset_password_from_key": "openmuseums.people.entrance_forms.NewPasswordForm",
    "set_password": "openmuseums.people.entrance_forms.FirstPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Besides allauth's own limits: three guesses a code, and ten codes an hour for an address, leave a guesser nothing.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "reset_password": "20/m/ip,3/m/key,10/h/key",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_DISPLAY = "openmuseums.people.adapters.name_of"
MFA_ADAPTER = "openmuseums.people.adapters.FactorAdapter"
MFA_FORMS = {
    "activate_totp": "openmuseums.people.factor_forms.AppForm",
    "add_webauthn": "openmuseums.people.factor_forms.NewPasskeyForm",
    "authenticate": "openmuseums.people.factor_forms.FactorCodeForm",
    "authenticate_webauthn": "openmuseums.people.factor_forms.SecondPasskeyForm",
    "login_webauthn": "openmuseums.people.factor_forms.EntryPasskeyForm",
    "reauthenticate": "openmuseums.people.factor_forms.FactorCodeAgainForm",
    "reauthenticate_webauthn": "openmuseums.people.factor_forms.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Administrators make accounts, for people with an address that is confirmed when it is first used, and without any.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Open Museums"
SOCIALACCOUNT_ADAPTER = "openmuseums.people.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_REQUIRED = True
SOCIALACCOUNT_FORMS = {
    "disconnect": "openmuseums.people.account_forms.OtherPlaceGoneForm",
    "signup": "openmuseums.people.entrance_forms.AddressFromElsewhereForm",
}
# Other places that people may sign in with: none, unless the environment names some.
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc_apps(os.environ.get("OPENMUSEUMS_OIDC", ""))}}

# The course that the project ships.
COURSE_PACK = PROJECT_DIR / "lessons" / "course"

LANGUAGE_CODE = "en"
# The first is the source: the course is written in it and translated from it.
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", _("English")),
    ("nl", _("Dutch")),
    ("el", _("Greek")),
    ("it", _("Italian")),
    ("es", _("Spanish")),
]
# A small script writes it where a reader changes the language; the way in alone reads it.
LANGUAGE_COOKIE_NAME = "openmuseums_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Ours, and what we supply of Wagtail's and its kin's strings, which `make messages` does not write.
LOCALE_PATHS = [PROJECT_DIR / "locale", PROJECT_DIR / "site" / "openmuseums" / "upstream_locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
FORMAT_MODULE_PATH = ["openmuseums.formats"]
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [PROJECT_DIR / "site" / "openmuseums" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("OPENMUSEUMS_MEDIA", PROJECT_DIR / "media"))
# Files that no address leads to: whoever may have one is handed it by a view.
PRIVATE_ROOT = Path(os.environ.get("OPENMUSEUMS_PRIVATE", VAR_DIR / "private"))
# The private half of the key that completion lists are signed with. It is made at first use.
SIGNING_KEY_FILE = Path(os.environ.get("OPENMUSEUMS_SIGNING_KEY", VAR_DIR / "signing-key.pem"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our fonts and scripts are for our own pages

X_FRAME_OPTIONS = "DENY"  # Wagtail marks its own previews as framed by the editor
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # Wagtail's admin scripts read it

WAGTAIL_SITE_NAME = "Open Museums"
# Passwords are their owners' business: on their account's page, never set by anybody else.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_BASE_URL = os.environ.get("OPENMUSEUMS_BASE_URL", "http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "uploads.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "uploads.Attachment"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "mp3", "mp4", "odt", "ods", "odp", "pdf", "pptx", "txt", "vtt", "webm", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_AUTOSAVE_INTERVAL = 30_000
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is fetched from another host
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
# What translators may have translated by a machine: nothing, unless the environment names one.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = machine_translator(os.environ.get("OPENMUSEUMS_MACHINE_TRANSLATOR", ""))
# Of a translation that version goes live that was reviewed, not the latest.
WAGTAIL_FINISH_WORKFLOW_ACTION = "openmuseums.translation.review.finishing.publish_reviewed"
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, str | bool]] = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# Work that nobody waits for is queued in the database; `manage.py db_worker --backend queue` does it. Wagtail's own
# tasks are done at once, in a load at its end: what is published is found and credited on the next page that is opened.
TASKS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "openmuseums.clock.gathering.GatheringBackend"},
    "queue": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# Letters go when they are sent; the demo keeps and shows them.
KEEP_SENT_LETTERS = False
EMAIL_TIMEOUT = 30

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("OPENMUSEUMS_LOG_LEVEL", "WARNING")},
}
CSRF_FAILURE_VIEW = "openmuseums.delivery.views.csrf_refused"
