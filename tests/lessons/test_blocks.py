"""Each block that an editor may choose: its icon, its words, its template and its preview."""

import re

import pytest
from django.template.loader import get_template
from django.urls import reverse
from wagtail import hooks

from lessons.models import FacilitatorNotesPage, GlossaryPage, LessonPage, UnitPage
from openmuseums.home.models import StandingPage
from quizzes.models import QuizPage
from tests.factories import make_user, with_second_factor

BLOCKS = {
    **{f"unit {name}": block for name, block in UnitPage.body.field.stream_block.child_blocks.items()},
    **{f"quiz {name}": block for name, block in QuizPage.questions.field.stream_block.child_blocks.items()},
    **{f"lesson {name}": block for name, block in LessonPage.final_task.field.stream_block.child_blocks.items()},
    **{f"glossary {name}": block for name, block in GlossaryPage.terms.field.stream_block.child_blocks.items()},
    **{f"notes {name}": block for name, block in FacilitatorNotesPage.plan.field.stream_block.child_blocks.items()},
    **{f"standing {name}": block for name, block in StandingPage.body.field.stream_block.child_blocks.items()},
}
every_block = pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())


def all_icons() -> set[str]:
    icons: list[str] = []
    for register in hooks.get_hooks("register_icons"):
        icons = register(icons)
    return {re.sub(r".*/|\.svg$", "", icon) for icon in icons}


def nested(block):
    yield block
    children = getattr(block, "child_blocks", {}).values()
    for child in [*children, *filter(None, [getattr(block, "child_block", None)])]:
        yield from nested(child)


@every_block
def test_block_and_its_parts_have_icons_that_exist(block):
    assert {part.meta.icon for part in nested(block)} - all_icons() == set()


@every_block
def test_block_has_words_and_a_template_of_its_own(block):
    assert str(block.label)
    assert str(block.meta.description)
    assert get_template(block.meta.template)


@every_block
def test_block_has_a_preview(block):
    assert block.is_previewable


@every_block
@pytest.mark.django_db
def test_preview_of_a_block_is_shown_under_the_strict_policy(block, client):
    client.force_login(make_user(username="admin", is_superuser=True))
    with_second_factor(client)
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    html = response.content.decode()
    assert response.status_code == 200
    assert "'self'" in response["Content-Security-Policy"].split("frame-ancestors")[1].split(";")[0]
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=", html) == []
