"""Settings of a server that a test starts as a process of its own, on the database that the test has."""

from openmuseums.settings.test import *  # noqa: F403 - settings build on others, as Django's own template shows

DATABASES["default"]["NAME"] = os.environ["SERVED_DATABASE"]  # noqa: F405 - of the settings above
