"""The printable sheet of an activity."""

from django.test import Client

from tests.factories import FixtureCourse, block, item, make_unit


def activity_of(course: FixtureCourse) -> tuple[str, str]:
    unit = course.units["online-safety"]
    return unit.url, next(child.id for child in unit.body if child.block_type == "activity")


def test_sheet_shows_prompts_with_their_lines(client: Client, course: FixtureCourse) -> None:
    url, block_id = activity_of(course)
    response = client.get(f"{url}sheets/{block_id}/")
    assert response.status_code == 200
    html = response.content.decode()
    assert "What do you see?" in html
    assert html.count("<li></li>") == 3


def test_sheet_is_the_same_for_everybody_and_sets_no_cookie(
    client: Client, learner_client: Client, course: FixtureCourse
) -> None:
    url, block_id = activity_of(course)
    mine, everybodys = (browser.get(f"{url}sheets/{block_id}/") for browser in (learner_client, client))
    assert mine.content == everybodys.content
    assert dict(everybodys.cookies) == {}
    assert everybodys["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert mine["Cache-Control"] == "private, no-store"
    assert "ETag" not in mine


def test_unchanged_sheet_is_answered_with_304(client: Client, course: FixtureCourse) -> None:
    url, block_id = activity_of(course)
    address = f"{url}sheets/{block_id}/"
    assert client.get(address, headers={"if-none-match": client.get(address)["ETag"]}).status_code == 304


def test_unit_links_to_its_sheet(client: Client, course: FixtureCourse) -> None:
    url, block_id = activity_of(course)
    assert f'href="{url}sheets/{block_id}/"' in client.get(url).content.decode()


def test_sheet_of_another_block_is_not_there(client: Client, course: FixtureCourse) -> None:
    unit = course.units["online-safety"]
    heading = next(child.id for child in unit.body if child.block_type == "heading")
    assert client.get(f"{unit.url}sheets/{heading}/").status_code == 404


def test_sheet_below_a_page_that_is_no_unit_is_not_there(client: Client, course: FixtureCourse) -> None:
    _, block_id = activity_of(course)
    assert client.get(f"{course.course.url}sheets/{block_id}/").status_code == 404


def test_sheet_of_a_draft_is_not_there(client: Client, course: FixtureCourse) -> None:
    url, block_id = activity_of(course)
    course.units["online-safety"].unpublish()
    assert client.get(f"{url}sheets/{block_id}/").status_code == 404


def test_activity_without_prompts_has_no_sheet(client: Client, course: FixtureCourse) -> None:
    value = {
        "title": "Talk", "for_roles": [item("board")], "minutes": 5, "task": "<p>Talk.</p>", "result": "A word.",
        "sheet": [], "topics": [],
    }  # fmt: skip
    bare = block("activity", value)
    unit = make_unit(course.part, "digital-sustainability", body=[bare])
    assert "sheets/" not in client.get(unit.url).content.decode()
    assert client.get(f"{unit.url}sheets/{bare['id']}/").status_code == 404
