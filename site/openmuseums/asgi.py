"""The ASGI entry point that a server starts."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmuseums.settings.production")

application = get_asgi_application()
