"""The gate of the translations: by no way of Wagtail's or wagtail-localize's does half a translation go public."""

import datetime as dt
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry, Workflow, WorkflowPage
from wagtail_localize.models import StringTranslation, Translation

from lessons.models import GlossaryPage, Outcome, UnitPage
from openmuseums.editorial.checks import Level, errors_of, findings_of
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.editorial.models import REFUSED
from openmuseums.segments.producing import produce
from openmuseums.segments.units import anchor_of
from openmuseums.translation.gate import check_translation
from tests.factories import (
    FixtureCourse,
    block,
    in_language,
    item,
    make_course_in,
    make_page,
    make_translation,
    make_unit,
    make_user,
    publish,
    signed_in,
)

LINK = '<a href="https://example.org/">'
SOURCE = f"<p>Read {LINK}the whole guide</a>.</p><p>Then act.</p>"
GOOD = f"<p>Lees {LINK}de hele gids</a>.</p><p>Doe het dan.</p>"
# By the name of what is wrong: the heading, the text, and the code of the rule that says so.
SPOILT = {
    "below 100 %": ("Where to begin", GOOD, "not-translated"),
    "a lost link": ("Waar te beginnen", "<p>Lees de hele gids.</p><p>Doe het dan.</p>", "broken-translation"),
    "an error of content": ("Waar te beginnen", GOOD.replace("de hele gids", "hier"), "link-says-nothing"),
}


@pytest.fixture
def source(course: FixtureCourse) -> UnitPage:
    unit = course.units["digital-strategy"]

    def build() -> UnitPage:
        unit.body = [
            block("heading", {"text": "Where to begin", "level": "h2"}),
            block("rich_text", {"text": SOURCE, "topics": [item("swot")]}),
        ]
        unit.save_revision().publish()
        return UnitPage.objects.get(pk=unit.pk)

    return make_page("a unit with a link", build)


@pytest.fixture
def unit(source: UnitPage) -> UnitPage:
    """Return the unit in Dutch, published and whole."""
    texts = {
        "Where to begin": "Waar te beginnen",
        'Read <a id="a1">the whole guide</a>.': 'Lees <a id="a1">de hele gids</a>.',
        "Then act.": "Doe het dan.",
    }
    return make_translation(source, "nl", texts)


@pytest.fixture
def root(db: None) -> Client:
    return signed_in(make_user(username="root", is_superuser=True))


def spoil(unit: UnitPage, how: str) -> UnitPage:
    """Return the unit with something wrong in its body, not saved."""
    page = UnitPage.objects.get(pk=unit.pk)
    heading, text, _code = SPOILT[how]
    heading_id, text_id = [child.id for child in page.body]
    page.body = [
        {"type": "heading", "value": {"text": heading, "level": "h2"}, "id": heading_id},
        {"type": "rich_text", "value": {"text": text, "topics": [item("swot")]}, "id": text_id},
    ]
    return page


def force(page: UnitPage) -> UnitPage:
    """Put a page before the public past every guard, as if it had been there before there was a gate."""
    UnitPage.objects.filter(pk=page.pk).update(body=page.body)
    return UnitPage.objects.get(pk=page.pk)


def headings(language: str = "nl", **of: Any) -> list[str]:
    """Return the headings of the units that are public in a language."""
    rows = UnitPage.objects.filter(locale__language_code=language, live=True, **of).order_by("path")
    return [row.body[0].value["text"] for row in rows]


def public_texts(unit: UnitPage) -> tuple[str, str]:
    row = UnitPage.objects.get(pk=unit.pk)
    return row.body[0].value["text"], row.body[1].value["text"].source


def codes(refused: pytest.ExceptionInfo[NotFitToPublish]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


# Seven ways past the forms


def by_revision(page: UnitPage) -> None:
    page.save_revision().publish()


def by_saving_live(page: UnitPage) -> None:
    UnitPage.objects.filter(pk=page.pk).update(live=False)
    page.live = True
    page.save()


def by_adding_live(page: UnitPage) -> None:
    key, parent, outcomes = page.translation_key, page.get_parent(), [outcome.text for outcome in page.outcomes.all()]
    keys = [outcome.translation_key for outcome in page.outcomes.all()]
    UnitPage.objects.get(pk=page.pk).delete()
    made = UnitPage(title=page.title, slug=page.slug, key=page.key, lead=page.lead, facets=page.facets, body=page.body)
    made.translation_key, made.locale, made.live = key, page.locale, True
    made.outcomes = [
        Outcome(text=text, translation_key=key, locale=page.locale) for text, key in zip(outcomes, keys, strict=True)
    ]
    Page.objects.get(pk=parent.pk).add_child(instance=made)


def by_alias(page: UnitPage) -> None:
    force(page).create_alias(update_slug="alias")


def by_update_of_aliases(page: UnitPage) -> None:
    UnitPage.objects.get(pk=page.pk).create_alias(update_slug="alias")
    page.update_aliases()


WAYS = [by_revision, by_saving_live, by_adding_live, by_alias, by_update_of_aliases]


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("way", WAYS, ids=[way.__name__ for way in WAYS])
def test_way_that_no_form_leads_is_closed(unit: UnitPage, way: Callable[[UnitPage], None], how: str) -> None:
    page = spoil(unit, how)
    with pytest.raises(NotFitToPublish) as refused:
        way(page)
    assert codes(refused) == [SPOILT[how][2]]
    assert {public_texts(alias) for alias in UnitPage.objects.filter(slug="alias")} <= {("Waar te beginnen", GOOD)}


@pytest.mark.parametrize("how", SPOILT)
def test_refused_publication_leaves_what_is_public(unit: UnitPage, how: str) -> None:
    before = public_texts(unit)
    with pytest.raises(NotFitToPublish):
        by_revision(spoil(unit, how))
    assert public_texts(unit) == before == ("Waar te beginnen", GOOD)


@pytest.mark.parametrize("how", SPOILT)
def test_schedule_that_comes_due_is_given_up_and_the_log_says_why(unit: UnitPage, how: str) -> None:
    page = spoil(unit, how)
    page.go_live_at = timezone.now() - dt.timedelta(hours=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled", stdout=StringIO())
    assert public_texts(unit) == ("Waar te beginnen", GOOD)
    entry = PageLogEntry.objects.get(action=REFUSED)
    assert (entry.page_id, len(entry.data["reasons"])) == (unit.pk, 1)


@pytest.mark.parametrize("how", SPOILT)
def test_copy_that_stays_live_is_no_translation(unit: UnitPage, how: str) -> None:
    with pytest.raises(NotFitToPublish) as refused:
        force(spoil(unit, how)).copy(update_attrs={"slug": "copy"}, keep_live=True)
    assert "no-source" in codes(refused)
    assert not UnitPage.objects.filter(slug="copy").exists()


def test_whole_translation_passes_every_way(unit: UnitPage) -> None:
    by_revision(UnitPage.objects.get(pk=unit.pk))
    by_saving_live(UnitPage.objects.get(pk=unit.pk))
    UnitPage.objects.get(pk=unit.pk).create_alias(update_slug="alias")
    by_revision(UnitPage.objects.get(pk=unit.pk))
    assert headings(slug__in=["alias", unit.slug]) == ["Waar te beginnen"] * 2


# A source that is not public


@pytest.mark.parametrize("way", WAYS[:3], ids=[way.__name__ for way in WAYS[:3]])
def test_translation_of_a_withdrawn_page_goes_public_by_no_way(
    source: UnitPage, unit: UnitPage, way: Callable[[UnitPage], None]
) -> None:
    source.unpublish()
    assert headings() == []
    with pytest.raises(NotFitToPublish) as refused:
        way(UnitPage.objects.get(pk=unit.pk))
    assert [str(finding.message) for finding in refused.value.findings] == [
        "The page that this one translates is not public. It is published first, then its translations."
    ]
    assert headings() == []


def test_schedule_of_a_translation_is_given_up_where_its_source_was_withdrawn(source: UnitPage, unit: UnitPage) -> None:
    source.unpublish()
    page = UnitPage.objects.get(pk=unit.pk)
    page.go_live_at = timezone.now() - dt.timedelta(hours=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled", stdout=StringIO())
    assert headings() == []
    assert PageLogEntry.objects.get(action=REFUSED).page_id == unit.pk


@pytest.mark.parametrize("make", [produce, lambda entry, publish: entry.save_target(publish=publish)])
def test_translation_of_a_withdrawn_page_is_made_as_a_draft_and_no_more(
    source: UnitPage, unit: UnitPage, make: Callable[..., Any]
) -> None:
    source.unpublish()
    entry = Translation.objects.get(source__object_id=unit.translation_key)
    with pytest.raises(NotFitToPublish) as refused, TestCase.captureOnCommitCallbacks(execute=True):
        make(entry, publish=True)
    assert (codes(refused), headings()) == (["source-not-public"], [])
    make(entry, publish=False)
    assert headings() == []


def test_withdrawn_translation_can_be_published_after_its_source(
    source: UnitPage, unit: UnitPage, root: Client
) -> None:
    source.unpublish()
    address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={unit.pk}&next=/admin/"
    root.post(address)
    assert headings() == []
    UnitPage.objects.get(pk=source.pk).save_revision().publish()
    root.post(address)
    assert headings() == ["Waar te beginnen"]


def test_half_a_translation_is_refused_also_where_the_source_was_withdrawn_behind_its_back(
    source: UnitPage, unit: UnitPage
) -> None:
    UnitPage.objects.filter(pk=source.pk).update(live=False)
    spoilt = spoil(unit, "below 100 %")
    spoilt.live = True
    with pytest.raises(NotFitToPublish) as refused:
        spoilt.save()
    assert codes(refused) == ["not-translated"]


# wagtail-localize


def keep(how: str) -> None:
    """Keep a translation that has something wrong, as translators do."""
    rows = StringTranslation.objects.filter(locale__language_code="nl")
    if how == "below 100 %":
        rows.filter(translation_of__data="Where to begin").delete()
    elif how == "a lost link":
        rows.filter(data__startswith="Lees").update(data="Lees de hele gids.")
    else:
        rows.filter(data__startswith="Lees").update(data='Lees <a id="a1">hier</a>.')


@pytest.mark.parametrize("is_live", [True, False])
@pytest.mark.parametrize("how", SPOILT)
def test_localize_publishes_nothing_that_is_not_whole(unit: UnitPage, how: str, is_live: bool) -> None:
    if not is_live:
        unit.unpublish()
    keep(how)
    entry = Translation.objects.get(source__object_id=unit.translation_key)
    with pytest.raises(NotFitToPublish) as refused, TestCase.captureOnCommitCallbacks(execute=True):
        entry.save_target(publish=True)
    assert codes(refused) == [SPOILT[how][2]]
    assert UnitPage.objects.get(pk=unit.pk).live is is_live
    if is_live:
        assert public_texts(unit) == ("Waar te beginnen", GOOD)


@pytest.mark.parametrize("how", SPOILT)
def test_producing_publishes_nothing_that_is_not_whole(unit: UnitPage, how: str) -> None:
    keep(how)
    entry = Translation.objects.get(source__object_id=unit.translation_key)
    with pytest.raises(NotFitToPublish) as refused:
        produce(entry, publish=True)
    assert codes(refused) == [SPOILT[how][2]]
    assert public_texts(unit) == ("Waar te beginnen", GOOD)


# The admin


@pytest.mark.parametrize("how", SPOILT)
def test_bulk_publication_is_told_why_not(unit: UnitPage, root: Client, how: str) -> None:
    spoil(unit, how).save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = root.post(f"{address}?id={unit.pk}&next=/admin/")
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_pages:edit", args=[unit.pk]))
    assert public_texts(unit) == ("Waar te beginnen", GOOD)


@pytest.mark.parametrize("how", SPOILT)
def test_approval_is_told_why_not_and_waits(unit: UnitPage, root: Client, how: str) -> None:
    page = spoil(unit, how)
    page.save_revision()
    workflow = Workflow.objects.get()
    WorkflowPage.objects.update_or_create(workflow=workflow, page=Page.get_first_root_node())
    workflow.start(UnitPage.objects.get(pk=unit.pk), make_user())
    state = UnitPage.objects.get(pk=unit.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[unit.pk, "approve", state.pk])
    response = root.post(address, {"comment": ""})
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_pages:edit", args=[unit.pk]))
    assert public_texts(unit) == ("Waar te beginnen", GOOD)
    assert UnitPage.objects.get(pk=unit.pk).workflow_in_progress


def test_message_names_each_missing_text_with_the_way_to_it(unit: UnitPage, root: Client) -> None:
    path = f"body.{unit.body[0].id}.text"
    spoil(unit, "below 100 %").save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    root.post(f"{address}?id={unit.pk}&next=/admin/")
    told = str(next(iter(root.get(reverse("wagtailadmin_home")).context["messages"])))
    desk = f"/admin/translation/nl/{unit.translation_key}/#{anchor_of(path, 'Where to begin')}"
    assert f'<a href="{desk}">Not translated: “Where to begin”</a>' in told


def test_message_names_ten_texts_and_says_how_many_follow(course: FixtureCourse, root: Client) -> None:
    unit = make_translation(course.units["digital-strategy"], "nl", publish=False)
    StringTranslation.objects.filter(context__object_id=unit.translation_key).delete()
    entry = Translation.objects.get(source__object_id=unit.translation_key)
    produce(entry, publish=False)
    missing = len(errors_of(UnitPage.objects.get(pk=unit.pk).get_latest_revision_as_object()))
    assert missing > 10
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    root.post(f"{address}?id={unit.pk}&next=/admin/")
    told = str(next(iter(root.get(reverse("wagtailadmin_home")).context["messages"])))
    assert told.count("Not translated:") == 10
    assert f"<li>and {missing - 10} more.</li>" in told


# What is judged


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
