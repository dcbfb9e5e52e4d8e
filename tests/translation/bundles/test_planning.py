"""What of a file is not taken, with line and reason; what is right beside it is."""

import json
from typing import Any

import pytest
from wagtail_localize.models import StringTranslation

from lessons.models import UnitPage
from openmuseums.translation.bundles.files import Format
from openmuseums.translation.bundles.plans import Reason
from tests.factories import FixtureCourse, in_language, make_translation
from tests.translation.bundles.sending import (
    exported,
    kept,
    planned,
    po_with,
    reasons,
    taken,
    translation_of,
    xliff_with,
)

LEAD = "What you get from The digital strategy."
LINKED = 'Read <a id="a1">the <b>whole</b> guide</a>.'


@pytest.fixture
def unit(course: FixtureCourse) -> UnitPage:
    """Return a unit with a link in it, translated."""
    unit = course.units["digital-strategy"]
    unit.body[1].value["text"].source = '<p>Read <a href="https://example.org/">the <b>whole</b> guide</a>.</p>'
    unit.save_revision().publish()
    make_translation(unit, "nl")
    return unit


def linked(data: bytes, translation: str) -> bytes:
    source = LINKED.replace('"', '\\"')
    return po_with(data, source, translation.replace('"', '\\"'))


def line_of(data: bytes, text: str) -> int:
    """Return the line in which the entry begins that holds a text."""
    lines = data.decode().split("\n")
    at = next(number for number, line in enumerate(lines) if text in line)
    return next(number for number in range(at, -1, -1) if not lines[number]) + 2


@pytest.mark.parametrize(
    ("translation", "message"),
    [
        ("Lees de gids.", "The link a1 of the source is missing."),
        ('Lees <a id="a2">de <b>hele</b> gids</a>.', "The link a1 of the source is missing."),
        ('Lees <a id="a1">de <b>hele gids</a>.', "The tags of this translation are not closed in their order."),
        ('Lees <a id="a1">de</a> <script>x</script>', "<script> is not in the source."),
    ],
)
def test_bad_markup_is_not_taken(unit: UnitPage, translation: str, message: str) -> None:
    plan = taken(linked(exported(), translation))
    assert plan.refused[0].reason is Reason.UNFIT
    assert plan.refused[0].message == message
    assert plan.writes == []


def test_moved_tag_is_fine(unit: UnitPage) -> None:
    moved = '<b>Hele</b> gids: <a id="a1">lees</a>.'
    plan = taken(linked(exported(), moved))
    assert (reasons(plan), translation_of(LINKED)) == ([], [moved])
    data = exported(Format.XLIFF).decode()
    old = '<g id="b-1" ctype="bold">Hele</g> gids: <g id="a1" ctype="link">lees</g>.'
    assert old in data
    again = data.replace(old, '<g id="a1">Lees</g> de <g id="b-1">hele</g> gids.')
    assert reasons(taken(again.encode())) == []
    assert translation_of(LINKED) == ['<a id="a1">Lees</a> de <b>hele</b> gids.']


def test_each_refusal_names_its_line_and_the_rest_is_taken(unit: UnitPage) -> None:
    data = po_with(exported(), LEAD, "x", spoil=lambda entry: entry.replace("#:", "#, fuzzy\n#:"))
    data = po_with(data, "What do you see?", "Wat?")
    data = po_with(data, "The digital strategy", "x" * 256)
    plan = taken(data)
    assert [(finding.reason, finding.line) for finding in plan.refused] == sorted(
        [
            (Reason.UNFIT, line_of(data, 'msgid "The digital strategy"')),
            (Reason.FUZZY, line_of(data, f'msgid "{LEAD}"')),
        ],
        key=lambda pair: pair[1],
    )
    assert len(plan.writes) == 1
    assert "Wat?" in translation_of("What do you see?")
    assert translation_of(LEAD) == [in_language(LEAD, "nl")]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("X-Course: ", "X-Course: 5", Reason.OTHER_COURSE),
        ('"Language: nl', '"Language: el', Reason.OTHER_LANGUAGE),
        ("X-Source-Language: en", "X-Source-Language: fr", Reason.OTHER_SOURCE_LANGUAGE),
    ],
)
def test_file_of_something_else_is_not_taken(unit: UnitPage, old: str, new: str, reason: Reason) -> None:
    before = kept()
    data = po_with(exported(), LEAD, "Iets anders.").decode()
    assert old in data
    plan = taken(data.replace(old, new).encode())
    assert (reasons(plan), plan.writes, kept()) == ([str(reason)], [], before)


def test_language_may_be_written_as_programs_write_it(unit: UnitPage) -> None:
    data = exported().replace(b'"Language: nl', b'"Language: nl_NL')
    assert taken(po_with(data, LEAD, "Anders.")).refused == []
    assert translation_of(LEAD) == ["Anders."]


def test_unknown_context_and_changed_source_are_told_apart(unit: UnitPage) -> None:
    data = exported().decode()
    unit = UnitPage.objects.get(pk=unit.pk)
    unit.lead = "Something quite different."
    unit.save_revision().publish()
    data = data.replace(f'{unit.translation_key}:title"', f'{unit.translation_key}:subtitle"')
    plan = taken(data.encode())
    assert [(finding.reason, finding.line, finding.here) for finding in plan.refused] == [
        (Reason.UNKNOWN_CONTEXT, line_of(data.encode(), ":subtitle"), ""),
        (Reason.SOURCE_CHANGED, line_of(data.encode(), LEAD), "Something quite different."),
    ]
    assert plan.writes == []


@pytest.mark.parametrize("format_name", list(Format))
def test_what_somebody_else_changed_meanwhile_stays_unless_forced(unit: UnitPage, format_name: Format) -> None:
    change = po_with if format_name is Format.PO else xliff_with
    untouched = exported(format_name)
    mine = change(untouched, LEAD, "De mijne.")
    StringTranslation.objects.filter(translation_of__data=LEAD).update(data="De hunne.")
    plan = taken(mine)
    assert [(finding.reason, finding.here) for finding in plan.refused] == [(Reason.CONFLICT, "De hunne.")]
    assert translation_of(LEAD) == ["De hunne."]
    plan = taken(untouched)
    assert (plan.refused, plan.writes, [found.reason for found in plan.remarks]) == ([], [], [Reason.CHANGED_HERE])
    assert (taken(mine, force=True).refused, translation_of(LEAD)) == ([], ["De mijne."])


def test_file_without_comments_goes_over_nothing(unit: UnitPage) -> None:
    data = "\n".join(line for line in exported().decode().split("\n") if not line.startswith("#"))
    assert reasons(taken(po_with(data.encode(), LEAD, "De mijne."))) == ["conflict"]
    StringTranslation.objects.filter(translation_of__data=LEAD).delete()
    assert reasons(taken(po_with(data.encode(), LEAD, "De mijne."))) == []
    assert translation_of(LEAD) == ["De mijne."]


def test_text_in_other_words_comes_with_what_was_before(unit: UnitPage) -> None:
    unit = UnitPage.objects.get(pk=unit.pk)
    unit.lead = "What you get from The digital strategy, in short."
    unit.save_revision().publish()
    po, xliff = exported().decode(), exported(Format.XLIFF).decode()
    entry = next(found for found in po.split("\n\n") if unit.lead in found)
    assert "#, fuzzy" in entry
    assert f'#| msgid "{LEAD}"' in entry
    assert f'msgstr "{in_language(LEAD, "nl")}"' in entry
    assert (
        f'        <alt-trans alttranstype="previous-version">\n          <source xml:lang="en">{LEAD}</source>\n'
        f'          <target xml:lang="nl">{in_language(LEAD, "nl")}</target>\n        </alt-trans>\n'
    ) in xliff
    for data in (po, xliff):
        plan = taken(data.encode())
        assert (plan.refused, plan.writes, [found.reason for found in plan.remarks]) == ([], [], [Reason.WAITING])
    looked_at = po.replace(entry, entry.replace("#, fuzzy\n", ""))
    assert len(taken(looked_at.encode()).writes) == 1
    assert translation_of(unit.lead) == [in_language(LEAD, "nl")]


def test_what_a_machine_made_waits_for_somebody(unit: UnitPage) -> None:
    rows = StringTranslation.objects.filter(translation_of__data=LEAD)
    rows.update(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    data = exported()
    assert [found.reason for found in taken(data).remarks] == [Reason.WAITING]
    entry = next(found for found in data.decode().split("\n\n") if LEAD in found)
    plan = taken(data.decode().replace(entry, entry.replace("#, fuzzy\n", "")).encode())
    assert len(plan.writes) == 1
    assert rows.get().translation_type == StringTranslation.TRANSLATION_TYPE_MANUAL


def test_translation_that_was_taken_out_of_the_file_stays(unit: UnitPage) -> None:
    plan = taken(po_with(exported(), LEAD, ""))
    assert (plan.refused, [found.reason for found in plan.remarks]) == ([], [Reason.EMPTIED])
    assert translation_of(LEAD) == [in_language(LEAD, "nl")]


def test_looking_writes_nothing(unit: UnitPage) -> None:
    data, before = po_with(exported(), LEAD, "Anders."), kept()
    assert len(planned(data).writes) == 1
    assert kept() == before


def test_plan_is_told_to_programs_by_names_that_stay(unit: UnitPage) -> None:
    data = po_with(po_with(exported(), LEAD, "Anders."), "What do you see?", "<i>x</i>")
    found: dict[str, Any] = json.loads(json.dumps(taken(data).as_json()))
    assert sorted(found) == [
        "captions", "course", "drafts", "file", "language", "not_drafted", "pages", "refused", "remarks", "taken",
        "unchanged", "written",
    ]  # fmt: skip
    assert (found["taken"], found["written"], found["pages"], found["course"]) == (True, 1, 1, "open-museums")
    assert sorted(found["refused"][0]) == ["context", "here", "line", "message", "reason", "source", "translation"]
    assert (found["refused"][0]["reason"], found["refused"][0]["source"]) == ("unfit", "What do you see?")
