"""Places in a picture: what editors may store, and how picture and list are shown."""

from collections.abc import Callable
from typing import Any

import pytest

from openmuseums.uploads.models import Picture
from openmuseums.uploads.renditions import make_renditions, pictures_to_show
from quizzes.blocks.registry import block_of, questions_of
from quizzes.checks import check_question
from quizzes.words import plain_words
from tests.answers import given
from tests.files import make_picture, picture_bytes
from tests.kinds import elements_in, example, faults_in, shown, stream_of

pytestmark = pytest.mark.django_db


def area(
    text: str, *, right: bool = False, left: int = 0, top: int = 0, size: int = 200, **fields: Any
) -> dict[str, Any]:
    place = {"shape": "rectangle", "left": left, "top": top, "width": size, "height": size}
    return {"text": text, "right": right, **place, "feedback": "Because.", **fields}


DOOR, BANNER = area("The door", right=True, left=425), area("The banner", top=600, shape="round")


@pytest.fixture
def picture() -> Picture:
    """Return a picture in its sizes, as one has them that is shown on a page."""
    made = make_picture(content=picture_bytes(800, 600))
    make_renditions([made])
    return Picture.objects.get(pk=made.pk)


@pytest.fixture
def hotspot(picture: Picture) -> Callable[..., dict[str, Any]]:
    """Return what makes a question about the picture."""
    return lambda **fields: example("hotspot", **{"image": picture.pk, "choices": [DOOR, BANNER], **fields})


def test_structure_has_the_picture_and_the_places(hotspot: Callable[..., dict[str, Any]], picture: Picture) -> None:
    ((question, words),) = questions_of(stream_of(hotspot())[0], page="")
    assert question.key["image"] == picture.pk
    places = [{name: part for name, part in choice.items() if name != "id"} for choice in question.key["choices"]]
    assert places == [
        {"right": True, "shape": "rectangle", "left": 425, "top": 0, "width": 200, "height": 200},
        {"right": False, "shape": "round", "left": 0, "top": 600, "width": 200, "height": 200},
    ]
    assert [texts["text"] for texts in words["choices"].values()] == ["The door", "The banner"]


@pytest.mark.parametrize("mode", ["attempt", "check"])
def test_areas_are_labels_of_the_inputs_in_the_list(
    hotspot: Callable[..., dict[str, Any]], picture: Picture, mode: str
) -> None:
    html = shown(hotspot(), mode, picture=picture)
    elements = elements_in(html)
    inputs = [found for tag, found in elements if tag == "input"]
    marks = [found["for"] for tag, found in elements if tag == "label" and "mark" in found.get("class", "").split()]
    assert [found["type"] for found in inputs] == ["radio", "radio"]
    assert marks == [found["id"] for found in inputs]
    names = {found["id"] for tag, found in elements if tag == "span" and "id" in found}
    assert {found["aria-labelledby"] for found in inputs} == names
    frames = [(found["x"], found["y"], found["width"]) for tag, found in elements if tag == "foreignobject"]
    assert frames == [("42.5%", "0%", "20%"), ("0%", "60%", "20%")]
    assert "style=" not in html


def test_picture_says_what_it_shows_and_who_made_it(hotspot: Callable[..., dict[str, Any]], picture: Picture) -> None:
    html = shown(hotspot(alt_text="A <door>"), "attempt", picture=picture)
    (shown_picture,) = [found for tag, found in elements_in(html) if tag == "img"]
    assert (shown_picture["alt"], shown_picture["width"], shown_picture["height"]) == ("A <door>", "800", "600")
    assert "The museum" in html


def test_list_alone_is_shown_where_the_picture_is_gone(hotspot: Callable[..., dict[str, Any]]) -> None:
    html = shown(hotspot(), "attempt")
    assert "<img" not in html
    assert [found["type"] for tag, found in elements_in(html) if tag == "input"] == ["radio", "radio"]


def test_result_marks_what_is_right_and_what_was_chosen(
    hotspot: Callable[..., dict[str, Any]], picture: Picture
) -> None:
    stored = hotspot()
    banner = stored["value"]["choices"][1]["id"]
    html = shown(stored, "result", given(banner), picture=picture)
    classes = [found["class"] for _tag, found in elements_in(html) if found.get("class", "").startswith("mark ")]
    assert classes == ["mark mark--right", "mark mark--round mark--wrong"]


def test_several_right_areas_are_chosen_by_boxes(hotspot: Callable[..., dict[str, Any]], picture: Picture) -> None:
    html = shown(hotspot(choices=[DOOR, {**BANNER, "right": True}]), "attempt", picture=picture)
    assert [found["type"] for tag, found in elements_in(html) if tag == "input"] == ["checkbox", "checkbox"]


def test_two_queries_find_the_pictures_of_all_questions(picture: Picture, django_assert_num_queries: Any) -> None:
    other = make_picture(content=picture_bytes(900, 600))
    with django_assert_num_queries(2):
        found = pictures_to_show([picture.pk, other.pk, picture.pk, 999_999])
        stored = example("hotspot", choices=[DOOR, BANNER])
        assert all("<img" in shown(stored, "attempt", picture=each) for each in found.values())
    assert set(found) == {picture.pk, other.pk}
    with django_assert_num_queries(0):
        assert pictures_to_show([]) == {}


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        ([DOOR, BANNER], {}),
        ([DOOR, area("Off", left=900)], {"area-outside": "unusable"}),
        ([area("Low", right=True, top=801), BANNER], {"area-outside": "unusable"}),
        # 75 thousandths of 320 pixels are 24; the picture is 240 high there, so that 100 thousandths are.
        ([DOOR, area("Narrow", top=600, width=74)], {"area-too-small": "unpublishable"}),
        ([DOOR, area("Flat", top=600, height=99)], {"area-too-small": "unpublishable"}),
        ([DOOR, area("Just so", top=600, width=75, height=100)], {}),
        ([DOOR, area("On it", left=350, size=150)], {"areas-overlap": "unpublishable"}),
        ([DOOR, area("Beside it", left=350, top=150)], {}),
        ([{**DOOR, "right": False}, BANNER], {"wrong-number-of-right-choices": "unusable"}),
    ],
)
def test_faults_in_areas_are_found(
    hotspot: Callable[..., dict[str, Any]], choices: list[dict[str, Any]], found: dict[str, str]
) -> None:
    assert faults_in(hotspot(choices=choices)) == found


@pytest.mark.parametrize(
    ("alt_text", "found"),
    [(" ", {"no-text-alternative": "unpublishable"}), ("Where?", {"alt-repeats-question": "remark"})],
)
def test_faults_in_the_text_alternative_are_found(
    hotspot: Callable[..., dict[str, Any]], alt_text: str, found: dict[str, str]
) -> None:
    assert faults_in(hotspot(prompt="Where?", alt_text=alt_text)) == found


def test_picture_must_be_there_with_maker_and_licence(hotspot: Callable[..., dict[str, Any]], picture: Picture) -> None:
    def codes(stored: dict[str, Any]) -> list[str]:
        return [finding.code for finding in check_question("hotspot", stream_of(stored)[0].value, "questions", "q")]

    assert codes(hotspot()) == []
    assert codes(hotspot(image=None)) == ["no-picture"]
    Picture.objects.update(credit="", licence="")
    assert codes(hotspot()) == ["no-credit", "no-licence"]


def test_answer_in_words_is_the_names_of_the_areas(hotspot: Callable[..., dict[str, Any]]) -> None:
    ((question, words),) = questions_of(stream_of(hotspot())[0], page="")
    said = block_of("hotspot").summary(question, plain_words(words), given(question.key["choices"][1]["id"]))
    assert [word.text for word in said] == ["The banner"]
