"""Words are found in every form that a reader types."""

import pytest

from openmuseums.search.folding import fold, spans_of, stems_of, words_of

SAME = [
    ("el", "ψηφιακή ψηφιακη ΨΗΦΙΑΚΗ ψηφιακής ψηφιακές ψηφιακό"),
    ("el", "μουσειο μουσείο ΜΟΥΣΕΙΟ μουσεία μουσείου μουσείων"),
    ("el", "επισκέπτης επισκέπτες επισκεπτών ΕΠΙΣΚΕΠΤΗΣ"),
    ("nl", "collectie collecties COLLECTIE"),
    ("nl", "museum musea museums"),
    ("nl", "strategie strategieën strategieen"),
    ("nl", "bezoeker bezoekers"),
    ("it", "museo musei MUSEO"),
    ("it", "collezione collezioni"),
    ("it", "attività attivita"),
    ("es", "museo museos"),
    ("es", "colección coleccion colecciones COLECCIÓN"),
    ("es", "información informacion informaciones"),
    ("en", "museum museums Museum"),
    ("en", "digitise digitising digitisation"),
]


@pytest.mark.parametrize(("language", "forms"), SAME)
def test_forms_of_a_word_have_one_stem(language: str, forms: str) -> None:
    assert len(set(stems_of(forms, language))) == 1


@pytest.mark.parametrize(
    ("language", "words"), [("el", "μουσείο μουσική"), ("it", "museo musica"), ("nl", "foto fort")]
)
def test_other_words_have_other_stems(language: str, words: str) -> None:
    assert len(set(stems_of(words, language))) == 2


def test_folding_takes_case_accents_and_final_sigma() -> None:
    assert fold("Ψηφιακός ΨΗΦΙΑΚΟΣ") == "ψηφιακοσ ψηφιακοσ"
    assert fold("Señal, Città, reünie, ﬁ") == "senal, citta, reunie, fi"


def test_soft_hyphens_part_no_word() -> None:
    text = "De toegankelijkheids\u00adverklaring"
    assert words_of(text) == ["de", "toegankelijkheidsverklaring"]
    assert spans_of(text) == [(0, 2, "de"), (3, 31, "toegankelijkheidsverklaring")]


def test_words_are_parted_at_apostrophes_and_hyphens() -> None:
    assert words_of("l’opera, foto’s e-mail 2026") == ["opera", "foto", "mail", "2026"]


def test_language_without_an_algorithm_keeps_its_words() -> None:
    assert stems_of("Museums musea", "xx") == ["museums", "musea"]
