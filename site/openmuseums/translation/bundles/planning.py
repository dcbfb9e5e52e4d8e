"""Looks at a file with translations: what of it is new, what is not taken and why. Nothing is written."""

from django.utils.translation import gettext as _

from lessons.models import GlossaryPage
from openmuseums.delivery.languages import source_language
from openmuseums.editorial.cleaning import clean_html
from openmuseums.segments.bundles.entries import Bundle, Entry, digest_of_text
from openmuseums.segments.bundles.inline import respelt
from openmuseums.segments.checking import faults_of
from openmuseums.segments.units import Unit
from openmuseums.translation.bundles.exporting import Kept, Offered
from openmuseums.translation.bundles.plans import Finding, Plan, Reason, Write
from openmuseums.translation.terms import faults_of_terms

# No paragraph is as long, and what is longer is not worth looking at.
_MAX_TEXT = 50_000


def plan_texts(bundle: Bundle, offered: Offered, *, file: str, force: bool) -> Plan:
    """Return what a file would do to the texts of a course.

    force: whether it goes over what somebody else has changed since it was written.
    """
    plan = Plan(file, offered.scope.key, offered.language)
    for fault in bundle.faults:
        plan.refused.append(Finding(fault.line, Reason.UNREADABLE, fault.message))
    if bundle.is_whole and not _is_of_something_else(bundle, offered, plan):
        planning = _Planning(bundle, offered, plan, force=force)
        for entry in bundle.entries:
            planning.look_at(entry)
    plan.tidy()
    return plan


def is_language(found: str, language: str) -> bool:
    """Return whether a code, as programs write it, names a language of ours: “nl_NL” is “nl”."""
    code = found.replace("_", "-").lower()
    return code == language.lower() or code.startswith(f"{language.lower()}-")


def _is_of_something_else(bundle: Bundle, offered: Offered, plan: Plan) -> bool:
    """Say so where a file is of another course or language; what it does not say may be anything."""
    if bundle.course and bundle.course != offered.scope.name:
        message = _("This file is of another course (“%(found)s”, not “%(expected)s”).") % {
            "found": bundle.course,
            "expected": offered.scope.name,
        }
        plan.refused.append(Finding(1, Reason.OTHER_COURSE, message))
    if bundle.language and not is_language(bundle.language, offered.language):
        message = _("This file holds the language “%(found)s”, not “%(expected)s”.") % {
            "found": bundle.language,
            "expected": offered.language,
        }
        plan.refused.append(Finding(1, Reason.OTHER_LANGUAGE, message))
    if bundle.source_language and not is_language(bundle.source_language, source_language()):
        message = _("This file is translated from “%(found)s”, not from “%(expected)s”.") % {
            "found": bundle.source_language,
            "expected": source_language(),
        }
        plan.refused.append(Finding(1, Reason.OTHER_SOURCE_LANGUAGE, message))
    return plan.is_refused_whole


class _Planning:
    """One file, while it is looked at."""

    def __init__(self, bundle: Bundle, offered: Offered, plan: Plan, *, force: bool) -> None:
        self.offered = offered
        self.plan = plan
        self.force = force
        self.is_respelt = bundle.is_respelt
        self.names = {(context, self._spelt(source)): (context, source) for context, source in offered.units}
        self.sources: dict[str, list[str]] = {}
        for context, source in offered.units:
            self.sources.setdefault(context, []).append(source)

    def look_at(self, entry: Entry) -> None:
        """Put an entry where it belongs in the plan."""
        name = self.names.get(entry.name)
        if name is None:
            self._unknown(entry)
            return
        unit, kept, now = self.offered.units[name], self.offered.kept[name], self.offered.entries[name]
        digest = digest_of_text(entry.translation, is_fuzzy=entry.is_fuzzy)
        if entry.translation == self._spelt(now.translation) and (
            entry.is_fuzzy == now.is_fuzzy or not now.translation
        ):
            self.plan.unchanged += 1
            if now.is_fuzzy and now.translation:
                self._remark(entry, Reason.WAITING, _("This translation waits for somebody to look at it."))
        elif digest == entry.digest:
            self.plan.unchanged += 1
            message = _("The file has this text as it was. Somebody has changed it here since, and that stays.")
            self._remark(entry, Reason.CHANGED_HERE, message, here=kept.text)
        elif not entry.translation and not (unit.is_address and kept.text):
            self.plan.unchanged += 1
            if kept.text:
                message = _("The file has no translation here. The one that the site has stays.")
                self._remark(entry, Reason.EMPTIED, message, here=kept.text)
        elif entry.is_fuzzy:
            message = _("This translation is marked as fuzzy. Look at it and take the mark away.")
            self._refuse(entry, Reason.FUZZY, message)
        else:
            self._changed(entry, unit, kept, now)

    def _changed(self, entry: Entry, unit: Unit, kept: Kept, now: Entry) -> None:
        faults = _faults(unit, entry.translation) if entry.translation else []
        if faults:
            for fault in faults:
                self._refuse(entry, Reason.UNFIT, fault)
            return
        then = digest_of_text(self._spelt(now.translation), is_fuzzy=now.is_fuzzy)
        if kept.text and entry.digest != then and not self.force:
            message = (
                _("Somebody has changed this translation since the file was written. Theirs stays.")
                if entry.digest
                else _(
                    "The file does not say which translation it was made from, and the site has another. That stays."
                )
            )
            self._refuse(entry, Reason.CONFLICT, message, here=kept.text)
            return
        self._remark_terms(entry, unit)
        self.plan.writes.append(
            Write(
                page_key=entry.page_key,
                name=(unit.path, unit.source),
                text=entry.translation,
                before=kept,
                line=entry.line,
                is_address=unit.is_address,
            )
        )

    def _remark_terms(self, entry: Entry, unit: Unit) -> None:
        """Tell of forms that the glossary has translators avoid; its own texts name them."""
        if unit.is_address or isinstance(self.offered.pages[entry.page_key], GlossaryPage):
            return
        for remark in faults_of_terms(unit.source, entry.translation, self.offered.terms):
            self._remark(entry, Reason.TERM, remark)

    def _unknown(self, entry: Entry) -> None:
        if not entry.translation:
            self.plan.unchanged += 1
            return
        sources = self.sources.get(entry.context)
        if sources:
            message = _("The text of the source was changed since the file was written. Download the file again.")
            self._refuse(entry, Reason.SOURCE_CHANGED, message, here=sources[0] if len(sources) == 1 else "")
        else:
            message = _("The course has no text in this place. It was taken out, or is not of this course.")
            self._refuse(entry, Reason.UNKNOWN_CONTEXT, message)

    def _spelt(self, text: str) -> str:
        return respelt(text) if self.is_respelt else text

    def _refuse(self, entry: Entry, reason: Reason, message: str, *, here: str = "") -> None:
        self.plan.refused.append(_finding(entry, reason, message, here))

    def _remark(self, entry: Entry, reason: Reason, message: str, *, here: str = "") -> None:
        self.plan.remarks.append(_finding(entry, reason, message, here))


def _faults(unit: Unit, translation: str) -> list[str]:
    if len(translation) > _MAX_TEXT:
        return [_("This translation is too long: %(limit)d characters at most.") % {"limit": _MAX_TEXT}]
    return faults_of(unit, translation, clean=clean_html)


def _finding(entry: Entry, reason: Reason, message: str, here: str) -> Finding:
    return Finding(entry.line, reason, message, entry.context, entry.source, entry.translation, here)
