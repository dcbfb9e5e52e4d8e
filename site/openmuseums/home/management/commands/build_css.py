"""Writes the stylesheet that is delivered from its sources."""

from typing import Any

from django.core.management.base import BaseCommand

from openmuseums.home.stylesheet import DELIVERED, stylesheet


class Command(BaseCommand):
    """Write static/css/site.css from the sources beside it."""

    help = "Writes static/css/site.css from its sources. Run it after a change in static/css/."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file where it changed."""
        made = stylesheet()
        if DELIVERED.exists() and DELIVERED.read_text(encoding="utf-8") == made:
            self.stdout.write("site.css is up to date.")
            return
        DELIVERED.write_text(made, encoding="utf-8")
        self.stdout.write(f"site.css written: {len(made)} characters.")
