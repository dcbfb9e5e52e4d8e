"""What an editor sees of the checks in the form."""

import re

import pytest
from django.urls import reverse

from openmuseums.editorial.checks import Place
from openmuseums.editorial.panels import anchor_of, count_in_words
from tests.editing import FIT, UNFIT, unit_form
from tests.factories import (
    block,
    item,
    make_lone_lesson,
    make_unit,
    make_user,
    with_second_factor,
)

SKIPPED = block("heading", {"text": "Deep", "level": "h3"})
FOREIGN = block("rich_text", {"text": "<p>Text.</p>", "topics": [item("owned-media")]})


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


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def panel(response):
    [html] = re.findall(r'<div id="findings">(.*?)</div>', response.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def count(response):
    [text] = re.findall(r'<span id="findings-count">(.*?)</span>', response.content.decode())
    return text.removeprefix("\N{NO-BREAK SPACE}")


def test_form_of_a_fit_page_says_there_is_nothing_to_mend(admin, unit):
    response = admin.get(edit(unit))
    assert (panel(response), count(response)) == ("There is nothing to mend.", "")


def test_form_lists_errors_before_remarks_and_counts_them_in_the_tab(admin, unit):
    unit.body = [FOREIGN, SKIPPED]
    unit.lead = " "
    unit.save_revision(clean=False)
    response = admin.get(edit(unit))
    assert count(response) == "(2 errors, 1 remark)"
    assert panel(response) == (
        "2 errors, 1 remark. Errors keep the page from being published; remarks do not. The list is renewed with each"
        " save. Error “lead” is empty. (Lead) Error A heading of level 3 follows one of level 1. Put one of level 2"
        " first. (Body) Remark “owned media” is a topic of another unit. (Body)"
    )


def test_form_shows_the_draft_s_findings_not_the_public_version_s(admin, unit):
    unit.body = [SKIPPED]
    unit.save_revision()
    assert count(admin.get(edit(unit))) == "(1 error)"
    admin.post(edit(unit), unit_form(FIT))
    assert count(admin.get(edit(unit))) == ""


def test_findings_link_to_sections_that_are_in_the_form(admin, unit):
    unit.body = [SKIPPED]
    unit.lead = ""
    unit.outcomes = []
    unit.slug = "strategy"
    unit.save_revision(clean=False)
    html = admin.get(edit(unit)).content.decode()
    [listed] = re.findall(r'<div id="findings">(.*?)</div>', html, re.DOTALL)
    anchors = re.findall(r'<a href="#([^"]+)"', listed)
    assert sorted(anchors) == sorted(
        [
            # The script of Wagtail's that draws a block gives it this id.
            f"block-{SKIPPED['id']}-section",
            "panel-child-content-lead-section",
            "panel-child-content-outcomes-section",
            "panel-child-promote-slug-section",
        ]
    )
    assert [f'id="{anchor}"' in html for anchor in anchors if anchor.startswith("panel-")] == [True, True, True]


def test_field_in_a_group_is_found_in_the_group_s_section(lesson):
    handler = type(lesson).get_edit_handler()
    assert anchor_of(handler, "statement_make") == "panel-child-content-competence_statements-section"


def test_field_that_no_panel_shows_has_no_place(lesson):
    assert anchor_of(type(lesson).get_edit_handler(), "url_path") == ""


def test_form_of_a_new_page_says_when_the_findings_come(admin, lesson):
    response = admin.get(reverse("wagtailadmin_pages:add", args=["lessons", "unitpage", lesson.pk]))
    assert panel(response) == "What the checks find is listed here after the first save."


def test_form_sent_with_a_mistake_shows_what_was_saved_last(admin, unit):
    response = admin.post(edit(unit), unit_form(UNFIT, "action-publish", title=""))
    assert response.status_code == 200
    assert panel(response) == "There is nothing to mend."


def test_automatic_saving_renews_the_findings(admin, unit):
    response = admin.post(edit(unit), unit_form(UNFIT), headers={"accept": "application/json"})
    html = response.json()["html"]
    assert 'data-w-teleport-target-value="#findings"' in html
    assert "A heading of level 3 follows one of level 1." in html
    [text] = re.findall(r'target-value="#findings-count"[^>]*>\s*(.*?)\s*</template>', html, re.DOTALL)
    assert text == "&nbsp;(1 error)"


@pytest.mark.parametrize("kind", ["home", "course", "lesson", "unit"])
def test_every_guarded_page_has_the_panel(admin, lesson, unit, kind):
    pages = {"unit": unit, "lesson": lesson, "course": lesson.get_parent(), "home": lesson.get_parent().get_parent()}
    assert panel(admin.get(edit(pages[kind]))) == "There is nothing to mend."


@pytest.mark.parametrize(
    ("errors", "remarks", "words"),
    [(0, 0, ""), (1, 0, "1 error"), (2, 0, "2 errors"), (0, 1, "1 remark"), (3, 2, "3 errors, 2 remarks")],
)
def test_findings_are_counted_in_words(errors, remarks, words):
    place = Place("body")
    findings = [place.error("a", "A")] * errors + [place.remark("b", "B")] * remarks
    assert count_in_words(findings) == words
