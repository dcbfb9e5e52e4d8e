"""The order of words in each language."""

import pytest

from openmuseums.formats.collation import collation_key, in_order, initial


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en", ["1 unit", "10 units", "alt text", "audience", "e-commerce", "earned media", "Éclair", "persona"]),
        ("nl", ["ijs", "ijver", "ik", "ikzelf", "zeeën", "zege"]),
        ("el", ["άδεια", "αλγόριθμος", "Αρχείο", "κουίζ", "όρος", "όψη", "σύνδεσμος", "ψηφιακός", "blog", "cookie"]),
        ("it", ["abilità", "accessibilità", "caffè", "caffettiera", "città", "però", "perodonte", "più"]),
        ("es", ["caña", "chat", "cielo", "llave", "luz", "nube", "ñandú", "oír", "ola", "Óscar"]),
    ],
)
def test_words_stand_in_the_order_of_the_language(language: str, ordered: list[str]) -> None:
    assert in_order(reversed(ordered), language) == ordered
    assert in_order(sorted(ordered), language) == ordered


def test_enye_is_a_letter_in_spanish_and_an_n_elsewhere() -> None:
    words = ["ano", "año", "anzuelo"]
    assert in_order(words, "es") == ["ano", "anzuelo", "año"]
    assert in_order(words, "it") == ["ano", "año", "anzuelo"]
    assert in_order(["n\u0303u", "nz", "ñu"], "es") == ["nz", "n\u0303u", "ñu"]


def test_ch_and_ll_are_no_letters_of_their_own() -> None:
    assert in_order(["cubo", "chico", "cita"], "es") == ["chico", "cita", "cubo"]
    assert in_order(["lluvia", "luz", "lona"], "es") == ["lluvia", "lona", "luz"]


def test_accents_decide_only_between_equal_words() -> None:
    assert in_order(["πότε", "ποτέ", "πότης", "ποτάμι"], "el") == ["ποτάμι", "ποτέ", "πότε", "πότης"]


def test_final_sigma_is_a_sigma() -> None:
    assert collation_key("ΟΡΟΣ", "el")[:2] == collation_key("ορος", "el")[:2]


def test_order_is_total_and_does_not_depend_on_the_first_order() -> None:
    words = ["a", "A", "á", "Á", "à", "ab", "a b", "a-b", "æ", "ae", "ß", "ss", "1", "Ω", "ω", "ñ", "n"]
    for language in ("en", "nl", "el", "it", "es"):
        turned = (words[number:] + words[:number] for number in range(len(words)))
        assert len({tuple(in_order(some, language)) for some in turned}) == 1
        assert len({collation_key(word, language) for word in words}) == len(words)


@pytest.mark.parametrize(
    ("text", "language", "letter"),
    [
        ("έρευνα", "el", "Ε"),
        ("ñandú", "es", "Ñ"),
        ("ñandú", "it", "N"),
        ("“owned” media", "en", "O"),
        ("3D-scan", "nl", "#"),
        ("…", "en", "#"),
    ],
)
def test_initial_is_the_letter_a_text_stands_under(text: str, language: str, letter: str) -> None:
    assert initial(text, language) == letter
