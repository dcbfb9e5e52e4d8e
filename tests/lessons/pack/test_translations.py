"""The PO files of a pack: what a load makes of them, what it leaves alone, and what a dump writes."""

import json
import shutil
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationLog,
    TranslationSource,
)

from lessons.models import CoursePage, LoadedField, UnitPage
from lessons.pack.dumping import dump_course
from lessons.pack.problems import PackError
from lessons.pack.reports import Incomplete, Kept
from lessons.pack.stamping import stamp_course
from openmuseums.segments.catalogues import read_catalogue
from quizzes.models import QuizTexts
from tests.factories import in_language
from tests.packs import (
    STRATEGY,
    change,
    files_of,
    line_of,
    load,
    po_file,
    rows_of_everything,
    translate,
)

LEAD = "Choose before you act."
STRATEGY_ID = "14f980d3-c16d-4de1-818c-115cda5098ef"
ADDRESS = "https://example.org/guide"
STEP = "c2ee19a9-f197-4147-b730-e2c5e3446b23"


def pages(language: str) -> list[tuple[str, str, bool]]:
    rows = Page.objects.filter(locale__language_code=language, depth__gt=1).order_by("path")
    return list(rows.values_list("url_path", "title", "live"))


def unit(language: str, key: str = "digital-strategy") -> UnitPage:
    return UnitPage.objects.get(key=key, locale__language_code=language)


def text_of(source: str, language: str = "nl") -> StringTranslation:
    return StringTranslation.objects.get(translation_of__data=source, locale__language_code=language)


def edit_in_cms(source: str, text: str) -> None:
    """Change a translation as wagtail-localize's editor does."""
    row = text_of(source)
    row.data, row.tool_name = text, ""
    row.save()


def problems(pack: Path) -> list[tuple[str, int, str]]:
    before = rows_of_everything()
    with pytest.raises(PackError) as caught:
        load(pack)
    assert rows_of_everything() == before
    return [(problem.place.file, problem.place.line, problem.message) for problem in caught.value.problems]


@pytest.mark.django_db
def test_load_makes_every_page_live_in_the_languages_of_the_pack(pack: Path, client: Client) -> None:
    translate(pack, "nl")
    translate(pack, "el")
    report = load(pack)
    assert len(report.created) == 3 + 3 * 10
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
            (f"/home-{language}/open-museums/marketing/quiz/", f"Quiz: marketing [{language}]", True),
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
    load(pack)
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
    load(pack)
    english, dutch = QuizTexts.objects.get(language="en"), QuizTexts.objects.get(language="nl")
    assert english.version == dutch.version
    assert {key: words["prompt"] for key, words in dutch.texts.items()} == {
        key: in_language(words["prompt"], "nl") for key, words in english.texts.items()
    }


@pytest.mark.django_db
def test_second_load_writes_nothing(pack: Path) -> None:
    translate(pack, "nl", address="https://example.org/nl/guide")
    load(pack)
    before = rows_of_everything()
    report = load(pack)
    assert rows_of_everything() == before
    assert not report.changed


@pytest.mark.django_db
def test_load_and_dump_give_the_same_bytes(pack: Path, tmp_path: Path) -> None:
    translate(pack, "nl", address="https://example.org/nl/guide")
    translate(pack, "el", without=(LEAD,))
    before = files_of(pack)
    load(pack)
    rows = rows_of_everything()
    report = dump_course(tmp_path / "dump")
    assert rows_of_everything() == rows
    assert files_of(tmp_path / "dump") == before
    assert report.languages == ["nl", "el"]


@pytest.mark.django_db
def test_load_leads_readers_of_a_language_to_addresses_of_their_own(pack: Path) -> None:
    translate(pack, "nl", address="https://example.org/nl/guide")
    load(pack)
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
    load(pack)
    raw = unit("nl", "channels-and-media").body.raw_data[0]["value"]["text"]
    assert '<a href="https://example.org/nl?a=1&amp;b=2">guide of a museum</a>' in raw


@pytest.mark.django_db
def test_load_takes_back_an_address_of_a_language(pack: Path) -> None:
    translate(pack, "nl", address="https://example.org/nl/guide")
    load(pack)
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
    load(pack)
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
    load(pack)
    path.write_text(path.read_text(encoding="utf-8").replace(in_language(LEAD, "nl"), "Kies eerst."), encoding="utf-8")
    report = load(pack)
    assert report.updated == ["The digital strategy (nl)"]
    assert unit("nl").lead == "Kies eerst."
    assert rows_of_everything()["wagtailcore_page"][0] == Page.objects.count()


@pytest.mark.django_db
def test_load_takes_over_values_that_are_no_texts(pack: Path) -> None:
    translate(pack, "nl")
    load(pack)
    change(pack, STRATEGY, "minutes_to_read: 3", "minutes_to_read: 4")
    report = load(pack)
    assert report.updated == ["The digital strategy", "The digital strategy (nl)"]
    assert unit("nl").minutes_to_read == 4


@pytest.mark.django_db
def test_load_leaves_alone_what_was_translated_in_the_cms(pack: Path) -> None:
    path = translate(pack, "nl")
    load(pack)
    edit_in_cms(LEAD, "In het CMS.")
    report = load(pack)
    assert report.kept == [Kept("The digital strategy (nl)", "lead", differs=False)]
    assert not report.changed
    path.write_text(path.read_text(encoding="utf-8").replace(in_language(LEAD, "nl"), "Kies eerst."), encoding="utf-8")
    report = load(pack)
    assert report.kept == [Kept("The digital strategy (nl)", "lead", differs=True)]
    assert text_of(LEAD).data == "In het CMS."
    report = load(pack, force=True)
    assert (report.kept, report.updated) == ([], ["The digital strategy (nl)"])
    assert (text_of(LEAD).data, unit("nl").lead) == ("Kies eerst.", "Kies eerst.")


@pytest.mark.django_db
def test_load_leaves_out_what_was_deleted_in_the_cms(pack: Path) -> None:
    translate(pack, "nl")
    load(pack)
    text_of(LEAD).delete()
    report = load(pack)
    assert report.kept == [Kept("The digital strategy (nl)", "lead", differs=False)]
    assert report.incomplete == [Incomplete("The digital strategy (nl)", 1, is_live=True)]
    assert not StringTranslation.objects.filter(translation_of__data=LEAD).exists()


@pytest.mark.django_db
def test_load_publishes_nothing_that_a_translator_has_not(pack: Path) -> None:
    path = translate(pack, "nl")
    load(pack)
    edit_in_cms(LEAD, "Nog niet af.")
    path.write_text(
        path.read_text(encoding="utf-8").replace("Choose what comes first. [nl]", "Kies wat eerst komt."),
        encoding="utf-8",
    )
    report = load(pack)
    assert (report.updated, report.drafted) == ([], ["The digital strategy (nl)"])
    public, draft = unit("nl"), unit("nl").get_latest_revision_as_object()
    assert (public.lead, draft.lead) == (in_language(LEAD, "nl"), "Nog niet af.")
    assert [found.text for found in public.outcomes.all()][1] == "Choose what comes first. [nl]"
    assert [found.text for found in draft.outcomes.all()][1] == "Kies wat eerst komt."


@pytest.mark.django_db
def test_load_does_not_publish_again_what_was_taken_down(pack: Path) -> None:
    path = translate(pack, "nl")
    load(pack)
    unit("nl").unpublish()
    assert not load(pack).changed
    path.write_text(path.read_text(encoding="utf-8").replace(in_language(LEAD, "nl"), "Kies eerst."), encoding="utf-8")
    report = load(pack)
    assert (report.updated, report.drafted) == ([], ["The digital strategy (nl)"])
    assert not unit("nl").live


@pytest.mark.django_db
def test_load_does_not_bring_back_what_was_removed(pack: Path) -> None:
    translate(pack, "nl")
    load(pack)
    CoursePage.objects.get(locale__language_code="nl").delete()
    report = load(pack)
    assert report.removed == [
        "The course (nl)", "First steps (nl)", "Safety: first things (nl)", "Marketing (nl)",
        "The digital strategy (nl)", "Channels (nl)", "Quiz: marketing (nl)", "Glossary (nl)",
    ]  # fmt: skip
    assert [path for path, _title, _live in pages("nl")] == ["/home-nl/", "/home-nl/contact/"]
    report = load(pack, force=True)
    assert len(report.created) == 8
    assert [live for _path, _title, live in pages("nl")] == [True] * 10
    assert Translation.objects.filter(enabled=False).count() == 0


@pytest.mark.django_db
def test_load_never_makes_an_alias(pack: Path) -> None:
    translate(pack, "nl")
    load(pack)
    CoursePage.objects.get(locale__language_code="nl").delete()
    LoadedField.objects.all().delete()
    load(pack)
    assert not Page.objects.filter(alias_of__isnull=False).exists()


@pytest.mark.django_db
def test_load_leaves_alone_a_page_that_is_no_longer_translated_from_its_source(pack: Path) -> None:
    path = translate(pack, "nl")
    load(pack)
    Translation.objects.filter(source__object_id=STRATEGY_ID).update(enabled=False)
    path.write_text(path.read_text(encoding="utf-8").replace(in_language(LEAD, "nl"), "Kies eerst."), encoding="utf-8")
    report = load(pack)
    assert report.remarks == ["“The digital strategy (nl)” is not kept in step with its source. It is left alone."]
    assert unit("nl").lead == in_language(LEAD, "nl")


@pytest.mark.django_db
def test_load_leaves_alone_a_page_that_somebody_made_by_hand(pack: Path) -> None:
    translate(pack, "nl")
    load(pack)
    Translation.objects.filter(source__object_id=STRATEGY_ID).delete()
    LoadedField.objects.all().delete()
    page = unit("nl")
    page.lead = "Met de hand."
    page.save_revision().publish()
    assert load(pack).remarks == ["“The digital strategy (nl)” is not kept in step with its source. It is left alone."]
    assert unit("nl").lead == "Met de hand."
    load(pack, force=True)
    assert unit("nl").lead == in_language(LEAD, "nl")


@pytest.mark.django_db
def test_load_puts_a_translation_in_the_place_of_an_alias(pack: Path) -> None:
    load(pack)
    locale = Locale.objects.create(language_code="nl")
    unit("en").copy_for_translation(locale, copy_parents=True, alias=True)
    assert [live for _path, _title, live in pages("nl")] == [True] * 4
    translate(pack, "nl", without=(LEAD,))
    report = load(pack)
    assert report.incomplete == [Incomplete("The digital strategy (nl)", 1, is_live=True)]
    assert [page.title for page in Page.objects.filter(alias_of__isnull=False)] == ["The digital strategy"]
    translate(pack, "nl")
    load(pack)
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    assert [(live, title.endswith("[nl]")) for _path, title, live in pages("nl")] == [(True, True)] * 10


@pytest.mark.django_db
def test_load_has_translations_stand_as_their_sources_do(pack: Path) -> None:
    translate(pack, "nl")
    load(pack)
    change(
        pack,
        "home/open-museums/marketing/page.yaml",
        "[digital-strategy, channels-and-media, quiz]",
        "[channels-and-media, digital-strategy, quiz]",
    )
    load(pack)
    expected = ["channels-and-media", "digital-strategy", "quiz"]
    for language in ("en", "nl"):
        found = [path.split("/")[-2] for path, _title, _live in pages(language) if "/marketing/" in path]
        assert found[1:] == expected


@pytest.mark.django_db
def test_load_does_not_submit_again_what_was_only_published_again(pack: Path) -> None:
    translate(pack, "nl")
    load(pack)
    before = list(TranslationSource.objects.order_by("pk").values_list("pk", "last_updated_at"))
    logs = TranslationLog.objects.count()
    unit("en").save_revision().publish()
    assert not load(pack).changed
    assert list(TranslationSource.objects.order_by("pk").values_list("pk", "last_updated_at")) == before
    assert TranslationLog.objects.count() == logs


@pytest.mark.django_db
def test_load_does_not_translate_what_is_not_published(pack: Path) -> None:
    load(pack)
    unit("en").unpublish()
    translate(pack, "nl")
    report = load(pack)
    assert "The digital strategy (nl)" not in report.created
    assert len(report.created) == 9


@pytest.mark.django_db
def test_load_of_an_empty_po_file_makes_nothing(pack: Path) -> None:
    load(pack)
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
    load(pack)
    for page in Page.objects.filter(locale=Locale.get_default(), depth__gt=1).specific():
        for context in TranslationContext.objects.filter(object_id=page.translation_key):
            known, context.field_path = context.field_path, ""
            assert context.get_field_path(page) == known


@pytest.mark.django_db
def test_translators_see_where_a_text_came_from(pack: Path) -> None:
    translate(pack, "nl")
    load(pack)
    row = text_of(LEAD)
    assert (row.tool_name, row.translation_type, row.last_translated_by) == ("course pack", "manual", None)


@pytest.mark.django_db
def test_translators_can_publish_what_was_loaded(pack: Path) -> None:
    translate(pack, "nl")
    load(pack)
    for translation in Translation.objects.filter(target_locale__language_code="nl"):
        assert translation.get_progress()[0] == translation.get_progress()[1]
        translation.save_target(publish=False)
    assert [path for path, _title, _live in pages("nl")][:2] == ["/home-nl/", "/home-nl/open-museums/"]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_make_one_translation(pack: Path) -> None:
    translate(pack, "nl")
    barrier, reports, errors = Barrier(2), [], []

    def run() -> None:
        try:
            barrier.wait(10)
            reports.append(load(pack))
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in a thread is told below
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(len(report.created) for report in reports) == [0, 13 + 10]
    assert len(pages("nl")) == 10
    assert TranslationLog.objects.count() == Translation.objects.count() == 10


# What is wrong with a PO file


@pytest.mark.django_db
def test_po_file_of_another_course_is_refused(pack: Path) -> None:
    translate(pack, "nl")
    change(pack, "translations/nl.po", '"X-Course: ', '"X-Course: another-')
    ((file, line, message),) = problems(pack)
    assert (file, line) == ("translations/nl.po", 1)
    assert message.startswith("This PO file is of another course (“another-")


@pytest.mark.django_db
def test_po_file_of_another_language_is_refused(pack: Path) -> None:
    shutil.copyfile(translate(pack, "nl"), po_file(pack, "el"))
    assert problems(pack) == [("translations/el.po", 1, "This PO file holds the language “nl”, not “el”.")]


@pytest.mark.django_db
def test_po_file_with_a_broken_line_is_refused(pack: Path) -> None:
    path = translate(pack, "nl")
    line, _column = change(pack, "translations/nl.po", f'msgid "{LEAD}"', f'msgid "{LEAD}')
    assert problems(pack) == [("translations/nl.po", line, "This is no PO file: wrong syntax.")]
    assert path.exists()


@pytest.mark.django_db
def test_po_files_of_no_language_of_the_site_are_refused(pack: Path) -> None:
    shutil.copyfile(translate(pack, "nl"), po_file(pack, "de"))
    (pack / "translations/notes.txt").write_text("", encoding="utf-8")
    (pack / "translations/it.po").symlink_to(po_file(pack, "nl"))
    assert problems(pack) == [
        (
            "translations/de.po",
            1,
            "The site has no language “de” to translate into. It has: nl, el, it, es.",
        ),
        ("translations/it.po", 1, "Links to other files are not followed. Put the file itself here."),
        ("translations/notes.txt", 1, "Only PO files belong here, each called by the code of its language."),
    ]


@pytest.mark.django_db
def test_translations_that_lose_a_link_or_are_too_long_are_refused(pack: Path) -> None:
    path = translate(pack, "nl", title="T" * 256)
    catalogue = read_catalogue(path)
    linked = next(message for message in catalogue.messages if 'id="a1"' in message.source)
    linked.translation = "Zonder koppeling."
    path.write_text(catalogue.text(), encoding="utf-8")
    assert set(problems(pack)) >= {
        ("translations/nl.po", linked.line, "The link a1, a2 of the source is missing."),
        (
            "translations/nl.po",
            line_of(path, f'{STEP}.title"'),
            "This translation is too long: 256 characters, of 120 at most.",
        ),
    }


@pytest.mark.django_db
def test_what_a_page_says_against_a_translation_is_told_with_its_place(pack: Path) -> None:
    path = translate(pack, "nl")
    catalogue = read_catalogue(path)
    linked = next(message for message in catalogue.messages if "guide of a museum" in message.source)
    linked.translation = linked.source.replace("guide of a museum", "https://example.org/")
    path.write_text(catalogue.text(), encoding="utf-8")
    found = problems(pack)
    assert [(file, line) for file, line, _message in found] == [
        ("translations/nl.po", line_of(path, "https://example.org/</a>"))
    ]


# Stamping and dumping


@pytest.mark.django_db
def test_stamp_brings_po_files_in_line_with_changed_texts(pack: Path) -> None:
    path = translate(pack, "nl")
    change(pack, STRATEGY, LEAD, "Choose before acting.")
    change(pack, STRATEGY, "title: The digital strategy", "title: Bananas, apples and pears")
    stamp_course(pack)
    messages = {
        (message.context.rpartition(":")[2], message.source): message
        for message in read_catalogue(path).messages
        if message.context.startswith(STRATEGY_ID)
    }
    lead = messages["lead", "Choose before acting."]
    assert (lead.translation, lead.fuzzy, lead.previous) == (in_language(LEAD, "nl"), True, LEAD)
    assert messages["title", "Bananas, apples and pears"].translation == ""
    assert messages["title", "The digital strategy"].obsolete
    before = files_of(pack)
    stamp_course(pack)
    assert files_of(pack) == before


@pytest.mark.django_db
def test_dump_keeps_what_only_the_file_holds(pack: Path) -> None:
    path = translate(pack, "nl")
    load(pack)
    change(pack, STRATEGY, LEAD, "Choose before acting.")
    change(pack, STRATEGY, "title: The digital strategy", "title: Bananas, apples and pears")
    stamp_course(pack)
    path.write_text(
        path.read_text(encoding="utf-8").replace("#. lead\n", "# Ask the museum.\n#. lead\n", 1), encoding="utf-8"
    )
    load(pack)
    before = files_of(pack)
    dump_course(pack)
    assert files_of(pack) == before


@pytest.mark.django_db
def test_dump_writes_what_was_translated_in_the_cms(pack: Path, tmp_path: Path) -> None:
    translate(pack, "nl")
    load(pack)
    edit_in_cms(LEAD, "In het CMS.")
    dump_course(tmp_path / "dump")
    (lead,) = [
        message for message in read_catalogue(po_file(tmp_path / "dump", "nl")).messages if message.source == LEAD
    ]
    assert lead.translation == "In het CMS."


@pytest.mark.django_db
def test_dump_of_a_site_in_one_language_writes_no_translations(pack: Path, tmp_path: Path) -> None:
    load(pack)
    assert dump_course(tmp_path / "dump").languages == []
    assert not (tmp_path / "dump/translations").exists()


@pytest.mark.django_db
def test_stamp_command_begins_a_po_file(pack: Path, capsys: Any) -> None:
    call_command("stamp_course", str(pack), "--language", "nl")
    assert capsys.readouterr().out == "0 ids made.\n"
    assert {message.translation for message in read_catalogue(po_file(pack, "nl")).messages} == {""}


@pytest.mark.django_db
def test_load_command_says_what_is_a_draft(pack: Path, capsys: Any) -> None:
    translate(pack, "nl", without=(LEAD,))
    call_command("load_course", str(pack))
    assert capsys.readouterr().out.split("\n")[0] == (
        "“The digital strategy (nl)” is a draft: 1 text has no translation."
    )


@pytest.mark.django_db
def test_a_pack_in_one_language_needs_no_translations(pack: Path) -> None:
    load(pack)
    assert list(Locale.objects.values_list("language_code", flat=True)) == ["en"]
