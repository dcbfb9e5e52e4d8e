"""Production: everything that protects is on; what is secret comes from the environment or the start fails."""

import os

from openmuseums.settings.base import *
from openmuseums.settings.environment import required

DEBUG = False
SECRET_KEY = required("OPENMUSEUMS_SECRET_KEY")
# Keys that were in use before: what they signed or encrypted, as the secrets of authenticator apps, can still be read.
SECRET_KEY_FALLBACKS = [
    key.strip() for key in os.environ.get("OPENMUSEUMS_OLD_SECRET_KEYS", "").split(",") if key.strip()
]
ALLOWED_HOSTS = [host.strip() for host in required("OPENMUSEUMS_HOSTS").split(",")]
WAGTAILADMIN_BASE_URL = os.environ.get("OPENMUSEUMS_BASE_URL", f"https://{ALLOWED_HOSTS[0]}")

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
# The server stands behind a proxy that ends TLS and sets this header itself, whatever a client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# It adds the address that a request came from to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
RECORD_COOKIE_NAME = "__Host-record"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("OPENMUSEUMS_FROM_EMAIL", f"no-reply@{ALLOWED_HOSTS[0]}")
