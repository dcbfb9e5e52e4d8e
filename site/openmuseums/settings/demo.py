"""The demo on one's own machine: production's way of serving, over plain HTTP, with a key kept in var/."""

import os

from openmuseums.settings.base import *

DEBUG = False
SECRET_KEY = os.environ["OPENMUSEUMS_SECRET_KEY"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
