"""Settings of the benchmarks: those of the tests, a database of their own, and templates without a context.

BENCHMARK_DATABASE names a database that is there already: so a process that measures finds the one that was filled.
"""

import os

from openmuseums.settings.test import *  # noqa: F403 - as the settings of the project build on each other
from openmuseums.settings.test import DATABASES, TEMPLATES

# Pages that pages are measured beside are rendered by it: none of the project's context processors runs for them.
TEMPLATES = [
    *TEMPLATES,
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "NAME": "bare", "APP_DIRS": True},
]
if DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": f"openmuseums_benchmark_{os.getpid()}"}
if _there := os.environ.get("BENCHMARK_DATABASE"):
    DATABASES["default"]["NAME"] = _there
