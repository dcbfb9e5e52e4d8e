"""A trainer who tries another's group by every address there is, and a learner who goes and takes their row along."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page

from openmuseums.trainers.models import Cohort, Participation, Removal
from tests.authorization.addresses import addresses
from tests.demo.made import demo_group
from tests.factories import FixtureCourse, make_course_in, make_trainer
from tests.journeys.steps import expect_no_wide_page
from tests.journeys.test_second_factor import carry
from tests.journeys.test_trainers_term import press, verify

AS_OF = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def of_a_cohort(cohort: Cohort) -> list[str]:
    """Return every address of trainers' pages that is about a cohort, about this one and what is in it."""
    things = {
        "key": cohort.key,
        "session_id": cohort.sessions.earliest("starts_at").pk,
        "participation_id": cohort.participations.earliest("id").pk,
        "export_id": cohort.exports.earliest("asked_at").pk,
        "staff_id": cohort.staff.get().pk,
        "place_id": cohort.participations.earliest("id").pk,
    }
    found = []
    for address in addresses():
        wanted = address.pattern.pattern.converters
        if address.name.startswith("trainers:") and "key" in wanted:
            arguments = {name: things.get(name, 1 if name.endswith("_id") else "x") for name in wanted}
            found.append(reverse(address.name, kwargs=arguments))
    return found


@pytest.fixture
def listed(course: FixtureCourse, tmp_path: Path) -> tuple[Cohort, Path]:
    """Return the demo's group, and a list of it that was made."""
    make_course_in(course, "el")
    cohort = demo_group(make_trainer())
    file = tmp_path / "list.csv"
    options = {"cohort": cohort.key, "format": "csv", "as_of": AS_OF, "preset": "auditor"}
    call_command("completions", output=file, verbosity=0, **options)
    return cohort, file


def test_another_trainer_finds_nothing_at_any_address_of_a_group(
    listed: tuple[Cohort, Path], page: Page, base_url: str
) -> None:
    cohort, _file = listed
    carry(page, base_url, make_trainer())
    page.goto(reverse("trainers:cohorts"))
    assert cohort.name not in page.locator("main").inner_text()
    tried = of_a_cohort(cohort)
    assert len(tried) > 30
    answers = {}
    for address in tried:
        # As the page itself would ask, for an answer that refuses the method has nothing to show.
        response = page.request.get(base_url + address)
        answers[address] = (response.status, cohort.name in response.text())
    assert {address: told for address, told in answers.items() if told not in {(404, False), (405, False)}} == {}


def test_who_is_taken_out_of_the_lists_makes_the_old_ones_superseded(
    listed: tuple[Cohort, Path], page_without_scripts: Page, base_url: str
) -> None:
    cohort, file = listed
    manifest = file.with_name(f"{file.name}.manifest.json")
    page = page_without_scripts
    assert verify(page, file, manifest) == "valid"
    learner = cohort.participations.filter(status="joined").latest("progress")
    assert learner.account is not None
    carry(page, base_url, learner.account)
    page.goto(reverse("groups:group", args=[learner.pk]))
    with page.expect_navigation():
        page.locator(f'a[href="{reverse("groups:leave", args=[learner.pk])}"]').click()
    expect_no_wide_page(page)
    page.locator("[name=how][value=remove]").check()
    press(page)
    assert (Participation.objects.filter(pk=learner.pk).exists(), Removal.objects.count()) == (False, 1)
    assert verify(page, file, manifest) == "superseded"
