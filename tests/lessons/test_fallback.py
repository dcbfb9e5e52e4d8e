"""What a language lacks: the source's page in the reader's frame, at the address the page will have."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Locale

from lessons import rendering
from lessons.models import UnitPage
from openmuseums.people.models import User
from tests.factories import FixtureCourse, block, item, make_translation

MARK = "ΕΛ"
VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle", "rect"}


class Spoken(HTMLParser):
    """Reads a page's texts, each with the language that it is said to be in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.open[-1][1]
        for name in ("aria-label", "title"):
            if given.get(name):
                self.texts.append((language, str(given[name])))
        if given.get("name") == "description":
            self.texts.append((language, str(given["content"])))
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1][1], " ".join(data.split())))


def spoken(html: str) -> dict[str, list[str]]:
    """Return the texts of a page by the language they are said to be in."""
    reader = Spoken()
    reader.feed(html)
    found: dict[str, list[str]] = {}
    for language, text in reader.texts:
        found.setdefault(language, []).append(text)
    return found


@pytest.fixture
def greek(course: FixtureCourse, monkeypatch: pytest.MonkeyPatch) -> FixtureCourse:
    """Return the course, of which Greek has a unit and what stands above it; our own words are marked in Greek.

    The marks stand in for a catalogue, so that its words of the day make no difference.
    """
    unit = course.units["channels-and-media"]
    make_translation(unit, "el")
    real = translation._trans  # type: ignore[attr-defined]
    plain, plural, particular = real.gettext, real.ngettext, real.pgettext

    def marked(own: str, found: str) -> str:
        return f"{MARK} {own}" if translation.get_language() == "el" and own.strip() else found

    monkeypatch.setattr(real, "gettext", lambda text: marked(text, plain(text)))
    monkeypatch.setattr(
        real, "ngettext", lambda one, many, number: marked(one if number == 1 else many, plural(one, many, number))
    )
    monkeypatch.setattr(real, "pgettext", lambda context, text: marked(text, particular(context, text)))
    return course


def pages_of(course: FixtureCourse) -> list[str]:
    """Return the Greek address of each kind of page, of the one that is translated as well."""
    lacking = [course.part, course.lessons[1], course.units["digital-strategy"], course.quizzes["marketing"]]
    has = [course.home, course.course, course.lessons[0], course.units["channels-and-media"]]
    return [f"/el{page.url.removeprefix('/en')}" for page in (*lacking, *has)]


ENGLISH = re.compile(
    r"The digital strategy|E-commerce|First steps|Online safety|Quiz: |The right message|What you can (use|manage)"
    r"|What you get from|Where to begin|Do it yourself|A self-check|What this lesson|Say what it is|The right one"
)
ALL_LANGUAGES = {"English", "Nederlands", "Italiano", "Español"}


@pytest.mark.parametrize("kept", [False, True], ids=["public", "kept"])
def test_no_page_says_english_words_as_if_they_were_greek(
    greek: FixtureCourse, client: Client, learner_client: Client, kept: bool
) -> None:
    for address in pages_of(greek):
        html = (learner_client if kept else client).get(address).content.decode()
        texts = spoken(html)
        assert re.findall(r"<html lang=\"(\w+)\"", html) == ["el"]
        wrong = [text for text in texts["el"] if ENGLISH.search(text) and MARK not in text and "[el]" not in text]
        assert wrong == [], address
        # And no Greek word, of ours or the page's, as if it were English.
        assert [text for text in texts.get("en", []) if MARK in text or "[el]" in text] == [], address


def test_unit_that_a_language_lacks_is_the_sources_in_the_readers_frame(greek: FixtureCourse, client: Client) -> None:
    unit = greek.units["digital-strategy"]
    response = client.get(f"/el{unit.url[3:]}")
    assert (response.status_code, response.headers["Content-Language"]) == (200, "el")
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response.cookies == {}
    context = response.context
    assert (context["is_fallback"], context["content_language"], context["reader_language"]) == (True, "en", "el")
    html = response.content.decode()
    assert f'<link rel="canonical" href="http://testserver{unit.url}">' in html
    assert 'rel="alternate" hreflang' not in html
    texts = spoken(html)
    assert f"{MARK} This page is not translated yet. What you read is the original:" in texts["el"]
    assert {unit.title, unit.lead, "Where to begin", "Check yourself", "5 minutes to read", "English"} <= set(
        texts["en"]
    )
    # The way on is Greek, and leads to where Greek is spoken.
    assert {f"{MARK} Previous", f"{MARK} Next", f"{MARK} Begin, to mark what you have read"} <= set(texts["el"])
    assert re.findall(r'href="(/en/[^"]*)"', html) == [unit.url]  # the switcher's
    assert f'href="/el{unit.url[3:]}sheets/{unit.body[2].id}/"' in html


def test_translated_unit_is_no_fallback(greek: FixtureCourse, client: Client) -> None:
    response = client.get(f"/el{greek.units['channels-and-media'].url[3:]}")
    assert (response.context["is_fallback"], response.context["content_language"]) == (False, "el")
    assert "not translated yet. What" not in response.content.decode()


def test_page_of_the_source_that_is_not_live_is_not_found_in_any_language(greek: FixtureCourse, client: Client) -> None:
    unit = greek.units["digital-strategy"]
    unit.unpublish()
    assert [client.get(f"/{code}{unit.url[3:]}").status_code for code in ("en", "el")] == [404, 404]


def test_draft_of_a_translation_leaves_the_sources_page_in_its_place(greek: FixtureCourse, client: Client) -> None:
    unit = greek.units["digital-strategy"]
    draft = make_translation(unit, "el", publish=False)
    address = f"/el{unit.url[3:]}"
    before = client.get(address)
    assert before.context["is_fallback"] is True
    draft.save_revision().publish()
    after = client.get(address)
    assert after.context["is_fallback"] is False
    assert before.headers["ETag"] != after.headers["ETag"]
    UnitPage.objects.get(pk=draft.pk).unpublish()
    assert client.get(address).context["is_fallback"] is True


@pytest.mark.usefixtures("before_the_gate")
def test_page_that_shows_the_sources_in_another_tree_is_a_fallback(greek: FixtureCourse, client: Client) -> None:
    unit = greek.units["digital-strategy"]
    unit.copy_for_translation(Locale.objects.get(language_code="el"), alias=True)
    response = client.get(f"/el{unit.url[3:]}")
    assert response.context["is_fallback"] is True
    assert response.context["page"].pk == unit.pk


def test_body_is_kept_apart_for_readers_of_another_language(
    greek: FixtureCourse, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered = []
    render = rendering._render
    monkeypatch.setattr(
        rendering, "_render", lambda page, state, *more: rendered.append(page.pk) or render(page, state, *more)
    )
    unit = greek.units["digital-strategy"]
    bodies = []
    for _ in range(2):
        for code in ("en", "el"):
            response = client.get(f"/{code}{unit.url[3:]}")
            bodies.append("".join(part.html for part in response.context["body_parts"]))
    assert rendered == [unit.pk, unit.pk]
    assert bodies[0] == bodies[2] != bodies[1] == bodies[3]
    assert bodies[1] == bodies[0].replace('href="/en/', 'href="/el/')
    etags = {client.get(f"/{code}{unit.url[3:]}").headers["ETag"] for code in ("en", "el")}
    assert len(etags) == 2


def test_sheet_of_a_unit_that_a_language_lacks_is_the_sources(greek: FixtureCourse, client: Client) -> None:
    unit = greek.units["digital-strategy"]
    html = client.get(f"/el{unit.url[3:]}sheets/{unit.body[2].id}/").content.decode()
    texts = spoken(html)
    assert {"Do it yourself", "What do you see?", "Museum", f"Back to “{unit.title}”"} <= set(texts["en"])
    assert f'href="/el{unit.url[3:]}"' in html
    assert f'<link rel="canonical" href="http://testserver{unit.url}sheets/{unit.body[2].id}/">' in html


def test_learner_does_on_a_fallback_page_what_she_does_on_any(
    greek: FixtureCourse, learner_client: Client, user: User
) -> None:
    unit = greek.units["digital-strategy"]
    address = f"/el{unit.url[3:]}"
    question = unit.body[3]
    right = question.value["choices"].bound_blocks[0].id

    html = learner_client.get(address).content.decode()
    action = re.findall(r'action="([^"]*self-checks[^"]*)"', html)
    assert action == [f"/el/self-checks/{unit.translation_key}/{question.id}/"]
    answered = learner_client.post(action[0], {f"question-{question.id}": right})
    assert (answered.status_code, answered.headers["Location"]) == (303, f"{address}#check-{question.id}")
    texts = spoken(learner_client.get(address).content.decode())
    assert {"That is right.", "Because of what the unit says."} <= set(texts["en"])

    done = learner_client.post(f"/el/learning/units/{unit.translation_key}/read/", {"next": address})
    assert done.headers["Location"] == address
    texts = spoken(learner_client.get(address).content.decode())
    assert f"{MARK} You have marked this unit as read" in texts["el"]
    assert f"{MARK} Read" in texts["el"]
    # In English it is done too.
    assert "You have marked this unit as read" in learner_client.get(unit.url).content.decode()


def test_quiz_that_a_language_lacks_is_asked_in_the_sources_words(
    greek: FixtureCourse, learner_client: Client, user: User
) -> None:
    quiz = greek.quizzes["marketing"]
    html = learner_client.get(f"/el{quiz.url[3:]}").content.decode()
    [action] = re.findall(r'action="([^"]*quiz-attempts/start[^"]*)"', html)
    assert action == f"/el/quiz-attempts/start/{quiz.translation_key}/"
    answer = learner_client.post(action, follow=True)
    assert answer.redirect_chain[0][0].startswith("/el/quiz-attempts/")
    texts = spoken(answer.content.decode())
    assert {"What do you use first?", "The right one", quiz.title} <= set(texts["en"])
    assert f"{MARK} Save and go on" in texts["el"]


def test_lesson_that_a_language_lacks_lists_its_units_in_the_readers_frame(
    greek: FixtureCourse, client: Client
) -> None:
    lesson = greek.lessons[1]
    texts = spoken(client.get(f"/el{lesson.url[3:]}").content.decode())
    assert {lesson.title, "What you can use.", "What you can do afterwards"} <= set(texts["en"])
    assert f"{MARK} Units" in texts["el"]


def test_text_of_a_fallback_page_links_to_the_readers_language(greek: FixtureCourse, client: Client) -> None:
    unit, other = greek.units["digital-strategy"], greek.units["channels-and-media"]
    unit.body = [
        block(
            "rich_text",
            {"text": f'<p>See <a linktype="page" id="{other.pk}">there</a>.</p>', "topics": [item("swot")]},
        )
    ]
    unit.save_revision().publish()
    assert f'<a href="/el{other.url[3:]}">there</a>' in client.get(f"/el{unit.url[3:]}").content.decode()
    assert f'<a href="{other.url}">there</a>' in client.get(unit.url).content.decode()
