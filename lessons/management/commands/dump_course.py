"""manage.py dump_course: write the published course into a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lessons.pack.dumping import dump_course
from lessons.pack.problems import PackError


class Command(BaseCommand):
    """Writes a pack and says what it left out."""

    help = "Writes the published course into a folder as a course pack, in place of the pack that is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the folder."""
        parser.add_argument("path", type=Path, help="an empty folder, or one that holds a course pack")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the pack."""
        try:
            report = dump_course(options["path"])
        except PackError as error:
            raise CommandError(
                _("Nothing was written. Mend this first:\n%(problems)s") % {"problems": error}
            ) from error
        for title in report.left_out:
            self.stdout.write(
                _("“%(title)s” is not published, or no page of a course. It is left out.") % {"title": title}
            )
        for title in report.drafts:
            self.stdout.write(
                _("“%(title)s” has changes that are not published. They are left out.") % {"title": title}
            )
        for reference in report.lost:
            self.stdout.write(_("A reference to %(what)s leads out of the pack. It is left out.") % {"what": reference})
        if report.languages:
            self.stdout.write(_("Translations: %(languages)s.") % {"languages": ", ".join(report.languages)})
        self.stdout.write(
            _("%(pages)d pages and %(uploads)d files written.") % {"pages": report.pages, "uploads": report.uploads}
        )
