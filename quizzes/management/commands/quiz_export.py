"""manage.py quiz_export: write a quiz into a file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from openmuseums.delivery.languages import source_language
from quizzes.exchanging.exporting import FORMATS, export_quiz, page_in
from quizzes.exchanging.importing import quiz_with_key
from quizzes.exchanging.plans import losses_report
from quizzes.exchanging.wording import told_loss
from quizzes.models import QuizPage


class Command(BaseCommand):
    """Exports a quiz and says what the file could not hold."""

    help = "Writes a quiz, as editors see it, into a file. JSON loses nothing and holds all languages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the quiz, the format and the file."""
        parser.add_argument("--quiz", required=True, metavar="KEY", help="the key of the quiz's lesson")
        parser.add_argument("--format", required=True, choices=FORMATS, help="what the file is for")
        parser.add_argument("--locale", default="", help="the language of GIFT and Moodle XML; else the source's")
        parser.add_argument("--output", required=True, type=Path, help="the file to write")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        try:
            quiz = quiz_with_key(options["quiz"])
        except QuizPage.DoesNotExist as error:
            raise CommandError(_("There is no quiz with the key “%(key)s”.") % {"key": options["quiz"]}) from error
        language = options["locale"] or source_language()
        page = page_in(quiz, language)
        if page is None:
            raise CommandError(_("This quiz is not translated into “%(language)s”.") % {"language": language})
        export = export_quiz(page, format=options["format"])
        try:
            options["output"].write_bytes(export.data)
        except OSError as error:
            raise CommandError(
                _("This file cannot be written: %(reason)s.") % {"reason": error.strerror or error}
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps({"losses": losses_report(export.losses)}, ensure_ascii=False, indent=1))
            return
        for loss in export.losses:
            self.stdout.write(_("Not carried: %(what)s") % {"what": told_loss(loss)})
        self.stdout.write(_("%(file)s is written.") % {"file": options["output"]})
