"""The gate: no way of Wagtail's leads past it, and whoever is stopped is told why."""

import datetime as dt
import logging
from io import StringIO

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Workflow, WorkflowPage

from lessons.models import UnitPage
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.editorial.middleware import RefusalMiddleware
from openmuseums.editorial.models import REFUSED
from tests.editing import FIT, UNFIT, unit_form
from tests.factories import block, make_lone_lesson, make_unit, make_user, with_second_factor

SKIPPED = [block("heading", {"text": "Deep", "level": "h3"})]
GOOD = [block("heading", {"text": "Better", "level": "h2"})]


@pytest.fixture
def lesson(db):
    return make_lone_lesson()


@pytest.fixture
def unit(lesson):
    return make_unit(lesson, "digital-strategy", body=GOOD)


@pytest.fixture
def draft(unit):
    """Return the unit with a draft on top of it that is not fit to publish."""
    unit.body = SKIPPED
    unit.save_revision()
    return UnitPage.objects.get(pk=unit.pk)


@pytest.fixture
def admin(db, client):
    client.force_login(make_user(username="admin", is_superuser=True))
    with_second_factor(client)
    return client


def told(response):
    """Return the messages that a response was given, as plain levels and texts."""
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def shown_body(unit):
    return [child.value["text"] for child in UnitPage.objects.get(pk=unit.pk).body]


# The model


def test_publish_of_a_fit_revision_passes(unit):
    unit.body = [block("heading", {"text": "Newer", "level": "h2"})]
    unit.save_revision().publish()
    assert shown_body(unit) == ["Newer"]


def test_publish_of_an_unfit_revision_changes_nothing(draft):
    with pytest.raises(NotFitToPublish) as refused:
        draft.get_latest_revision().publish()
    assert [finding.code for finding in refused.value.findings] == ["heading-skipped"]
    assert shown_body(draft) == ["Better"]


def test_save_of_a_live_page_with_new_errors_is_refused(unit):
    unit.body = SKIPPED
    with pytest.raises(NotFitToPublish):
        unit.save()
    assert shown_body(unit) == ["Better"]


def test_save_that_puts_a_draft_live_is_refused(unit):
    unit.unpublish()
    unit.body = SKIPPED
    unit.save()
    unit.live = True
    with pytest.raises(NotFitToPublish):
        unit.save()
    assert not UnitPage.objects.get(pk=unit.pk).live


def test_save_of_the_live_field_alone_is_refused(unit):
    unit.unpublish()
    unit.body = SKIPPED
    unit.save()
    unit.live = True
    with pytest.raises(NotFitToPublish):
        unit.save(update_fields=["live"])


def test_save_of_a_page_published_before_a_rule_was_stricter_passes(unit):
    UnitPage.objects.filter(pk=unit.pk).update(lead="")
    stricter = UnitPage.objects.get(pk=unit.pk)
    stricter.minutes_to_read = 7
    stricter.save(clean=False)
    assert UnitPage.objects.get(pk=unit.pk).minutes_to_read == 7


def test_lock_of_an_unfit_live_page_passes(unit):
    UnitPage.objects.filter(pk=unit.pk).update(lead="")
    page = UnitPage.objects.get(pk=unit.pk)
    page.locked = True
    page.save(update_fields=["locked"], clean=False)
    assert UnitPage.objects.get(pk=unit.pk).locked


def test_unpublish_of_an_unfit_page_passes(unit):
    UnitPage.objects.filter(pk=unit.pk).update(lead="")
    UnitPage.objects.get(pk=unit.pk).unpublish()
    assert not UnitPage.objects.get(pk=unit.pk).live


def test_new_live_child_with_errors_is_refused_and_the_tree_is_whole(lesson):
    unit = UnitPage(title="Audiences", slug="audiences", key="audiences", lead="Lead.", facets=["use"], body=SKIPPED)
    with pytest.raises(NotFitToPublish):
        lesson.add_child(instance=unit)
    assert Page.find_problems() == ([], [], [], [], [])


def test_copy_kept_live_with_the_same_address_as_its_key_is_refused(unit, lesson):
    # A copy needs another address, which is not its key: only a draft of it may stand there.
    with pytest.raises(NotFitToPublish) as refused:
        unit.copy(update_attrs={"slug": "copy"}, keep_live=True)
    assert [finding.code for finding in refused.value.findings] == ["slug-is-not-key"]
    assert not lesson.get_children().filter(slug="copy").exists()


def test_copy_as_draft_passes(unit, lesson):
    unit.copy(update_attrs={"slug": "copy"}, keep_live=False)
    assert not lesson.get_children().get(slug="copy").live


def test_alias_of_an_unfit_live_page_is_refused(unit):
    UnitPage.objects.filter(pk=unit.pk).update(lead="")
    with pytest.raises(NotFitToPublish):
        UnitPage.objects.get(pk=unit.pk).create_alias(update_slug="alias")
    assert not UnitPage.objects.filter(slug="alias").exists()


def test_alias_follows_its_original(unit):
    unit.create_alias(update_slug="alias")
    unit.body = [block("heading", {"text": "Newer", "level": "h2"})]
    unit.save_revision().publish()
    assert [child.value["text"] for child in UnitPage.objects.get(slug="alias").body] == ["Newer"]


def test_texts_are_cleaned_in_revisions_and_in_rows(lesson):
    hostile = '<p onclick="alert(1)">Text</p><script>alert(1)</script>'
    lesson.opening = hostile
    revision = lesson.save_revision()
    assert "<script" not in revision.content["opening"]
    assert "onclick" not in revision.content["opening"]
    lesson.opening = hostile
    lesson.save()
    lesson.refresh_from_db()
    assert lesson.opening == "<p>Text</p>alert(1)"


def test_texts_in_streams_written_as_raw_data_are_cleaned(unit):
    unit.body = [block("rich_text", {"text": "<p onclick='x()'>Text</p>", "topics": []})]
    unit.save()
    assert UnitPage.objects.get(pk=unit.pk).body[0].value["text"].source == "<p>Text</p>"


# The edit form


def test_edit_form_publishes_what_is_fit(admin, unit):
    admin.post(reverse("wagtailadmin_pages:edit", args=[unit.pk]), unit_form(FIT, "action-publish"))
    assert shown_body(unit) == ["Where to begin"]


def test_edit_form_keeps_an_unfit_text_as_draft_and_says_why(admin, unit):
    address = reverse("wagtailadmin_pages:edit", args=[unit.pk])
    response = admin.post(address, unit_form(UNFIT, "action-publish"), follow=True)
    assert response.redirect_chain == [(address, 302)]
    [(level, text)] = told(response)
    assert level == "error"
    assert "A heading of level 3 follows one of level 1. Put one of level 2 first." in text
    assert shown_body(unit) == ["Better"]
    assert UnitPage.objects.get(pk=unit.pk).get_latest_revision_as_object().body[0].value["level"] == "h3"


def test_edit_form_does_not_schedule_an_unfit_text(admin, unit):
    address = reverse("wagtailadmin_pages:edit", args=[unit.pk])
    admin.post(address, unit_form(UNFIT, "action-publish", go_live_at="2099-01-01 09:00"))
    assert UnitPage.objects.get(pk=unit.pk).scheduled_revision is None


def test_create_form_keeps_an_unfit_text_as_draft_and_says_why(admin, lesson):
    address = reverse("wagtailadmin_pages:add", args=["lessons", "unitpage", lesson.pk])
    response = admin.post(address, unit_form(UNFIT, "action-publish"), follow=True)
    unit = UnitPage.objects.get(slug="digital-strategy")
    assert response.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[unit.pk]), 302)]
    assert [level for level, _ in told(response)] == ["error"]
    assert (unit.live, unit.body[0].value["level"]) == (False, "h3")


def test_create_form_publishes_what_is_fit(admin, lesson):
    address = reverse("wagtailadmin_pages:add", args=["lessons", "unitpage", lesson.pk])
    admin.post(address, unit_form(FIT, "action-publish"))
    assert UnitPage.objects.get(slug="digital-strategy").live


def test_reverting_to_an_unfit_revision_and_publishing_it_is_stopped(admin, unit):
    unit.body = SKIPPED
    old = unit.save_revision()
    unit.body = GOOD
    unit.save_revision().publish()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[unit.pk, old.pk])
    response = admin.post(address, unit_form(UNFIT, "action-publish", revision=str(old.pk)), follow=True)
    assert [level for level, _ in told(response)] == ["error"]
    assert shown_body(unit) == ["Better"]


# The other ways of the admin


def test_bulk_publish_with_one_unfit_page_publishes_none_and_says_why(admin, draft, lesson):
    other = make_unit(lesson, "audiences", body=GOOD)
    other.body = [block("heading", {"text": "Newer", "level": "h2"})]
    other.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    back = reverse("wagtailadmin_explore", args=[lesson.pk])
    response = admin.post(f"{address}?id={other.pk}&id={draft.pk}&next={back}", follow=True)
    assert [level for level, _ in told(response)] == ["error"]
    assert (shown_body(draft), shown_body(other)) == (["Better"], ["Better"])


def test_copy_form_that_keeps_copies_live_is_told_why_not(admin, unit, lesson):
    data = {
        "new_title": "Copy",
        "new_slug": "copy",
        "new_parent_page": lesson.pk,
        "publish_copies": "on",
    }
    address = reverse("wagtailadmin_pages:copy", args=[unit.pk])
    response = admin.post(address, data, follow=True, headers={"referer": f"http://testserver{address}"})
    assert [level for level, _ in told(response)] == ["error"]
    assert not UnitPage.objects.filter(slug="copy").exists()


@pytest.fixture
def submitted(draft):
    """Return the unit with its unfit draft waiting for a moderator."""
    workflow = Workflow.objects.get()
    WorkflowPage.objects.update_or_create(workflow=workflow, page=Page.get_first_root_node())
    workflow.start(draft, make_user())
    return draft


@pytest.mark.parametrize("by_script", [False, True])
def test_approval_of_an_unfit_text_is_told_why_not_and_waits(admin, submitted, by_script):
    state = submitted.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", state.pk])
    headers = {"x-requested-with": "XMLHttpRequest"} if by_script else {}
    response = admin.post(address, {"comment": "Fine"}, headers=headers)
    edit = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    assert (response.json()["redirect"] if by_script else response["Location"]) == edit
    assert "A heading of level 3 follows one of level 1." in told(admin.get(edit))[0][1]
    assert shown_body(submitted) == ["Better"]
    submitted.refresh_from_db()
    assert submitted.workflow_in_progress


def test_approval_in_the_edit_form_of_an_unfit_text_is_told_why_not(admin, submitted):
    address = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    data = unit_form(UNFIT, "action-workflow-action") | {"workflow-action-name": "approve"}
    response = admin.post(address, data, follow=True)
    assert "error" in [level for level, _ in told(response)]
    assert shown_body(submitted) == ["Better"]


# The schedule


def schedule(unit, when):
    """Schedule the unit's latest revision for a moment that has passed, as if the clock had come to it."""
    unit.go_live_at = when
    revision = unit.save_revision(approved_go_live_at=when)
    UnitPage.objects.filter(pk=unit.pk).update(go_live_at=when)
    return revision


def test_publish_scheduled_goes_on_past_a_page_that_became_unfit(unit, lesson, caplog):
    past = timezone.now() - dt.timedelta(hours=2)
    unit.body = SKIPPED
    unfit = schedule(unit, past)
    other = make_unit(lesson, "audiences", body=GOOD)
    other.body = [block("heading", {"text": "Newer", "level": "h2"})]
    schedule(other, past + dt.timedelta(hours=1))
    with caplog.at_level(logging.WARNING, logger="openmuseums.editorial.models"):
        call_command("publish_scheduled", stdout=StringIO())
    assert (shown_body(unit), shown_body(other)) == (["Better"], ["Newer"])
    unfit.refresh_from_db()
    assert unfit.approved_go_live_at is None
    entry = PageLogEntry.objects.get(action=REFUSED)
    assert (entry.page_id, entry.revision_id, entry.data["reasons"]) == (
        unit.pk,
        unfit.pk,
        ["A heading of level 3 follows one of level 1. Put one of level 2 first."],
    )
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_publish_scheduled_publishes_what_is_fit_and_keeps_later_dates(unit, lesson):
    unit.body = [block("heading", {"text": "Newer", "level": "h2"})]
    schedule(unit, timezone.now() - dt.timedelta(hours=1))
    later = make_unit(lesson, "audiences", body=GOOD)
    later.body = [block("heading", {"text": "Later", "level": "h2"})]
    waiting = schedule(later, timezone.now() + dt.timedelta(days=1))
    call_command("publish_scheduled", stdout=StringIO())
    assert (shown_body(unit), shown_body(later)) == (["Newer"], ["Better"])
    waiting.refresh_from_db()
    assert waiting.approved_go_live_at is not None


def test_refusal_is_named_in_the_page_s_history(admin, unit):
    unit.body = SKIPPED
    schedule(unit, timezone.now() - dt.timedelta(hours=2))
    call_command("publish_scheduled", stdout=StringIO())
    response = admin.get(reverse("wagtailadmin_pages:history", args=[unit.pk]))
    assert "Not published on schedule: it has errors" in response.content.decode()


def test_refusal_outside_the_admin_is_no_message(rf, db):
    refusal = NotFitToPublish(Page(title="A page"), [])
    middleware = RefusalMiddleware(lambda _request: HttpResponse())
    assert middleware.process_exception(rf.get("/en/"), refusal) is None


def test_other_failures_in_the_admin_are_no_message(rf):
    middleware = RefusalMiddleware(lambda _request: HttpResponse())
    assert middleware.process_exception(rf.get("/admin/"), ValueError()) is None
