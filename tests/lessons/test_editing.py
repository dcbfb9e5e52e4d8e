"""An editor's work on a unit in Wagtail's admin, from the first draft to the public page."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Workflow, WorkflowPage
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from lessons.models import UnitPage
from openmuseums.people.models import User
from tests.editing import FIT, UNFIT, unit_form
from tests.factories import (
    block,
    make_administrator,
    make_editor,
    make_lone_lesson,
    make_quiz,
    make_unit,
    make_user,
    with_second_factor,
)


@pytest.fixture
def lesson(db):
    return make_lone_lesson()


@pytest.fixture
def unit(lesson):
    return make_unit(lesson, "digital-strategy", body=[block("heading", {"text": "Begin", "level": "h2"})])


@pytest.fixture
def admin(db, client):
    client.force_login(make_user(username="admin", is_superuser=True))
    with_second_factor(client)
    return client


def browser_of(user: User) -> Client:
    """Return the browser of somebody who is signed in."""
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    with_second_factor(client)
    return client


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_unit_goes_from_editor_to_moderator_to_the_public(lesson):
    workflow = Workflow.objects.get(name="Moderators approval")
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
    editor, moderator = browser_of(make_editor()), browser_of(make_administrator())
    add = reverse("wagtailadmin_pages:add", args=["lessons", "unitpage", lesson.pk])

    assert editor.post(add, unit_form(UNFIT, "action-publish")).status_code == 302
    unit = UnitPage.objects.get(slug="digital-strategy")
    assert not unit.live  # an editor may not publish, so it was saved

    assert editor.post(edit(unit), unit_form(FIT, "action-submit")).status_code == 302
    unit = UnitPage.objects.get(pk=unit.pk)
    assert (unit.workflow_in_progress, unit.live) == (True, False)

    task = unit.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[unit.pk, "approve", task.pk])
    assert editor.post(approve, {"comment": ""})["Location"] == "/admin/"
    assert not UnitPage.objects.get(pk=unit.pk).live
    assert moderator.post(approve, {"comment": "Well done"}).status_code == 302
    unit = UnitPage.objects.get(pk=unit.pk)
    assert (unit.live, unit.workflow_in_progress, unit.body[0].value["level"]) == (True, False, "h2")


def test_moderator_sends_a_unit_back(unit):
    root = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": Workflow.objects.get()})
    editor, moderator = browser_of(make_editor()), browser_of(make_administrator())
    editor.post(edit(unit), unit_form(FIT, "action-submit"))
    task = UnitPage.objects.get(pk=unit.pk).current_workflow_task_state
    reject = reverse("wagtailadmin_pages:workflow_action", args=[unit.pk, "reject", task.pk])
    assert moderator.post(reject, {"comment": "Say why first."}).status_code == 302
    assert UnitPage.objects.get(pk=unit.pk).current_workflow_state.status == "needs_changes"


def test_scheduled_unit_keeps_its_dates(admin, unit):
    dates = {"go_live_at": "2099-03-01 09:00", "expire_at": "2099-04-01 09:00"}
    assert admin.post(edit(unit), unit_form(FIT, "action-publish", **dates)).status_code == 302
    scheduled = UnitPage.objects.get(pk=unit.pk).get_latest_revision_as_object()
    assert scheduled.go_live_at == dt.datetime(2099, 3, 1, 8, 0, tzinfo=dt.UTC)
    assert scheduled.expire_at == dt.datetime(2099, 4, 1, 7, 0, tzinfo=dt.UTC)
    assert UnitPage.objects.get(pk=unit.pk).scheduled_revision is not None


def test_comment_on_a_block_is_kept(admin, unit):
    comment = {
        "text": "Is this so?",
        "contentpath": f"body.{unit.body[0].id}.text",
        "position": "",
        "deleted": "",
        "resolved": "",
        "replies": inline_formset([]),
    }
    form = unit_form(FIT) | nested_form_data({"comments": inline_formset([comment])})
    form["body-0-id"] = unit.body[0].id
    assert admin.post(edit(unit), form).status_code == 302
    assert list(unit.wagtail_admin_comments.values_list("text", "contentpath")) == [
        ("Is this so?", f"body.{unit.body[0].id}.text")
    ]


def test_two_versions_of_a_unit_are_compared(admin, unit):
    first = unit.get_latest_revision()
    unit.body = [block("heading", {"text": "Begin elsewhere", "level": "h2"})]
    unit.facets = ["make"]
    unit.minutes_to_read = 9
    second = unit.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[unit.pk, first.pk, second.pk])
    response = admin.get(address)
    assert response.status_code == 200
    labels = [str(change.field_label()) for change in response.context["comparison"]]
    assert labels == ["Minutes to read", "Facets", "Body"]


def test_new_outcome_gets_the_locale_of_its_unit(admin, unit):
    admin.post(edit(unit), unit_form(FIT, "action-publish", outcomes=inline_formset([{"text": "Choose a channel."}])))
    outcomes = UnitPage.objects.get(pk=unit.pk).outcomes.all()
    assert [(outcome.text, outcome.locale) for outcome in outcomes if outcome.text == "Choose a channel."] == [
        ("Choose a channel.", unit.locale)
    ]


def test_preview_in_the_panel_may_stand_in_a_frame_of_ours(admin, unit):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[unit.pk])
    assert admin.post(address, unit_form(FIT)).json() == {"is_valid": True, "is_available": True}
    response = admin.get(f"{address}?in_preview_panel=true")
    assert response.status_code == 200
    assert "Where to begin" in response.content.decode()
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "'unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("mark", ["start of quiz", "start of unit"])
def test_forms_of_new_pages_open(admin, lesson, mark):
    model = "quizpage" if "quiz" in mark else "unitpage"
    app = "quizzes" if "quiz" in mark else "lessons"
    assert admin.get(reverse("wagtailadmin_pages:add", args=[app, model, lesson.pk])).status_code == 200


def test_lesson_is_edited_and_its_opening_cleaned(admin, lesson):
    statements = {f"statement_{facet}": "What you can." for facet in ("use", "manage", "make", "understand")}
    data = nested_form_data(
        {
            "title": lesson.title,
            "slug": lesson.slug,
            "key": lesson.key,
            "message": "The right message.",
            "opening": rich_text("<p>A <b>new</b> opening.</p>", features=["bold"]),
            "final_task": streamfield([]),
            "comments": inline_formset([]),
            **statements,
        }
    )
    assert admin.post(edit(lesson), data | {"action-publish": "1"}).status_code == 302
    lesson.refresh_from_db()
    assert lesson.opening == "<p>A <b>new</b> opening.</p>"


FOREIGN = re.compile(r"""<(?:script|img|iframe|source|video|audio)[^>]+src=["']?(?:https?:)?//|"""
                     r"""<link[^>]+href=["']?(?:https?:)?//|url\(["']?(?:https?:)?//""")  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/pages/",
        "/admin/pages/{unit}/edit/",
        "/admin/pages/{quiz}/edit/",
        "/admin/pages/{lesson}/",
        "/admin/pages/{lesson}/add_subpage/",
        "/admin/pages/{unit}/history/",
        "/admin/images/",
        "/admin/documents/",
        "/admin/users/",
        "/admin/account/",
        "/admin/reports/workflow/",
        "/admin/reports/site-history/",
    ],
)
def test_admin_asks_no_other_host(admin, lesson, unit, address):
    quiz = make_quiz(lesson)
    response = admin.get(address.format(unit=unit.pk, quiz=quiz.pk, lesson=lesson.pk))
    assert response.status_code in (200, 302)
    html = response.content.decode()
    assert FOREIGN.findall(html) == []
    assert "gravatar" not in html.lower()
    assert "releases.wagtail.io" not in html


def test_pattern_of_foreign_addresses_finds_one():
    assert FOREIGN.findall('<link rel="stylesheet" href="https://cdn.example/x.css">') != []
    assert FOREIGN.findall('<script src="//cdn.example/x.js"></script>') != []


def test_admin_bears_our_name(admin):
    assert "<title>Dashboard - Open Museums" in " ".join(admin.get("/admin/").content.decode().split())
