"""A developer's machine: debug pages on, the style guide shown, a key that protects nothing."""

from openmuseums.settings.base import *

DEBUG = True
SECRET_KEY = "for-development-only-" + "x" * 40
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# A page shows at once what was changed in its template.
CACHES["bodies"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
# Passkeys work at http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
