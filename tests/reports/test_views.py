"""Reporting that something is wrong, as a reader meets it."""

import re
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.test import Client

from openmuseums.home.models import Operator
from openmuseums.home.operators import forget_operator
from openmuseums.reports import reporting
from openmuseums.reports.models import Report
from tests.factories import FixtureCourse, make_course_in, make_notes, make_translation

FORM = uuid.UUID(int=7)


@pytest.fixture
def address(course: FixtureCourse) -> str:
    return f"/en/report/{course.units['digital-strategy'].translation_key}/"


def filled(**fields: Any) -> dict[str, Any]:
    return {"form_id": str(FORM), "block": "", "kind": "mistake", "text": "It says 1985.", **fields}


def test_unit_links_the_form_in_both_states_without_a_word_more(
    course: FixtureCourse, address: str, client: Client, learner_client: Client
) -> None:
    url = course.units["digital-strategy"].url
    link = f'<a href="{address}">Something wrong here?</a>'
    for browser in (client, learner_client):
        assert browser.get(url).content.decode().count(link) == 1
    assert client.get(url).content == Client().get(url).content
    assert not client.get(url).cookies


def test_form_offers_every_block_by_number_and_first_words(course: FixtureCourse, address: str, client: Client) -> None:
    response = client.get(address)
    assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    blocks = [block.id for block in course.units["digital-strategy"].body]
    words = ["The whole page", "1. Heading: Where to begin", "2. Text: What The digital strategy is about."]
    words += ["3. Activity: Do it yourself", "4. Single choice: A self-check of digital-strategy?"]
    options = re.findall(r'<option value="([^"]*)"( selected)?>([^<]*)', response.content.decode())
    assert [(value, text) for value, _chosen, text in options] == list(zip(["", *blocks], words, strict=True))
    assert [value for value, chosen, _text in options if chosen] == [""]


def test_form_chooses_the_block_that_the_address_names(course: FixtureCourse, address: str, client: Client) -> None:
    block = course.units["digital-strategy"].body[2].id
    assert f'value="{block}" selected' in client.get(f"{address}?block={block}").content.decode()
    for other in ("nothing", "%00", "'"):
        assert client.get(f"{address}?block={other}").content.decode().count(" selected") == 0


def test_form_of_no_unit_is_not_found(course: FixtureCourse, client: Client) -> None:
    for key in (uuid.UUID(int=1), course.lessons[0].translation_key):
        assert client.get(f"/en/report/{key}/").status_code == 404
        assert client.get(f"/en/report/{key}/thanks/").status_code == 404
        assert client.post(f"/en/report/{key}/", filled()).status_code == 404
    unit = course.units["digital-strategy"]
    unit.unpublish()
    assert client.get(f"/en/report/{unit.translation_key}/").status_code == 404


def test_report_keeps_page_block_languages_and_words_alone(course: FixtureCourse, address: str, client: Client) -> None:
    unit = course.units["digital-strategy"]
    block = unit.body[1].id
    response = client.post(address, filled(block=block, text="It says\r\n1985."))
    assert (response.status_code, response.headers["Location"]) == (303, f"{address}thanks/?block={block}")
    assert "sessionid" not in response.cookies
    kept = Report.objects.values().get()
    moment = kept.pop("reported_at")
    assert moment is not None
    assert kept == {
        "id": kept["id"],
        "form_id": FORM,
        "page_key": unit.translation_key,
        "block_id": block,
        "language": "en",
        "text_language": "en",
        "kind": "mistake",
        "text": "It says\n1985.",
        "settled_at": None,
        "note": "",
    }
    thanks = client.get(response.headers["Location"]).content.decode()
    assert f'href="{unit.url}#b-{block[:8]}"' in thanks


def test_report_of_a_page_that_the_language_lacks_keeps_both_languages(course: FixtureCourse, client: Client) -> None:
    unit = course.units["digital-strategy"]
    make_course_in(course, "el", without=(unit,))
    page = client.get(f"/el/report/{unit.translation_key}/").content.decode()
    assert f'<a href="/el/{unit.url.removeprefix("/en/")}" lang="en">The digital strategy</a>' in page
    options = re.findall(r"<option[^>]*>", page)
    assert [' lang="en"' in option for option in options] == [False] + [True] * len(unit.body)
    client.post(f"/el/report/{unit.translation_key}/", filled())
    assert Report.objects.values_list("language", "text_language").get() == ("el", "en")
    make_translation(unit, "el")
    assert "is about. [el]</option>" in client.get(f"/el/report/{unit.translation_key}/").content.decode()
    client.post(f"/el/report/{unit.translation_key}/", filled(form_id=uuid.uuid4()))
    assert list(Report.objects.order_by("pk").values_list("text_language", flat=True)) == ["en", "el"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": ""}, "Choose what is wrong."),
        ({"kind": "spam"}, "Select a valid choice"),
        ({"text": "  \x01"}, "Say in a sentence what is wrong."),
        ({"kind": "dead-link", "text": ""}, "Say in a sentence what is wrong."),
        ({"text": "x" * 2001}, "Ensure this value has at most 2000 characters (it has 2001)."),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_report_that_says_too_little_or_too_much_is_sent_back_with_its_words(
    address: str, client: Client, fields: dict[str, str], said: str
) -> None:
    response = client.post(address, filled(**fields))
    assert response.status_code == 422
    page = response.content.decode()
    assert 'role="alert" tabindex="-1" autofocus' in page
    assert page.count(said) == 2
    assert not Report.objects.exists()
    assert filled(**fields)["text"].strip().replace("\x00", "")[:20] in page.replace("\x00", "")


def test_dead_link_at_a_block_needs_no_words(course: FixtureCourse, address: str, client: Client) -> None:
    block = course.units["digital-strategy"].body[1].id
    assert client.post(address, filled(kind="dead-link", block=block, text="")).status_code == 303


def test_block_that_went_while_the_form_was_open_is_the_whole_page(address: str, client: Client) -> None:
    for block in ("gone", "\x00", "x" * 5000, "'; drop table"):
        assert client.post(address, filled(block=block, form_id=uuid.uuid4())).status_code == 303
    assert set(Report.objects.values_list("block_id", flat=True)) == {""}


def test_signs_that_nobody_can_type_are_left_out(address: str, client: Client) -> None:
    client.post(address, filled(text="one\x07\x1b[31m two\tthree\nfour\x7f"))
    assert Report.objects.get().text == "one[31m two\tthree\nfour"


def test_form_sent_twice_is_one_report(address: str, client: Client) -> None:
    for text in ("It says 1985.", "It says 1985."):
        assert client.post(address, filled(text=text)).status_code == 303
    assert Report.objects.count() == 1
    # A form that lost its number is a report of its own.
    for number in ("", "nonsense", "\x00"):
        response = client.post(address, filled(form_id=number))
        assert response.status_code in {303, 422}


def test_too_many_reports_lose_no_words_and_are_told_when_to_come_again(
    address: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "REPORTS_AN_HOUR", 2)
    for _number in range(2):
        assert client.post(address, filled(form_id=uuid.uuid4())).status_code == 303
    response = client.post(address, filled(text="What I took so long to write", form_id=uuid.uuid4()))
    assert (response.status_code, response.headers["Retry-After"]) == (429, "3600")
    page = response.content.decode()
    assert "What I took so long to write" in page
    assert "send this one again in an hour" in page
    assert Report.objects.count() == 2
    # What came before may come again, and another network is not kept from reporting.
    first = Report.objects.first()
    assert first is not None
    assert client.post(address, filled(form_id=first.form_id)).status_code == 303
    assert client.post(address, filled(form_id=uuid.uuid4()), REMOTE_ADDR="192.0.2.7").status_code == 303


def test_address_of_the_sender_is_kept_nowhere(address: str, client: Client) -> None:
    caches["limits"].clear()
    client.post(address, filled(), REMOTE_ADDR="192.0.2.77")
    store = caches["limits"]
    files = store._list_cache_files()
    assert files
    for file in files:
        assert b"192.0.2.77" not in Path(file).read_bytes()


def test_report_needs_its_token(address: str, course: FixtureCourse) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(address, filled()).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(address).content.decode())
    assert token is not None
    assert browser.post(address, filled(csrfmiddlewaretoken=token[1])).status_code == 303


def test_who_wants_an_answer_is_told_whom_to_write_to(address: str, client: Client) -> None:
    said = "Nobody can answer here, for nothing says who you are."
    for page in (address, f"{address}thanks/"):
        assert said in client.get(page).content.decode()
        assert "mailto:" not in client.get(page).content.decode()
    Operator.objects.create(organisation="The museum", email="hello@museum.example")
    forget_operator()
    for page in (address, f"{address}thanks/"):
        assert 'write to <a href="mailto:hello@museum.example">' in client.get(page).content.decode()


def test_thanks_lead_back_to_the_unit_whatever_the_address_says(
    course: FixtureCourse, address: str, client: Client
) -> None:
    unit = course.units["digital-strategy"]
    for said in ("", "?block=x", f"?block={quote('//evil.example')}", "?block=%00"):
        assert f'class="button" href="{unit.url}"' in client.get(f"{address}thanks/{said}").content.decode()


def test_form_asks_as_much_however_long_the_unit(
    course: FixtureCourse, address: str, client: Client, django_assert_num_queries: Any
) -> None:
    client.get(address)
    # The unit with its language, its page, those above, who may read them; who runs the site comes from the cache.
    with django_assert_num_queries(4):
        client.get(address)


def test_notes_link_the_form_which_offers_their_steps(course: FixtureCourse, client: Client) -> None:
    notes = make_notes(course.lessons[0])
    make_course_in(course, "el")
    make_translation(notes, "nl")
    path = notes.url.removeprefix("/en/")
    for language in ("en", "el", "nl"):
        page = client.get(f"/{language}/{path}").content.decode()
        assert page.count(f'href="/{language}/report/{notes.translation_key}/"') == 1
    offered = re.findall(r"<option[^>]*>([^<]*)", client.get(f"/en/report/{notes.translation_key}/").content.decode())
    assert offered[:3] == ["The whole page", "1. Step: Arrive", "2. Step: Write the draft"]
    sent = client.post(f"/el/report/{notes.translation_key}/", filled(block=notes.plan[1].id))
    assert sent.status_code == 303
    kept = Report.objects.values_list("page_key", "block_id", "language", "text_language").get()
    assert kept == (notes.translation_key, notes.plan[1].id, "el", "en")
    assert f'href="/el/{path}#b-{notes.plan[1].id[:8]}"' in client.get(sent.headers["Location"]).content.decode()
    notes.unpublish()
    assert client.get(f"/en/report/{notes.translation_key}/").status_code == 404
