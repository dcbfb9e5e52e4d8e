"""Lets go what has been kept for long enough."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from openmuseums.privacy.retention import apply_retention


class Command(BaseCommand):
    """Apply each declaration's time, or with --dry-run say what would go."""

    help = "Deletes what has been kept for as long as the privacy notice says. The clock does it once a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer a run that writes nothing."""
        parser.add_argument("--dry-run", action="store_true", help="Write nothing; print what would go.")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        """Print a line a model, and the sum."""
        found = apply_retention(now=timezone.now(), write=not dry_run)
        width = max((len(due.model) for due in found), default=0)
        for due in found:
            self.stdout.write(f"{due.model:<{width}}  {due.count:>8}")
        self.stdout.write(f"{sum(due.count for due in found)} rows {'would go' if dry_run else 'are gone'}.")
