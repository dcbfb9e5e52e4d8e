"""Every string that a person reads can be translated, and the catalogue holds all of them."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

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


def identities(catalogue: polib.POFile) -> set[tuple[str | None, str, str]]:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}


@pytest.mark.gettext
def test_catalogue_holds_every_message_and_no_other(tmp_path: Path) -> None:
    # Written into a tree of links, so that the project's own catalogue stays as it is.
    for name in ("site", "lessons", "quizzes"):
        (tmp_path / name).symlink_to(PROJECT / name)
    (tmp_path / "locale").mkdir()
    script = (
        "import django; from django.conf import settings; django.setup();"
        "settings.LOCALE_PATHS = ['locale'];"
        "from django.core.management import call_command;"
        "call_command('makemessages', locale=['en'], symlinks=True, no_location=True, no_wrap=True, verbosity=0)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True)
    extracted = identities(polib.pofile(str(tmp_path / "locale/en/LC_MESSAGES/django.po")))
    kept = identities(polib.pofile(str(PROJECT / "locale/en/LC_MESSAGES/django.po")))
    assert extracted, "nothing was extracted: the check itself does not work"
    assert (sorted(map(str, extracted - kept)), sorted(map(str, kept - extracted))) == ([], []), "run make messages"
