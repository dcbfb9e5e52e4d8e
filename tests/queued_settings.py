"""Settings of processes that a test starts, with a real queue, and with files that outlive each of them."""

from tests.served_settings import *  # noqa: F403 - settings build on others, as Django's own template shows

_folder = Path(os.environ["SERVED_FOLDER"])  # noqa: F405 - of the settings above
TASKS["queue"] = {"BACKEND": "django_tasks_db.DatabaseBackend"}  # noqa: F405
PRIVATE_ROOT = _folder / "private"
SIGNING_KEY_FILE = _folder / "keys" / "signing-key.pem"
for _name in ("limits", "offers"):
    CACHES[_name]["LOCATION"] = _folder / _name  # noqa: F405
# What was sent is counted.
KEEP_SENT_LETTERS = True
