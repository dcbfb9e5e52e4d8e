"""Keeps the translations of a file, page by page; nothing goes live by it."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import SegmentOverride, StringTranslation

from openmuseums.people.models import User
from openmuseums.segments.storing import store_texts, stored_texts, submit
from openmuseums.segments.units import units_of
from openmuseums.translation.bundles.exporting import NOTHING, Kept, kept_of
from openmuseums.translation.bundles.plans import Finding, Plan, Reason, Write

# What the CMS shows to translators as the origin of a translation.
TOOL = "translation file"


def take_texts(plan: Plan, *, user: User | None) -> None:
    """Keep what a plan would write, and take from it what somebody else has changed since it was made.

    Each page is one transaction: of a page all is kept, or nothing. `plan` says afterwards what was done. user: who
    sent the file; None is the system.
    """
    plan.is_taken = True
    if not plan.writes:
        return
    locale = Locale.objects.get_or_create(language_code=plan.language)[0]
    by_page: dict[str, list[Write]] = {}
    for write in plan.writes:
        by_page.setdefault(write.page_key, []).append(write)
    done: list[Write] = []
    for page_key, writes in by_page.items():
        taken, findings = _take_page(UUID(page_key), locale, writes, user)
        done += taken
        plan.refused += findings
    plan.writes = done
    plan.tidy()


def lock(page_key: UUID, locale: Locale) -> Page | None:
    """Have whoever works on the texts of a page take turns, and return its published source."""
    sources = Page.objects.filter(translation_key=page_key, locale=Locale.get_default(), alias_of=None)
    list(sources.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    for model in (StringTranslation, SegmentOverride):
        rows = model.objects.filter(locale=locale, context__object_id=page_key)
        list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    source = sources.filter(live=True).first()
    return source.specific if source else None


def _take_page(
    page_key: UUID, locale: Locale, writes: list[Write], user: User | None
) -> tuple[list[Write], list[Finding]]:
    try:
        return _take(page_key, locale, writes, user)
    except IntegrityError:
        # Somebody else brought a first translation meanwhile. Now it is there to be compared with.
        return _take(page_key, locale, writes, user)


@transaction.atomic
def _take(page_key: UUID, locale: Locale, writes: list[Write], user: User | None) -> tuple[list[Write], list[Finding]]:
    page = lock(page_key, locale)
    names = {(unit.path, unit.source) for unit in units_of(page)} if page else set()
    strings, addresses = kept_of([page_key], locale.language_code)
    taken, findings = [], []
    for write in writes:
        here = _here(write, strings, addresses)
        if write.name not in names:
            message = _("The text of the source was changed since the file was written. Download the file again.")
            findings.append(_finding(write, Reason.SOURCE_CHANGED, message))
        elif here != write.before:
            message = _("Somebody has changed this translation since the file was written. Theirs stays.")
            findings.append(_finding(write, Reason.CONFLICT, message, here.text))
        else:
            taken.append(write)
    if page is not None and taken:
        source, _changed = submit(page)
        texts = {write.name: write.text for write in taken}
        store_texts(stored_texts(source, locale), texts, tool=TOOL, by=user)
    return taken, findings


def _here(write: Write, strings: dict[tuple[str, str], Kept], addresses: dict[str, Kept]) -> Kept:
    path, source = write.name
    context = f"{write.page_key}:{path}"
    return addresses.get(context, NOTHING) if write.is_address else strings.get((context, source), NOTHING)


def _finding(write: Write, reason: Reason, message: str, here: str = "") -> Finding:
    path, source = write.name
    return Finding(write.line, reason, message, f"{write.page_key}:{path}", source, write.text, here)
