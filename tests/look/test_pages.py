"""What every page brings along: language, title, a way past the navigation, one stylesheet, and nothing personal."""

import re

import pytest
from django.test import Client

from tests.factories import FixtureCourse

PAGES = {
    "home": lambda course: course.home,
    "course": lambda course: course.course,
    "part": lambda course: course.part,
    "lesson": lambda course: course.lessons[0],
    "unit": lambda course: course.units["digital-strategy"],
    "quiz": lambda course: course.quizzes["marketing"],
}
every_page = pytest.mark.parametrize("page_of", PAGES.values(), ids=PAGES.keys())


def html_of(client: Client, page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


@every_page
def test_page_says_its_language_title_and_address(client: Client, course: FixtureCourse, page_of) -> None:
    page = page_of(course)
    html = html_of(client, page)
    assert html.startswith("<!DOCTYPE html>")
    assert '<html lang="en">' in html
    assert f"<title>{page.title} \N{EN DASH} Open Museums</title>" in html
    assert f'<link rel="canonical" href="{page.full_url}">' in html


@every_page
def test_page_has_one_main_part_one_title_and_a_way_to_it(client: Client, course: FixtureCourse, page_of) -> None:
    html = html_of(client, page_of(course))
    assert len(re.findall("<main ", html)) == 1
    assert len(re.findall("<h1[ >]", html)) == 1
    assert html.index('href="#main"') < html.index("<header") < html.index('id="main"')


@every_page
def test_page_loads_one_stylesheet_and_one_face_first(client: Client, course: FixtureCourse, page_of) -> None:
    html = html_of(client, page_of(course))
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)">', html) == ["/static/css/site.css"]
    assert re.findall(r'<link rel="preload" href="([^"]+)"', html) == ["/static/fonts/commissioner-latin.woff2"]
    # The one that keeps a choice of language; what else is in such an element is data.
    scripts = [found for found in re.findall(r"<script([^>]*)>", html) if found != ' type="application/ld+json"']
    assert scripts == [' type="module" src="/static/js/languages.js"']


@every_page
def test_public_page_holds_no_form_and_no_token(client: Client, course: FixtureCourse, page_of) -> None:
    html = html_of(client, page_of(course))
    assert "<form" not in html
    assert "csrfmiddlewaretoken" not in html


@every_page
def test_ids_of_a_page_are_unique(learner_client: Client, course: FixtureCourse, page_of) -> None:
    found = re.findall(r'\sid="([^"]+)"', html_of(learner_client, page_of(course)))
    assert len(found) == len(set(found))


def test_unit_says_where_it_stands_and_what_comes_next(client: Client, course: FixtureCourse) -> None:
    html = html_of(client, course.units["channels-and-media"])
    assert "Lesson 1 of 2, unit 2 of 2" in html
    assert f'<a href="{course.units["digital-strategy"].url}" rel="prev">' in html
    assert f'<a href="{course.quizzes["marketing"].url}" rel="next">' in html


def test_unit_lists_its_sections_by_their_anchors(client: Client, course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    heading = next(child for child in unit.body if child.block_type == "heading")
    html = html_of(client, unit)
    assert f'<a href="#b-{heading.id[:8]}">Where to begin</a>' in html
    assert f'id="b-{heading.id[:8]}"' in html


def test_unit_is_marked_as_read_by_a_form_in_the_kept_state(learner_client: Client, course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    html = html_of(learner_client, unit)
    action = re.search(r'action="([^"]+/read/)"', html)
    assert action is not None
    learner_client.post(action[1], {"next": unit.url})
    assert "You have marked this unit as read" in html_of(learner_client, unit)


def test_lesson_shows_each_facet_with_its_word_question_and_statement(client: Client, course: FixtureCourse) -> None:
    html = html_of(client, course.lessons[0])
    for key, word in (("use", "Use"), ("manage", "Manage"), ("make", "Make"), ("understand", "Understand")):
        assert re.search(rf'<span class="facet facet--{key}"><svg.+?</svg>{word}</span>', html)
        assert f"What do we need to {key}?" in html
