"""A deploy takes out a kind of block: every desk opens for a page that used it, before and after the command is run."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StreamBlock
from wagtail.models import Page
from wagtail_localize.models import Translation

from lessons.models import UnitPage
from openmuseums.segments.producing import produce
from openmuseums.translation.bundles.exchanging import export_translations
from openmuseums.translation.bundles.files import Format
from openmuseums.translation.review.submitting import submit_translation
from tests.factories import FixtureCourse, in_language, make_course_with, make_translation, signed_in
from tests.translation.bundles.sending import po_with
from tests.translation.teams_of_tests import make_reviewer, make_team, make_translator, translate

GONE = "Do it yourself"


def have_wait(course: FixtureCourse) -> None:
    unit = course.units["online-safety"]
    team = make_team(course, above=course.part)
    translate(unit, "nl")
    submit_translation(page_key=unit.translation_key, language="nl", person=make_translator(team))


@pytest.fixture(params=["before the command", "after it"])
def unit(db: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> UnitPage:
    """Return a unit whose Dutch waits for a review, when its activity is of a kind that there is no more."""
    unit = make_course_with("a unit that waits for a review", have_wait).units["online-safety"]
    blocks = UnitPage._meta.get_field("body").stream_block
    assert isinstance(blocks, StreamBlock)
    assert "activity" in [child.block_type for child in unit.body]
    monkeypatch.delitem(blocks.child_blocks, "activity")
    if request.param == "after it":
        call_command("sync_translation_sources", stdout=StringIO())
    return unit


@pytest.fixture
def reviewer(unit: UnitPage) -> Client:
    page = Page.objects.get(translation_key=unit.translation_key, locale__language_code="nl")
    assert page.workflow_in_progress
    return signed_in(make_reviewer(page.locale.team))


@pytest.mark.parametrize("name", ["desk", "desk-preview", "desk-pictures", "share", "review", "changes"])
def test_pages_of_the_translation_open(unit: UnitPage, reviewer: Client, name: str) -> None:
    response = reviewer.get(reverse(f"translation_admin:{name}", args=["nl", unit.translation_key]))
    assert response.status_code == 200


def test_desk_saves_and_keeps_the_draft(unit: UnitPage, reviewer: Client) -> None:
    desk = reverse("translation_admin:desk", args=["nl", unit.translation_key])
    reading = reviewer.get(desk).context["reading"]
    assert GONE not in [segment.unit.source for segment in reading.segments]
    lead = next(segment for segment in reading.segments if segment.unit.path == "lead")
    data = {"save": lead.name, "versions": f"{lead.name}:{lead.version}", f"text-{lead.name}": "Anders."}
    assert reviewer.post(desk, data).status_code == 302
    reviewer.post(reverse("translation_admin:desk-draft", args=["nl", unit.translation_key]))
    page = UnitPage.objects.get(translation_key=unit.translation_key, locale__language_code="nl")
    draft = page.get_latest_revision_as_object()
    assert (draft.lead, "activity" in [child.block_type for child in draft.body]) == ("Anders.", False)


def test_dashboard_and_coverage_open(unit: UnitPage, reviewer: Client) -> None:
    dashboard = reverse("translation_admin:dashboard")
    for address in (
        dashboard,
        f"{dashboard}?language=nl",
        reverse("translation_admin:dashboard-file") + "?language=nl",
    ):
        assert reviewer.get(address).status_code == 200
    assert reviewer.get("/en/translations/").status_code == 200


def test_file_from_before_is_planned_and_its_lost_texts_are_named(
    course: FixtureCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = course.units["online-safety"]
    team = make_team(course, above=course.part)
    translate(unit, "nl")
    data = export_translations(course="open-museums", language="nl", format=Format.PO).data
    data = po_with(data, unit.lead, "Anders.")
    data = data.replace(in_language(GONE, "nl").encode(), b"Doe het zelf", 1)
    monkeypatch.delitem(UnitPage._meta.get_field("body").stream_block.child_blocks, "activity")
    desk = signed_in(make_translator(team))
    shown = desk.post(reverse("translation_admin:upload", args=["nl"]), {"file": SimpleUploadedFile("nl.po", data)})
    plan = shown.context["plan"]
    assert [write.text for write in plan.writes] == ["Anders."]
    assert {str(found.reason) for found in plan.refused} == {"unknown-context"}
    taken = desk.post(
        reverse("translation_admin:upload-accept", args=["nl"]), {"token": shown.context["token"], "draft": "on"}
    )
    assert (taken.status_code, taken.context["plan"].is_taken) == (200, True)


def test_new_draft_of_a_page_that_is_public_is_made_without_the_command(
    course: FixtureCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    dutch = make_translation(course.units["online-safety"], "nl")
    monkeypatch.delitem(UnitPage._meta.get_field("body").stream_block.child_blocks, "activity")
    produce(Translation.objects.get(source__object_id=dutch.translation_key), publish=False)
    draft = UnitPage.objects.get(pk=dutch.pk).get_latest_revision_as_object()
    assert [child.block_type for child in draft.body] == ["heading", "rich_text", "single_choice"]
