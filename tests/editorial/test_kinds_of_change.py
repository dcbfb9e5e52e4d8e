"""Kinds of change: every publication of a source page has one, whichever of Wagtail's ways it takes."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Workflow, WorkflowPage

from lessons.models import UnitPage
from openmuseums.append_only import RowKeptError
from openmuseums.editorial import changes
from openmuseums.editorial.kinds import ChangeKind, gravest
from openmuseums.editorial.models import KindChoice, Publication
from openmuseums.editorial.recording import KIND_OF_CHANGE, choose_kind, kind_in_force, published_last
from tests.editing import unit_form
from tests.factories import NOW, block, make_translation, make_user, with_second_factor

EDITORIAL, MEANING, ANSWER_KEY = ChangeKind


@pytest.fixture
def lesson(course):
    return course.lessons[0]


@pytest.fixture
def unit(course):
    """Return a unit of one block, as `form` sends it."""
    unit = course.units["digital-strategy"]
    UnitPage.objects.filter(pk=unit.pk).update(body=unit.body.get_prep_value()[:1], facets=["use"])
    return UnitPage.objects.get(pk=unit.pk)


@pytest.fixture
def admin(db, client):
    client.force_login(make_user(username="admin", is_superuser=True))
    with_second_factor(client)
    return client


def with_lead(unit, lead):
    unit = UnitPage.objects.get(pk=unit.pk)
    unit.lead = lead
    return unit.save_revision()


def kept(page):
    """Return the kinds that hold and were chosen, of each publication of a page after the first."""
    first, *others = Publication.objects.filter(page_key=page.translation_key).order_by("id")
    assert (first.kind, first.chosen) == ("", "")
    return [(found.kind, found.chosen) for found in others]


def form(unit, *actions, lead="What you get out of it.", **fields):
    """Return the form of the unit as an editor's browser sends it, with another lead."""
    [heading] = unit.body.get_prep_value()
    [outcome] = unit.outcomes.all()
    data = unit_form([("heading", heading["value"])], *actions, lead=lead, **fields)
    return data | {
        "body-0-id": heading["id"],
        "outcomes-0-id": str(outcome.pk),
        "outcomes-INITIAL_FORMS": "1",
        "title": unit.title,
    }


def edit(unit):
    return reverse("wagtailadmin_pages:edit", args=[unit.pk])


# What holds


def test_gravest_of_kinds():
    assert gravest([None, EDITORIAL, MEANING]) is MEANING
    assert gravest([ANSWER_KEY, MEANING]) is ANSWER_KEY
    assert gravest([None]) is None


def test_first_publication_has_no_kind(unit):
    assert kept(unit) == []
    assert kind_in_force(unit) is None


def test_publication_without_a_choice_is_one_of_meaning(unit):
    with_lead(unit, "What you get out of it.").publish()
    assert kept(unit) == [("meaning", "")]
    assert kind_in_force(unit) is MEANING


def test_publication_with_a_choice_is_what_was_chosen(unit):
    revision = with_lead(unit, "What you get out of it.")
    choose_kind(revision=revision, kind=EDITORIAL, user=None, now=NOW)
    revision.publish()
    assert kept(unit) == [("editorial", "editorial")]


def test_publication_without_any_change_is_editorial(unit):
    UnitPage.objects.get(pk=unit.pk).save_revision().publish()
    assert kept(unit) == [("editorial", "")]


@pytest.mark.parametrize("lead", ["3 things you get.", "See www.example.org."])
def test_changed_numbers_and_links_are_at_least_of_meaning(unit, lead):
    revision = with_lead(unit, lead)
    choose_kind(revision=revision, kind=EDITORIAL, user=None, now=NOW)
    revision.publish()
    assert kept(unit) == [("meaning", "editorial")]


def test_changed_structure_is_at_least_of_meaning(unit):
    unit.body = [*unit.body.get_prep_value(), block("heading", {"text": "And then", "level": "h2"})]
    revision = unit.save_revision()
    choose_kind(revision=revision, kind=EDITORIAL, user=None, now=NOW)
    revision.publish()
    assert kept(unit) == [("meaning", "editorial")]


def test_mended_spelling_in_a_block_stays_editorial(unit):
    [heading] = unit.body.get_prep_value()
    unit.body = [{**heading, "value": {**heading["value"], "text": "Where to beginn"}}]
    revision = unit.save_revision()
    choose_kind(revision=revision, kind=EDITORIAL, user=None, now=NOW)
    revision.publish()
    assert kept(unit) == [("editorial", "editorial")]


def test_changed_child_objects_count(unit):
    unit = UnitPage.objects.get(pk=unit.pk)
    [outcome] = unit.outcomes.all()
    outcome.text = "Say 3 things."
    unit.outcomes = [outcome]
    revision = unit.save_revision()
    choose_kind(revision=revision, kind=EDITORIAL, user=None, now=NOW)
    revision.publish()
    assert kept(unit) == [("meaning", "editorial")]


def test_floor_that_an_app_registers_holds_for_its_pages_alone(unit, lesson, monkeypatch):
    monkeypatch.setattr(changes, "_floors", [*changes._floors, (UnitPage, lambda *_versions: ANSWER_KEY)])
    with_lead(unit, "What you get out of it.").publish()
    lesson.message = "Another one."
    lesson.save_revision().publish()
    assert (kept(unit), kept(lesson)) == ([("answer-key", "")], [("meaning", "")])


def test_graver_choice_than_the_floor_holds(unit):
    revision = with_lead(unit, "3 things.")
    choose_kind(revision=revision, kind=ANSWER_KEY, user=None, now=NOW)
    revision.publish()
    assert kept(unit) == [("answer-key", "answer-key")]


def test_comparison_is_with_what_was_published_not_with_the_draft_before(unit):
    with_lead(unit, "3 things.")
    revision = with_lead(unit, "What you get out of it.")
    choose_kind(revision=revision, kind=EDITORIAL, user=None, now=NOW)
    revision.publish()
    assert kept(unit) == [("editorial", "editorial")]


def test_page_that_was_unpublished_is_compared_with_what_it_said_in_public(unit):
    unit.unpublish()
    draft = UnitPage.objects.get(pk=unit.pk)
    draft.lead = "3 things."
    draft.save()  # as the form does with a page that is not public
    assert published_last(draft).lead == "What you get from The digital strategy."
    draft.save_revision().publish()
    assert kept(unit) == [("meaning", "")]


def test_page_published_before_kinds_were_kept_has_one_from_now_on(unit):
    Publication.objects.all()._raw_delete("default")
    with_lead(unit, "3 things.").publish()
    assert [found.kind for found in Publication.objects.all()] == ["meaning"]


def test_save_that_publishes_nothing_keeps_nothing(unit):
    page = UnitPage.objects.get(pk=unit.pk)
    page.minutes_to_read = 7
    page.save()
    assert kept(unit) == []


def test_translation_has_no_publication_and_the_kind_of_its_source(unit):
    with_lead(unit, "3 things.").publish()
    translation = make_translation(UnitPage.objects.get(pk=unit.pk), "nl")
    translation.save_revision().publish()
    assert kept(unit) == [("meaning", "")]
    assert kind_in_force(translation) is MEANING


def test_alias_has_no_publication(unit):
    alias = unit.create_alias(update_slug="alias")
    with_lead(unit, "3 things.").publish()
    assert (
        not Publication.objects.filter(page_key=alias.translation_key).exclude(page_key=unit.translation_key).exists()
    )
    assert kept(unit) == [("meaning", "")]


def test_refused_publication_keeps_nothing(unit):
    revision = with_lead(unit, "3 things.")
    UnitPage.objects.filter(pk=unit.pk).update(lead="")
    revision.content["lead"] = ""
    revision.save()
    with pytest.raises(Exception, match="cannot be published yet"):
        revision.publish()
    assert kept(unit) == []


# What is kept


def test_publications_are_only_ever_added(unit):
    found = Publication.objects.newest(unit.translation_key)
    for act in (found.save, found.delete, Publication.objects.all().delete):
        with pytest.raises(RowKeptError):
            act()
    with pytest.raises(RowKeptError):
        Publication.objects.update(kind="editorial")


@pytest.mark.parametrize("fields", [{"kind": "grave"}, {"chosen": "grave"}])
def test_kind_that_is_none_is_refused_by_the_database(unit, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(page_key=unit.translation_key, revision_id=1, published_at=NOW, **fields)


def test_publication_outlives_its_page_and_revision(unit):
    key = unit.translation_key
    unit.delete()
    assert Publication.objects.newest(key).kind == ""


def test_choice_says_who_made_it_and_when_and_goes_with_its_revision(unit):
    editor = make_user()
    revision = with_lead(unit, "New.")
    choose_kind(revision=revision, kind=EDITORIAL, user=editor, now=NOW)
    choose_kind(revision=revision, kind=MEANING, user=editor, now=NOW)
    choice = KindChoice.objects.get()
    assert (choice.revision, choice.kind, choice.chosen_by, choice.chosen_at) == (revision, "meaning", editor, NOW)
    unit.delete()
    assert not KindChoice.objects.exists()


# Wagtail's ways


def test_form_publishes_with_the_kind_that_was_chosen(admin, unit):
    admin.post(edit(unit), form(unit, "action-publish", **{"kind-of-change": "editorial"}))
    assert kept(unit) == [("editorial", "editorial")]
    assert KindChoice.objects.get().chosen_by.username == "admin"


def test_form_publishes_without_a_choice(admin, unit):
    admin.post(edit(unit), form(unit, "action-publish"))
    assert kept(unit) == [("meaning", "")]


def test_form_publishes_with_a_kind_that_is_none(admin, unit):
    admin.post(edit(unit), form(unit, "action-publish", **{"kind-of-change": "nothing"}))
    assert kept(unit) == [("meaning", "")]


def test_draft_that_is_saved_keeps_no_choice(admin, unit):
    admin.post(edit(unit), form(unit, **{"kind-of-change": "editorial"}))
    assert not KindChoice.objects.exists()


def test_choice_of_one_publication_does_not_hold_for_the_next(admin, unit):
    admin.post(edit(unit), form(unit, "action-publish", **{"kind-of-change": "editorial"}))
    with_lead(unit, "Something else.").publish()
    assert kept(unit) == [("editorial", "editorial"), ("meaning", "")]


def test_schedule_carries_the_kind_that_was_chosen_for_it(admin, unit):
    later = timezone.now() + dt.timedelta(days=2)
    data = form(unit, "action-publish", go_live_at=later.strftime("%Y-%m-%d %H:%M"), **{"kind-of-change": "editorial"})
    admin.post(edit(unit), data)
    assert kept(unit) == []
    page = UnitPage.objects.get(pk=unit.pk)
    revision = page.scheduled_revision
    past = timezone.now() - dt.timedelta(hours=1)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled", stdout=StringIO())
    assert kept(unit) == [("editorial", "editorial")]


@pytest.fixture
def moderated(unit):
    """Return the unit where its publications wait for a moderator."""
    WorkflowPage.objects.update_or_create(workflow=Workflow.objects.get(), page=Page.get_first_root_node())
    return unit


def approve(admin, unit):
    unit = UnitPage.objects.get(pk=unit.pk)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[unit.pk, "approve", unit.current_workflow_task_state.pk]
    )
    admin.post(address, {"comment": "Fine"})


def test_workflow_carries_the_kind_that_was_chosen_at_submission(admin, moderated):
    admin.post(edit(moderated), form(moderated, "action-submit", **{"kind-of-change": "editorial"}))
    approve(admin, moderated)
    assert kept(moderated) == [("editorial", "editorial")]


def test_workflow_carries_it_over_what_the_moderator_writes(admin, moderated):
    admin.post(edit(moderated), form(moderated, "action-submit", **{"kind-of-change": "editorial"}))
    admin.post(edit(moderated), form(moderated, lead="What you will get out of it."))
    approve(admin, moderated)
    assert UnitPage.objects.get(pk=moderated.pk).lead == "What you will get out of it."
    assert kept(moderated) == [("editorial", "editorial")]


def test_choice_of_a_cancelled_submission_holds_no_longer(admin, moderated):
    admin.post(edit(moderated), form(moderated, "action-submit", **{"kind-of-change": "editorial"}))
    page = UnitPage.objects.get(pk=moderated.pk)
    page.current_workflow_state.cancel()
    with_lead(page, "Something else.").publish()
    assert kept(moderated) == [("meaning", "")]


def test_bulk_publication_has_a_kind(admin, unit, lesson):
    with_lead(unit, "3 things.")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin.post(f"{address}?id={unit.pk}&next={reverse('wagtailadmin_explore', args=[lesson.pk])}")
    assert kept(unit) == [("meaning", "")]


def test_history_says_what_kind_of_change_it_was(admin, unit):
    admin.post(edit(unit), form(unit, "action-publish", lead="3 things.", **{"kind-of-change": "editorial"}))
    entry = PageLogEntry.objects.get(action=KIND_OF_CHANGE)
    assert (entry.user.username, entry.data) == ("admin", {"kind": "meaning", "chosen": "editorial"})
    history = admin.get(reverse("wagtailadmin_pages:history", args=[unit.pk])).content.decode()
    assert "Kind of change: Meaning (chosen: Editorial)" in history
    with_lead(unit, "4 things.").publish()
    history = admin.get(reverse("wagtailadmin_pages:history", args=[unit.pk])).content.decode()
    assert "Kind of change: Meaning<" in "".join(line.strip() for line in history.splitlines())
