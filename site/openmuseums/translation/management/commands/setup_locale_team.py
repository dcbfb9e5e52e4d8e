"""Set up the team of a language, or mend what is missing of it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from openmuseums.translation.teams.setting_up import TeamError, set_up_team


class Command(BaseCommand):
    """All that a partner needs to translate into a language, at once."""

    help = "Set up the team of a language: home page, groups, collection, review. It may be run again at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take language, country and name."""
        parser.add_argument("language", help="the code of the language, such as nl")
        parser.add_argument("--country", required=True, help="two letters, as ISO 3166-1 writes it, such as NL")
        parser.add_argument("--name", required=True, help="the name of the partner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set it up, and say what was done, or in one line why not."""
        done: list[str] = []
        try:
            team = set_up_team(
                language=options["language"],
                country=options["country"],
                name=options["name"],
                now=timezone.now(),
                tell=done.append,
            )
        except TeamError as error:
            raise CommandError(str(error)) from error
        for line in done or ["Everything was there already. Nothing was changed."]:
            self.stdout.write(line)
        groups = f"“{team.translators}” and “{team.reviewers}”"
        self.stdout.write(f"The team of {team.name} is ready. Put its people in the groups {groups}.")
