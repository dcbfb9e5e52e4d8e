"""The command that brings translations in line after a deploy that changed blocks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from openmuseums.segments.aligning import align_all


class Command(BaseCommand):
    """Brings what translators work on in line with the pages."""

    help = "Brings what translators work on in line with the pages, after a deploy that changed blocks. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to change anything."""
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what was done."""
        done = align_all(now=timezone.now(), write=not options["dry_run"])
        told = {
            "Kept as a new edition": done.recorded,
            "Given to translators anew": done.synchronised,
            "Known now what it was made from": done.stamped,
            "Made from an edition that nobody kept; look at it in the admin": done.unknown,
        }
        for what, titles in told.items():
            if titles:
                self.stdout.write(f"{what} ({len(titles)}):")
                self.stdout.writelines(f"  {title}" for title in titles)
        if not any(told.values()):
            self.stdout.write("Everything is in line.")
