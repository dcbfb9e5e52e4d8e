"""The WSGI entry point that a server starts."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmuseums.settings.production")

application = get_wsgi_application()
