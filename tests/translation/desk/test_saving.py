"""Saving at the desk: over the version that was seen, and over no other."""

from collections.abc import Callable

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from openmuseums.people.models import User
from openmuseums.segments.units import anchor_of, units_of
from openmuseums.translation.desk import saving
from openmuseums.translation.desk.reading import version_of
from openmuseums.translation.desk.saving import Outcome, Typed, save_texts
from openmuseums.translation.working import take_seat
from tests.factories import NOW, FixtureCourse, make_course, make_translation, make_user
from tests.together import meeting, run_together


@pytest.fixture
def unit(course: FixtureCourse) -> Page:
    make_translation(course.part, "el")
    return course.units["online-safety"]


@pytest.fixture
def maria(db: None) -> User:
    return make_user(name="Μαρία")


def save(unit: Page, person: User, **texts: Typed) -> Outcome:
    return save_texts(page_key=unit.translation_key, language="el", typed=texts, person=person, now=NOW)


def name_of(unit: Page, path: str) -> str:
    return next(anchor_of(found.path, found.source) for found in units_of(unit) if found.path == path)


def kept(unit: Page, path: str) -> StringTranslation | None:
    return StringTranslation.objects.filter(
        context__object_id=unit.translation_key, context__path=path, locale__language_code="el"
    ).first()


def test_first_text_begins_the_translation(unit, maria):
    lead = name_of(unit, "lead")
    assert not TranslationSource.objects.filter(object_id=unit.translation_key).exists()
    outcome = save(unit, maria, **{lead: Typed("Τι μαθαίνεις.", "")})
    assert outcome == Outcome(saved={lead})
    row = kept(unit, "lead")
    assert (row.data, row.translation_type, row.last_translated_by) == ("Τι μαθαίνεις.", "manual", maria)
    assert Translation.objects.get(source__object_id=unit.translation_key).target_locale.language_code == "el"
    assert not Page.objects.filter(translation_key=unit.translation_key, locale__language_code="el").exists()


def test_text_that_somebody_else_changed_is_not_overwritten(unit, maria):
    lead = name_of(unit, "lead")
    save(unit, maria, **{lead: Typed("Πρώτο.", "")})
    outcome = save(unit, maria, **{lead: Typed("Δεύτερο.", "")})
    assert outcome == Outcome(conflicts={lead: "Πρώτο."})
    assert kept(unit, "lead").data == "Πρώτο."
    outcome = save(unit, maria, **{lead: Typed("Δεύτερο.", version_of("Πρώτο."))})
    assert (outcome, kept(unit, "lead").data) == (Outcome(saved={lead}), "Δεύτερο.")


def test_what_is_kept_already_is_saved_whoever_wrote_it(unit, maria):
    lead = name_of(unit, "lead")
    save(unit, maria, **{lead: Typed("Πρώτο.", "")})
    before = kept(unit, "lead").updated_at
    assert save(unit, maria, **{lead: Typed(" Πρώτο. ", "", is_confirmed=True)}) == Outcome(saved={lead})
    assert kept(unit, "lead").updated_at == before


def test_faulty_texts_are_refused_and_the_others_are_kept(unit, maria):
    lead, title = name_of(unit, "lead"), name_of(unit, "title")
    outcome = save(unit, maria, **{lead: Typed("<b>Τι</b>", ""), title: Typed("Ασφάλεια & δίκτυο", "")})
    assert outcome == Outcome(saved={title}, faults={lead: ["<b> is not in the source."]})
    assert kept(unit, "lead") is None
    assert kept(unit, "title").data == "Ασφάλεια &amp; δίκτυο"


def test_blank_text_is_refused_where_one_is_wanted(unit, maria):
    lead = name_of(unit, "lead")
    outcome = save(unit, maria, **{lead: Typed(" ", "", is_confirmed=True)})
    assert outcome == Outcome(faults={lead: ["This translation is blank."]})


def test_title_that_is_too_long_is_refused(unit, maria):
    title = name_of(unit, "title")
    outcome = save(unit, maria, **{title: Typed("α" * 256, "")})
    assert outcome.faults == {title: ["This translation is too long: 256 characters, of 255 at most."]}


def test_text_that_the_page_has_no_more_is_told(unit, maria):
    assert save(unit, maria, **{"s-0000000000": Typed("Κάτι.", "")}) == Outcome(gone={"s-0000000000"})


def test_nothing_is_kept_while_somebody_else_has_the_seat(unit, maria):
    lead, nikos = name_of(unit, "lead"), make_user()
    seat = take_seat(
        page_key=unit.translation_key, locale=Locale.objects.get(language_code="el"), person=nikos, now=NOW
    )
    assert save(unit, maria, **{lead: Typed("Τι μαθαίνεις.", "")}) == Outcome(seat=seat)
    assert kept(unit, "lead") is None


def test_translation_of_a_machine_becomes_a_person_s_when_it_is_confirmed(unit, maria):
    lead = name_of(unit, "lead")
    save(unit, maria, **{lead: Typed("Πρώτο.", "")})
    StringTranslation.objects.update(translation_type="machine", last_translated_by=None)
    version = version_of("Πρώτο.")
    assert save(unit, maria, **{lead: Typed("Πρώτο.", version)}) == Outcome(saved={lead})
    assert kept(unit, "lead").translation_type == "machine"
    assert save(unit, maria, **{lead: Typed("Πρώτο.", version, is_confirmed=True)}) == Outcome(saved={lead})
    assert (kept(unit, "lead").translation_type, kept(unit, "lead").last_translated_by) == ("manual", maria)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("first", ["", "Πρώτο."])
def test_of_two_writers_at_once_one_is_told_of_the_other(monkeypatch, first):
    course = make_course()
    make_translation(course.part, "el")
    unit, maria = course.units["online-safety"], make_user()
    lead = name_of(unit, "lead")
    if first:
        save(unit, maria, **{lead: Typed(first, "")})
    meet = meeting()
    real = saving.stored_texts

    def read_together(*args: object) -> object:
        found = real(*args)
        meet()
        return found

    monkeypatch.setattr(saving, "stored_texts", read_together)

    def writer(text: str) -> Callable[[], Outcome]:
        return lambda: save(unit, maria, **{lead: Typed(text, version_of(first))})

    outcomes = run_together([writer("Το ένα."), writer("Το άλλο.")])
    text = kept(unit, "lead").data
    assert text in {"Το ένα.", "Το άλλο."}
    assert sorted(map(repr, outcomes)) == sorted(map(repr, [Outcome(saved={lead}), Outcome(conflicts={lead: text})]))
