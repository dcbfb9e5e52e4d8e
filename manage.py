#!/usr/bin/env python
"""Run Django's and this project's commands."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run one management command."""
    # The site's package stands in site/, a plain source folder (a package of that name would hide Python's own module).
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmuseums.settings.dev")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - the path above comes first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
