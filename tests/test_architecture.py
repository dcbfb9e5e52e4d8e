"""The layout of the code: who may import whom, and what no module may be called."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SOURCES = ("site", "lessons", "quizzes")
JUNK_DRAWERS = {"base", "common", "core", "helpers", "misc", "services", "utils"}

# By contract: a module, and the import planted into it.
VIOLATIONS = {
    "The site is built in layers": [
        ("site/openmuseums/learners/planted.py", "import quizzes.models"),
        ("quizzes/planted.py", "import lessons.models"),
        ("lessons/planted.py", "import openmuseums.home.models"),
        ("site/openmuseums/people/planted.py", "import openmuseums.competences.guide"),
        ("site/openmuseums/home/planted.py", "import openmuseums.discovery.models"),
        ("site/openmuseums/discovery/planted.py", "import openmuseums.urls"),
    ],
    "Every app of the site has its layer": [("site/openmuseums/planted/__init__.py", "import json")],
    "Of the lowest apps only delivery knows uploads": [
        ("site/openmuseums/editorial/planted.py", "import openmuseums.uploads.models")
    ],
    "Delivery's receivers are connected by delivery alone": [
        ("lessons/planted_receiver.py", "import openmuseums.delivery.receivers")
    ],
    "Nothing imports settings": [("quizzes/planted_settings.py", "from openmuseums.settings import base")],
    "Figures are reckoned in plain Python": [("quizzes/figures/statistics.py", "import django.conf")],
    "Questions and scoring are plain Python": [
        ("quizzes/questions/planted.py", "from django.db import models"),
        ("quizzes/questions/planted_too.py", "from wagtail import blocks"),
        ("quizzes/formats/planted.py", "from django.utils import html"),
        ("quizzes/running/planted.py", "from django.utils import timezone"),
    ],
    "Lessons inside": [("lessons/blocks/planted.py", "import lessons.models")],
    "Quizzes inside": [
        ("quizzes/blocks/planted.py", "import quizzes.checks"),
        ("quizzes/attempts/planted.py", "import quizzes.regrading.plans"),
    ],
    "Attempts inside": [("quizzes/attempts/results.py", "import quizzes.attempts.taking")],
    "Pages of attempts inside": [("quizzes/attempts/views/results.py", "import quizzes.attempts.views.answering")],
    "Regrading inside": [("quizzes/regrading/outlook.py", "import quizzes.regrading.grading")],
    "Copying inside": [("quizzes/copying/copies.py", "import quizzes.copying.forms")],
    "Exchanging inside": [("quizzes/exchanging/importing.py", "import quizzes.exchanging.exporting")],
    "Figures inside": [("quizzes/figures/tallies.py", "import quizzes.figures.disclosing")],
    "Learners inside": [("site/openmuseums/learners/outline.py", "import openmuseums.learners.models")],
    "Organisations inside": [("site/openmuseums/organisations/models.py", "import openmuseums.organisations.views")],
    "People inside": [("site/openmuseums/people/devices.py", "import openmuseums.people.views")],
    "Clock inside": [("site/openmuseums/clock/models.py", "import openmuseums.clock.views")],
    "Mail inside": [("site/openmuseums/mail/kinds.py", "import openmuseums.mail.sending")],
    "Limits inside": [("site/openmuseums/limits/hiding.py", "import openmuseums.limits.counting")],
    "Bundles inside": [
        ("site/openmuseums/translation/bundles/plans.py", "import openmuseums.translation.bundles.views")
    ],
    "Trainers inside": [
        ("site/openmuseums/trainers/walls.py", "import openmuseums.trainers.cohorts.managing"),
        ("site/openmuseums/trainers/lists/planted.py", "import openmuseums.trainers.joining.acts"),
    ],
    "Completing inside": [
        ("site/openmuseums/trainers/completing/keeping.py", "import openmuseums.trainers.completing.ruling")
    ],
    "Completion is reckoned in plain Python": [
        ("site/openmuseums/trainers/completing/measuring.py", "import django.db")
    ],
    "Segments inside": [("site/openmuseums/segments/units.py", "import openmuseums.segments.states")],
    "Translation inside": [("site/openmuseums/translation/rights.py", "import openmuseums.translation.dashboard")],
    "Home inside": [("site/openmuseums/home/models.py", "import openmuseums.home.views")],
    "Privacy inside": [("site/openmuseums/privacy/registry.py", "import openmuseums.privacy.models")],
    "Reports inside": [("site/openmuseums/reports/places.py", "import openmuseums.reports.views")],
    "Search inside": [("site/openmuseums/search/folding.py", "import openmuseums.search.views")],
    "Discovery inside": [("site/openmuseums/discovery/pages.py", "import openmuseums.discovery.views")],
}


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    environment = {"PYTHONPATH": f"{tree / 'site'}:{tree}", "PATH": "/usr/bin:/bin", "COLUMNS": "200"}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def planted_report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what import-linter says of a copy of the code into which every violation was planted."""
    tree = tmp_path_factory.mktemp("planted")
    for folder in SOURCES:
        shutil.copytree(PROJECT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__", "course"))
    shutil.copy(PROJECT / "pyproject.toml", tree)
    for plants in VIOLATIONS.values():
        for name, line in plants:
            path = tree / name
            path.parent.mkdir(exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\n{line}\n")
    result = lint_imports(tree)
    assert result.returncode == 1, result.stdout + result.stderr
    return result.stdout


def test_import_contracts_of_the_code_are_kept() -> None:
    result = lint_imports(PROJECT)
    assert (result.returncode, re.findall(r"^(.*) BROKEN", result.stdout, re.MULTILINE)) == (0, []), result.stdout


def test_every_import_contract_has_a_planted_violation() -> None:
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert sorted(contract["name"] for contract in contracts) == sorted(VIOLATIONS)


def test_import_contracts_ignore_nothing() -> None:
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert [contract["name"] for contract in contracts if "ignore_imports" in contract] == []


@pytest.mark.parametrize(
    ("contract", "name"), [(key, name) for key, plants in VIOLATIONS.items() for name, _ in plants]
)
def test_planted_import_is_caught(planted_report: str, contract: str, name: str) -> None:
    assert f"{contract} BROKEN" in planted_report
    details = planted_report.split("Broken contracts", 1)[1]
    section = re.split(rf"^{re.escape(contract)}$", details, flags=re.MULTILINE)[1]
    section = re.split(r"^-+\n\n(?=\S.*\n-+$)", section, flags=re.MULTILINE)[0]
    module = name.removeprefix("site/").removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")
    assert re.search(rf"\b{re.escape(module)}\b|\b{re.escape(module.rsplit('.', 1)[-1])}\b", section), section


@pytest.mark.parametrize("folder", ["site", "locale"])
def test_source_folder_does_not_hide_a_module_of_python(folder: str) -> None:
    assert not (PROJECT / folder / "__init__.py").exists()


def test_no_module_is_a_junk_drawer() -> None:
    allowed = {PROJECT / "site/openmuseums/settings/base.py"}
    names = [
        str(path.relative_to(PROJECT))
        for folder in SOURCES
        for path in (PROJECT / folder).rglob("*")
        if (path.is_dir() or path.suffix == ".py") and path.stem in JUNK_DRAWERS and path not in allowed
    ]
    assert names == []


def test_every_module_says_what_it_is_in_one_line() -> None:
    without = []
    for path in [PROJECT / "manage.py", *(path for folder in SOURCES for path in (PROJECT / folder).rglob("*.py"))]:
        if path.parent.name == "migrations":
            continue
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        if not docstring or not docstring.splitlines()[0].endswith("."):
            without.append(str(path.relative_to(PROJECT)))
    assert without == []


def test_environment_is_read_by_settings_and_entries_alone() -> None:
    entries = {
        "site/openmuseums/asgi.py",
        "site/openmuseums/wsgi.py",
        "site/openmuseums/demo/__main__.py",
        # DJANGO_SUPERUSER_PASSWORD, as Django's own command reads it.
        "site/openmuseums/people/management/commands/createsuperuser.py",
    }
    readers = {
        str(path.relative_to(PROJECT))
        for folder in SOURCES
        for path in (PROJECT / folder).rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text(encoding="utf-8")) and path.parent.name != "settings"
    }
    assert readers == entries


def tag_libraries() -> dict[str, str]:
    """Return the app (as a folder) that defines each library of template tags of ours."""
    return {
        path.stem: path.parents[1].relative_to(PROJECT).as_posix()
        for folder in SOURCES
        for path in (PROJECT / folder).rglob("templatetags/*.py")
        if path.stem != "__init__"
    }


# From the lowest to the highest; a template may load tags of its own rank's app and of lower ones.
RANKS = [
    {f"site/openmuseums/{app}" for app in ("clock", "limits", "uploads")},
    {"site/openmuseums/privacy"},
    {"site/openmuseums/mail"},
    {"site/openmuseums/editorial"},
    {f"site/openmuseums/{app}" for app in ("people", "competences", "delivery", "catalogues", "segments")},
    {"site/openmuseums/organisations"},
    {"site/openmuseums/learners", "site/openmuseums/search"},
    {"quizzes", "site/openmuseums/reports"},
    {"lessons"},
    {f"site/openmuseums/{app}" for app in ("home", "trainers", "translation")},
    {"site/openmuseums/discovery", "site/openmuseums"},  # the site's own templates are assembled from everything
]


def rank_of(folder: str) -> int:
    return next(rank for rank, apps in enumerate(RANKS) if folder in apps)


def misplaced_loads(template: str, folder: str, libraries: dict[str, str]) -> list[str]:
    """Return the libraries of higher apps that a template of an app loads."""
    loaded = [name for names in re.findall(r"{%\s*load\s+([^%]+?)\s*%}", template) for name in names.split()]
    return [name for name in loaded if name in libraries and rank_of(libraries[name]) > rank_of(folder)]


def test_template_loads_no_tags_of_a_higher_app() -> None:
    libraries = tag_libraries()
    found = {}
    for folder in SOURCES:
        for path in (PROJECT / folder).rglob("templates/**/*.html"):
            app = path.relative_to(PROJECT).as_posix().partition("/templates/")[0]
            misplaced = misplaced_loads(path.read_text(encoding="utf-8"), app, libraries)
            if misplaced:
                found[str(path.relative_to(PROJECT))] = misplaced
    assert found == {}


def test_template_that_loads_tags_of_a_higher_app_is_found() -> None:
    libraries = {"lesson_tags": "lessons", "facets": "site/openmuseums/competences"}
    assert misplaced_loads("{% load facets lesson_tags %}", "quizzes", libraries) == ["lesson_tags"]
    assert misplaced_loads("{% load facets lesson_tags %}", "lessons", libraries) == []
