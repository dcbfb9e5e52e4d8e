"""Terms of the glossary: found in texts of the source, and asked for in their translations."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from lessons.models import GlossaryPage
from openmuseums.translation.terms import faults_of_terms, terms_in, terms_of
from tests.factories import FixtureCourse, block, make_translation, publish


def entry(term: str, use: str, avoid: str) -> dict[str, Any]:
    return block("entry", {"term": term, "definition": f"What {term} is.", "use": use, "avoid": avoid})


@pytest.fixture
def glossary(course: FixtureCourse) -> GlossaryPage:
    terms = [entry("Visitor (a person)", "visitor, visitors", "punter"), entry("Brand", "brand, brands", "label")]
    page: GlossaryPage = publish(course.course, GlossaryPage(title="Glossary", slug="glossary", terms=terms))
    return page


GREEK = {
    "Visitor (a person)": "Επισκέπτης",
    "visitor, visitors": "επισκέπτης, επισκέπτες",
    "punter": "πελάτης, πελάτες",
    "What Visitor (a person) is.": "Όποιος έρχεται.",
    "Brand": "Ταυτότητα",
    "brand, brands": "ταυτότητα",
    "label": "μάρκα",
}


def test_terms_without_a_glossary_in_the_language_have_no_forms(glossary: GlossaryPage) -> None:
    found = terms_of("el")
    assert [(term.source, term.name, term.use, term.avoid) for term in found] == [
        ("Visitor (a person)", "", (), ()),
        ("Brand", "", (), ()),
    ]
    assert faults_of_terms("Our visitors.", "Οι πελάτες μας.", found) == []


def test_terms_have_the_forms_of_the_language(
    glossary: GlossaryPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_translation(glossary, "el", GREEK)
    with django_assert_num_queries(1):
        visitor, brand = terms_of("el")
    assert (visitor.name, visitor.use, visitor.avoid) == (
        "Επισκέπτης",
        ("επισκέπτης", "επισκέπτες"),
        ("πελάτης", "πελάτες"),
    )
    assert (visitor.source_forms, visitor.sense) == (("visitor", "visitors"), "Όποιος έρχεται.")
    assert brand.use == ("ταυτότητα",)


def test_terms_of_a_draft_do_not_count(glossary: GlossaryPage) -> None:
    make_translation(glossary, "el", GREEK, publish=False)
    assert [term.use for term in terms_of("el")] == [(), ()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Our VISITORS come.", ["Visitor (a person)"]),
        ("A <b>visitor</b> and a brand", ["Visitor (a person)", "Brand"]),
        ("Revisitors of brandy", []),
        ("", []),
    ],
)
def test_terms_are_found_as_words_of_their_own(glossary: GlossaryPage, text: str, found: list[str]) -> None:
    assert [term.source for term in terms_in(text, terms_of("el"))] == found


@pytest.mark.parametrize(
    ("source", "translation", "remarks"),
    [
        ("Our visitors.", "Οι επισκέπτες μας.", []),
        ("Our visitors.", "Των επισκεπτών μας.", []),
        (
            "Our visitors.",
            "Ο κόσμος μας.",
            ["The source says “Visitor (a person)”, and none of its forms is here: επισκέπτης, επισκέπτες."],
        ),
        ("Nothing of it.", "Η <b>Μάρκα</b> μας.", ["“Μάρκα” is a form to avoid. Use: ταυτότητα."]),
        ("Nothing of it.", "Μάρκαρε.", []),
    ],
)
def test_remarks_on_terms(glossary: GlossaryPage, source: str, translation: str, remarks: list[str]) -> None:
    make_translation(glossary, "el", GREEK)
    assert faults_of_terms(source, translation, terms_of("el")) == remarks
