"""What a translation may hold."""

import uuid

import pytest

from openmuseums.editorial.cleaning import clean_html
from openmuseums.segments.checking import faults_of
from openmuseums.segments.units import Place, Unit

LINKED = 'Read <a id="a1">this</a> and <b>that</b>.'
NO_TEXT = "This translation holds what no text may hold, or an &, < or > that is not written &amp;, &lt; or &gt;."


def faults(source: str, text: str, **fields: object) -> list[str]:
    place = Place("text", fields.pop("max_length", None), is_rich=bool(fields.pop("is_rich", False)))  # type: ignore[arg-type]
    unit = Unit(uuid.uuid4(), "text", source, bool(fields.pop("is_address", False)), place)
    return faults_of(unit, text, clean=clean_html)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (LINKED, 'Lees <b>dat</b> en <a id="a1">dit</a>.'),
        (LINKED, 'Lees dat en <a id="a1"><b>dit</b></a>.'),
        ("One<br/>two", "Een<br/>twee"),
        ("One<br/>two", "Een<br>twee"),
        ("A &amp; B", "A &amp; B, 100\u00a0m &lt; 2 &gt; 1"),
        ("A", "« Ελληνικά » “ ” ’ € ¿ñ?"),
        ('<a id="a2">B</a> <a id="a1">A</a>', '<a id="a1">A</a> <a id="a2">B</a>'),
    ],
)
def test_translation_that_keeps_the_markup_is_right(source: str, text: str) -> None:
    assert faults(source, text) == []


@pytest.mark.parametrize("text", ["[[2]] na [[1]].", "Eerst [[1]], dan [[2]]."])
def test_translation_may_have_the_gaps_of_a_question_in_another_order(text: str) -> None:
    assert faults("[[1]] before [[2]].", text) == []


@pytest.mark.parametrize("text", ["[[1]] voor.", "[[1]] voor [[1]] en [[2]].", "[[1]] voor [[3]]."])
def test_translation_that_loses_or_doubles_a_gap_is_refused(text: str) -> None:
    assert faults("[[1]] before [[2]].", text) == ["Each gap of the source must stand here once: [[1]], [[2]]."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lees <b>dat</b>.", ["The link a1 of the source is missing."]),
        (
            'Lees <a id="a1">dit</a> en <a id="a1">dat</a>.',
            ["The link a1 is not in the source, or stands here more often."],
        ),
        (
            'Lees <a id="a1">dit</a> en <a id="a2">dat</a>.',
            ["The link a2 is not in the source, or stands here more often."],
        ),
        (
            'Lees <a href="https://evil.example/">dit</a>.',
            [
                "The link a1 of the source is missing.",
                "The link <a> is not in the source, or stands here more often.",
            ],
        ),
        (
            'Lees <a id="a1" href="https://evil.example/">dit</a>.',
            ["Tags have no attributes here, but for the id of a link."],
        ),
        (
            'Lees <a id="a1">dit</a> <b onclick="x">dat</b>.',
            ["Tags have no attributes here, but for the id of a link."],
        ),
        ('Lees <a id="a1">dit</a> <i>dat</i>.', ["<i> is not in the source."]),
        ('<script>alert(1)</script><a id="a1">dit</a>', ["<script> is not in the source."]),
        ('Lees <a id="a1">dit', ["The tags of this translation are not closed in their order."]),
        ('Lees <a id="a1"><b>dit</a></b>', ["The tags of this translation are not closed in their order."]),
        ('Lees <a id="a1">dit</a> & dat.', [NO_TEXT]),
        ('Lees <a id="a1">dit</a> <!-- dat -->.', [NO_TEXT]),
        ("Lees\n", ["This translation holds a line break or another control character. Write a line break as <br/>."]),
        (" \u00a0", ["This translation is blank."]),
    ],
)
def test_translation_with_other_markup_is_wrong(text: str, expected: list[str]) -> None:
    assert faults(LINKED, text) == expected


def test_translation_is_measured_without_its_markup() -> None:
    assert faults("A &amp; B", "<b>ABC &amp;</b>".replace("<b>", "").replace("</b>", ""), max_length=5) == []
    assert faults("A", "ABCDEF", max_length=5) == ["This translation is too long: 6 characters, of 5 at most."]


@pytest.mark.parametrize("is_rich", [True, False])
def test_address_may_lead_elsewhere_but_to_no_script(is_rich: bool) -> None:
    source = "https://example.org/en"
    assert faults(source, "https://example.org/nl?a=1&b=2", is_address=True, is_rich=is_rich) == []
    for address in ("javascript:alert(1)", "data:text/html,x"):
        assert faults(source, address, is_address=True, is_rich=is_rich) == [
            f"“{address}” is no address that a link may lead to."
        ]
