"""The final task of a lesson: what readers see of it, its sheet and rubric, and what it may not lack."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import timezone

from lessons.models import LessonPage
from lessons.outline import block_anchor
from lessons.pack.dumping import dump_course
from lessons.pack.problems import PackError
from openmuseums.editorial.checks import Level, errors_of, findings_of
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.learners.recording import learner_of
from openmuseums.people.models import User
from tests.factories import FixtureCourse, block, item, make_translation, make_user, signed_in
from tests.packs import SMALL, files_of, load
from tests.quizzes.attempts.views.walking import at, begin, submit

LESSON = "home/open-museums/marketing/page.yaml"


def final_task(**values: Any) -> dict[str, Any]:
    """Return a final task as it is stored, sound but for the values that are given."""
    criteria = ("The people", "The channels", "The words", "The plan")
    levels = ("beginning", "sound", "strong")
    sound = {
        "title": "A campaign for a week",
        "for_roles": [item("volunteer")],
        "minutes": 90,
        "task": "<p>Put together what you have made.</p>",
        "result": "A plan for a week.",
        "rubric": [item({"criterion": name, **{level: f"{name}, {level}." for level in levels}}) for name in criteria],
        "sheet": [item({"prompt": "Whom do you write to?", "lines": 3})],
    }
    return block("final_task", sound | values)


def give(course: FixtureCourse, task: dict[str, Any]) -> LessonPage:
    """Publish a final task with the first lesson."""
    lesson = LessonPage.objects.get(pk=course.lessons[0].pk)
    lesson.final_task = [task]
    lesson.save_revision().publish()
    return LessonPage.objects.get(pk=lesson.pk)


@pytest.fixture
def lesson(course: FixtureCourse) -> LessonPage:
    return give(course, final_task())


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> list[str]:
    """Return the words of each cell of the rubric, row by row."""
    table = re.search(r'<table class="rubric".*?</table>', html, re.S)
    assert table is not None
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", table[0], re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


def test_lesson_shows_its_final_task_with_the_rubric_in_words(lesson: LessonPage, client: Client) -> None:
    html = html_of(client, lesson.url)
    assert html.index('id="units"') < html.index('id="final-task"')
    assert "A campaign for a week" in html
    assert "90 minutes" in html
    assert words(html) == [
        "What to look at", "Beginning", "Sound", "Strong",
        *(
            cell
            for name in ("The people", "The channels", "The words", "The plan")
            for cell in (
                name, f"Beginning {name}, beginning.", f"Sound {name}, sound.", f"Strong {name}, strong.",
            )
        ),
    ]  # fmt: skip


def test_lesson_without_a_final_task_says_nothing_of_one(course: FixtureCourse, client: Client) -> None:
    assert "final-task" not in html_of(client, course.lessons[0].url)
    assert "Final task" not in html_of(client, course.units["digital-strategy"].url)


def test_final_task_is_listed_after_the_units_and_beside_each(
    lesson: LessonPage, course: FixtureCourse, client: Client
) -> None:
    place = f'href="{lesson.url}#{block_anchor(lesson.final_task[0].id)}"'
    assert f'id="{block_anchor(lesson.final_task[0].id)}"' in html_of(client, lesson.url)
    assert html_of(client, lesson.url).count(place) == 1
    assert html_of(client, course.units["digital-strategy"].url).count(place) == 1


def test_result_of_the_quiz_leads_to_the_final_task(
    lesson: LessonPage, course: FixtureCourse, learner_client: Client, user: User
) -> None:
    learner = learner_of(user=user, now=timezone.now())
    attempt = submit(begin(course.quizzes["marketing"], learner))
    html = html_of(learner_client, at("result", attempt))
    assert f'href="{lesson.url}#{block_anchor(lesson.final_task[0].id)}">Go to the final task</a>' in html


def test_sheet_prints_the_prompts_and_the_rubric_below_them(lesson: LessonPage, client: Client) -> None:
    address = f"{lesson.url}sheets/{lesson.final_task[0].id}/"
    assert f'href="{address}"' in html_of(client, lesson.url)
    html = html_of(client, address)
    assert html.count("<li></li>") == 3
    assert html.index("Whom do you write to?") < html.index('class="rubric"')
    assert len(words(html)) == 20
    assert f'href="{lesson.url}"' in html


def test_sheet_of_a_lesson_that_is_not_published_is_not_there(lesson: LessonPage, client: Client) -> None:
    address = f"{lesson.url}sheets/{lesson.final_task[0].id}/"
    lesson.unpublish()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"title": " "}, ["required"]),
        ({"task": ""}, ["empty-rich-text"]),
        ({"result": ""}, ["required"]),
        ({"sheet": []}, ["too-few"]),
        ({"sheet": [item({"prompt": "", "lines": 3})]}, ["required"]),
    ],
)
def test_final_task_that_lacks_something_is_found(
    course: FixtureCourse, values: dict[str, Any], found: list[str]
) -> None:
    lesson = LessonPage.objects.get(pk=course.lessons[0].pk)
    lesson.final_task = [final_task(**values)]
    assert [(each.code, each.field) for each in errors_of(lesson)] == [(code, "final_task") for code in found]


@pytest.mark.parametrize(("count", "found"), [(3, ["too-few"]), (4, []), (5, ["too-many-criteria"])])
def test_rubric_has_four_criteria(course: FixtureCourse, count: int, found: list[str]) -> None:
    lesson = LessonPage.objects.get(pk=course.lessons[0].pk)
    task = final_task()
    rubric = task["value"]["rubric"]
    task["value"]["rubric"] = [item(rubric[number % 4]["value"]) for number in range(count)]
    lesson.final_task = [task]
    assert [each.code for each in errors_of(lesson)] == found


@pytest.mark.parametrize("part", ["criterion", "beginning", "sound", "strong"])
def test_lesson_whose_rubric_lacks_words_is_not_published(course: FixtureCourse, part: str) -> None:
    task = final_task()
    task["value"]["rubric"][2]["value"][part] = ""
    with pytest.raises(NotFitToPublish):
        give(course, task)
    assert len(LessonPage.objects.get(pk=course.lessons[0].pk).final_task) == 0


@pytest.mark.parametrize(("lines", "found"), [(6, False), (12, True)])
def test_sheet_of_more_than_two_pages_is_remarked(course: FixtureCourse, lines: int, *, found: bool) -> None:
    lesson = LessonPage.objects.get(pk=course.lessons[0].pk)
    lesson.final_task = [final_task(sheet=[item({"prompt": f"{n}?", "lines": lines}) for n in range(4)])]
    remarks = [each.code for each in findings_of(lesson) if each.level is Level.REMARK]
    assert ("sheet-too-long" in remarks) == found


def test_final_task_is_found_by_its_words_at_its_place(lesson: LessonPage, client: Client) -> None:
    found = html_of(client, "/en/search/?q=campaign")
    assert f'href="{lesson.url}#{block_anchor(lesson.final_task[0].id)}"' in found


def test_readers_report_on_a_final_task(lesson: LessonPage, client: Client) -> None:
    address = f"/en/report/{lesson.translation_key}/"
    assert f'href="{address}"' in html_of(client, lesson.url)
    assert "1. Final task: A campaign for a week" in html_of(client, address)


def test_final_task_is_read_in_the_language_of_its_page(
    lesson: LessonPage, course: FixtureCourse, client: Client
) -> None:
    for page in (course.home, course.course, lesson):
        make_translation(page, "nl")
    html = html_of(client, lesson.url.replace("/en/", "/nl/"))
    assert "A campaign for a week [nl]" in html
    assert any("The people, strong. [nl]" in cell for cell in words(html))
    sheet = html_of(client, f"{lesson.url.replace('/en/', '/nl/')}sheets/{lesson.final_task[0].id}/")
    assert "Whom do you write to? [nl]" in sheet


def test_language_that_lacks_the_lesson_shows_it_in_the_source_s_words(
    lesson: LessonPage, course: FixtureCourse, client: Client
) -> None:
    for page in (course.home, course.course):
        make_translation(page, "nl")
    html = html_of(client, lesson.url.replace("/en/", "/nl/"))
    assert words(html)[:4] == ["What to look at", "Beginning", "Sound", "Strong"]
    sheet = html_of(client, f"{lesson.url.replace('/en/', '/nl/')}sheets/{lesson.final_task[0].id}/")
    assert "Whom do you write to?" in sheet


def test_lesson_asks_the_database_no_more_for_its_final_task(
    course: FixtureCourse, client: Client, django_assert_num_queries: Any
) -> None:
    client.get(course.lessons[0].url)
    counts = []
    for task in (None, final_task()):
        lesson = give(course, task) if task else course.lessons[0]
        client.get(lesson.url)
        with django_assert_num_queries(7):
            counts.append(client.get(lesson.url).status_code)
    assert counts == [200, 200]


def test_editor_sees_the_form_of_a_final_task(lesson: LessonPage) -> None:
    html = html_of(signed_in(make_user(username="admin", is_superuser=True)), f"/admin/pages/{lesson.pk}/edit/")
    assert "It builds on the activities of the units." in html


# The course pack.


def pack_with(folder: Path, task: dict[str, Any]) -> Path:
    """Return a copy of the small pack whose lesson has another final task."""
    shutil.copytree(SMALL, folder)
    page = yaml.safe_load((folder / LESSON).read_text(encoding="utf-8"))
    page["final_task"] = [task]
    (folder / LESSON).write_text(yaml.safe_dump(page, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


@pytest.mark.django_db
def test_final_task_of_a_pack_is_loaded_and_dumped_as_it_was(tmp_path: Path) -> None:
    load(SMALL)
    stored = LessonPage.objects.get(key="marketing").final_task
    assert [(each.block_type, len(each.value["rubric"])) for each in stored] == [("final_task", 4)]
    dump_course(tmp_path / "dumped")
    assert files_of(tmp_path / "dumped")[LESSON] == files_of(SMALL)[LESSON]


@pytest.mark.django_db
def test_pack_with_fewer_than_four_criteria_is_refused(tmp_path: Path) -> None:
    task = yaml.safe_load((SMALL / LESSON).read_text(encoding="utf-8"))["final_task"][0]
    pack = pack_with(tmp_path / "pack", {**task, "rubric": task["rubric"][:3]})
    with pytest.raises(PackError):
        load(pack)
