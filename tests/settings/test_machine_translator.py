"""The program that translates, as the environment names it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from openmuseums.settings.environment import machine_translator


def test_machine_is_none_unless_named() -> None:
    assert machine_translator("") is None
    assert machine_translator("  ") is None


def test_machine_is_named_with_its_options() -> None:
    assert machine_translator('{"CLASS": "a.B", "OPTIONS": {"AUTH_KEY": "x"}}') == {
        "CLASS": "a.B",
        "OPTIONS": {"AUTH_KEY": "x"},
    }
    assert machine_translator('{"CLASS": "a.B"}') == {"CLASS": "a.B", "OPTIONS": {}}


@pytest.mark.parametrize(
    "text", ["a.B", "[]", "{}", '{"CLASS": ""}', '{"CLASS": 1}', '{"CLASS": "a.B", "OPTIONS": []}']
)
def test_what_cannot_be_read_stops_the_start(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="OPENMUSEUMS_MACHINE_TRANSLATOR"):
        machine_translator(text)
