"""manage.py translations: the texts of a course out as a file, in again, and how the languages stand."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openmuseums.segments.states import State
from openmuseums.translation.bundles.exchanging import (
    Sent,
    export_translations,
    import_translations,
    language_in,
    plan_import,
)
from openmuseums.translation.bundles.files import MAX_BYTES, Format
from openmuseums.translation.bundles.plans import Finding, Plan
from openmuseums.translation.bundles.scope import NoSuchCourseError, course_keys, scope_of
from openmuseums.translation.bundles.standing import Standing, standing_of
from openmuseums.translation.rights import translated_languages


class Command(BaseCommand):
    """Hands out translations, takes them in, and counts them."""

    help = "Writes the texts of a course to a file for translators, takes such a file in, or says how languages stand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask what is to be done."""
        acts = parser.add_subparsers(dest="act", required=True)
        out = acts.add_parser("export", help="write a file for translators")
        out.add_argument("--course", required=True, help="the key of the course, such as open-museums")
        out.add_argument("--locale", required=True, help="the language to translate into")
        out.add_argument("--format", choices=[str(found) for found in Format], default=str(Format.PO))
        out.add_argument("--output", required=True, type=Path, help="the file to write; with captions it is a ZIP")
        taken = acts.add_parser("import", help="take a file in; nothing goes live by that")
        taken.add_argument("file", type=Path)
        taken.add_argument("--course", default="", help="the key of the course, where the file has lost it")
        taken.add_argument("--locale", default="", help="the language, where the file has lost it")
        taken.add_argument("--dry-run", action="store_true", help="only say what it would do")
        taken.add_argument("--force", action="store_true", help="go over what was changed since the file was written")
        taken.add_argument("--draft", action="store_true", help="make drafts of the pages that are whole then")
        taken.add_argument("--json", action="store_true", dest="as_json", help="answer in JSON")
        standing = acts.add_parser("status", help="say how the languages stand")
        standing.add_argument("--course", default="", help="the key of the course; without it, the first")
        standing.add_argument("--locale", default="", help="one language alone")
        standing.add_argument("--json", action="store_true", dest="as_json", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it. Raises CommandError, by which the program ends with 1, where anything was refused."""
        language = options["locale"]
        if language and language not in translated_languages():
            raise CommandError(
                _("The course is not translated into “%(language)s”. Languages: %(languages)s.")
                % {"language": language, "languages": ", ".join(translated_languages())}
            )
        try:
            getattr(self, f"_{options['act']}")(options, language)
        except NoSuchCourseError as error:
            raise CommandError(str(error)) from error

    def _export(self, options: dict[str, Any], language: str) -> None:
        made = export_translations(course=options["course"], language=language, format=Format(options["format"]))
        path: Path = options["output"]
        try:
            path.write_bytes(made.data)
        except OSError as error:
            raise CommandError(
                _("“%(path)s” cannot be written: %(reason)s.") % {"path": path, "reason": error.strerror}
            ) from error
        if Path(made.name).suffix != path.suffix:
            self.stderr.write(
                _("The file is one that is usually called “%(name)s”: videos have captions.") % {"name": made.name}
                if made.name.endswith(".zip")
                else _("The file is one that is usually called “%(name)s”.") % {"name": made.name}
            )
        self.stdout.write(_("Written: %(path)s.") % {"path": path})

    def _import(self, options: dict[str, Any], language: str) -> None:
        path: Path = options["file"]
        data = self._read(path)
        language = language or language_in(data)
        if not language:
            raise CommandError(
                _("The file does not say which language it holds, or none that the course has. Say so by --locale.")
            )
        sent = Sent(data, path.name, language, course=options["course"], force=options["force"])
        plan = plan_import(sent) if options["dry_run"] else import_translations(sent, draft=options["draft"])
        if options["as_json"]:
            self.stdout.write(json.dumps(plan.as_json(), ensure_ascii=False, indent=2))
        else:
            for line in _lines_of(plan):
                self.stdout.write(line)
        if plan.refused:
            told = ngettext("%(count)d entry was not taken.", "%(count)d entries were not taken.", len(plan.refused))
            raise CommandError(told % {"count": len(plan.refused)})

    def _status(self, options: dict[str, Any], language: str) -> None:
        scope = scope_of(options["course"] or next(iter(course_keys()), ""))
        found = standing_of(scope, [language] if language else list(translated_languages()))
        if options["as_json"]:
            content = {"course": scope.key, "languages": [standing.as_json() for standing in found]}
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=2))
            return
        for line in _table_of(found):
            self.stdout.write(line)

    def _read(self, path: Path) -> bytes:
        try:
            if path.stat().st_size > MAX_BYTES:
                raise CommandError(_("This file is too long (over %(size)s bytes).") % {"size": MAX_BYTES})
            return path.read_bytes()
        except OSError as error:
            raise CommandError(
                _("“%(path)s” cannot be read: %(reason)s.") % {"path": path, "reason": error.strerror}
            ) from error


def _lines_of(plan: Plan) -> list[str]:
    """Return what a file did or would do: what is refused, what is remarked, and the numbers."""
    return [
        *(_told(plan, finding) for finding in (*plan.refused, *plan.remarks)),
        *(_("Draft made: “%(title)s”.") % {"title": drafted.title} for drafted in plan.drafts_made),
        *(
            _("No draft of “%(title)s”: %(reason)s") % {"title": drafted.title, "reason": drafted.why}
            for drafted in plan.drafts_not_made
        ),
        *plan.summary(),
    ]


def _told(plan: Plan, finding: Finding) -> str:
    text = finding.source if len(finding.source) <= 60 else f"{finding.source[:59]}…"
    place = f"{plan.file}:{finding.line}: {finding.reason}: {finding.message}"
    return f"{place} [{text}]" if text else place


def _table_of(found: list[Standing]) -> list[str]:
    """Return the languages as a table, a line each."""
    rows = [["language", *(str(state) for state in State), "texts", "words left", "behind since"]]
    rows += [
        [
            standing.language,
            *(str(standing.pages[state]) for state in State),
            f"{standing.texts_done}/{standing.texts}",
            f"{standing.words_left}/{standing.words}",
            standing.behind_since.date().isoformat() if standing.behind_since else "-",
        ]
        for standing in found
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
