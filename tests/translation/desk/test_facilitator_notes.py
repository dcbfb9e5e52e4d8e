"""Facilitator notes at the translators' desks: they come by themselves, as every page does."""

from django.test import Client
from django.urls import reverse

from openmuseums.translation.desk.labels import spots_of
from tests.factories import FixtureCourse, make_notes, plan_step, signed_in
from tests.translation.teams_of_tests import make_team, make_translator


def test_notes_stand_on_the_dashboard_and_open_at_the_desk(course: FixtureCourse) -> None:
    team = make_team(course, above=course.lessons[0])
    notes = make_notes(course.lessons[0])
    client = signed_in(make_translator(team))
    dashboard = client.get("/admin/translation/").content.decode()
    assert notes.title in dashboard
    address = reverse("translation_admin:desk", args=["nl", notes.translation_key])
    assert address in dashboard
    desk = client.get(address)
    assert desk.status_code == 200
    assert "Write the draft" in desk.content.decode()


def test_texts_of_a_step_are_called_what_editors_call_them(course: FixtureCourse, client: Client) -> None:
    notes = make_notes(course.lessons[0], plan=[plan_step(minutes=120, online="Rooms of two.")])
    step = notes.plan[0]
    spots = spots_of(notes)
    found = {part: spots.of(f"plan.{step.id}.{part}") for part in ("title", "facilitator", "group", "online")}
    assert {part: spot.label for part, spot in found.items()} == {
        "title": "Title",
        "facilitator": "What you do",
        "group": "What the group does",
        "online": "Online",
    }
    assert {spot.heading for spot in found.values()} == {"1. Step"}
    # The desk leads to the step in the page.
    (anchor,) = {spot.anchor for spot in found.values()}
    assert f'id="{anchor}"' in client.get(notes.url).content.decode()
