"""manage.py completions: the completion list of a group as of a time, with a signed manifest beside it."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from openmuseums.trainers.lists.columns import CHOICES, OWN_CHOICE, PRESETS, in_order
from openmuseums.trainers.lists.conditions import Conditions
from openmuseums.trainers.lists.keys import KeyFileError, Signer, current_signer, given_signer
from openmuseums.trainers.lists.making import Asked, Format, ListRefusedError, locales, make_file, manifest_path
from openmuseums.trainers.lists.noting import note_made
from openmuseums.trainers.models import Cohort, State


class Command(BaseCommand):
    """Writes a completion list. The same command writes the same bytes, on every machine and database."""

    help = "Writes the completion list of a group as of a time, and a signed manifest beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the list."""
        parser.add_argument("--cohort", required=True, help="the key of the group, as in the addresses of its pages")
        parser.add_argument("--format", choices=[str(each) for each in Format], required=True)
        parser.add_argument(
            "--as-of",
            required=True,
            type=_moment,
            help="what was recorded by then is in the list: a time with its zone, such as 2026-11-01T00:00:00Z",
        )
        parser.add_argument("--output", required=True, type=Path, help="the file to write")
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--preset", choices=list(PRESETS), default="auditor")
        chosen.add_argument("--columns", default="", help=f"with commas between them: {', '.join(CHOICES)}")
        parser.add_argument("--locale", choices=locales(), default=locales()[0], help="the language of the headings")
        parser.add_argument("--museum", default="", help="only those of this museum or network")
        parser.add_argument("--country", default="", help="only those of this country, by its code")
        parser.add_argument("--role", default="", help="only those with this role")
        parser.add_argument("--language", default="", choices=["", *locales()], help="only those with this language")
        parser.add_argument("--status", default="", choices=["", *State.Status.values], help="only those who are so")
        parser.add_argument("--complete", default="", choices=["", "yes", "no"], help="completed or not")
        parser.add_argument("--signing-key", type=Path, help="a private key in PEM to sign with instead of the site’s")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the list. Raises CommandError where it cannot be made."""
        now = timezone.now()
        asked = self._asked(options)
        path: Path = options["output"]
        try:
            made = make_file(
                asked,
                path,
                signer=_signer(options["signing_key"], now),
                now=now,
                # Noted before the list appears: there is none that learners do not see.
                before_it_appears=lambda made: note_made(asked, made, by=None, now=now),
            )
        except (ListRefusedError, KeyFileError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Written: {path}, {made.rows} rows, SHA-256 {made.digest.sha256}.")
        self.stdout.write(f"Written: {manifest_path(path)}.")

    def _asked(self, options: dict[str, Any]) -> Asked:
        cohort = Cohort.objects.filter(key=options["cohort"]).first()
        if cohort is None:
            raise CommandError(f"There is no group with the key “{options['cohort']}”.")
        chosen = tuple(each.strip() for each in options["columns"].split(",") if each.strip())
        unknown = [each for each in chosen if each not in CHOICES]
        if unknown:
            raise CommandError(f"There are no columns {', '.join(unknown)}. There are: {', '.join(CHOICES)}.")
        return Asked(
            cohort=cohort,
            as_of=options["as_of"],
            columns=in_order(chosen or PRESETS[options["preset"]]),
            file_format=Format(options["format"]),
            locale=options["locale"],
            preset=OWN_CHOICE if chosen else options["preset"],
            conditions=Conditions.read(options),
        )


def _signer(path: Path | None, now: dt.datetime) -> Signer:
    return given_signer(path, now=now) if path else current_signer(now=now)


def _moment(text: str) -> dt.datetime:
    found = parse_datetime(text)
    if found is None or found.tzinfo is None:
        raise CommandError(f"“{text}” is no time with a zone, such as 2026-11-01T00:00:00Z.")
    return found.astimezone(dt.UTC)
