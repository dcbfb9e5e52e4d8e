"""The colours of both themes can be read, and the parts of controls can be seen."""

import re

import pytest

from openmuseums.home.stylesheet import CSS

THEMES = ("light", "dark")
GROUNDS = ("paper", "label", "sunk")
FACETS = ("use", "manage", "make", "understand")
WORDS = ("ink", "ink-soft", "link", "right", "wrong", *FACETS)


def read_tokens() -> dict[str, tuple[str, str]]:
    source = (CSS / "tokens.css").read_text(encoding="utf-8")
    found = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", source)
    return {name: (light, dark) for name, light, dark in found}


TOKENS = read_tokens()


def colour(name: str, theme: str) -> str:
    return TOKENS[name][THEMES.index(theme)]


def luminance(hex_colour: str) -> float:
    channels = [int(hex_colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("word", WORDS)
def test_words_on_every_ground_have_7_to_1(word: str, ground: str, theme: str) -> None:
    assert contrast(colour(word, theme), colour(ground, theme)) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("word", ["ink", "ink-soft"])
def test_words_in_drawings_have_7_to_1(word: str, facet: str, theme: str) -> None:
    assert contrast(colour(word, theme), colour(f"{facet}-tint", theme)) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("facet", FACETS)
def test_facets_on_their_tints_have_7_to_1(facet: str, theme: str) -> None:
    assert contrast(colour(facet, theme), colour(f"{facet}-tint", theme)) >= 7


@pytest.mark.parametrize("theme", THEMES)
def test_words_of_buttons_have_7_to_1(theme: str) -> None:
    assert contrast(colour("on-ink", theme), colour("ink", theme)) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("part", ["edge", "focus"])
def test_parts_of_controls_have_3_to_1(part: str, ground: str, theme: str) -> None:
    assert contrast(colour(part, theme), colour(ground, theme)) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_bars_stand_out_from_their_tracks_with_3_to_1(theme: str) -> None:
    assert contrast(colour("link", theme), colour("track", theme)) >= 3


def test_colours_are_named_in_the_tokens_alone() -> None:
    sources = [CSS / "base.css", *(CSS / "components").glob("*.css")]
    named = {
        source.name: found
        for source in sources
        if (found := re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", source.read_text(encoding="utf-8")))
    }
    assert named == {}
