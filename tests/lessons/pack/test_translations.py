"""The PO files of a pack: what a load makes of them, and that a second one makes nothing more."""

import json
from pathlib import Path

import pytest
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationLog,
)

from lessons.pack.dumping import dump_course
from lessons.pack.reports import Incomplete
from lessons.pack.stamping import stamp_course
from openmuseums.segments.catalogues import read_catalogue
from quizzes.models import QuizTexts
from tests.factories import in_language
from tests.packs import (
    STRATEGY,
    change,
    files_of,
    have_loaded,
    line_of,
    load,
    load_twice_at_once,
    rows_of_everything,
    translate,
)
from tests.translations import ADDRESS, LEAD, STRATEGY_ID, pages, text_of, unit


@pytest.mark.django_db
def test_load_makes_every_page_live_in_the_languages_of_the_pack(pack: Path, client: Client) -> None:
    translate(pack, "nl")
    translate(pack, "el")
    report = load(pack)
    assert len(report.created) == 3 + 3 * 12
    assert (report.incomplete, report.removed, report.drafted, report.kept, report.remarks) == ([], [], [], [], [])
    for language in ("nl", "el"):
        assert pages(language) == [
            (f"/home-{language}/", f"A small course [{language}]", True),
            (f"/home-{language}/open-museums/", f"The course [{language}]", True),
            (f"/home-{language}/open-museums/first-steps/", f"First steps [{language}]", True),
            (f"/home-{language}/open-museums/first-steps/online-safety/", f"Safety: first things [{language}]", True),
            (f"/home-{language}/open-museums/marketing/", f"Marketing [{language}]", True),
            (f"/home-{language}/open-museums/marketing/digital-strategy/", f"The digital strategy [{language}]", True),
            (f"/home-{language}/open-museums/marketing/channels-and-media/", f"Channels [{language}]", True),
            (f"/home-{language}/open-museums/marketing/bank/", f"Bank: marketing [{language}]", True),
            (f"/home-{language}/open-museums/marketing/quiz/", f"Quiz: marketing [{language}]", True),
            (f"/home-{language}/open-museums/marketing/facilitator-notes/", f"Notes: marketing [{language}]", True),
            (f"/home-{language}/open-museums/glossary/", f"Glossary [{language}]", True),
            (f"/home-{language}/contact/", f"Contact [{language}]", True),
        ]
    everything = Page.objects.filter(depth__gt=1)
    assert not any(page.has_unpublished_changes or page.alias_of_id for page in everything)
    assert {page.draft_title == page.title for page in everything} == {True}
    assert client.get("/nl/open-museums/marketing/digital-strategy/").status_code == 200


@pytest.mark.django_db
def test_load_keeps_keys_and_ids_in_every_language(pack: Path) -> None:
    translate(pack, "nl")
    have_loaded(pack)
    english, dutch = unit("en"), unit("nl")
    assert dutch.translation_key == english.translation_key
    assert [block.id for block in dutch.body] == [block.id for block in english.body]
    assert [found.translation_key for found in dutch.outcomes.all()] == [
        found.translation_key for found in english.outcomes.all()
    ]
    assert [found.text for found in dutch.outcomes.all()] == [
        in_language(found.text, "nl") for found in english.outcomes.all()
    ]
    raw = json.dumps(dutch.body.get_prep_value(), ensure_ascii=False)
    assert "<li>Whom do you serve? [nl]</li>" in raw
    assert "Two<br>lines &amp; a <code>code</code>, 100\xa0m. [nl]" in raw.replace("&nbsp;", "\xa0")


@pytest.mark.django_db
def test_load_freezes_the_words_of_a_translated_quiz(pack: Path) -> None:
    translate(pack, "nl")
    have_loaded(pack)
    english = QuizTexts.objects.get(language="en")
    # The bank that the quiz draws from was translated before it.
    _bank, dutch = QuizTexts.objects.filter(language="nl").order_by("number")
    assert english.version == dutch.version
    assert {key: words["prompt"] for key, words in dutch.texts.items()} == {
        key: in_language(words["prompt"], "nl") for key, words in english.texts.items()
    }


@pytest.mark.django_db
def test_second_load_writes_nothing(pack: Path) -> None:
    translate(pack, "nl", address="https://example.org/nl/guide")
    have_loaded(pack)
    before = rows_of_everything()
    report = load(pack)
    assert rows_of_everything() == before
    assert not report.changed


@pytest.mark.django_db
def test_load_and_dump_give_the_same_bytes(pack: Path, tmp_path: Path) -> None:
    translate(pack, "nl", address="https://example.org/nl/guide")
    translate(pack, "el", without=(LEAD,))
    before = files_of(pack)
    have_loaded(pack)
    rows = rows_of_everything()
    report = dump_course(tmp_path / "dump")
    assert rows_of_everything() == rows
    assert files_of(tmp_path / "dump") == before
    assert report.languages == ["nl", "el"]


@pytest.mark.django_db
def test_load_leads_readers_of_a_language_to_addresses_of_their_own(pack: Path) -> None:
    translate(pack, "nl", address="https://example.org/nl/guide")
    have_loaded(pack)
    (resources,) = [block for block in unit("nl").body if block.block_type == "resources"]
    assert [found["address"] for found in resources.value["items"]] == ["https://example.org/nl/guide"]
    (resources,) = [block for block in unit("en").body if block.block_type == "resources"]
    assert [found["address"] for found in resources.value["items"]] == [ADDRESS]


@pytest.mark.django_db
def test_load_leads_readers_elsewhere_in_a_rich_text(pack: Path) -> None:
    path = translate(pack, "nl")
    catalogue = read_catalogue(path)
    for message in catalogue.messages:
        if message.source == "https://example.org/?a=1&b=2":
            message.translation = "https://example.org/nl?a=1&b=2"
    path.write_text(catalogue.text(), encoding="utf-8")
    have_loaded(pack)
    raw = unit("nl", "channels-and-media").body.raw_data[0]["value"]["text"]
    assert '<a href="https://example.org/nl?a=1&amp;b=2">guide of a museum</a>' in raw


@pytest.mark.django_db
def test_load_takes_back_an_address_of_a_language(pack: Path) -> None:
    translate(pack, "nl", address="https://example.org/nl/guide")
    have_loaded(pack)
    translate(pack, "nl", address="")
    load(pack)
    (resources,) = [block for block in unit("nl").body if block.block_type == "resources"]
    assert [found["address"] for found in resources.value["items"]] == [ADDRESS]
    assert not SegmentOverride.objects.exists()


@pytest.mark.django_db
def test_load_keeps_a_page_with_missing_texts_a_draft(pack: Path) -> None:
    translate(pack, "nl", without=(LEAD,))
    report = load(pack)
    assert report.incomplete == [Incomplete("The digital strategy (nl)", 1, is_live=False)]
    assert "The digital strategy (nl)" not in report.updated
    assert [(path, live) for path, _title, live in pages("nl") if not live] == [
        ("/home-nl/open-museums/marketing/digital-strategy/", False)
    ]
    translate(pack, "nl")
    report = load(pack)
    assert (report.incomplete, report.updated) == ([], ["The digital strategy (nl)"])
    assert unit("nl").live
    assert unit("nl").lead == in_language(LEAD, "nl")


@pytest.mark.django_db
def test_load_leaves_out_fuzzy_translations_and_says_so(pack: Path) -> None:
    path = translate(pack, "nl")
    catalogue = read_catalogue(path)
    next(message for message in catalogue.messages if message.source == LEAD).fuzzy = True
    path.write_text(catalogue.text(), encoding="utf-8")
    report = load(pack)
    assert report.remarks == ["translations/nl.po: 1 fuzzy translation is left out, until somebody has looked at it."]
    assert report.incomplete == [Incomplete("The digital strategy (nl)", 1, is_live=False)]
    assert not StringTranslation.objects.filter(translation_of__data=LEAD).exists()


@pytest.mark.django_db
def test_load_leaves_a_published_page_as_it_is_where_texts_are_missing(pack: Path) -> None:
    translate(pack, "nl")
    have_loaded(pack)
    change(pack, STRATEGY, LEAD, "Think, choose, then act.")
    stamp_course(pack)
    report = load(pack)
    assert report.updated == ["The digital strategy"]
    assert report.incomplete == [Incomplete("The digital strategy (nl)", 1, is_live=True)]
    assert unit("en").lead == "Think, choose, then act."
    assert (unit("nl").lead, unit("nl").live) == (in_language(LEAD, "nl"), True)
    assert not unit("nl").has_unpublished_changes


@pytest.mark.django_db
def test_load_brings_changed_texts_to_the_public(pack: Path) -> None:
    path = translate(pack, "nl")
    have_loaded(pack)
    path.write_text(path.read_text(encoding="utf-8").replace(in_language(LEAD, "nl"), "Kies eerst."), encoding="utf-8")
    report = load(pack)
    assert report.updated == ["The digital strategy (nl)"]
    assert unit("nl").lead == "Kies eerst."
    assert rows_of_everything()["wagtailcore_page"][0] == Page.objects.count()


@pytest.mark.django_db
def test_load_takes_over_values_that_are_no_texts(pack: Path) -> None:
    translate(pack, "nl")
    have_loaded(pack)
    change(pack, STRATEGY, "minutes_to_read: 3", "minutes_to_read: 4")
    report = load(pack)
    assert report.updated == ["The digital strategy", "The digital strategy (nl)"]
    assert unit("nl").minutes_to_read == 4


@pytest.mark.django_db
def test_load_of_an_empty_po_file_makes_nothing(pack: Path) -> None:
    have_loaded(pack)
    stamp_course(pack, new_languages=["nl"])
    before = rows_of_everything()
    assert not load(pack).changed
    assert rows_of_everything() == before
    assert not Locale.objects.filter(language_code="nl").exists()


@pytest.mark.django_db
def test_load_says_what_the_pack_has_no_text_for(pack: Path) -> None:
    path = translate(pack, "nl")
    change(pack, "translations/nl.po", f'msgctxt "{STRATEGY_ID}:lead"', f'msgctxt "{STRATEGY_ID}:leda"')
    line = line_of(path, f"{STRATEGY_ID}:leda")
    report = load(pack)
    assert report.remarks == [
        f"translations/nl.po:{line}: the pack has no such text ({STRATEGY_ID}:leda). It is left out."
    ]
    assert report.incomplete == [Incomplete("The digital strategy (nl)", 1, is_live=False)]


@pytest.mark.django_db
def test_contexts_know_their_fields_as_wagtail_localize_has_them(pack: Path) -> None:
    translate(pack, "nl")
    have_loaded(pack)
    for page in Page.objects.filter(locale=Locale.get_default(), depth__gt=1).specific():
        for context in TranslationContext.objects.filter(object_id=page.translation_key):
            known, context.field_path = context.field_path, ""
            assert context.get_field_path(page) == known


@pytest.mark.django_db
def test_translators_see_where_a_text_came_from(pack: Path) -> None:
    translate(pack, "nl")
    have_loaded(pack)
    row = text_of(LEAD)
    assert (row.tool_name, row.translation_type, row.last_translated_by) == ("course pack", "manual", None)


@pytest.mark.django_db
def test_translators_can_publish_what_was_loaded(pack: Path) -> None:
    translate(pack, "nl")
    have_loaded(pack)
    for translation in Translation.objects.filter(target_locale__language_code="nl"):
        assert translation.get_progress()[0] == translation.get_progress()[1]
        translation.save_target(publish=False)
    assert [path for path, _title, _live in pages("nl")][:2] == ["/home-nl/", "/home-nl/open-museums/"]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_make_one_translation(pack: Path) -> None:
    translate(pack, "nl")
    reports = load_twice_at_once(pack)
    assert sorted(len(report.created) for report in reports) == [0, 15 + 12]
    assert len(pages("nl")) == 12
    assert TranslationLog.objects.count() == Translation.objects.count() == 12
