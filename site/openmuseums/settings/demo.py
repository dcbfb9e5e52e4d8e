"""The demo on one's own machine: production's way of serving, over plain HTTP, with a key kept in var/."""

import os
from pathlib import Path

from openmuseums.settings.base import *
from openmuseums.settings.environment import required

DEBUG = False
SECRET_KEY = required("OPENMUSEUMS_SECRET_KEY")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS += ["openmuseums.demo"]
COURSE_PACK = Path(os.environ.get("OPENMUSEUMS_COURSE", COURSE_PACK))
# Letters go nowhere: the demo keeps them, and shows them to administrators at /_mail/.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
KEEP_SENT_LETTERS = True

# Never a database or cache that the environment names: accounts whose passwords everybody knows do not belong there.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(VAR_DIR / "openmuseums.sqlite3"),
        "OPTIONS": SQLITE_OPTIONS,
    }
}
CACHES["bodies"] = FILE_CACHE
CACHES["limits"] = FILE_LIMITS
CACHES["offers"] = FILE_OFFERS

# To look around in the admin without a second device; `check --deploy` refuses this anywhere else.
SECOND_FACTOR_REQUIRED = False

# Browsers take http://localhost for safe, and passkeys work there; at 127.0.0.1 they do not.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
