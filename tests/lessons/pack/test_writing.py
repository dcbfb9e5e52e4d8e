"""YAML that any reader reads as it was meant."""

import random
from typing import Any

import pytest
import yaml

from lessons.pack.markup import Html
from lessons.pack.reading import Listing, Mapping, Scalar, parse_yaml
from lessons.pack.writing import yaml_text

HARD = [
    "yes", "No", "on", "~", "null", "1", "-1", "1.5", "1e3", "0x1f", "012", "1_000", "12:30", "2026-11-21", ".inf",
    "=", "<<", "", " lead", "trail ", "a: b", "a:", ":a", "a #b", "#a", "- a", "-a", "? a", "& a", "*a", "!a", "|", ">",
    "'a'", '"a"', "%a", "@a", "`a", "[a]", "{a}", ", a", "a, b", "a\nb", "a\n\n  b", "\na", "a\n", " a\nb", "a\tb",
    "\ta", "tab\t", "back\\slash", "“quotes”", "…", "é", "Ελληνικά", "𝄞", "\x85", "\u2028", "\ufeff", "\x00", "\x7f",
    "a\r\nb", "---", "...", "a --- b", "true", "True", "x" * 300, "word " * 60 + "end", "null ", "e3", "0", "+1", "0o7",
    "y", "n", "a - b", "a?",
]  # fmt: skip


@pytest.mark.parametrize("text", HARD)
def test_text_is_read_as_it_was_written(text: str) -> None:
    for value in (text, Html(text)):
        written = yaml_text({"a": value, "list": [{"b": value, "c": value}], "end": "x"})
        expected = {"a": text, "list": [{"b": text, "c": text}], "end": "x"}
        assert yaml.safe_load(written) == expected
        assert plain(parse_yaml(written, "f")) == expected


def test_values_of_all_types_are_read_as_they_were_written() -> None:
    values = {
        "a": 1,
        "b": -2.5,
        "c": True,
        "d": False,
        "e": ["x-y", "no", "GB"],
        "f": [{"g": [{"h": "i"}]}],
        "j": {"k": "l"},
    }
    written = yaml_text(values)
    assert written == ('a: 1\nb: -2.5\nc: true\nd: false\ne: [x-y, "no", GB]\nf:\n  - g:\n      - h: i\nj:\n  k: l\n')
    assert plain(parse_yaml(written, "f")) == yaml.safe_load(written) == values


def test_random_texts_are_read_as_they_were_written() -> None:
    chance = random.Random(4)  # noqa: S311 - the same texts in each run
    letters = "ab :#-\n\t'\"\\{}[],&*!|>%@`?=.~0\xa0é\u2028😀"
    texts = ["".join(chance.choices(letters, k=chance.randint(0, 12))) for _number in range(3000)]
    written = yaml_text({"texts": [{"t": text} for text in texts]})
    assert [found["t"] for found in yaml.safe_load(written)["texts"]] == texts


def plain(node: Any) -> Any:
    """Return a node's value, without its places."""
    if isinstance(node, Mapping):
        return {name: plain(entry.node) for name, entry in node.entries.items()}
    if isinstance(node, Listing):
        return [plain(found) for found in node.items]
    assert isinstance(node, Scalar)
    assert not node.odd
    return node.value
