"""What readers find, in their language and in every form of a word."""

import pytest
from django.utils import translation
from wagtail.models import Page

from lessons.models import UnitPage
from openmuseums.search.finding import Answer, find, lessons_of, marked
from openmuseums.search.indexing import index_page, sentences_of
from openmuseums.search.models import Entry
from tests.factories import FixtureCourse, block, item, make_course, make_translation, make_unit, single_choice
from tests.snapshots import remembered

pytestmark = pytest.mark.django_db

WORDS = {
    "en": ("The digital collection", "Museums show it. Nobody has to come."),
    "el": ("Η ψηφιακή συλλογή", "Τα μουσεία τη δείχνουν. Κανείς δεν χρειάζεται να έρθει."),
    "nl": ("De digitale collectie", "Musea laten haar zien. Niemand hoeft te komen."),
    "it": ("La collezione digitale", "I musei la mostrano. Nessuno deve venire."),
    "es": ("La colección digital", "Los museos la enseñan. Nadie tiene que venir."),
}


@pytest.fixture
def course() -> FixtureCourse:
    """Return the fixture course, and in its first lesson a unit that is translated into every language."""
    made = make_course()
    made.units["collection"] = remembered("collection", lambda: make_collection(made), note=key_of, recall=unit_of)
    return made


def make_collection(course: FixtureCourse) -> UnitPage:
    body = [
        block("heading", {"text": "Room for doubt", "level": "h2"}),
        block("rich_text", {"text": f"<p>{WORDS['en'][1]}</p>", "topics": [item("swot")]}),
        single_choice("Which telescope?"),
    ]
    unit = make_unit(course.lessons[0], "audiences", title=WORDS["en"][0], lead="A lead.", body=body)
    for language, (title, text) in WORDS.items():
        if language != "en":
            make_translation(unit, language, {WORDS["en"][0]: title, WORDS["en"][1]: text})
    return unit


def key_of(unit: UnitPage) -> int:
    return unit.pk


def unit_of(key: int) -> UnitPage:
    return UnitPage.objects.get(pk=key)


def titles(answer: Answer) -> list[str]:
    return [page.title for page in answer.found]


# What readers type, by language: whatever the form, the one page is found.
FORMS = {
    "el": ("ψηφιακη", "ΨΗΦΙΑΚΗ", "μουσειο", "Συλλογές"),
    "nl": ("collectie", "collecties", "museum"),
    "it": ("musei", "museo"),
    "es": ("museos", "museo", "coleccion"),
    "en": ("museum", "COLLECTIONS"),
}


def test_page_is_found_by_any_form_of_its_words(course: FixtureCourse) -> None:
    found = {(code, asked): titles(find(asked, language=code)) for code, forms in FORMS.items() for asked in forms}
    assert found == {(code, asked): [WORDS[code][0]] for code, asked in found}


def test_slip_in_a_title_is_mended_and_said(course: FixtureCourse) -> None:
    for language, asked, meant in (
        ("el", "ψηφαικη", "ψηφιακη"),
        ("nl", "colectie", "collectie"),
        ("en", "colection", "collection"),
    ):
        answer = find(asked, language=language)
        assert (titles(answer), answer.corrected) == ([WORDS[language][0]], meant)


def test_beginning_of_a_word_is_enough(course: FixtureCourse) -> None:
    assert titles(find("συλλ", language="el")) == [WORDS["el"][0]]


def test_result_shows_the_matched_sentence_and_its_place(course: FixtureCourse) -> None:
    found = find("έρθει", language="el").found[0]
    assert found.sentence == "Κανείς δεν χρειάζεται να <mark>έρθει</mark>."
    unit = Page.objects.get(pk=found.page_id).specific
    assert found.anchor == f"b-{unit.body[1].id[:8]}"
    assert found.language == ""


def test_result_names_its_lesson(course: FixtureCourse) -> None:
    answer = find("συλλογή", language="el")
    lesson = Page.objects.get(pk=answer.found[0].page_id).get_parent()
    assert lessons_of(answer.found) == {answer.found[0].page_id: lesson.title}


def test_page_that_the_language_lacks_is_found_by_its_own_words(course: FixtureCourse) -> None:
    lacking = make_unit(course.lessons[0], "marketing-techniques", title="Periscopes")
    answer = find("periscope", language="el")
    assert [(page.page_id, page.language) for page in answer.found] == [(lacking.pk, "en")]
    make_translation(lacking, "el", {"Periscopes": "Περισκόπια"})
    assert titles(find("periscope", language="el")) == []
    assert titles(find("περισκοπιο", language="el")) == ["Περισκόπια"]


def test_change_is_found_as_soon_as_it_is_published(course: FixtureCourse) -> None:
    unit = course.units["collection"]
    assert titles(find("lighthouse", language="en")) == []
    unit.lead = "A lighthouse keeper wrote it."
    revision = unit.save_revision()
    assert titles(find("lighthouse", language="en")) == []
    revision.publish()
    assert titles(find("lighthouse", language="en")) == [unit.title]
    unit.unpublish()
    assert titles(find("lighthouse", language="en")) == []


def test_answers_of_questions_are_not_found(course: FixtureCourse) -> None:
    assert titles(find("telescope", language="en")) == []


def test_word_too_many_does_no_harm_and_more_words_find_better(course: FixtureCourse) -> None:
    assert titles(find("how collections zzzzzz", language="en"))[0] == WORDS["en"][0]


def test_nothing_is_found_by_nothing(course: FixtureCourse) -> None:
    for asked in ("", "   ", "?!", "a", "\u0301", "zzzzzzzz"):
        assert find(asked, language="en") == Answer()


def test_sentence_is_escaped_where_it_is_marked() -> None:
    assert marked("<b>Museums & music</b>", {"museum"}, "en") == ("&lt;b&gt;<mark>Museums</mark> &amp; music&lt;/b&gt;")


def test_sentences_end_where_they_end() -> None:
    assert sentences_of("Τι είναι; Ένα μουσείο. Κοστίζει 2.5 ευρώ! «Ναι.» Τέλος") == [
        "Τι είναι;",
        "Ένα μουσείο.",
        "Κοστίζει 2.5 ευρώ!",
        "«Ναι.»",
        "Τέλος",
    ]


def test_alias_and_page_of_no_kind_are_not_indexed(course: FixtureCourse) -> None:
    assert index_page(Page.objects.get(depth=1)) is None
    assert not Entry.objects.filter(page__depth=1).exists()


def test_finding_costs_three_queries_after_a_change_and_one_later(
    course: FixtureCourse, django_assert_num_queries: object
) -> None:
    # Which pages are closed, the words, and the sentences of what is found.
    with django_assert_num_queries(3):  # type: ignore[operator]
        find("museum", language="nl")
    with django_assert_num_queries(1), translation.override("nl"):  # type: ignore[operator]
        find("museum", language="nl")
