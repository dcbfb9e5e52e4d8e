"""A file is taken in while a translator saves the same text: neither goes over the other unseen."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from lessons.models import UnitPage
from openmuseums.segments.storing import store_texts, stored_texts, submit
from openmuseums.segments.units import anchor_of
from openmuseums.translation.bundles import taking_in
from openmuseums.translation.bundles.exchanging import Sent, plan_import
from openmuseums.translation.bundles.plans import Plan, Reason
from openmuseums.translation.bundles.taking_in import take_texts
from openmuseums.translation.desk.reading import version_of
from openmuseums.translation.desk.saving import Typed, save_texts
from tests.factories import NOW, make_course, make_translation, make_user
from tests.together import after, meeting, run_together
from tests.translation.bundles.sending import exported, po_with, translation_of

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

LEAD = "What you get from The digital strategy."


def plans_of(*texts: str) -> list[Plan]:
    """Return the plans of files that were made from the same state, each with another translation of one text."""
    data = exported()
    return [plan_import(Sent(po_with(data, LEAD, text), "file", "nl")) for text in texts]


def saved_in_the_browser(unit: UnitPage, text: str) -> None:
    source, _changed = submit(unit)
    found = stored_texts(source, Locale.objects.get(language_code="nl"))
    store_texts(found, {("lead", LEAD): text}, tool="")


def outcome(plan: Plan) -> tuple[int, list[Reason]]:
    return len(plan.writes), [finding.reason for finding in plan.refused]


def test_text_that_was_saved_between_plan_and_writing_stays() -> None:
    unit = make_course().units["digital-strategy"]
    make_translation(unit, "nl")
    plan = plans_of("Uit het bestand.")[0]
    saved_in_the_browser(unit, "Uit de browser.")
    take_texts(plan, user=None)
    assert outcome(plan) == (0, [Reason.CONFLICT])
    assert translation_of(LEAD) == ["Uit de browser."]


@pytest.mark.parametrize("is_translated", [True, False])
def test_of_two_files_taken_at_once_one_wins_and_the_other_is_told(is_translated: bool) -> None:
    unit = make_course().units["digital-strategy"]
    make_translation(unit, "nl")
    if not is_translated:
        StringTranslation.objects.filter(translation_of__data=LEAD).delete()
    plans = plans_of("Van de een.", "Van de ander.")
    run_together([lambda plan=plan: take_texts(plan, user=None) for plan in plans])
    assert sorted(outcome(plan) for plan in plans) == [(0, [Reason.CONFLICT]), (1, [])]
    winner = next(plan for plan in plans if plan.is_taken and not plan.refused)
    assert translation_of(LEAD) == ["Van de een." if winner is plans[0] else "Van de ander."]


@pytest.mark.parametrize("is_translated", [True, False])
def test_of_a_file_and_a_desk_at_once_one_wins_and_the_other_is_told(is_translated: bool) -> None:
    unit = make_course().units["digital-strategy"]
    make_translation(unit, "nl")
    if not is_translated:
        StringTranslation.objects.filter(translation_of__data=LEAD).delete()
    before = "".join(translation_of(LEAD))
    plan = plans_of("Uit het bestand.")[0]
    maria, meet = make_user(), meeting()
    typed = {anchor_of("lead", LEAD): Typed("Aan het bureau.", version_of(before))}

    def take() -> bool:
        # Here it has been seen that nobody changed the text, and nothing is written yet.
        with after('FROM "wagtail_localize_segmentoverride"', meet):
            take_texts(plan, user=None)
        return outcome(plan) == (1, [])

    def save() -> bool:
        with after('FROM "wagtail_localize_segmentoverride"', meet):
            saved = save_texts(page_key=unit.translation_key, language="nl", typed=typed, person=maria, now=NOW)
        return saved.is_whole

    is_of_the_file, is_of_the_desk = run_together([take, save])
    assert is_of_the_file != is_of_the_desk
    assert translation_of(LEAD) == ["Uit het bestand." if is_of_the_file else "Aan het bureau."]


def test_page_of_which_a_text_fails_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    unit = make_course().units["digital-strategy"]
    make_translation(unit, "nl")
    plan = plans_of("Uit het bestand.")[0]

    def fail(*arguments: object, **options: object) -> None:
        store_texts(*arguments, **options)  # type: ignore[arg-type]
        raise RuntimeError("the power went out")

    monkeypatch.setattr(taking_in, "store_texts", fail)
    before = translation_of(LEAD)
    with pytest.raises(RuntimeError):
        take_texts(plan, user=None)
    assert translation_of(LEAD) == before
