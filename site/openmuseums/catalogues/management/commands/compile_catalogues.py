"""Compile the catalogues that changed."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from openmuseums.catalogues.compiling import CatalogueError, compile_catalogue, is_compiled, sources


class Command(BaseCommand):
    """Writes a .mo file beside each .po file of the project that is newer."""

    help = "Compile the catalogues that changed since they were last compiled."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to compile all of them."""
        parser.add_argument("--all", action="store_true", help="compile unchanged catalogues too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile and say which."""
        count = 0
        for source in sources(settings.LOCALE_PATHS):
            if is_compiled(source) and not options["all"]:
                continue
            try:
                translated = compile_catalogue(source)
            except (OSError, UnicodeDecodeError, CatalogueError) as error:
                raise CommandError(f"{source} cannot be compiled: {error}") from error
            count += 1
            self.stdout.write(f"{source.parent.parent.name}: {translated} messages")
        self.stdout.write(f"{count} catalogues compiled")
