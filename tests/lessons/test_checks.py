"""Content checks of blocks and units: each rule is broken once, alone, and kept once."""

import pytest

from lessons.models import Outcome
from openmuseums.editorial.checks import Level, findings_of
from tests.factories import (
    block,
    item,
    make_lone_lesson,
    make_page,
    make_unit,
    multiple_choice,
    single_choice,
)
from tests.files import make_document, make_picture

HEADING = {"text": "Where to begin", "level": "h2"}
CASE = {
    "title": "Pictures for everybody",
    "museum": "Rijksmuseum",
    "country": "NL",
    "what_they_did": "<p>It opened Rijksstudio.</p>",
    "what_came_of_it": "<p>The pictures are free to use.</p>",
    "source_title": "Rijksmuseum",
    "source_address": "https://www.rijksmuseum.nl/en/rijksstudio",
    "topics": [],
}
CHART = {
    "title": "Written strategies",
    "unit": "per cent",
    "bars": [item({"label": "With", "value": 45}), item({"label": "Without", "value": 55})],
    "source_title": "NEMO",
    "source_address": "",
    "year": 2020,
    "note": "",
    "topics": [],
}
VIDEO = {"title": "A coin", "file": None, "address": "", "captions": None, "transcript": "<p>Words.</p>", "topics": []}
TALK = {**VIDEO, "person": "Somebody", "role": "Curator", "chapters": []}


def cells(*words):
    return block("row", [block("cell", word) for word in words])


def table(*rows):
    columns = [block("column", "Way"), block("column", "Costs")]
    return block(
        "comparison_table",
        {"caption": "Two ways", "columns": columns, "rows": [cells(*row) for row in rows], "topics": []},
    )


def resources(*addresses, title="NEMO"):
    items = [
        item({"title": title, "address": address, "language": "en", "kind": "article", "note": ""})
        for address in addresses
    ]
    return block("resources", {"items": items, "topics": []})


@pytest.fixture
def unit(db):
    lesson = make_lone_lesson()
    return make_page("a lone unit", lambda: make_unit(lesson, "digital-strategy"))


def rules(unit, *blocks):
    """Return what the checks say of a unit with these blocks, as (level, code) pairs."""
    unit.body = list(blocks)
    return [(finding.level.value, finding.code) for finding in findings_of(unit)]


def image(picture, alt_text="A coin", *, decorative=False):
    return block(
        "image",
        {"image": picture and picture.pk, "alt_text": alt_text, "decorative": decorative, "caption": "", "topics": []},
    )


def test_image_with_words_credit_and_licence_passes(unit):
    assert rules(unit, image(make_picture())) == []


def test_image_that_is_decorative_passes(unit):
    assert rules(unit, image(make_picture(), "", decorative=True)) == []


@pytest.mark.parametrize("alt_text", ["", "   "])
def test_image_without_decision_on_its_text_alternative_is_an_error(unit, alt_text):
    assert rules(unit, image(make_picture(), alt_text)) == [("error", "no-alt-decision")]


def test_image_with_words_that_is_decorative_is_an_error(unit):
    assert rules(unit, image(make_picture(), decorative=True)) == [("error", "alt-and-decorative")]


def test_image_whose_picture_is_gone_is_an_error(unit):
    assert rules(unit, image(None)) == [("error", "no-picture")]


def test_image_without_credit_is_an_error(unit):
    assert rules(unit, image(make_picture(credit=""))) == [("error", "no-credit")]


def test_image_without_licence_is_an_error(unit):
    assert rules(unit, image(make_picture(licence=""))) == [("error", "no-licence")]


def test_finding_names_the_block_it_stands_in(unit):
    broken = image(None)
    unit.body = [block("heading", HEADING), broken]
    assert [(finding.field, finding.block_id) for finding in findings_of(unit)] == [("body", broken["id"])]


def test_headings_in_their_order_pass(unit):
    assert rules(unit, block("heading", HEADING), block("heading", HEADING | {"level": "h3"})) == []


def test_heading_of_level_three_before_any_of_level_two_is_an_error(unit):
    assert rules(unit, block("heading", HEADING | {"level": "h3"})) == [("error", "heading-skipped")]


def test_heading_in_text_below_a_section_passes(unit):
    text = block("rich_text", {"text": "<h3>Then</h3><p>Text.</p><h4>And then</h4><p>Text.</p>", "topics": []})
    assert rules(unit, block("heading", HEADING), text) == []


def test_heading_in_text_before_any_section_is_an_error(unit):
    text = block("rich_text", {"text": "<h3>First</h3><p>Text.</p>", "topics": []})
    assert rules(unit, text) == [("error", "heading-skipped")]


def test_heading_in_text_that_skips_a_level_is_an_error(unit):
    text = block("rich_text", {"text": "<h4>Deep</h4><p>Text.</p>", "topics": []})
    assert rules(unit, block("heading", HEADING), text) == [("error", "heading-skipped")]


def test_heading_in_a_text_whose_form_has_none_is_an_error(unit):
    callout = block("callout", {"kind": "tip", "text": "<h3>Ask</h3><p>A visitor.</p>", "topics": []})
    assert rules(unit, callout) == [("error", "heading-out-of-place")]


def test_video_elsewhere_with_transcript_passes(unit):
    assert rules(unit, block("video", VIDEO | {"address": "https://example.org/coin"})) == []


def test_video_with_captions_and_transcript_passes(unit):
    files = {"file": make_document("coin.mp4").pk, "captions": make_document("coin.vtt").pk}
    assert rules(unit, block("video", VIDEO | files)) == []


def test_video_nowhere_is_an_error(unit):
    assert rules(unit, block("video", VIDEO)) == [("error", "video-nowhere")]


def test_video_file_without_captions_is_an_error(unit):
    assert rules(unit, block("video", VIDEO | {"file": make_document("coin.mp4").pk})) == [
        ("error", "video-without-captions")
    ]


def test_captions_that_are_no_vtt_file_are_an_error(unit):
    files = {"file": make_document("coin.mp4").pk, "captions": make_document("coin.pdf").pk}
    assert rules(unit, block("video", VIDEO | files)) == [("error", "captions-not-vtt")]


def test_video_without_transcript_is_a_remark(unit):
    value = VIDEO | {"address": "https://example.org/coin", "transcript": "<p> </p>"}
    assert rules(unit, block("video", value)) == [("remark", "no-transcript")]


def test_sound_with_transcript_needs_no_captions(unit):
    assert rules(unit, block("expert_talk", TALK | {"file": make_document("talk.mp3").pk})) == []


def test_sound_without_transcript_is_an_error(unit):
    value = TALK | {"file": make_document("talk.mp3").pk, "transcript": ""}
    assert rules(unit, block("expert_talk", value)) == [("error", "sound-without-transcript")]


def test_talk_that_can_only_be_read_passes(unit):
    assert rules(unit, block("expert_talk", TALK)) == []


def test_talk_without_file_address_and_transcript_is_an_error(unit):
    assert rules(unit, block("expert_talk", TALK | {"transcript": ""})) == [
        ("error", "talk-nowhere"),
        ("remark", "no-transcript"),
    ]


def test_document_without_licence_is_an_error(unit):
    value = TALK | {"file": make_document("talk.mp3", licence="").pk}
    assert rules(unit, block("expert_talk", value)) == [("error", "no-licence")]


def test_case_with_its_source_passes(unit):
    assert rules(unit, block("case_study", CASE)) == []


def test_case_without_source_is_an_error(unit):
    assert rules(unit, block("case_study", CASE | {"source_title": " ", "source_address": ""})) == [
        ("error", "case-without-source")
    ]


def test_case_whose_source_has_no_address_is_a_remark(unit):
    assert rules(unit, block("case_study", CASE | {"source_address": ""})) == [("remark", "source-without-address")]


def test_chart_with_its_source_passes(unit):
    assert rules(unit, block("chart", CHART)) == []


def test_chart_without_source_is_an_error(unit):
    assert rules(unit, block("chart", CHART | {"source_title": ""})) == [("error", "chart-without-source")]


def test_chart_with_one_bar_is_an_error(unit):
    assert rules(unit, block("chart", CHART | {"bars": CHART["bars"][:1]})) == [("error", "too-few")]


def test_table_with_even_rows_passes(unit):
    assert rules(unit, table(("Newsletter", "An afternoon"), ("Advertisement", "Money"))) == []


@pytest.mark.parametrize("row", [("Newsletter", "An afternoon", "Long"), ("Newsletter", "An afternoon", "Long", "x")])
def test_table_row_with_another_number_of_cells_is_an_error(unit, row):
    assert rules(unit, table(("Advertisement", "Money"), row)) == [("error", "uneven-row")]


@pytest.mark.parametrize(
    "words",
    [
        "here",
        "Click here",
        "READ MORE …",
        "link",
        "https://icom.museum/",
        "www.icom.museum",
        "icom.museum/definition",
        " ",
    ],
)
def test_link_that_says_nothing_is_an_error(unit, words):
    text = block("rich_text", {"text": f'<p>See <a href="https://icom.museum/">{words}</a>.</p>', "topics": []})
    assert rules(unit, text) == [("error", "link-says-nothing")]


def test_link_that_says_where_it_leads_passes(unit):
    text = block(
        "rich_text", {"text": '<p>See <a href="https://icom.museum/">ICOM’s definition</a>.</p>', "topics": []}
    )
    assert rules(unit, text) == []


def test_link_deep_in_a_block_is_checked(unit):
    step = item({"title": "Open it", "text": '<p><a href="https://icom.museum/">here</a></p>'})
    steps = block("steps", {"title": "Steps", "items": [step, item({"title": "Close it", "text": ""})], "topics": []})
    assert rules(unit, steps) == [("error", "link-says-nothing")]


def test_linked_document_without_credit_is_an_error(unit):
    document = make_document("sheet.pdf", credit="")
    html = f'<p><a linktype="document" id="{document.pk}">The sheet to print</a></p>'
    assert rules(unit, block("rich_text", {"text": html, "topics": []})) == [("error", "no-credit")]


@pytest.mark.parametrize("html", ["", "<p></p>", "<p> </p><ul><li></li></ul>"])
def test_empty_text_is_an_error(unit, html):
    assert rules(unit, block("rich_text", {"text": html, "topics": []})) == [("error", "empty-rich-text")]


def test_empty_part_that_a_draft_may_have_is_an_error(unit):
    quotation = {"text": "", "person": "ICOM", "source_title": "", "source_address": "", "topics": []}
    assert rules(unit, block("quotation", quotation)) == [("error", "required")]


def test_resource_named_twice_is_a_remark(unit):
    blocks = [resources("https://www.ne-mo.org/"), resources("https://icom.museum/", "https://www.ne-mo.org")]
    assert rules(unit, *blocks) == [("remark", "doubled-resource")]


def test_resource_whose_title_is_its_address_is_an_error(unit):
    blocks = [resources("https://www.ne-mo.org/", title="https://www.ne-mo.org/")]
    assert rules(unit, *blocks) == [("error", "link-says-nothing")]


def test_topic_that_the_guide_does_not_know_is_an_error(unit):
    text = block("rich_text", {"text": "<p>Text.</p>", "topics": [item("alchemy")]})
    assert rules(unit, text) == [("error", "unknown-topic")]


def test_topic_of_another_unit_is_a_remark(unit):
    text = block("rich_text", {"text": "<p>Text.</p>", "topics": [item("swot"), item("owned-media")]})
    assert rules(unit, text) == [("remark", "foreign-topic")]


def test_self_check_with_one_right_choice_passes(unit):
    assert rules(unit, single_choice(topic="swot"), multiple_choice(topic="swot")) == []


def test_self_check_with_two_right_choices_is_an_error(unit):
    question = single_choice(topic="swot")
    question["value"]["choices"][1]["value"]["right"] = True
    assert [level for level, _ in rules(unit, question)] == ["error"]


def test_self_check_without_right_choice_is_an_error(unit):
    question = multiple_choice(topic="swot")
    for choice in question["value"]["choices"]:
        choice["value"]["right"] = False
    assert [level for level, _ in rules(unit, question)] == ["error"]


def test_unit_without_outcomes_is_an_error(unit):
    unit.outcomes = []
    assert rules(unit) == [("error", "no-outcomes")]


def test_unit_with_five_outcomes_is_an_error(unit):
    unit.outcomes = [Outcome(text=f"Do it {number}.", sort_order=number) for number in range(5)]
    assert rules(unit) == [("error", "too-many-outcomes")]


def test_unit_with_an_empty_outcome_is_an_error(unit):
    unit.outcomes = [Outcome(text=" ", sort_order=0)]
    assert rules(unit) == [("error", "required")]


def test_unit_without_lead_is_an_error(unit):
    unit.lead = " "
    assert rules(unit) == [("error", "required")]


def test_unit_without_facets_is_an_error(unit):
    unit.facets = []
    assert rules(unit) == [("error", "required")]


def test_unit_whose_address_is_not_its_key_is_an_error(unit):
    unit.slug = "strategy"
    assert rules(unit) == [("error", "slug-is-not-key")]


def test_alias_may_have_an_address_of_its_own(unit):
    unit.alias_of_id = unit.pk
    unit.slug = "strategy"
    assert rules(unit) == []


def test_lesson_with_an_empty_opening_is_an_error(course):
    lesson = course.lessons[0]
    lesson.opening = "<p></p>"
    assert [(finding.level, finding.code, finding.field) for finding in findings_of(lesson)] == [
        (Level.ERROR, "empty-rich-text", "opening")
    ]


def test_lesson_without_a_statement_is_an_error(course):
    lesson = course.lessons[0]
    lesson.statement_make = ""
    assert [(finding.code, finding.field) for finding in findings_of(lesson)] == [("required", "statement_make")]


def test_course_with_a_link_that_says_nothing_is_an_error(course):
    course.course.introduction = '<p><a href="https://icom.museum/">here</a></p>'
    assert [(finding.code, finding.field) for finding in findings_of(course.course)] == [
        ("link-says-nothing", "introduction")
    ]


def test_errors_come_before_remarks(unit):
    blocks = [
        block("video", VIDEO | {"address": "https://example.org/coin", "transcript": ""}),
        block("heading", HEADING | {"level": "h3"}),
    ]
    assert rules(unit, *blocks) == [("error", "heading-skipped"), ("remark", "no-transcript")]
