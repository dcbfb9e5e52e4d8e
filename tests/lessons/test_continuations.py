"""Units of two pages: what readers see of them, what editors can do, and that they are one unit to everything else."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from lessons.models import Outcome, UnitPage, known_slots
from lessons.outline import block_anchor, check_anchor, current_map, current_outline
from lessons.reporting import reported_pages
from openmuseums.discovery.pages import known_pages
from openmuseums.editorial.checks import errors_of
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.learners.models import AnswerState, PageState, UnitState
from openmuseums.privacy.registry import titles_of
from tests.editing import FIT, unit_form
from tests.factories import (
    FixtureCourse,
    block,
    make_continuation,
    make_course_with,
    make_notes,
    make_translation,
    make_user,
    publish,
    with_second_factor,
)

UNIT = "/en/open-museums/marketing/digital-strategy/"
SECOND = f"{UNIT}part-2/"
KEY = "digital-strategy"


def split(course: FixtureCourse) -> None:
    course.units["second"] = make_continuation(course.units[KEY])


@pytest.fixture
def course(db: None) -> FixtureCourse:
    """Return the fixture course, whose first unit of the first lesson has a second page."""
    return make_course_with("a split unit", split)


@pytest.fixture
def unit(course: FixtureCourse) -> UnitPage:
    return course.units[KEY]


@pytest.fixture
def second(course: FixtureCourse) -> UnitPage:
    return course.units["second"]


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def plain(html: str) -> str:
    """Return the words of a page, each blank once."""
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style).*?</\1>", " ", html)).split())


def mark(client: Client, page: UnitPage, name: str = "mark-read") -> None:
    response = client.post(reverse(f"learners:{name}", args=[page.translation_key]), {"next": page.url})
    assert (response.status_code, response.headers["Location"]) == (302, page.url)


def done_of(html: str) -> str:
    """Return the words of the section in which a page is marked."""
    return plain(html[html.index('<section class="done"') :].partition("</section>")[0])


# What readers see


def test_outline_has_one_unit_of_both_pages(course: FixtureCourse, unit: UnitPage, second: UnitPage) -> None:
    outline = current_outline()
    assert outline is not None
    units = outline.chapters[1].units
    assert [found.key for found in units] == [KEY, "channels-and-media"]
    first = units[0]
    assert first.continuation is not None
    assert (first.page_key, first.url, first.minutes, first.facets) == (
        unit.translation_key,
        UNIT,
        5 + 20 + 4 + 3,
        ("use", "understand"),
    )
    assert [question.id for question in first.questions] == [unit.body[3].id, second.body[2].id]
    assert (first.continuation.title, first.continuation.url, first.continuation.minutes) == (
        f"{unit.title}, part 2",
        SECOND,
        7,
    )
    assert first.continuation.questions == ()


def test_topics_and_self_checks_of_the_second_page_lead_there(unit: UnitPage, second: UnitPage) -> None:
    course_map = current_map()
    topic = second.body[1].value["topics"][0]
    assert course_map.places[topic] == (
        f"{second.title}: How it goes on",
        f"{SECOND}#{block_anchor(second.body[1].id)}",
        "",
    )
    assert [question.id for question in course_map.checks[second.translation_key]] == [second.body[2].id]


def test_second_page_that_is_not_public_is_no_part_of_the_unit(unit: UnitPage, second: UnitPage) -> None:
    second.unpublish()
    outline = current_outline()
    assert outline is not None
    assert (outline.units[1].pages, outline.units[1].minutes) == ((outline.units[1],), 25)
    second.save_revision().publish()
    unit.unpublish()
    outline = current_outline()
    assert outline is not None
    assert [found.key for found in outline.chapters[1].units] == ["channels-and-media"]


def test_pages_say_which_part_they_are_and_lead_to_the_other(client: Client, unit: UnitPage, second: UnitPage) -> None:
    first_html, second_html = body(client, UNIT), body(client, SECOND)
    assert "Lesson 1 of 2, unit 1 of 2 Part 1 of 2" in plain(first_html)
    assert "Lesson 1 of 2, unit 1 of 2 Part 2 of 2" in plain(second_html)
    assert first_html.count('<span class="numeral numeral--small" aria-hidden="true">1.1</span>') == 1
    assert second_html.count('<span class="numeral numeral--small" aria-hidden="true">1.1</span>') == 1
    assert f'<a href="{SECOND}" rel="next">Part 2 of 2' in first_html
    assert f'<a href="{UNIT}" rel="prev">Part 1 of 2' in second_html
    # In the breadcrumb the second page stands below the first.
    trail = second_html[second_html.index('class="breadcrumb"') :].partition("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', trail) == ["/en/open-museums/", "/en/open-museums/marketing/", UNIT]
    # The unit’s outcomes stand on its first page.
    assert ("After this unit you can" in first_html, "After this unit you can" in second_html) == (True, False)
    assert ("In this part" in first_html, "In this part" in second_html) == (True, True)


def test_pager_leads_from_page_to_page_and_on_to_the_next_unit(client: Client, course: FixtureCourse) -> None:
    def neighbours(address: str) -> list[str]:
        pager = body(client, address).partition('<nav class="pager"')[2].partition("</nav>")[0]
        return re.findall(r'href="([^"]+)"', pager)

    channels = course.units["channels-and-media"].url
    assert neighbours(UNIT)[1] == SECOND
    assert neighbours(SECOND) == [UNIT, channels]
    assert neighbours(channels)[0] == SECOND


@pytest.mark.usefixtures("course")
def test_side_of_either_page_shows_both_and_which_is_read_now(client: Client) -> None:
    for here, other in ((UNIT, SECOND), (SECOND, UNIT)):
        side = body(client, here).partition('aria-labelledby="chapter-units"')[2].partition("</nav>")[0]
        assert f'<a href="{here}" aria-current="page">' in side
        assert f'<a href="{other}">' in side
        assert side.count("aria-current") == 1


def test_unit_of_one_page_says_nothing_of_parts(course: FixtureCourse, client: Client, learner_client: Client) -> None:
    for browser in (client, learner_client):
        words = plain(body(browser, course.units["channels-and-media"].url))
        assert "Part 1" not in words
        assert "this part" not in words


@pytest.mark.usefixtures("course")
def test_lists_have_one_line_for_the_unit_with_the_minutes_of_both(client: Client) -> None:
    html = body(client, "/en/open-museums/marketing/")
    lines = html[html.index('class="unit-list"') :].partition("</ol>")[0]
    assert lines.count('<h3 class="name">') == 3
    assert SECOND not in lines
    assert "32 minutes 2 parts" in plain(lines)
    assert "2 units" in plain(html)
    assert SECOND not in body(client, "/en/open-museums/")


def test_reader_marks_each_page_and_the_unit_counts_with_the_second(
    learner_client: Client, unit: UnitPage, second: UnitPage
) -> None:
    assert done_of(body(learner_client, UNIT)).startswith(
        f"Mark this part as read Part 1 of 2 : {unit.title} Not read yet Part 2 of 2 : {second.title} Not read yet"
    )
    mark(learner_client, second)
    words = done_of(body(learner_client, SECOND))
    assert words.startswith(f"You have marked this part as read Take that back Part 1 of 2 : {unit.title} Not read yet")
    assert f"Part 2 of 2 : {second.title} Read" in words
    assert "1 of 2 parts read" in plain(body(learner_client, "/en/open-museums/marketing/"))
    assert "0 of 5 units read" in plain(body(learner_client, "/en/my-learning/"))
    assert (UnitState.objects.count(), PageState.objects.count()) == (0, 1)
    mark(learner_client, unit)
    for address in (UNIT, SECOND):
        words = done_of(body(learner_client, address))
        assert words.startswith("You have marked this unit as read Take that back Part 1 of 2")
        assert "Not read yet" not in words
    assert "1 of 5 units read" in plain(body(learner_client, "/en/my-learning/"))
    assert UnitState.objects.get().unit_key == unit.translation_key
    mark(learner_client, unit, "mark-unread")
    assert f"Part 2 of 2 : {second.title} Read" in done_of(body(learner_client, UNIT))
    assert not UnitState.objects.exists()


def test_next_step_is_the_page_that_is_not_read_yet(learner_client: Client, unit: UnitPage) -> None:
    mark(learner_client, unit)
    outline = current_outline()
    assert outline is not None
    learner_client.post(reverse("learners:mark-read", args=[outline.units[0].page_key]))
    html = body(learner_client, "/en/my-learning/")
    assert f'<p class="name"><a href="{SECOND}">{unit.title}, part 2</a></p>' in html


def test_who_read_the_unit_before_the_split_has_read_both_pages(course: FixtureCourse, learner_client: Client) -> None:
    unit = course.units["channels-and-media"]
    learner_client.post(reverse("learners:mark-read", args=[unit.translation_key]))
    second = make_continuation(unit)
    for page in (unit, second):
        words = done_of(body(learner_client, page.url))
        assert words.startswith("You have marked this unit as read")
        assert "Not read yet" not in words


# Self-checks


def answer(client: Client, page: UnitPage, question: Any, asked_on: UnitPage) -> str:
    choice = question.value["choices"].bound_blocks[0].id
    address = reverse("lessons:self-check", args=[asked_on.translation_key, question.id])
    response = client.post(address, {f"question-{question.id}": [choice]})
    assert response.status_code == 303
    return str(response.headers["Location"])


def test_answers_on_the_second_page_belong_to_the_unit(
    learner_client: Client, unit: UnitPage, second: UnitPage
) -> None:
    question = second.body[2]
    place = answer(learner_client, second, question, second)
    assert place == f"{SECOND}#{check_anchor(question.id)}"
    assert body(learner_client, SECOND).count("verdict--right") == 1
    assert "verdict--right" not in body(learner_client, UNIT)
    assert AnswerState.objects.get().page_key == unit.translation_key


def test_question_that_moved_to_the_second_page_takes_and_keeps_its_answers(
    learner_client: Client, unit: UnitPage, second: UnitPage
) -> None:
    question = unit.body[3]
    answer(learner_client, unit, question, unit)
    moved = list(unit.body.raw_data)
    check = moved.pop(3)
    unit.body = moved
    unit.save_revision().publish()
    second.body = [*second.body.raw_data, check]
    second.save_revision().publish()
    assert body(learner_client, SECOND).count("verdict--right") == 1
    # Somebody who had the unit open sends the answer to where the question stood.
    assert answer(learner_client, second, question, unit) == f"{SECOND}#{check_anchor(question.id)}"
    assert AnswerState.objects.count() == 1


# Editors


def unfit(page: UnitPage) -> list[str]:
    return [finding.code for finding in errors_of(page)]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({}, []),
        ({"slug": "part-3"}, ["slug-of-second-page"]),
        ({"slug": KEY}, ["slug-of-second-page"]),
        ({"key": "channels-and-media"}, ["key-of-another-unit"]),
        ({"facets": ["make"]}, ["facets-of-another-unit"]),
        ({"title": "Digital strategy "}, ["called-as-its-unit"]),
    ],
)
def test_second_page_goes_with_the_first(
    unit: UnitPage, second: UnitPage, fields: dict[str, Any], codes: list[str]
) -> None:
    unit.title = "digital strategy"
    unit.save_revision().publish()
    page = UnitPage.objects.get(pk=second.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    assert unfit(page) == codes


def test_outcomes_stand_on_the_first_page_alone(unit: UnitPage, second: UnitPage) -> None:
    second.outcomes = [Outcome(text="Say more.", sort_order=0, locale=second.locale)]
    assert unfit(second) == ["outcomes-on-second-page"]
    assert unfit(unit) == []


def test_third_page_is_not_published(unit: UnitPage, second: UnitPage) -> None:
    fields = {"title": "Another", "key": KEY, "lead": "A lead.", "facets": unit.facets}
    for parent, slug in ((unit, "part-3"), (second, "part-2")):
        page = UnitPage(**fields, slug=slug)
        with pytest.raises(NotFitToPublish) as refused:
            publish(parent, page)
        assert "third-page" in [finding.code for finding in refused.value.findings]
        assert f"A unit has two pages at most: “{unit.title}” has its second page already." in str(refused.value)


def test_unit_in_a_lesson_is_not_called_as_a_second_page(course: FixtureCourse) -> None:
    page = UnitPage(title="A unit", slug="part-2", key="audiences", lead="A lead.", facets=["use"])
    with pytest.raises(NotFitToPublish) as refused:
        publish(course.lessons[0], page)
    assert "slug-is-not-key" in [finding.code for finding in refused.value.findings]


def test_editors_can_write_one_second_page_and_none_below_it(course: FixtureCourse) -> None:
    unit, second, other = course.units[KEY], course.units["second"], course.units["channels-and-media"]
    assert [UnitPage.can_create_at(page) for page in (course.lessons[0], unit, second, other)] == [
        True, False, False, True,
    ]  # fmt: skip
    assert [second.can_move_to(page) for page in (unit, other, course.lessons[0])] == [True, True, True]
    assert (unit.can_move_to(other), other.can_move_to(second), other.can_move_to(course.lessons[1])) == (
        False, False, True,
    )  # fmt: skip


def test_form_of_a_second_page_begins_with_what_it_shares(course: FixtureCourse, client: Client) -> None:
    client.force_login(make_user(username="admin", is_superuser=True))
    with_second_factor(client)
    channels = course.units["channels-and-media"]
    add = reverse("wagtailadmin_pages:add", args=["lessons", "unitpage", channels.pk])
    form = client.get(add).context["form"]
    begun = {name: form[name].value() for name in ("title", "slug", "key", "facets")}
    assert begun == {
        "title": f"{channels.title}, part 2",
        "slug": "part-2",
        "key": "channels-and-media",
        "facets": channels.facets,
    }
    lesson = reverse("wagtailadmin_pages:add", args=["lessons", "unitpage", course.lessons[0].pk])
    assert client.get(lesson).context["form"]["slug"].value() in {None, ""}
    sent = unit_form(FIT, "action-publish") | {**begun, "outcomes-TOTAL_FORMS": "0"}
    assert client.post(add, sent).status_code == 302
    made = UnitPage.objects.get(slug="part-2", key="channels-and-media")
    assert (made.live, made.continued) == (True, channels)
    # There is no room for another one.
    assert client.get(add).status_code == 302
    assert client.get(reverse("wagtailadmin_explore", args=[channels.pk])).status_code == 200


# Other languages


def test_language_that_has_one_page_shows_the_other_in_the_source(
    course: FixtureCourse, client: Client, unit: UnitPage, second: UnitPage
) -> None:
    make_translation(unit, "el")
    html = body(client, SECOND.replace("/en/", "/el/"))
    assert f"<h1>{second.title}</h1>" in html
    assert 'lang="en"' in html
    with translation.override("el"):
        outline = current_outline()
        assert outline is not None
        found = outline.step(second.translation_key)
        assert found is not None
        assert found.continuation is not None
        assert (found.title, found.language) == (f"{unit.title} [el]", "")
        assert (found.continuation.title, found.continuation.language) == (second.title, "en")
    greek = make_translation(second, "el")
    assert (greek.get_parent().specific.key, unfit(greek)) == (KEY, [])
    with translation.override("el"):
        outline = current_outline()
        assert outline is not None
        assert outline.step(second.translation_key).continuation.language == ""  # type: ignore[union-attr]
    Page.objects.get(pk=greek.get_parent().pk).specific.unpublish()
    with translation.override("el"):
        outline = current_outline()
        assert outline is not None
        found = outline.step(unit.translation_key)
        assert found is not None
        assert found.continuation is not None
        assert (found.language, found.continuation.language) == ("en", "")


def test_facets_of_a_translation_come_with_the_source(unit: UnitPage, second: UnitPage) -> None:
    greek = make_translation(second, "el")
    unit.facets = ["make"]
    unit.save_revision().publish()
    assert unfit(UnitPage.objects.get(pk=greek.pk)) == []
    assert unfit(UnitPage.objects.get(pk=second.pk)) == ["facets-of-another-unit"]


# The rest of the site


def test_place_for_a_case_on_the_second_page_is_found_there(unit: UnitPage, second: UnitPage) -> None:
    second.body = [*second.body.raw_data, block("local_case", {"slot": "how-on", "heading": ""})]
    second.save_revision().publish()
    assert known_slots() == [("how-on", second.title)]
    link = current_map().slots["how-on"]
    assert (link.title, link.url) == (second.title, f"{SECOND}#{block_anchor(second.body[3].id)}")
    unit.body = [*unit.body.raw_data, block("local_case", {"slot": "how-on", "heading": ""})]
    assert unfit(unit) == ["doubled-slot"]


def test_notes_lead_to_the_first_page(course: FixtureCourse, client: Client) -> None:
    html = body(client, make_notes(course.lessons[0]).url)
    units = html[html.index('class="plan-units"') :].partition("</ul>")[0]
    assert re.findall(r'href="([^"]+)"', units) == [UNIT, course.units["channels-and-media"].url]
    assert "32 minutes" in plain(units)


def test_something_wrong_on_the_second_page_is_reported_there(client: Client, second: UnitPage) -> None:
    address = reverse("reports:write", args=[second.translation_key])
    assert f'href="{address}"' in body(client, SECOND)
    assert client.get(address).status_code == 200
    found = reported_pages({(second.translation_key, "en")})[second.translation_key, "en"]
    assert (found.title, found.url, found.is_step, len(found.places)) == (second.title, SECOND, True, 3)


def test_programs_are_told_that_the_second_page_is_part_of_the_unit(client: Client, unit: UnitPage) -> None:
    def data(address: str) -> dict[str, Any]:
        (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body(client, address))
        found: dict[str, Any] = json.loads(text)
        return found

    first, second = data(UNIT), data(SECOND)
    part = {"@type": "LearningResource", "@id": f"http://testserver{SECOND}", "name": f"{unit.title}, part 2"}
    assert (first["timeRequired"], first["hasPart"]) == ("PT32M", [part])
    assert second["isPartOf"] == {"@type": "LearningResource", "@id": f"http://testserver{UNIT}", "name": unit.title}
    assert (second["timeRequired"], "hasPart" in second, "teaches" in second) == ("PT7M", False, False)
    assert {SECOND, UNIT} <= {page.path for page in known_pages()}


def test_second_page_is_found_by_its_words_and_told_by_its_title(client: Client, second: UnitPage) -> None:
    html = body(client, "/en/search/?q=how+it+goes+on")
    results = html[html.index('class="search-results"') :]
    assert f">{second.title}</a>" in results.replace("<mark>", "").replace("</mark>", "")


def test_sheet_of_an_activity_on_the_second_page_leads_back_there(
    client: Client, unit: UnitPage, second: UnitPage
) -> None:
    activity = dict(unit.body.raw_data[2])
    activity["id"] = "3f6f2b42-5f5e-4bb1-9f0f-1f8f0b6a9d77"
    second.body = [*second.body.raw_data, activity]
    second.save_revision().publish()
    html = body(client, SECOND)
    (sheet,) = re.findall(r'href="([^"]+/sheets/[^"]+)"', html)
    assert sheet.startswith(SECOND)
    assert f'href="{SECOND}"' in body(client, sheet)


def test_titles_of_pages_in_an_export_name_both(unit: UnitPage, second: UnitPage) -> None:
    keys = [unit.translation_key, second.translation_key]
    assert titles_of(keys) == {unit.translation_key: unit.title, second.translation_key: second.title}


def test_neither_page_asks_more_than_a_unit_of_one_page(
    course: FixtureCourse, client: Client, learner_client: Client
) -> None:
    def queries(browser: Client, address: str) -> int:
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            browser.get(address)
        return len(captured)

    lone = course.units["channels-and-media"].url
    for browser in (client, learner_client):
        assert queries(browser, UNIT) == queries(browser, SECOND) == queries(browser, lone)


def test_questions_of_other_pages_are_not_answered_by_way_of_a_unit(
    course: FixtureCourse, learner_client: Client, unit: UnitPage
) -> None:
    other = course.units["channels-and-media"].body[3]
    address = reverse("lessons:self-check", args=[unit.translation_key, other.id])
    assert learner_client.post(address, {}).status_code == 404
