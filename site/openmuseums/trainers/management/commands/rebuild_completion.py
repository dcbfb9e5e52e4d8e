"""Reckon anew, from events and attendance, who has completed what."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from openmuseums.trainers.completing.checking import check_completion
from openmuseums.trainers.models import Participation


class Command(BaseCommand):
    """Mends, or with --check reports, what is kept of completion and does not follow from events and attendance."""

    help = "Reckons completion anew from events and attendance and mends what differs, by further entries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the group, and offer a run that writes nothing."""
        parser.add_argument("--cohort", help="The key of a group; without it, all groups that are not archived.")
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; report differences and fail where there are any."
        )

    def handle(self, *args: Any, cohort: str | None = None, check: bool = False, **options: Any) -> None:
        """Go through all who take part.

        Raises CommandError where something differs and is not mended.
        """
        rows = Participation.objects.filter(cohort__archived_at=None)
        rows = rows.filter(cohort__key=cohort) if cohort else rows
        found = check_completion(rows, now=timezone.now(), write=not check)
        for difference in found:
            self.stdout.write(f"{difference.participation_id}: kept {difference.kept}, follows {difference.follows}")
        summary = f"{len(found)} differences"
        if check and found:
            raise CommandError(f"{summary}. Run rebuild_completion without --check to mend them.", returncode=1)
        self.stdout.write(f"{summary}{', mended' if found else ''}.")
