"""Lists inside a sentence."""

import pytest
from django.utils import translation

from openmuseums.formats.lists import in_words


@pytest.mark.parametrize(
    ("language", "items", "text"),
    [
        ("en", [], ""),
        ("en", ["Use"], "Use"),
        ("en", ["Use", "Make"], "Use and Make"),
        ("en", ["Use", "Manage", "Make"], "Use, Manage and Make"),
        ("nl", ["Gebruiken", "Beheren", "Maken"], "Gebruiken, Beheren en Maken"),
        ("el", ["Χρήση", "Διαχείριση", "Δημιουργία"], "Χρήση, Διαχείριση και Δημιουργία"),
        ("it", ["Usare", "Gestire", "Creare"], "Usare, Gestire e Creare"),
        ("es", ["Usar", "Gestionar", "Crear"], "Usar, Gestionar y Crear"),
        ("es", ["museos", "iglesias"], "museos e iglesias"),
        ("es", ["lecturas", "historias"], "lecturas e historias"),
        ("es", ["agua", "hielo"], "agua y hielo"),
    ],
)
def test_lists(language: str, items: list[str], text: str) -> None:
    with translation.override(language):
        assert in_words(items) == text
