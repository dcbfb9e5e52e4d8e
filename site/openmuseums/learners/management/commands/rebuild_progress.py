"""Compute what is kept of every learner's progress anew from the events."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from openmuseums.learners.models import Learner
from openmuseums.learners.projection import rebuild

BATCH = 200


class Command(BaseCommand):
    """Mends, or with --check reports, whatever does not follow from the events."""

    help = "Computes every learner's progress anew from the events and mends what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer a run that writes nothing."""
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; report differences and fail where there are any."
        )

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Go through all learners, batch by batch."""
        learners = differences = 0
        for batch in _batches():
            learners += len(batch)
            for difference in rebuild(learners=batch, write=not check):
                differences += 1
                self.stdout.write(
                    f"{difference.learner_id} {difference.table} {difference.key}: "
                    f"kept {difference.kept}, follows {difference.follows}"
                )
        summary = f"{learners} learners, {differences} differences"
        if check and differences:
            raise CommandError(f"{summary}. Run rebuild_progress without --check to mend them.", returncode=1)
        self.stdout.write(f"{summary}{', mended' if differences else ''}.")


def _batches() -> Iterator[list[Learner]]:
    batch = list(Learner.objects.order_by("pk")[:BATCH])
    while batch:
        yield batch
        batch = list(Learner.objects.filter(pk__gt=batch[-1].pk).order_by("pk")[:BATCH])
