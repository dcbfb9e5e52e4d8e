"""manage.py verify_export: whether a completion list is as it was written, by the manifest beside it."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from openmuseums.trainers.lists.making import manifest_path
from openmuseums.trainers.lists.manifests import Finding, Verdict, digest_of, verify

CODES = {Verdict.VALID: 0, Verdict.ALTERED: 1, Verdict.SUPERSEDED: 2, Verdict.UNKNOWN_KEY: 3}
# A file that cannot be read is none of the four.
CANNOT_BE_READ = 4


class Command(BaseCommand):
    """Verifies a completion list. Ends with 0 if it is valid, 1 altered, 2 superseded, 3 signed by an unknown key."""

    help = "Verifies a completion list: 0 is valid, 1 altered, 2 superseded, 3 signed by an unknown key, 4 not read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the file."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--manifest", type=Path, help="where it is not FILE.manifest.json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what the file is found to be. Raises CommandError where it cannot be read."""
        path: Path = options["file"]
        try:
            manifest = (options["manifest"] or manifest_path(path)).read_bytes()
            finding = verify(digest_of(_pieces(path)), manifest)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.", returncode=CANNOT_BE_READ) from error
        self.stdout.write(_said(finding))
        if CODES[finding.verdict]:
            sys.exit(CODES[finding.verdict])


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(1024 * 1024):
            yield piece


def _said(finding: Finding) -> str:
    told = finding.told or {}
    what = f"{told.get('rows')} rows of the group “{told.get('cohort')}” as of {told.get('as_of')}"
    match finding.verdict:
        case Verdict.VALID:
            return f"Valid: {what}."
        case Verdict.SUPERSEDED if finding.removed:
            return f"Superseded: {what}. {finding.removed} of the group had themselves removed since."
        case Verdict.SUPERSEDED:
            return f"Superseded: {what}. The group was erased since, with all who were in it."
        case Verdict.ALTERED:
            return "Altered: the file is not the one that was signed, or the manifest is not as it was."
        case _:
            return "Signed by a key that is not known here: nothing can be said."
