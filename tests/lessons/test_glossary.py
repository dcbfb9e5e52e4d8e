"""The glossary: its order, its letters, what it may not lack, and that the course keeps to its words."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import Client

from lessons.glossary import letters_of
from lessons.models import GlossaryPage
from openmuseums.editorial.checks import errors_of
from tests.factories import FixtureCourse, block, make_translation, publish

COURSE = Path(settings.PROJECT_DIR) / "lessons" / "course"
GLOSSARY = COURSE / "home/open-museums/glossary/page.yaml"
PARTS = ("term", "definition", "use", "avoid")
# What is no text, and the forms themselves.
NO_TEXTS = {"id", "type", "key", "avoid", "address", "source_address", "topics", "topic", "facet", "level", "kind"}


def entry(term: str) -> dict[str, Any]:
    return block("entry", {"term": term, "definition": "What it is.", "use": term, "avoid": "another word"})


def make_glossary(course: FixtureCourse, *entries: dict[str, Any]) -> GlossaryPage:
    terms = list(entries) or [entry("visitor"), entry("Épreuve"), entry("audience"), entry("editor")]
    page: GlossaryPage = publish(course.course, GlossaryPage(title="Glossary", slug="glossary", terms=terms))
    return page


def shipped_entries() -> list[dict[str, str]]:
    entries: list[dict[str, str]] = yaml.safe_load(GLOSSARY.read_text(encoding="utf-8"))["terms"]
    return entries


def texts(value: Any) -> Iterator[str]:
    """Yield every text that a reader of the course reads, but for forms to avoid."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in NO_TEXTS:
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield unescape(re.sub(r"<[^>]+>", " ", value))


def forms(text: str) -> list[str]:
    return [form.strip() for form in text.split(",")]


def uses(form: str, text: str) -> bool:
    """Return whether a text holds a form as words of its own, in whatever case."""
    return re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE) is not None


def test_terms_stand_in_the_order_of_the_alphabet_under_their_letters(course: FixtureCourse) -> None:
    letters = letters_of(make_glossary(course), "en")
    assert [(letter.name, [found.term for found in letter.entries]) for letter in letters] == [
        ("A", ["audience"]),
        ("E", ["editor", "Épreuve"]),
        ("V", ["visitor"]),
    ]


def test_terms_follow_the_alphabet_of_their_language(course: FixtureCourse) -> None:
    page = make_glossary(course, entry("cookie"), entry("ψηφιακό"), entry("άλφα"), entry("ñandú"), entry("nube"))
    assert [letter.name for letter in letters_of(page, "el")] == ["Α", "Ψ", "C", "N"]
    assert [letter.name for letter in letters_of(page, "es")] == ["C", "N", "Ñ", "Α", "Ψ"]


def test_glossary_is_a_list_of_definitions_with_anchors_that_letters_lead_to(
    course: FixtureCourse, client: Client
) -> None:
    html = client.get(make_glossary(course).url).content.decode()
    assert re.findall(r"<dt><dfn>(.+?)</dfn></dt>\s*<dd>(.+?)</dd>", html)[0] == ("audience", "What it is.")
    leads = re.findall(r'<a href="#(letter-\d+)">(\w)</a>', html)
    assert [name for _anchor, name in leads] == ["A", "E", "V"]
    assert all(f'id="{anchor}"' in html for anchor, _name in leads)


def test_anchor_of_a_term_is_the_same_in_every_language(course: FixtureCourse, client: Client) -> None:
    page = make_glossary(course)
    make_translation(page, "el")
    anchors = [
        sorted(re.findall(r'id="(term-\w+)"', client.get(f"/{language}/open-museums/glossary/").content.decode()))
        for language in ("en", "el")
    ]
    assert len(anchors[0]) == 4
    assert anchors[0] == anchors[1]


@pytest.mark.parametrize("part", PARTS)
def test_term_that_lacks_a_part_keeps_the_glossary_from_being_published(course: FixtureCourse, part: str) -> None:
    page = make_glossary(course)
    lacking = entry("visitor")
    lacking["value"][part] = " "
    page.terms = [lacking]
    assert [(finding.code, finding.block_id) for finding in errors_of(page)] == [("required", page.terms[0].id)]


def test_term_stands_once(course: FixtureCourse) -> None:
    page = make_glossary(course)
    page.terms = [entry("visitor"), entry("Visitor ")]
    assert [(finding.code, finding.block_id) for finding in errors_of(page)] == [("doubled-term", page.terms[1].id)]


def test_course_page_leads_to_the_glossary(course: FixtureCourse, client: Client) -> None:
    link = '<a href="/en/open-museums/glossary/">Glossary</a>'
    head = client.get(course.course.url).content.decode().partition("<footer")[0]
    assert link not in head
    make_glossary(course)
    assert link in client.get(course.course.url).content.decode().partition("<footer")[0]


def test_shipped_glossary_explains_its_terms() -> None:
    entries = shipped_entries()
    assert len(entries) == 170
    assert [found["term"] for found in entries if not all(found[part].strip() for part in PARTS)] == []
    assert len({found["term"].casefold() for found in entries}) == 170
    assert [found["term"] for found in entries if len(re.findall(r"[.?](?: |$)", found["definition"])) > 3] == []


def test_course_leaves_alone_the_forms_that_its_glossary_avoids() -> None:
    corpus = "\n".join(
        text
        for path in sorted((COURSE / "home").rglob("page.yaml"))
        for text in texts(yaml.safe_load(path.read_text(encoding="utf-8")))
    )
    assert uses("museum shop", corpus)
    used = [form for found in shipped_entries() for form in forms(found["avoid"]) if uses(form, corpus)]
    assert used == []


def test_form_is_used_only_as_words_of_its_own() -> None:
    assert uses("e-trade", "They call it E-Trade.")
    assert not uses("algo", "The algorithm decides.")
