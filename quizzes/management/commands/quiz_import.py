"""manage.py quiz_import: take a file of questions into a quiz, as a draft."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.exchanging.importing import (
    NotImportedError,
    Offer,
    import_questions,
    plan_import,
    quiz_with_key,
)
from quizzes.exchanging.plans import Plan
from quizzes.exchanging.wording import told_fault, told_loss
from quizzes.formats.limits import MAX_BYTES
from quizzes.models import QuizPage


class Command(BaseCommand):
    """Imports questions and says what it did."""

    help = "Takes a file of questions (GIFT, Moodle XML, or a quiz's own JSON) into a quiz, as a draft."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the file and the quiz."""
        parser.add_argument("file", type=Path, help="the file of questions")
        parser.add_argument("--quiz", required=True, metavar="KEY", help="the key of the quiz's lesson")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")
        parser.add_argument(
            "--accept-good-part", action="store_true", help="take what is right although something is not"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the file."""
        data = _read(options["file"])
        try:
            quiz = quiz_with_key(options["quiz"])
        except QuizPage.DoesNotExist as error:
            raise CommandError(_("There is no quiz with the key “%(key)s”.") % {"key": options["quiz"]}) from error
        is_saved = False
        if options["dry_run"]:
            plan = plan_import(quiz, data)
        else:
            offer = Offer(data, good_part=options["accept_good_part"])
            try:
                plan = import_questions(quiz=quiz, offer=offer, user=None, now=timezone.now())
                is_saved = True
            except NotImportedError as error:
                plan = error.plan
        if options["json"]:
            self.stdout.write(json.dumps({"saved": is_saved, **plan.report()}, ensure_ascii=False, indent=1))
        else:
            for line in _lines(plan, options["file"].name, is_saved=is_saved):
                self.stdout.write(line)
        if plan.faults and not (is_saved and options["accept_good_part"]):
            raise CommandError(_("Nothing was saved.") if not options["dry_run"] else _("This file is not right."))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than may be: the reader says that it is too much.
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(_("This file cannot be read: %(reason)s.") % {"reason": error.strerror or error}) from error


def _lines(plan: Plan, name: str, *, is_saved: bool) -> list[str]:
    lines = [f"{name}:{fault.position.line}:{fault.position.column}: {told_fault(fault)}" for fault in plan.faults]
    lines += [_("Not carried: %(what)s") % {"what": told_loss(loss)} for loss in plan.losses]
    lines += [_("Choose facet and topic: “%(question)s”") % {"question": title} for title in plan.unfinished]
    lines += plan.summary()
    if is_saved:
        lines.append(_("Saved as a draft. Publish it in the CMS."))
    return lines
