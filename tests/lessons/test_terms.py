"""Links to the glossary: where a term is first used in a unit, in running text, and nowhere else."""

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from lessons import outline as outlines
from lessons.models import GlossaryPage, UnitPage
from lessons.pack.introspection import shape_of_block
from lessons.pack.names import Names
from lessons.terms import Linking, Terms, entry_anchor, terms_in, unlinked_in
from tests.factories import FixtureCourse, block, item, make_course_in, make_translation, publish

ADDRESS = "/en/open-museums/glossary/"


def entry(use: str, number: int = 1, *, unlinked: bool = False) -> dict[str, Any]:
    return {"id": f"{number:08x}-0000-4000-8000-000000000000", "value": {"use": use, "unlinked": unlinked}}


def linked(html: str, *uses: str) -> str:
    """Return running text with links to entries that use these forms, each link as [text](number of its entry)."""
    terms = terms_in([entry(use, number) for number, use in enumerate(uses, start=1)])
    return short(Linking(terms, ADDRESS).linked(running(html)))


def running(html: str) -> str:
    return f'<div class="prose">{html}</div>'


def short(html: str) -> str:
    link = rf'<a class="gloss" href="{ADDRESS}#term-0000000(\d)">(.*?)</a>'
    return re.sub(link, r"[\2](\1)", html, flags=re.S).removeprefix('<div class="prose">').removesuffix("</div>")


@pytest.mark.parametrize(
    ("html", "uses", "expected"),
    [
        ("<p>Metadata is data.</p>", ["metadata"], "<p>[Metadata](1) is data.</p>"),
        ("<p>Metadata, and metadata.</p>", ["metadata"], "<p>[Metadata](1), and metadata.</p>"),
        ("<p>Two personas.</p>", ["persona, personas"], "<p>Two [personas](1).</p>"),
        ("<p>A persona, two personas.</p>", ["persona, personas"], "<p>A [persona](1), two personas.</p>"),
        # The longest form first, and none within another.
        ("<p>Social media plan.</p>", ["media", "social media"], "<p>[Social media](2) plan.</p>"),
        ("<p>Social media, media.</p>", ["media", "social media"], "<p>[Social media](2), [media](1).</p>"),
        # Whole words, as they stand.
        ("<p>A shopkeeper.</p>", ["shop"], "<p>A shopkeeper.</p>"),
        ("<p>A shop-window, an e-shop.</p>", ["shop"], "<p>A shop-window, an e-shop.</p>"),
        ("<p>De museumwinkel en de winkel.</p>", ["winkel"], "<p>De museumwinkel en de [winkel](1).</p>"),
        ("<p>In de museumwinkel.</p>", ["museumwinkel"], "<p>In de [museumwinkel](1).</p>"),
        (
            "<p>Tentoonstellings\u00adtekst, e-commerce.</p>",
            ["e-commerce"],
            "<p>Tentoonstellings\u00adtekst, [e-commerce](1).</p>",
        ),
        ("<p>Τα μεταδεδομένα του μουσείου.</p>", ["μεταδεδομένα"], "<p>Τα [μεταδεδομένα](1) του μουσείου.</p>"),
        ("<p>Στόχος και στόχοι.</p>", ["στόχος, στόχοι"], "<p>[Στόχος](1) και στόχοι.</p>"),
        ("<p>Τα μεταδεδομενα.</p>", ["μεταδεδομένα"], "<p>Τα μεταδεδομενα.</p>"),
        ("<p>Τα υπερμεταδεδομένα.</p>", ["μεταδεδομένα"], "<p>Τα υπερμεταδεδομένα.</p>"),
        # Capitals that a form has matter.
        ("<p>A vat. The VAT.</p>", ["VAT"], "<p>A vat. The [VAT](1).</p>"),
        (
            "<p>Creative\ncommons, Creative\nCommons.</p>",
            ["Creative Commons"],
            "<p>Creative\ncommons, [Creative\nCommons](1).</p>",
        ),
        # A form that several name, and parts of longer forms.
        ("<p>A caption.</p>", ["caption, captions", "captions, caption"], "<p>A [caption](1).</p>"),
        ("<p>A post.</p>", ["post", "post"], "<p>A post.</p>"),
        ("<p>Record it.</p>", ["catalogue record, record"], "<p>Record it.</p>"),
        ("<p>SWOT.</p>", ["SWOT analysis, SWOT"], "<p>[SWOT](1).</p>"),
        ("<p>In copyright.</p>", ["copyright, in copyright"], "<p>[In copyright](1).</p>"),
        # Other markup stays as it is, and what is linked or heads a text already is left alone.
        (
            '<p><a href="/x/">Metadata</a> is metadata.</p>',
            ["metadata"],
            '<p><a href="/x/">Metadata</a> is [metadata](1).</p>',
        ),
        ("<h3>Metadata</h3><p>metadata</p>", ["metadata"], "<h3>Metadata</h3><p>[metadata](1)</p>"),
        ("<p><code>metadata</code></p>", ["metadata"], "<p><code>metadata</code></p>"),
        ("<ul><li><b>Metadata</b><br>x</li></ul>", ["metadata"], "<ul><li><b>[Metadata](1)</b><br>x</li></ul>"),
        # Characters of HTML stay text.
        ("<p>R&amp;D &lt;b&gt; metadata</p>", ["metadata"], "<p>R&amp;D &lt;b&gt; [metadata](1)</p>"),
        ("<p>&lt;script&gt; &#x27;x&#x27;</p>", ["metadata"], "<p>&lt;script&gt; &#x27;x&#x27;</p>"),
        ("<p>R&amp;D it is</p>", ["R&D"], "<p>[R&amp;D](1) it is</p>"),
        ("<p>The museum’s label</p>", ["museum's label"], "<p>The [museum’s label](1)</p>"),
    ],
)
def test_first_use_of_a_term_is_linked(html: str, uses: list[str], expected: str) -> None:
    assert linked(html, *uses) == expected


def test_hostile_forms_and_texts_stay_texts() -> None:
    form = '"><script>alert(1)</script>'
    html = linked("<p>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; (.*)+ metadata</p>", "(.*)+", form, "metadata")
    assert "<script" not in html
    assert html.endswith("[metadata](3)</p>")


def test_text_outside_the_running_text_is_left_alone() -> None:
    html = '<p class="word">Metadata</p><div class="prose"><p>Metadata</p></div><p>metadata</p>'
    made = Linking(terms_in([entry("metadata")]), ADDRESS).linked(html)
    assert short(made) == '<p class="word">Metadata</p><div class="prose"><p>[Metadata](1)</p></div><p>metadata</p>'


def test_each_term_is_linked_once_in_texts_that_follow_each_other() -> None:
    linking = Linking(terms_in([entry("persona")]), ADDRESS)
    assert [short(linking.linked(running("persona"))) for _each in range(2)] == ["[persona](1)", "persona"]


def test_entry_that_is_not_linked_leads_nowhere_whoever_else_names_its_form() -> None:
    entries = [entry("unit, units", 1, unlinked=True), entry("part, unit", 2)]
    terms = terms_in(entries, unlinked_in(entries))
    assert [form for form, _anchor in terms.forms] == ["part"]


def test_digest_changes_with_the_forms_and_with_nothing_else() -> None:
    first = terms_in([entry("a", 1), entry("b", 2)])
    assert first.digest == terms_in([entry("b", 2), entry("a", 1)]).digest
    assert first.digest != terms_in([entry("a", 1), entry("c", 2)]).digest
    assert terms_in([]) == Terms()


# In units.


def make_glossary(course: FixtureCourse, *uses: str) -> GlossaryPage:
    terms = [
        block("entry", {"term": use.partition(",")[0], "definition": "What it is.", "use": use, "avoid": f"no{number}"})
        for number, use in enumerate(uses)
    ]
    page: GlossaryPage = publish(course.course, GlossaryPage(title="Glossary", slug="glossary", terms=terms))
    return page


def anchors(html: str) -> list[tuple[str, str]]:
    """Return the text and address of each link to the glossary in a page."""
    return [(text, href) for href, text in re.findall(r'<a class="gloss" href="([^"]*)">(.*?)</a>', html)]


def write(unit: UnitPage, *blocks: dict[str, Any]) -> UnitPage:
    page = UnitPage.objects.get(pk=unit.pk)
    page.body = list(blocks)
    page.save_revision().publish()
    return UnitPage.objects.get(pk=unit.pk)


def texts() -> list[dict[str, Any]]:
    """Return blocks that all use “persona”, in the order of a unit."""
    steps = [item({"title": "The newsletter", "text": f"<p>{text}</p>"}) for text in ("A newsletter.", "Send it.")]
    quoted = {"text": "A persona.", "person": "Somebody", "source_title": "", "source_address": "", "topics": []}
    return [
        block("heading", {"text": "The persona", "level": "h2"}),
        block("quotation", quoted),
        block("term", {"term": "persona", "definition": "A persona is made up.", "topics": []}),
        block("callout", {"kind": "tip", "text": "<p>A persona helps with metadata.</p>", "topics": []}),
        block("rich_text", {"text": "<p>One persona, one cookie.</p>", "topics": []}),
        block("steps", {"title": "Persona", "items": steps, "topics": []}),
    ]


@pytest.fixture
def glossary(course: FixtureCourse) -> GlossaryPage:
    return make_glossary(course, "persona, personas", "metadata", "cookie", "newsletter")


def test_unit_links_each_term_once_where_running_text_uses_it_first(
    glossary: GlossaryPage, course: FixtureCourse, client: Client
) -> None:
    unit = write(course.units["digital-strategy"], *texts())
    ids = [f"{glossary.url}#{entry_anchor(child.id)}" for child in glossary.terms]
    html = client.get(unit.url).content.decode()
    assert anchors(html) == list(zip(["persona", "metadata", "cookie", "newsletter"], ids, strict=True))
    shown = client.get(glossary.url).content.decode()
    assert all(f'id="{address.partition("#")[2]}"' in shown for address in ids)
    assert html.index('class="gloss"') > html.index("A persona is made up.")


def test_unit_in_a_course_without_a_glossary_has_no_links(course: FixtureCourse, client: Client) -> None:
    unit = write(course.units["digital-strategy"], *texts())
    assert anchors(client.get(unit.url).content.decode()) == []


def test_links_are_new_when_the_glossary_is_published(
    glossary: GlossaryPage, course: FixtureCourse, client: Client
) -> None:
    unit = write(course.units["digital-strategy"], *texts())
    etag = client.get(unit.url)["ETag"]
    page = GlossaryPage.objects.get(pk=glossary.pk)
    page.terms[0].value["unlinked"] = True
    page.save_revision()
    assert len(anchors(client.get(unit.url).content.decode())) == 4
    page.get_latest_revision().publish()
    assert client.get(unit.url, headers={"if-none-match": etag}).status_code == 200
    assert [text for text, _href in anchors(client.get(unit.url).content.decode())] == [
        "metadata", "cookie", "newsletter",
    ]  # fmt: skip
    page.unpublish()
    assert anchors(client.get(unit.url).content.decode()) == []


def test_translated_unit_links_the_forms_of_its_language(
    glossary: GlossaryPage, course: FixtureCourse, client: Client
) -> None:
    unit = write(course.units["digital-strategy"], *texts())
    for page in (course.home, course.course):
        make_translation(page, "nl")
    make_translation(glossary, "nl", {"persona, personas": "personage, personages"})
    make_translation(unit, "nl", {"One persona, one cookie.": "Een personage en een persona."})
    html = client.get(unit.url.replace("/en/", "/nl/")).content.decode()
    found = dict(anchors(html))
    address = glossary.url.replace("/en/", "/nl/")
    assert found["personage"] == f"{address}#{entry_anchor(glossary.terms[0].id)}"
    assert "persona" not in found


def test_unit_that_a_language_lacks_links_the_source_s_forms_to_the_reader_s_glossary(
    glossary: GlossaryPage, course: FixtureCourse, client: Client
) -> None:
    unit = write(course.units["digital-strategy"], *texts())
    make_course_in(course, "el", without=(unit,))
    make_translation(glossary, "el", {"persona, personas": "περσόνα, περσόνες"})
    html = client.get(unit.url.replace("/en/", "/el/")).content.decode()
    address = glossary.url.replace("/en/", "/el/")
    assert dict(anchors(html))["persona"] == f"{address}#{entry_anchor(glossary.terms[0].id)}"


def test_entry_that_the_source_does_not_link_is_linked_in_no_language_though_its_glossary_is_behind(
    glossary: GlossaryPage, course: FixtureCourse, client: Client
) -> None:
    unit = write(course.units["digital-strategy"], *texts())
    for page in (course.home, course.course, glossary, unit):
        make_translation(page, "nl")
    address = unit.url.replace("/en/", "/nl/")
    assert "persona" in dict(anchors(client.get(address).content.decode()))
    source = GlossaryPage.objects.get(pk=glossary.pk)
    source.terms[0].value["unlinked"] = True
    source.save_revision().publish()
    assert "persona" not in dict(anchors(client.get(address).content.decode()))


def test_mark_is_left_out_of_a_pack_where_it_is_not_set() -> None:
    """What was stored before there was the mark is the same in a pack, so that no load takes it for edited."""
    shape = shape_of_block(GlossaryPage.terms.field.stream_block.child_blocks["entry"])
    stored = {"term": "a", "definition": "b", "use": "c", "avoid": "d"}
    assert shape.packed(stored, Names(), "") == stored
    assert shape.packed({**stored, "unlinked": False}, Names(), "") == stored
    assert shape.packed({**stored, "unlinked": True}, Names(), "") == {**stored, "unlinked": True}
    assert shape.stored(stored, Names(), "")["unlinked"] is False


def test_preview_shows_the_links(glossary: GlossaryPage, course: FixtureCourse) -> None:
    unit = UnitPage.objects.get(pk=course.units["digital-strategy"].pk)
    unit.body = texts()
    request = RequestFactory().get("/")
    response = unit.make_preview_request(request, "")
    assert len(anchors(response.content.decode())) == 4


def test_links_cost_no_query_on_a_page_that_is_known(
    glossary: GlossaryPage, course: FixtureCourse, client: Client
) -> None:
    unit = write(course.units["digital-strategy"], *texts())
    client.get(unit.url)
    with CaptureQueriesContext(connection) as with_links:
        client.get(unit.url)
    GlossaryPage.objects.get(pk=glossary.pk).unpublish()
    client.get(unit.url)
    with CaptureQueriesContext(connection) as without:
        client.get(unit.url)
    assert len(with_links) == len(without)


def test_links_cost_no_query_where_the_outline_is_drawn_anew(
    glossary: GlossaryPage, course: FixtureCourse, client: Client
) -> None:
    unit = write(course.units["digital-strategy"], *texts())
    counts = []
    for is_live in (True, False):
        if not is_live:
            GlossaryPage.objects.get(pk=glossary.pk).unpublish()
        client.get(unit.url)
        other = UnitPage.objects.get(pk=course.units["channels-and-media"].pk)
        other.save_revision().publish()
        outlines._maps.clear()
        caches["default"].clear()
        with CaptureQueriesContext(connection) as asked:
            client.get(unit.url)
        counts.append(len(asked))
    assert counts[0] == counts[1]
