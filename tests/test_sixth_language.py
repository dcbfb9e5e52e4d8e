"""A sixth language takes settings, a catalogue and a PO file, as docs/new-language.md says; nothing stays English."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from lessons.models import CoursePage, LessonPage, PartPage, UnitPage
from lessons.pack.stamping import stamp_course
from openmuseums.catalogues.compiling import compile_catalogue
from openmuseums.home.models import HomePage
from openmuseums.segments.catalogues import read_catalogue
from openmuseums.translation.rights import languages_of_translator
from openmuseums.translation.teams.setting_up import set_up_team
from quizzes.models import QuizPage
from tests.factories import NOW, FixtureCourse, make_user
from tests.packs import load, po_file
from tests.pseudo import CLOSING, OPENING, pseudo, write_pseudo_catalogue
from tests.reading import read_texts

PROJECT = Path(__file__).parents[1]
NEW = "eo"
# Names (also of who made a picture), what stands in the original everywhere, and Django’s dates.
NAMES = re.compile(
    r"Open Museums|Esperanto|Anna|CC BY(-SA)? 4\.0|CC0 1\.0|BSD 3-Clause|The museum|example\.org|\d+-a de \w+"
)
_FOREIGN = re.compile(r"<(\w+)\b[^>]*\slang=\"(?!eo\")[^\"]*\"[^>]*>.*?</\1>", re.DOTALL)
_LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture
def _new_language(settings: LazySettings, tmp_path: Path) -> None:
    """Add a language by what the page of documentation names."""
    write_pseudo_catalogue(
        PROJECT / "locale/en/LC_MESSAGES/django.po", tmp_path / f"locale/{NEW}/LC_MESSAGES/django.po", NEW
    )
    compile_catalogue(tmp_path / f"locale/{NEW}/LC_MESSAGES/django.po")
    settings.LOCALE_PATHS = [tmp_path / "locale", *settings.LOCALE_PATHS]
    settings.LANGUAGES = [*settings.LANGUAGES, (NEW, "Esperanto")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    settings.MEDIA_ROOT = tmp_path / "uploads"
    translation.trans_real.reset_cache(setting="LANGUAGES")
    translation.trans_real._translations.clear()


@pytest.fixture
def _course(db: None, _new_language: None, tmp_path: Path) -> None:
    """Load a course that is written in the new language too."""
    pack = tmp_path / "pack"
    shutil.copytree(PROJECT / "tests/lessons/pack/small", pack)
    stamp_course(pack, new_languages=[NEW])
    path = po_file(pack, NEW)
    catalogue = read_catalogue(path)
    for message in catalogue.messages:
        if not message.source.startswith(("http", "mailto:")):
            message.translation = pseudo(message.source)
    path.write_text(catalogue.text(), encoding="utf-8", newline="\n")
    report = load(pack)
    assert [(found.title, found.missing) for found in report.incomplete] == []


def untranslated(html: str) -> list[str]:
    """Return the texts of a page that are in no other letters than English ones."""
    bare = _FOREIGN.sub("", html)
    return [text for text in read_texts(bare) if _LATIN.search(NAMES.sub("", text))]


def check(client: Client, address: str, *, status: int = 200) -> None:
    """Hold that a page is in the new language and has nothing in English."""
    response = client.get(address)
    assert response.status_code == status, address
    html = response.content.decode()
    assert f'<html lang="{NEW}"' in html
    assert html.count(OPENING) == html.count(CLOSING)
    assert (address, untranslated(html)) == (address, [])


def pages() -> list[Page]:
    """Return the pages of the new language."""
    return [
        page
        for model in (HomePage, CoursePage, PartPage, LessonPage, UnitPage, QuizPage)
        for page in model.objects.filter(locale__language_code=NEW)
    ]


@pytest.mark.usefixtures("_course")
def test_nothing_is_left_in_english_in_a_new_language(client: Client) -> None:
    found = pages()
    assert {type(page) for page in found} == {HomePage, CoursePage, PartPage, LessonPage, UnitPage, QuizPage}
    with translation.override(NEW):
        others = [reverse("learners:begin"), reverse("search:search"), f"{reverse('search:search')}?q=9"]
    for address in (*(page.url for page in found), *others):
        check(client, address)
    check(client, f"/{NEW}/no-such-page/", status=404)

    client.force_login(make_user(name="Anna", email="", username="anna"))
    for page in found:
        check(client, page.url)
    with translation.override(NEW):
        quiz = next(page for page in found if isinstance(page, QuizPage))
        check(client, reverse("home:my-learning"))
        started = client.post(reverse("quizzes:start", args=[quiz.translation_key]))
        check(client, started["Location"])
        attempt = [started["Location"].split("/")[3]]
        check(client, reverse("quizzes:review", args=attempt))
        client.post(reverse("quizzes:review", args=attempt))
        check(client, reverse("quizzes:result", args=attempt))
        check(client, reverse("home:my-learning"))


@pytest.mark.usefixtures("_new_language")
def test_team_of_a_new_language_begins_without_a_page(course: FixtureCourse) -> None:
    team = set_up_team(language=NEW, country="PL", name="La muzeo", now=NOW)
    assert (team.translators.name, team.reviewers.name) == ("Translators: Esperanto", "Reviewers: Esperanto")
    translator = make_user(name="Anna")
    translator.groups.add(team.translators)
    assert languages_of_translator(translator) == (NEW,)
    home = HomePage.objects.get(locale__language_code=NEW)
    assert (home.live, home.translation_key) == (False, course.home.translation_key)


def test_pseudo_texts_keep_what_translators_keep() -> None:
    assert pseudo("%(count)s <b>units</b>&nbsp;") == f"{OPENING}%(count)s <b>ûñîţš</b>&nbsp;{11 * '·'}{CLOSING}"
    assert untranslated(f"<p>{pseudo('Lessons')}</p><p lang='en'>Lessons</p><p>Lessons</p>") == ["Lessons", "Lessons"]
