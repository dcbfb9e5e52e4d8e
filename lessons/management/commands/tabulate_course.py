"""manage.py tabulate_course: write down which topics a pack teaches and asks."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lessons.authoring.coverage import coverage_as_markdown
from lessons.pack.checking import check_pack
from lessons.pack.problems import PackError
from lessons.pack.reading import read_pack

TABLE = "COVERAGE.md"


class Command(BaseCommand):
    """Writes the table by topic beside the pack."""

    help = f"Writes {TABLE} into a pack: what each page holds, and where each topic is taught and asked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the folder."""
        parser.add_argument("path", type=Path, help="the folder that holds pack.yaml")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the table."""
        try:
            content = check_pack(read_pack(options["path"]))
        except PackError as error:
            raise CommandError(
                _("Nothing was written. Mend this first:\n%(problems)s") % {"problems": error}
            ) from error
        (options["path"] / TABLE).write_text(coverage_as_markdown(content), encoding="utf-8")
