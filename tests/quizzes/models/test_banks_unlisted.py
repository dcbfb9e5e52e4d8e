"""A bank is nowhere to be found: no address, no link, no search, no sitemap, no feed, in no language and for nobody."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale
from wagtail.rich_text import expand_db_html

from openmuseums.delivery.languages import languages_of
from openmuseums.discovery.feeds import newest_pages
from openmuseums.discovery.pages import known_pages
from openmuseums.learners.models import Learner
from openmuseums.learners.outline import get_outline
from openmuseums.people.models import User
from openmuseums.search.finding import find
from openmuseums.search.models import Entry
from quizzes.attempts.taking import start_attempt
from quizzes.models import BankPage, QuizPage
from tests.factories import (
    NOW,
    FixtureCourse,
    make_bank,
    make_course_in,
    make_editor,
    make_translation,
    make_user,
    signed_in,
    single_choice,
)
from tests.snapshots import remembered

# Words that stand in the bank and nowhere else.
TITLE, PROMPT = "Cellar of questions", "Where does the quokka sleep?"
WORDS = re.compile("quokka|cellar of questions", re.IGNORECASE)


@pytest.fixture
def bank(course: FixtureCourse) -> BankPage:
    """Return a bank that a quiz draws from, live in two languages."""
    return remembered(
        "a bank that a quiz draws from",
        lambda: make_bank_in_use(course),
        note=lambda bank: bank.pk,
        recall=lambda pk: BankPage.objects.get(pk=pk),
    )


def make_bank_in_use(course: FixtureCourse) -> BankPage:
    Locale.objects.get_or_create(language_code="nl")
    bank = make_bank(course.lessons[0], title=TITLE, questions=[single_choice(PROMPT, facet="understand")])
    quiz = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    quiz.draws_from_bank = True
    quiz.save_revision().publish()
    make_course_in(course, "nl")
    make_translation(bank, "nl")
    return BankPage.objects.get(pk=bank.pk)


def addresses_in(html: str) -> set[str]:
    found = {unescape(address) for address in re.findall(r'(?:href|<loc>)="?([^"<]+)', html)}
    local = {address.removeprefix("http://testserver").partition("#")[0] for address in found}
    return {address for address in local if re.match(r"/(en|nl)/", address)}


def test_no_public_page_names_it_or_leads_to_it(client: Client, bank: BankPage) -> None:
    waiting, answers = {"/en/", "/nl/", "/sitemap.xml", "/robots.txt", "/en/feed/", "/nl/feed/"}, {}
    waiting |= {f"/{language}/search/?q={word}" for language in ("en", "nl") for word in ("quokka", "cellar")}
    while waiting - answers.keys():
        address = min(waiting - answers.keys())
        response = client.get(address)
        answers[address] = "" if response.streaming else response.content.decode()
        if response.status_code == 200 and "/learning/" not in address:
            waiting |= addresses_in(answers[address])
    assert "/en/open-museums/marketing/quiz/" in answers
    assert "/nl/open-museums/marketing/quiz/" in answers
    # A page of results repeats what was asked for.
    asked_for = re.compile(r"\?q=|/(begin|accounts|report)/")
    assert [address for address, text in answers.items() if WORDS.search(text) and not asked_for.search(address)] == []
    assert [address for address, text in answers.items() if "/bank/" in address + text] == []


def test_its_address_answers_nobody(course: FixtureCourse, client: Client, learner_client: Client, bank: Any) -> None:
    browsers = {
        "nobody": client,
        "learner": learner_client,
        "editor": signed_in(make_editor()),
        "superuser": signed_in(make_user(username="admin", is_superuser=True)),
    }
    answers = {
        (who, language): browser.get(f"/{language}/open-museums/marketing/bank/").status_code
        for who, browser in browsers.items()
        for language in ("en", "nl")
    }
    assert set(answers.values()) == {404}
    assert (bank.url, bank.full_url) == (None, None)


def test_sitemap_feed_and_outline_leave_it_out(course: FixtureCourse, bank: BankPage) -> None:
    assert bank.translation_key not in {page.key for page in known_pages()}
    for language in ("en", "nl"):
        assert bank.translation_key not in {page.translation_key for page in newest_pages(language)}
        with translation.override(language):
            outline = get_outline()
            assert outline is not None
            assert outline.step(bank.translation_key) is None
            assert outline.chapter_of(bank.translation_key) is None
    assert languages_of(QuizPage.objects.get(pk=course.quizzes["marketing"].pk)) == ("en", "nl")


def test_search_does_not_find_it(bank: BankPage) -> None:
    assert not Entry.objects.filter(page__translation_key=bank.translation_key).exists()
    assert {field.field_name for field in BankPage.search_fields} & {"questions", "key"} == set()
    for language in ("en", "nl"):
        for word in ("quokka", "cellar"):
            assert len(find(word, language=language).found) == 0


def test_link_to_it_leads_nowhere(bank: BankPage) -> None:
    assert expand_db_html(f'<a linktype="page" id="{bank.pk}">There</a>') == "<a>There</a>"


def test_quiz_counts_what_it_draws_from_the_bank(course: FixtureCourse, bank: BankPage) -> None:
    outline = get_outline()
    assert outline is not None
    quiz, other = (outline.step(page.translation_key) for page in course.quizzes.values())
    assert quiz
    assert other
    assert (len(quiz.questions), quiz.minutes, quiz.facets) == (4, 4, ("use", "manage", "make", "understand"))
    assert (len(other.questions), other.minutes, other.facets) == (3, 3, ("use", "manage", "make"))
    page = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    page.draws = 2
    page.save_revision().publish()
    renewed = get_outline()
    assert renewed
    assert [(step.minutes, len(step.questions)) for step in renewed.steps if step.page_key == quiz.page_key] == [(2, 4)]


def test_question_of_the_bank_is_met_in_an_attempt_in_the_readers_language(
    course: FixtureCourse, learner_client: Client, user: User, bank: BankPage
) -> None:
    quiz = course.quizzes["marketing"]
    attempt = start_attempt(
        learner=Learner.objects.create(account=user, started_at=NOW), quiz_key=quiz.translation_key, now=NOW
    )
    with translation.override("nl"):
        address = reverse("quizzes:attempt", args=[attempt.pk])
    html = learner_client.get(f"{address}?view=all").content.decode()
    assert f"<legend>{PROMPT} [nl]</legend>" in html
    assert TITLE not in html
