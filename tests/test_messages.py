"""Every string that a person reads can be translated, and the catalogue holds all of them."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import polib
import pytest
from django.conf import settings

PROJECT = Path(__file__).parents[1]
SOURCES = ("site", "lessons", "quizzes")

# What of a tag a reader sees or hears.
READ_ATTRIBUTES = ("alt", "aria-label", "aria-description", "placeholder", "title")
_MARKED = re.compile(
    r"{%-?\s*(?:blocktranslate|blocktrans)\b.*?{%-?\s*end(?:blocktranslate|blocktrans)\s*%}"
    r"|{%-?\s*(?:comment\b.*?endcomment|verbatim\b.*?endverbatim)\s*%}|{#.*?#}|<!--.*?-->|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
_UNREAD = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>", re.DOTALL)
_ATTRIBUTE = re.compile(rf"\b(?:{'|'.join(READ_ATTRIBUTES)})\s*=\s*(\"[^\"]*\"|'[^']*')")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
# Names are the same in every language.
NAMES = re.compile(r"Open Museums|&\w+;|&#x?\w+;")


def unmarked_texts(template: str) -> list[str]:
    """Return the texts of a template that a reader meets and a translator does not."""
    bare = NAMES.sub("", _UNREAD.sub("", _MARKED.sub("", template)))
    texts = [value[1:-1] for tag in _TAG.findall(bare) for value in _ATTRIBUTE.findall(tag)]
    texts += _TAG.sub("\n", bare).split("\n")
    return [text.strip() for text in texts if _LETTERS.search(text)]


# Keyword arguments and class attributes whose text a person reads.
READ_KEYWORDS = {
    "description",
    "empty_label",
    "error_message",
    "heading",
    "help_text",
    "label",
    "page_description",
    "verbose_name",
    "verbose_name_plural",
    "violation_error_message",
}
READ_CALLS = {"ValidationError"}
READERS = re.compile(r"^(models|blocks|forms|viewsets|apps|checks|views|panels|wagtail_hooks|gate|fields)$")


def unmarked_strings(code: str) -> list[str]:
    """Return the strings of a module of forms, models, blocks or views that are shown to people and not marked."""
    return [f"{line}: {text}" for line, text in _read_strings(ast.parse(code)) if _LETTERS.search(text)]


def _read_strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in READ_KEYWORDS:
            yield from _strings(node.value)
        elif isinstance(node, ast.Assign):
            if any(isinstance(target, ast.Name) and target.id in READ_KEYWORDS for target in node.targets):
                yield from _strings(node.value)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", None) in READ_CALLS and node.args:
            yield from _strings(node.args[0])


def _strings(node: ast.expr) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Constant(value=str(text)):
            yield node.lineno, text
        case ast.JoinedStr():
            yield node.lineno, ast.unparse(node)
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            for element in elements:
                yield from _strings(element)


def modules_that_speak() -> list[Path]:
    """Return our modules whose strings people read; management commands speak to operators, in English."""
    return [
        path
        for folder in SOURCES
        for path in (PROJECT / folder).rglob("*.py")
        if not {"migrations", "management", "settings", "demo"} & set(path.parts)
        and any(READERS.match(part.removesuffix(".py")) for part in path.parts)
    ]


def test_every_text_in_templates_is_marked() -> None:
    found = {}
    for folder in SOURCES:
        for path in (PROJECT / folder).rglob("templates/**/*.html"):
            # The style guide is for developers and shows components by their names.
            if "styleguide" not in path.as_posix() and (texts := unmarked_texts(path.read_text(encoding="utf-8"))):
                found[str(path.relative_to(PROJECT))] = texts
    assert found == {}


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        ("<p>Begin here</p>", ["Begin here"]),
        ('<img alt="A jug" src="jug.png">', ["A jug"]),
        ('<a title="{% translate "Begin" %}">{{ page.title }}</a>', []),
        ("{% blocktranslate trimmed count n=n %}one unit{% plural %}{{ n }} units{% endblocktranslate %}", []),
        ("<style>p { color: red }</style>{# for us #}<p class='lead'>3 · {% translate 'units' %}</p>", []),
        ("<p>{% if a %}Yes{% endif %}</p>", ["Yes"]),
    ],
)
def test_unmarked_texts_of_a_template_are_found(template: str, texts: list[str]) -> None:
    assert unmarked_texts(template) == texts


def test_every_string_for_people_in_python_is_marked() -> None:
    found = {}
    for path in modules_that_speak():
        if strings := unmarked_strings(path.read_text(encoding="utf-8")):
            found[str(path.relative_to(PROJECT))] = strings
    assert found == {}


@pytest.mark.parametrize(
    ("code", "strings"),
    [
        ('FieldPanel("a", heading="Before")', ["1: Before"]),
        ('FieldPanel("a", heading=_("Before"))', []),
        ('class Meta:\n    verbose_name = "page"', ["2: page"]),
        ('raise ValidationError(f"No {key}")', ["1: f'No {key}'"]),
        ('raise ValidationError([_("No"), "never"])', ["1: never"]),
    ],
)
def test_unmarked_strings_of_a_module_are_found(code: str, strings: list[str]) -> None:
    assert unmarked_strings(code) == strings


def test_no_f_string_is_marked() -> None:
    calls = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
    found = [
        f"{path.relative_to(PROJECT)}:{node.lineno}"
        for folder in SOURCES
        for path in (PROJECT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", None) in calls
        and any(not isinstance(argument, ast.Constant) for argument in node.args[:1])
    ]
    assert found == []


LANGUAGES = ("en", "nl", "el", "it", "es")
TRANSLATIONS = LANGUAGES[1:]
CATALOGUES = [
    path.relative_to(PROJECT).as_posix()
    for folder in ("locale", "site/openmuseums/upstream_locale")
    for path in sorted((PROJECT / folder).glob("*/LC_MESSAGES/*.po"))
]
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}|%%")
_TAG_OF_A_MESSAGE = re.compile(r"</?[a-z][^>]*>|&#?\w+;")


def forms(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Return each form of a translation with the form of the source that it stands for."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural if number else entry.msgid, text) for number, text in entry.msgstr_plural.items()]


def faults(entry: polib.POEntry) -> list[str]:
    """Return what is wrong with a translation."""
    found = ["fuzzy"] if entry.fuzzy else []
    # The sentence for one may leave the number out, in the source as in a translation.
    placeholders = [sorted(_PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural or entry.msgid)]
    for source, text in forms(entry):
        if not text.strip():
            found.append("empty")
            continue
        if sorted(_PLACEHOLDER.findall(text)) not in placeholders:
            found.append(f"placeholders: {text}")
        if sorted(_TAG_OF_A_MESSAGE.findall(text)) != sorted(_TAG_OF_A_MESSAGE.findall(source)):
            found.append(f"tags: {text}")
        if (source[:1] == "\n", source[-1:] == "\n") != (text[:1] == "\n", text[-1:] == "\n"):
            found.append(f"line breaks: {text}")
    return found


def test_catalogues_of_all_languages_are_there() -> None:
    assert tuple(code for code, _name in settings.LANGUAGES) == LANGUAGES
    assert [name for name in CATALOGUES if name.endswith("/django.po")] == [
        *(f"locale/{code}/LC_MESSAGES/django.po" for code in sorted(LANGUAGES)),
        *(f"site/openmuseums/upstream_locale/{code}/LC_MESSAGES/django.po" for code in sorted(TRANSLATIONS)),
    ]


@pytest.mark.parametrize("name", [name for name in CATALOGUES if not name.startswith("locale/en/")])
def test_catalogue_is_complete_and_sound(name: str) -> None:
    catalogue = polib.pofile(str(PROJECT / name))
    assert {entry.msgid: found for entry in catalogue if not entry.obsolete and (found := faults(entry))} == {}
    assert list(catalogue.obsolete_entries()) == []
    assert not catalogue.metadata_is_fuzzy


def test_english_is_its_own_source() -> None:
    catalogue = polib.pofile(str(PROJECT / "locale/en/LC_MESSAGES/django.po"))
    assert [entry.msgid for entry in catalogue if entry.msgstr or any(entry.msgstr_plural.values())] == []
    assert [entry.msgid for entry in catalogue if entry.obsolete or entry.fuzzy] == []


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("Lesson %(number)s", "Les %(number)s", []),
        ("Lesson %(number)s", "Les %(nummer)s", ["placeholders: Les %(nummer)s"]),
        ("{count} results", "{aantal} resultaten", ["placeholders: {aantal} resultaten"]),
        ("<b>Now</b>", "<b>Nu<b>", ["tags: <b>Nu<b>"]),
        ("Now:\n", "Nu:", ["line breaks: Nu:"]),
        ("Now", " ", ["empty"]),
    ],
)
def test_faults_of_a_translation_are_found(source: str, text: str, found: list[str]) -> None:
    assert faults(polib.POEntry(msgid=source, msgstr=text)) == found


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_plural_forms_are_those_of_django(language: str) -> None:
    upstream = polib.pofile(str(Path(django.__file__).parent / f"conf/locale/{language}/LC_MESSAGES/django.po"))
    for folder in ("locale", "site/openmuseums/upstream_locale"):
        for path in (PROJECT / folder / language / "LC_MESSAGES").glob("*.po"):
            catalogue = polib.pofile(str(path))
            assert catalogue.metadata["Plural-Forms"] == upstream.metadata["Plural-Forms"]
            count = int(catalogue.metadata["Plural-Forms"].split(";")[0].removeprefix("nplurals="))
            plurals = [entry for entry in catalogue if entry.msgid_plural]
            assert [entry.msgid for entry in plurals if sorted(entry.msgstr_plural) != list(range(count))] == []


@pytest.mark.gettext
@pytest.mark.parametrize("name", CATALOGUES)
def test_catalogue_is_valid_gettext(name: str) -> None:
    checked = subprocess.run(
        ["msgfmt", "--check", "--output-file=/dev/null", name],  # noqa: S607
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def undated(catalogue: str) -> str:
    """Return the text of a catalogue without the date of its making."""
    return re.sub(r'"POT-Creation-Date: .*\n', "", catalogue)


@pytest.mark.gettext
def test_catalogues_hold_every_message_and_no_other(tmp_path: Path) -> None:
    # Written into a tree of links, so that the project's own catalogues stay as they are.
    for name in ("site", "lessons", "quizzes"):
        (tmp_path / name).symlink_to(PROJECT / name)
    shutil.copytree(PROJECT / "locale", tmp_path / "locale")
    script = (
        "import django; from django.conf import settings; django.setup();"
        "settings.LOCALE_PATHS = ['locale'];"
        "from django.core.management import call_command;"
        "call_command('makemessages', all=True, symlinks=True, no_location=True, no_wrap=True, verbosity=0)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True)
    for code in LANGUAGES:
        name = f"locale/{code}/LC_MESSAGES/django.po"
        kept = (PROJECT / name).read_text(encoding="utf-8")
        made = (tmp_path / name).read_text(encoding="utf-8")
        assert undated(made).splitlines() == undated(kept).splitlines(), f"{name}: run make messages"
