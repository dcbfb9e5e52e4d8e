"""Tags and filters of figures and recordings."""

from lessons.blocks.practice import ActivityBlock, CaseStudyBlock
from lessons.templatetags.figures import at, chart_bars, choice_word, choice_words, clock, drawing, host, numbers


def chart(unit: str) -> dict[str, object]:
    return {"unit": unit, "bars": [{"label": "With", "value": 40}, {"label": "Without", "value": 20}]}


def test_shares_are_measured_by_a_hundred() -> None:
    for unit in ("per cent of the museums asked", "% of visits", "procent van de musea", "τοις εκατό των μουσείων"):
        assert [bar.length for bar in chart_bars(chart(unit))] == [40, 20]


def test_counts_are_measured_by_the_longest() -> None:
    assert [bar.length for bar in chart_bars(chart("museums"))] == [100, 50]


def test_drawing_is_inline_and_hidden() -> None:
    assert drawing("swot").startswith("<svg ")
    assert 'aria-hidden="true"' in drawing("swot")


def test_drawing_that_is_not_ours_is_nothing() -> None:
    assert drawing("../course/FORMAT") == ""
    assert drawing("") == ""


def test_host_is_named_as_readers_know_it() -> None:
    assert host("https://www.ne-mo.org/about?x=1") == "ne-mo.org"
    assert host("no address") == "no address"


def test_clock_shows_minutes_and_hours() -> None:
    assert [clock(seconds) for seconds in (0, 95, 600, 3725)] == ["0:00", "1:35", "10:00", "1:02:05"]


def test_numbers_are_turns_of_a_loop() -> None:
    assert [len(numbers(count)) for count in (0, 3)] == [0, 3]


def test_at_finds_or_finds_nothing() -> None:
    assert (at({"a": 1}, "a"), at({"a": 1}, "b"), at({}, "a"), at(None, "a")) == (1, None, None, None)


def test_choices_are_put_into_words() -> None:
    case = CaseStudyBlock().get_preview_value()
    activity = ActivityBlock().get_preview_value()
    assert choice_word(case, "country") == "Netherlands"
    assert choice_words(activity, "for_roles") == ["Professionals", "Volunteers"]


def test_choice_that_is_gone_is_shown_as_it_is() -> None:
    case = CaseStudyBlock().get_preview_value()
    case["country"] = "XX"
    assert choice_word(case, "country") == "XX"
