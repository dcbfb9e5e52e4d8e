"""manage.py load_course: put a course pack into the site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.pack.loading import load_course
from lessons.pack.problems import PackError
from lessons.pack.reports import Incomplete, Kept, Report
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.people.rights import grant_rights


class Command(BaseCommand):
    """Loads a pack and says what it did."""

    help = "Loads a course pack. What was edited in the CMS since the last load is reported and left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the folder."""
        parser.add_argument("path", type=Path, help="the folder that holds pack.yaml")
        parser.add_argument(
            "--force", action="store_true", help="overwrite edits made in the CMS, and bring back pages removed there"
        )
        parser.add_argument(
            "--change",
            choices=ChangeKind.values,
            help="what kind of change the pages that it publishes are (without it: meaning)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the pack."""
        try:
            report = load_course(
                options["path"],
                force=options["force"],
                now=timezone.now(),
                change=ChangeKind(options["change"]) if options["change"] else None,
            )
        except PackError as error:
            raise CommandError(_("Nothing was loaded. Mend this first:\n%(problems)s") % {"problems": error}) from error
        except OperationalError as error:
            raise CommandError(
                _("Nothing was loaded: the database did not let us write (%(reason)s). Try again.") % {"reason": error}
            ) from error
        # A new home page is one more for the groups of the roles to have rights on.
        grant_rights()
        for line in lines_of(report):
            self.stdout.write(line)


def lines_of(report: Report) -> list[str]:
    """Return what a load did, in sentences."""
    told = [
        (_("“%(title)s” was removed in the CMS and is not brought back."), report.removed),
        (_("“%(title)s” has changes that nobody published. The pack’s were added to them."), report.drafted),
        (_("“%(title)s” is not in the pack. It stays."), report.not_in_pack),
    ]
    lines = [message % {"title": title} for message, titles in told for title in titles]
    lines += [_kept(kept) for kept in report.kept]
    lines += [_incomplete(found) for found in report.incomplete]
    lines += report.remarks
    if not report.changed:
        return [*lines, _("Nothing to do: the site holds this pack already.")]
    created, updated = len(report.created), len(report.updated) + len(report.drafted)
    return [
        *lines,
        ngettext("%(count)d thing made.", "%(count)d things made.", created) % {"count": created},
        ngettext("%(count)d thing updated.", "%(count)d things updated.", updated) % {"count": updated},
    ]


def _incomplete(found: Incomplete) -> str:
    message = (
        ngettext(
            "“%(title)s” stays as it is published: %(count)d text has no translation.",
            "“%(title)s” stays as it is published: %(count)d texts have no translation.",
            found.missing,
        )
        if found.is_live
        else ngettext(
            "“%(title)s” is a draft: %(count)d text has no translation.",
            "“%(title)s” is a draft: %(count)d texts have no translation.",
            found.missing,
        )
    )
    return message % {"title": found.title, "count": found.missing}


def _kept(kept: Kept) -> str:
    message = (
        _("“%(title)s”: %(field)s was edited in the CMS and in the pack. What the CMS holds is kept.")
        if kept.differs
        else _("“%(title)s”: %(field)s was edited in the CMS and is left alone.")
    )
    return message % {"title": kept.title, "field": kept.field}
