"""What became of translations in the CMS since the last load: a load leaves it alone and says so."""

from pathlib import Path

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)

from lessons.models import CoursePage, LoadedField
from lessons.pack.reports import Incomplete, Kept
from tests.factories import in_language
from tests.packs import (
    change,
    have_loaded,
    load,
    translate,
)
from tests.translations import LEAD, STRATEGY_ID, edit_in_cms, pages, text_of, unit


@pytest.mark.django_db
def test_load_leaves_alone_what_was_translated_in_the_cms(pack: Path) -> None:
    path = translate(pack, "nl")
    have_loaded(pack)
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
    have_loaded(pack)
    text_of(LEAD).delete()
    report = load(pack)
    assert report.kept == [Kept("The digital strategy (nl)", "lead", differs=False)]
    assert report.incomplete == [Incomplete("The digital strategy (nl)", 1, is_live=True)]
    assert not StringTranslation.objects.filter(translation_of__data=LEAD).exists()


@pytest.mark.django_db
def test_load_publishes_nothing_that_a_translator_has_not(pack: Path) -> None:
    path = translate(pack, "nl")
    have_loaded(pack)
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
    have_loaded(pack)
    unit("nl").unpublish()
    assert not load(pack).changed
    path.write_text(path.read_text(encoding="utf-8").replace(in_language(LEAD, "nl"), "Kies eerst."), encoding="utf-8")
    report = load(pack)
    assert (report.updated, report.drafted) == ([], ["The digital strategy (nl)"])
    assert not unit("nl").live


@pytest.mark.django_db
def test_load_does_not_bring_back_what_was_removed(pack: Path) -> None:
    translate(pack, "nl")
    have_loaded(pack)
    CoursePage.objects.get(locale__language_code="nl").delete()
    report = load(pack)
    assert report.removed == [
        "The course (nl)", "First steps (nl)", "Safety: first things (nl)", "Marketing (nl)",
        "The digital strategy (nl)", "Channels (nl)", "Bank: marketing (nl)", "Quiz: marketing (nl)",
        "Notes: marketing (nl)", "Glossary (nl)",
    ]  # fmt: skip
    assert [path for path, _title, _live in pages("nl")] == ["/home-nl/", "/home-nl/contact/"]
    report = load(pack, force=True)
    assert len(report.created) == 10
    assert [live for _path, _title, live in pages("nl")] == [True] * 12
    assert Translation.objects.filter(enabled=False).count() == 0


@pytest.mark.django_db
def test_load_never_makes_an_alias(pack: Path) -> None:
    translate(pack, "nl")
    have_loaded(pack)
    CoursePage.objects.get(locale__language_code="nl").delete()
    LoadedField.objects.all().delete()
    load(pack)
    assert not Page.objects.filter(alias_of__isnull=False).exists()


@pytest.mark.django_db
def test_load_leaves_alone_a_page_that_is_no_longer_translated_from_its_source(pack: Path) -> None:
    path = translate(pack, "nl")
    have_loaded(pack)
    Translation.objects.filter(source__object_id=STRATEGY_ID).update(enabled=False)
    path.write_text(path.read_text(encoding="utf-8").replace(in_language(LEAD, "nl"), "Kies eerst."), encoding="utf-8")
    report = load(pack)
    assert report.remarks == ["“The digital strategy (nl)” is not kept in step with its source. It is left alone."]
    assert unit("nl").lead == in_language(LEAD, "nl")


@pytest.mark.django_db
def test_load_leaves_alone_a_page_that_somebody_made_by_hand(pack: Path) -> None:
    translate(pack, "nl")
    have_loaded(pack)
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
@pytest.mark.usefixtures("before_the_gate")
def test_load_puts_a_translation_in_the_place_of_an_alias(pack: Path) -> None:
    have_loaded(pack)
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
    assert [(live, title.endswith("[nl]")) for _path, title, live in pages("nl")] == [(True, True)] * 12


@pytest.mark.django_db
def test_load_has_translations_stand_as_their_sources_do(pack: Path) -> None:
    translate(pack, "nl")
    have_loaded(pack)
    change(
        pack,
        "home/open-museums/marketing/page.yaml",
        "[digital-strategy, channels-and-media, ",
        "[channels-and-media, digital-strategy, ",
    )
    load(pack)
    expected = ["channels-and-media", "digital-strategy", "bank", "quiz", "facilitator-notes"]
    for language in ("en", "nl"):
        found = [path.split("/")[-2] for path, _title, _live in pages(language) if "/marketing/" in path]
        assert found[1:] == expected


@pytest.mark.django_db
def test_load_does_not_submit_again_what_was_only_published_again(pack: Path) -> None:
    translate(pack, "nl")
    have_loaded(pack)
    before = list(TranslationSource.objects.order_by("pk").values_list("pk", "last_updated_at"))
    logs = TranslationLog.objects.count()
    unit("en").save_revision().publish()
    assert not load(pack).changed
    assert list(TranslationSource.objects.order_by("pk").values_list("pk", "last_updated_at")) == before
    assert TranslationLog.objects.count() == logs


@pytest.mark.django_db
def test_load_does_not_translate_what_is_not_published(pack: Path) -> None:
    have_loaded(pack)
    unit("en").unpublish()
    translate(pack, "nl")
    report = load(pack)
    assert "The digital strategy (nl)" not in report.created
    assert len(report.created) == 11
