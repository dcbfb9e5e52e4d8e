"""Who publishes in the admin is told what is missing, and where it is mended."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Workflow, WorkflowPage
from wagtail_localize.models import StringTranslation, Translation

from lessons.models import UnitPage
from openmuseums.editorial.checks import errors_of
from openmuseums.segments.producing import produce
from openmuseums.segments.units import anchor_of
from tests.factories import (
    FixtureCourse,
    make_translation,
    make_user,
)
from tests.translation.gate.spoiling import GOOD, SPOILT, public_texts, spoil


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
