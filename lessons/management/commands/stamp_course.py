"""manage.py stamp_course: give ids to whatever in a pack has none."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.pack.catalogues import languages
from lessons.pack.problems import PackError
from lessons.pack.stamping import stamp_course


class Command(BaseCommand):
    """Completes the files of a pack."""

    help = "Fills in missing ids, brings PO files in line with the texts, and writes all files in their one spelling."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the folder."""
        parser.add_argument("path", type=Path, help="the folder that holds pack.yaml")
        parser.add_argument(
            "--language",
            action="append",
            default=[],
            choices=languages(),
            help="also begin a PO file for this language, if there is none",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Complete the pack."""
        try:
            made = stamp_course(options["path"], new_languages=options["language"])
        except PackError as error:
            raise CommandError(
                _("Nothing was written. Mend this first:\n%(problems)s") % {"problems": error}
            ) from error
        self.stdout.write(ngettext("%(count)d id made.", "%(count)d ids made.", made) % {"count": made})
