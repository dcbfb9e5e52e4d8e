"""Tests: fast password hashing, caches and uploads of each run's own, warnings that matter turned on."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from openmuseums.settings.base import *

# The admin's own search: no test asks it, and keeping it up takes a fifth of the time.
WAGTAILSEARCH_BACKENDS = {"default": {**WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
DEBUG = False
SECRET_KEY = "for-tests-only-" + "x" * 40
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

# Work in the background is done at once, as soon as the transaction is committed.
TASKS["queue"] = TASKS["default"]

_scratch = Path(tempfile.mkdtemp(prefix="openmuseums-test-"))
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
MEDIA_ROOT = _scratch / "media"
PRIVATE_ROOT = _scratch / "private"
SIGNING_KEY_FILE = _scratch / "signing-key.pem"
STATIC_ROOT = _scratch / "static"
STATIC_ROOT.mkdir()
CACHES["bodies"] = {**FILE_CACHE, "LOCATION": _scratch / "bodies"}
CACHES["limits"] = {**FILE_LIMITS, "LOCATION": _scratch / "limits"}
CACHES["offers"] = {**FILE_OFFERS, "LOCATION": _scratch / "offers"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, never memory: the concurrency tests open a connection a thread.
    DATABASES["default"]["NAME"] = str(_scratch / "test.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(_scratch / f"test-{os.getpid()}.sqlite3")}
