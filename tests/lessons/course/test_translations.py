"""The shipped course in its languages: what is translated keeps to their typography and their glossary’s words."""

import re
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import polib
import pytest

TRANSLATIONS = Path(__file__).parents[3] / "lessons" / "course" / "translations"
LANGUAGES = ("nl", "el", "it", "es")
GLOSSARY = "home/open-museums/glossary"
ADDRESS = re.compile(r"(https?://|mailto:|page:|document:)")
TAG = re.compile(r"<[^>]*>")
# Titles and names of works stand as their makers wrote them.
NAMES_OF_WORKS = ("source_title", "resources.items.title", "museum", "person")
QUOTES = {"nl": "“”‘’", "el": "«»“”", "it": "«»“”", "es": "«»“”"}

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


# Without these a language is not public; the other pages may wait for their translators.
ALWAYS_WHOLE = {"home", "home/open-museums"} | {
    f"home/{page}" for page in ("about", "accessibility", "contact", "licences", "privacy", "terms")
}


@cache
def texts(language: str) -> list[polib.POEntry]:
    """Return the texts of the course for a language: everything but addresses, which a translation may keep."""
    catalogue = polib.pofile(str(TRANSLATIONS / f"{language}.po"))
    return [entry for entry in catalogue if not entry.obsolete and not ADDRESS.match(entry.msgid)]


@cache
def entries(language: str) -> list[polib.POEntry]:
    """Return the texts that are translated, and whose translation is not in doubt."""
    return [entry for entry in texts(language) if entry.msgstr.strip() and not entry.fuzzy]


def field_of(entry: polib.POEntry) -> str:
    return entry.comment.split(",")[0].split("\n")[0]


def page_of(entry: polib.POEntry) -> str:
    return entry.occurrences[0][0]


@cache
def glossary(language: str) -> list[dict[str, str]]:
    """Return the glossary's entries that are whole: term, definition, use, avoid; and `source`, its term."""
    terms: dict[str, dict[str, str]] = {}
    for entry in entries(language):
        if page_of(entry) == GLOSSARY and ":terms." in entry.msgctxt:
            _start, block_id, part = entry.msgctxt.rsplit(".", 2)
            terms.setdefault(block_id, {})[part] = entry.msgstr
            if part == "term":
                terms[block_id]["source"] = entry.msgid
    return [term for term in terms.values() if term.keys() >= {"term", "definition", "use", "avoid"}]


def forms(text: str) -> list[str]:
    return [form.strip() for form in text.split(",") if form.strip()]


def plain(text: str) -> str:
    return TAG.sub("", text)


@in_each_language
def test_what_makes_a_language_public_is_translated_and_not_in_doubt(language: str) -> None:
    always = [entry for entry in texts(language) if page_of(entry) in ALWAYS_WHOLE]
    assert {page_of(entry) for entry in always} == ALWAYS_WHOLE
    assert [entry.msgctxt for entry in always if entry.fuzzy or not entry.msgstr.strip()] == []


@in_each_language
def test_every_language_is_given_the_same_texts(language: str) -> None:
    assert [entry.msgctxt for entry in texts(language)] == [entry.msgctxt for entry in texts(LANGUAGES[0])]


@in_each_language
def test_markup_is_kept(language: str) -> None:
    found = [
        entry.msgctxt
        for entry in entries(language)
        if Counter(TAG.findall(entry.msgid)) != Counter(TAG.findall(entry.msgstr))
    ]
    assert found == []


@in_each_language
def test_no_typewriter_quotes_and_no_double_blanks(language: str) -> None:
    wrong = re.compile(r"[\"']|  |^ | $")
    assert [entry.msgstr for entry in entries(language) if wrong.search(plain(entry.msgstr))] == []


@in_each_language
def test_quotation_marks_are_the_language_s(language: str) -> None:
    foreign = set("“”„‘«»") - set(QUOTES[language])
    found = [
        entry.msgstr
        for entry in entries(language)
        if not field_of(entry).endswith(NAMES_OF_WORKS) and foreign & set(plain(entry.msgstr))
    ]
    assert found == []


@in_each_language
def test_glossary_has_sixty_terms_or_more_each_once(language: str) -> None:
    terms = glossary(language)
    assert len(terms) >= 60
    assert [name for name, count in Counter(term["term"] for term in terms).items() if count > 1] == []


@in_each_language
def test_forms_to_avoid_are_avoided(language: str) -> None:
    avoided = [form for term in glossary(language) for form in forms(term["avoid"])]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, avoided))})(?!\w)", re.IGNORECASE)
    found = [
        (match[0], entry.msgstr[:90])
        for entry in entries(language)
        if not (page_of(entry) == GLOSSARY and ":terms." in entry.msgctxt)
        and not field_of(entry).endswith(NAMES_OF_WORKS)
        for match in pattern.finditer(plain(entry.msgstr))
    ]
    assert found == []


@in_each_language
def test_no_form_is_both_to_use_and_to_avoid(language: str) -> None:
    used = {form.casefold() for term in glossary(language) for form in forms(term["use"])}
    avoided = {form.casefold() for term in glossary(language) for form in forms(term["avoid"])}
    assert used & avoided == set()


@in_each_language
def test_figures_are_those_of_the_source(language: str) -> None:
    def figures(text: str) -> Counter[str]:
        return Counter(re.findall(r"\d+", re.sub(r"(?<=\d)[.,\u00a0\u202f](?=\d{3}\b)", "", plain(text))))

    found = [
        (entry.msgid[:70], entry.msgstr[:70])
        for entry in entries(language)
        if not (page_of(entry) == GLOSSARY and ":terms." in entry.msgctxt)
        and figures(entry.msgid) != figures(entry.msgstr)
    ]
    assert found == []


@in_each_language
def test_percent_signs_stand_as_the_language_sets_them(language: str) -> None:
    wrong = re.compile(r"\d%|\d %" if language == "es" else r"\d[ \u00a0\u202f]%")
    assert [entry.msgstr for entry in entries(language) if wrong.search(plain(entry.msgstr))] == []


def test_questions_and_exclamations_open_in_spanish() -> None:
    found = [
        entry.msgstr
        for entry in entries("es")
        if not field_of(entry).endswith(NAMES_OF_WORKS)
        and (
            plain(entry.msgstr).count("?") != plain(entry.msgstr).count("¿")
            or plain(entry.msgstr).count("!") != plain(entry.msgstr).count("¡")
        )
    ]
    assert found == []


def test_greek_words_hold_no_latin_letters() -> None:
    mixed = re.compile(r"[a-zA-Z][\u0370-\u03ff]|[\u0370-\u03ff][a-zA-Z]")
    assert [entry.msgstr for entry in entries("el") if mixed.search(plain(entry.msgstr))] == []


def test_greek_asks_with_its_own_mark() -> None:
    found = [e.msgstr for e in entries("el") if "?" in plain(e.msgstr)]
    assert [text for text in found if re.search(r"[\u0370-\u03ff]\s*\?", text)] == []


@pytest.mark.gettext
@in_each_language
def test_gettext_accepts_the_file(language: str, tmp_path: Path) -> None:
    command = ["msgfmt", "--check", "--output-file", str(tmp_path / "out.mo"), str(TRANSLATIONS / f"{language}.po")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
