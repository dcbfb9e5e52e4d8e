"""What the gate finds in a translation, and what it leaves alone."""

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from lessons.models import GlossaryPage, UnitPage
from openmuseums.editorial.checks import Level, errors_of, findings_of
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.segments.producing import produce
from openmuseums.translation.gate import check_translation
from tests.factories import (
    FixtureCourse,
    block,
    in_language,
    make_course_in,
    make_translation,
    make_unit,
    publish,
)
from tests.translation.gate.spoiling import codes, headings, spoil


def judged(page: UnitPage) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.message)) for finding in check_translation(page)]


def test_pages_of_the_source_are_not_judged(source: UnitPage) -> None:
    assert judged(source) == []


def test_whole_course_in_another_language_has_nothing_to_mend(course: FixtureCourse) -> None:
    make_course_in(course, "el")
    pages = Page.objects.filter(locale__language_code="el").specific()
    assert [(page.title, finding.message) for page in pages for finding in check_translation(page)] == []
    assert len(pages) == 12


def test_name_that_a_translator_says_is_the_same_is_translated(unit: UnitPage) -> None:
    page = spoil(unit, "below 100 %")
    assert judged(page) == [("not-translated", "Not translated: “Where to begin”")]
    StringTranslation.objects.filter(data="Waar te beginnen").update(data="Where to begin")
    assert judged(page) == []


def test_what_a_machine_made_waits_until_somebody_has_looked_at_it(unit: UnitPage) -> None:
    row = StringTranslation.objects.filter(data="Doe het dan.")
    row.update(translation_type="machine")
    assert judged(unit) == [("not-reviewed", "Translated by a machine, and nobody has looked at it: “Then act.”")]
    row.update(translation_type="manual")
    assert judged(unit) == []


def test_text_that_has_become_too_long_is_named(unit: UnitPage) -> None:
    page = UnitPage.objects.get(pk=unit.pk)
    page.title = "x" * 256
    assert judged(page) == [
        (
            "broken-translation",
            "“The digital strategy”: This translation is too long: 256 characters, of 255 at most.",
        )
    ]


def test_page_is_judged_by_the_edition_that_it_was_made_from(source: UnitPage, unit: UnitPage) -> None:
    source.body[0].value["text"] = "Begin here"
    source.save_revision().publish()
    page = UnitPage.objects.get(pk=unit.pk)
    assert judged(page) == []
    # What is made now is made from the new edition.
    entry = Translation.objects.get(source__object_id=unit.translation_key)
    with pytest.raises(NotFitToPublish) as refused:
        produce(entry, publish=True)
    assert [str(finding.message) for finding in refused.value.findings] == ["Not translated: “Begin here”"]


def test_page_that_is_not_made_from_its_source_any_more_may_be_built_otherwise(unit: UnitPage) -> None:
    Translation.objects.filter(source__object_id=unit.translation_key).update(enabled=False)
    page = UnitPage.objects.get(pk=unit.pk)
    page.body = [block("heading", {"text": "Iets anders", "level": "h2"})]
    assert judged(page) == []
    page.body = [block("heading", {"text": "Then act.", "level": "h2"}), block("heading", {"text": "7", "level": "h2"})]
    StringTranslation.objects.filter(data="Doe het dan.").update(data="Handel dan.")
    assert judged(page) == [("not-translated", "Not translated: “Then act.”")]


def test_page_of_the_course_without_a_source_is_refused(course: FixtureCourse) -> None:
    parent = make_translation(course.lessons[0], "nl")
    with pytest.raises(NotFitToPublish) as refused:
        make_unit(parent, "digital-strategy", title="Een eigen pagina")
    assert codes(refused) == ["no-source"]


def test_native_page_of_a_language_passes(course: FixtureCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = make_translation(course.lessons[0], "nl")
    monkeypatch.setattr(UnitPage, "is_native", True)
    assert make_unit(parent, "digital-strategy", title="Een eigen pagina").live


def test_alias_in_another_language_is_refused_and_never_follows(source: UnitPage, unit: UnitPage) -> None:
    italian = Locale.objects.get_or_create(language_code="it")[0]
    parent = make_translation(source.get_parent(), "it")
    with pytest.raises(NotFitToPublish):
        source.create_alias(parent=parent, update_locale=italian, reset_translation_key=False)
    UnitPage.objects.filter(pk=source.pk).update(live=False)
    alias = UnitPage.objects.get(pk=source.pk).create_alias(
        parent=parent, update_locale=italian, reset_translation_key=False
    )
    UnitPage.objects.filter(pk=source.pk).update(live=True)
    source.body[0].value["text"] = in_language("Where to begin", "en")
    source.save_revision().publish()
    assert (headings("it"), UnitPage.objects.get(pk=alias.pk).live) == ([], False)


def test_word_that_the_glossary_avoids_is_a_remark_and_stops_nothing(course: FixtureCourse, unit: UnitPage) -> None:
    entry = block("entry", {"term": "guide", "definition": "What leads.", "use": "guide", "avoid": "manual"})
    glossary = publish(course.course, GlossaryPage(title="Glossary", slug="glossary", terms=[entry]))
    make_translation(
        glossary,
        "nl",
        texts={"guide": "wegwijzer", "What leads.": "Wat leidt.", "manual": "gids", "Glossary": "Begrippen"},
    )
    told = [finding for finding in findings_of(unit) if finding.code == "not-the-glossary"]
    assert [finding.level for finding in told] == [Level.REMARK, Level.REMARK]
    assert "gids" in str(told[0].message)
    assert errors_of(unit) == []
