"""With the keyboard alone: a learner from the home page to a quiz's result, a trainer from a group to a list."""

from pathlib import Path

from django.conf import LazySettings
from django.utils import timezone
from playwright.sync_api import Page, expect

from openmuseums.learners.recording import learner_of, mark_read
from openmuseums.people.models import User
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import Export
from tests.factories import NOW, PASSWORD, FixtureCourse, make_trainer, make_user
from tests.journeys.steps import FOCUSED, expect_title, follow, tab_to
from tests.journeys.test_second_factor import carry
from tests.trainers.making import everything, make_cohort, take_part


def test_learner_reaches_a_quiz_result_with_the_keyboard_alone(course: FixtureCourse, user: User, page: Page) -> None:
    page.goto("/en/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to the text"
    follow(page, "Begin")
    expect_title(page, "The course")
    follow(page, "The digital strategy")
    expect_title(page, "The digital strategy")

    follow(page, "Begin, to mark what you have read")
    follow(page, "Sign in or make an account")
    follow(page, "Sign in with a password")
    tab_to(page, "E-mail address or user name")
    page.keyboard.type(str(user.email))
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect_title(page, "The digital strategy")

    tab_to(page, "The right one")
    page.keyboard.press("Space")
    follow(page, "Check")
    expect(page.get_by_role("status")).to_contain_text("That is right.")
    follow(page, "Mark as read")
    expect(page.get_by_text("You have marked this unit as read")).to_be_visible()

    follow(page, "Quiz")
    expect_title(page, "Quiz: Digital marketing foundations")
    follow(page, "Start the quiz")
    tab_to(page, "The right one")
    page.keyboard.press("Space")
    follow(page, "Save and go on")
    # A group of radio buttons is one stop; the arrow keys choose within it.
    tab_to(page, "The right one")
    page.keyboard.press("ArrowDown")
    follow(page, "Save and go on")
    tab_to(page, "One of them")
    page.keyboard.press("Space")
    tab_to(page, "The other")
    page.keyboard.press("Space")
    follow(page, "Save and review")
    expect_title(page, "Look your answers over")
    follow(page, "Hand in")
    expect(page.get_by_text("You have 3 of 4 points.")).to_be_visible()
    expect(page.get_by_text("Passed", exact=True)).to_be_visible()


def names_of_people(page: Page) -> list[str]:
    return page.locator("table.people tbody tr:not(.totals) th a").all_inner_texts()


def test_trainer_reaches_a_person_and_makes_a_list_with_the_keyboard_alone(
    course: FixtureCourse, page: Page, base_url: str, settings: LazySettings, tmp_path: Path
) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.SIGNING_KEY_FILE = tmp_path / "signing-key.pem"
    trainer = make_trainer()
    cohort = make_cohort(trainer, asked=everything(course))
    for name in ("Maria", "Nikos"):
        take_part(cohort, make_user(name=name, language="en"), shared=Shared(name=True))
    nikos = learner_of(user=User.objects.get(name="Nikos"), now=NOW)
    mark_read(learner=nikos, page_key=course.units["digital-strategy"].translation_key, now=timezone.now())
    carry(page, base_url, trainer)

    page.goto("/en/trainer/")
    follow(page, cohort.name)
    follow(page, "People")
    expect_title(page, "People")
    assert names_of_people(page) == ["Maria", "Nikos"]
    tab_to(page, "Two weeks without a step")
    page.keyboard.press("Space")
    follow(page, "Show them")
    assert names_of_people(page) == ["Maria"]
    follow(page, "Maria")
    expect_title(page, "Maria")

    follow(page, "Lists")
    expect_title(page, "Completion lists")
    tab_to(page, "For an auditor")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Only some of the group")
    page.keyboard.press("Enter")
    follow(page, "Show the list")
    follow(page, "Make the file")
    export = Export.objects.get()
    assert (export.preset, export.state) == ("network", "done")
    tab_to(page, "Fetch")
