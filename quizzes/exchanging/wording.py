"""What is said of a question file: one table for faults, one for what cannot be carried."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from quizzes.formats.items import Fault, Loss, Position

_TOO_MUCH = _("This file holds more than can be taken at once. Divide it.")
_NO_FILE = _("This is no file of this format, or it is damaged here.")
_TRAP = _("This file holds what no question file needs. Nothing of it was read.")
FAULTS: Mapping[str, Any] = {
    "archive-too-large": _TOO_MUCH,
    "archive-unsafe": _TRAP,
    "bad-character": _("A character (%(code)s) that no text can hold stands here. Take it out."),
    "bad-id": _("An id is a UUID in small letters."),
    "bad-picture": _("The picture “%(name)s” cannot be read."),
    "bad-weight": _("“%(weight)s” is no share of the points. Write one between -100 and 100."),
    "brace-not-closed": _("A “}” is missing: the answers do not end, or a blank line cuts the question in two."),
    "brace-not-opened": _("A “}” without “{”: perhaps a blank line cuts the question in two."),
    "doubled-id": _("The id “%(id)s” stands in this file twice."),
    "doubled-name": _("“%(name)s” stands here twice."),
    "locked": _("Somebody has locked this quiz. Try again when it is free."),
    "markup-in-text": _("Put a text with markup in CDATA."),
    "name-not-closed": _("The name does not end: “::” is missing."),
    "no-answer": _("This question has no right answer."),
    "no-arrow": _("A pair needs “->” between its sides."),
    "no-number": _("“%(text)s” is no number. Write it with a point before decimals."),
    "no-pictures": _("You may not add pictures, which this file needs."),
    "no-prompt": _("This question has no text."),
    "no-questions": _("This file holds no question that could be taken."),
    "no-true-and-false": _("One of true and false must be right, and one wrong."),
    "not-json": _NO_FILE,
    "not-moodle": _NO_FILE,
    "not-ours": _NO_FILE,
    "not-utf-8": _("Save the file in UTF-8."),
    "not-xml": _NO_FILE,
    "not-zip": _NO_FILE,
    "other-language": _("This question is in another language (%(language)s) than the quiz."),
    "other-version": _("This file was written by a newer version of this site."),
    "refused": "%(message)s",
    "text-too-long": _("A text is too long: %(most)s characters at most."),
    "too-deep": _TOO_MUCH,
    "too-few-choices": _("A question needs at least two choices."),
    "too-few-pairs": _("A question needs at least two pairs."),
    "too-large": _TOO_MUCH,
    "too-many-questions": _TOO_MUCH,
    "unknown-name": _("“%(name)s” is not known here."),
    "wrong-kind": _("What stands here has another form than it should."),
    "xml-declares": _TRAP,
}
LOSSES: Mapping[str, Any] = {
    "answers": _("answers"),
    "answers.feedback": _("feedback to answers"),
    "answers.number": _("answers"),
    "answers.share": _("shares of the points"),
    "answers.text": _("answers"),
    "answers.tolerance": _("answers"),
    "case_matters": _("whether capital letters matter"),
    "category": _("category"),
    "element": _("more than can be kept"),
    "feedback": _("general feedback"),
    "field": "",
    "files": _("a file"),
    "formatting": _("formatting"),
    "hints": _("hints"),
    "kind": _("the whole question: there is no such kind"),
    "languages": _("other languages"),
    "links": _("links"),
    "media": _("pictures, sound or film from elsewhere"),
    "name": _("name"),
    "pairs": _("pairs"),
    "penalty": _("points off for another try"),
    "pictures": _("pictures"),
    "pictures-apart": _("pictures, which are kept but not shown with it"),
    "points": _("points"),
    "prompt": _("text"),
    "shuffle": _("whether choices are shuffled"),
    "tags": _("tags"),
    "texts": _("translations"),
    "type": _("the whole question: there is no such kind"),
}


def told_fault(fault: Fault) -> str:
    """Return what is wrong, in the reader's language."""
    return str(FAULTS[fault.code]) % {"code": "", **fault.details}


def told_loss(loss: Loss) -> str:
    """Return what gets lost of which question, in the reader's language."""
    what = told_what(loss)
    return pgettext("loss", "“%(item)s”: %(what)s") % {"item": loss.item, "what": what} if loss.item else what


def told_what(loss: Loss) -> str:
    """Return what gets lost, in the reader's language."""
    what = str(LOSSES[loss.what])
    detail = _language(loss.detail) if loss.what == "languages" else loss.detail
    return f"{what} ({detail})" if what and detail else what or detail


def _language(code: str) -> str:
    """Return the name of a language, or its code where the site does not know it."""
    return str(dict(settings.LANGUAGES).get(code, code))


def place(position: Position | None) -> dict[str, int]:
    """Return where something stands, as reports in JSON say it."""
    return {"line": position.line, "column": position.column} if position else {}
