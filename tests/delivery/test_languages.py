"""Languages in addresses: the way in, what is not public, what links one language to another."""

import re

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from openmuseums.delivery import languages
from openmuseums.delivery.languages import (
    address,
    address_in,
    address_of,
    languages_of,
    nearest_language,
    own_name,
    public_languages,
    reader_language,
    speaking,
)
from openmuseums.people.models import User
from tests.factories import FixtureCourse, block, make_translation, with_second_factor

COOKIE = "openmuseums_language"


@pytest.fixture
def greek(course: FixtureCourse) -> FixtureCourse:
    """Return the course, of which Greek has a unit and what stands above it, and Dutch what it needs to be public."""
    make_translation(course.units["channels-and-media"], "el")
    make_translation(course.course, "nl")
    return course


def in_(language: str, address: str) -> str:
    return f"/{language}{address.removeprefix('/en')}"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", "en"),
        ("el", "el"),
        ("el-GR,el;q=0.9,en;q=0.8", "el"),
        ("EL-gr", "el"),
        ("en;q=0.3, nl;q=0.7", "nl"),
        ("fr-FR, fr;q=0.9, nl-BE;q=0.8, el;q=0.7", "nl"),
        ("it, el;q=0.5", "el"),  # Italian is not public
        ("el;q=0, nl;q=0.1", "nl"),
        ("*", "en"),
        ("fr", "en"),
        ("not a header;;", "en"),
        ("x" * 5000, "en"),
    ],
)
def test_way_in_leads_to_the_public_language_that_the_browser_would_rather_read(
    greek: FixtureCourse, client: Client, asked: str, expected: str
) -> None:
    response = client.get("/", headers={"accept-language": asked})
    assert (response.status_code, response.headers["Location"]) == (302, f"/{expected}/")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Vary"] == "Accept-Language, Cookie"
    assert response.cookies == {}


def test_way_in_prefers_the_cookie_to_the_browser(greek: FixtureCourse, client: Client) -> None:
    client.cookies[COOKIE] = "nl"
    assert client.get("/", headers={"accept-language": "el"}).headers["Location"] == "/nl/"
    for worthless in ("it", "xx", "", "../en", "nl-BE"):
        client.cookies[COOKIE] = worthless
        assert client.get("/", headers={"accept-language": "el"}).headers["Location"] == "/el/"


def test_way_in_prefers_the_record_to_the_cookie(greek: FixtureCourse, learner_client: Client, user: User) -> None:
    learner_client.cookies[COOKIE] = "nl"
    assert learner_client.get("/").headers["Location"] == "/nl/"
    User.objects.update(language="el")
    assert learner_client.get("/").headers["Location"] == "/el/"
    User.objects.update(language="it")
    assert learner_client.get("/").headers["Location"] == "/nl/"


def test_way_in_of_a_session_that_has_ended_leads_on(greek: FixtureCourse, client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "ended"
    assert client.get("/", headers={"accept-language": "el"}).headers["Location"] == "/el/"


def test_way_in_takes_no_form(greek: FixtureCourse, client: Client) -> None:
    assert client.post("/").status_code == 405


def test_nearest_language_of_a_general_one_is_a_variant() -> None:
    asked = RequestFactory().get("/", headers={"accept-language": "pt, es-MX;q=0.5"})
    assert nearest_language(asked, ("en", "es", "pt-br")) == "pt-br"
    assert nearest_language(asked, ("en", "es")) == "es"


def test_public_languages_without_anybody_who_knows_are_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "_providers", [])
    assert public_languages() == ("en",)


def test_public_languages_are_in_the_order_of_the_settings(greek: FixtureCourse) -> None:
    assert public_languages() == ("en", "nl", "el")
    assert languages_of(greek.course) == ("en", "nl", "el")
    assert languages_of(greek.units["channels-and-media"]) == ("en", "el")
    assert languages_of(greek.units["digital-strategy"]) == ("en",)


@pytest.mark.parametrize(
    ("code", "name"),
    [("en", "English"), ("nl", "Nederlands"), ("el", "Ελληνικά"), ("it", "Italiano"), ("es", "Español")],
)
def test_own_name_begins_with_a_capital(code: str, name: str) -> None:
    assert own_name(code) == name


def test_own_name_of_a_language_that_django_does_not_know_is_that_of_the_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "LANGUAGES", [("en", "English"), ("en-pseudo", "Pseudo")])
    assert own_name("en-pseudo") == "Pseudo"


def test_addresses_are_the_readers_whatever_is_spoken() -> None:
    with translation.override("el"):
        with speaking("en"):
            assert (translation.get_language(), reader_language()) == ("en", "el")
            assert address("home:my-learning") == "/el/my-learning/"
            assert address_of("/home/open-museums/marketing/") == "/el/open-museums/marketing/"
            with speaking(""):
                assert (translation.get_language(), reader_language()) == ("el", "el")
        assert (translation.get_language(), reader_language()) == ("el", "el")


def test_address_in_another_language_keeps_the_path() -> None:
    assert address_in("/en/open-museums/?a=b", "el") == "/el/open-museums/?a=b"
    assert address_in("/en/", "el") == "/el/"
    assert address_in("/en", "el") == "/el"
    assert address_in("/admin/pages/", "el") == "/admin/pages/"
    assert address_in("//en/x", "el") == "//en/x"
    assert address_in("https://example.org/en/", "el") == "https://example.org/en/"


def canonical_of(html: str) -> list[str]:
    return re.findall(r'<link rel="canonical" href="([^"]*)">', html)


def alternates_of(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', html)


def choices_of(html: str) -> list[tuple[str, str, str, bool, str]]:
    """Return the switcher's links: language, address, words, whether it is the current one, hreflang."""
    found = re.findall(r"<a ([^>]*data-language[^>]*)>(.*?)</a>", html)
    return [
        (
            re.search(r'data-language="([^"]*)"', attributes)[1],  # type: ignore[index]
            re.search(r'href="([^"]*)"', attributes)[1],  # type: ignore[index]
            re.sub(r"<[^>]*>", "", words),
            'aria-current="true"' in attributes,
            "hreflang" in attributes,
        )
        for attributes, words in found
    ]


def test_translated_page_names_its_language_and_its_translations(greek: FixtureCourse, client: Client) -> None:
    unit = greek.units["channels-and-media"]
    for language in ("en", "el"):
        html = client.get(in_(language, unit.url) + "?from=a-letter").content.decode()
        assert re.findall(r"<html lang=\"(.*?)\">", html) == [language]
        assert canonical_of(html) == [f"http://testserver{in_(language, unit.url)}"]
        assert alternates_of(html) == [
            ("en", f"http://testserver{unit.url}"),
            ("el", f"http://testserver{in_('el', unit.url)}"),
            ("x-default", f"http://testserver{unit.url}"),
        ]


def test_page_in_one_language_names_no_translations(greek: FixtureCourse, client: Client) -> None:
    html = client.get(greek.units["digital-strategy"].url).content.decode()
    assert alternates_of(html) == []
    assert canonical_of(html) == [f"http://testserver{greek.units['digital-strategy'].url}"]


def test_home_and_course_name_their_translations(greek: FixtureCourse, client: Client) -> None:
    for path in ("/", "/open-museums/"):
        html = client.get(f"/el{path}").content.decode()
        assert alternates_of(html) == [
            (code, f"http://testserver/{language}{path}")
            for code, language in [("en", "en"), ("nl", "nl"), ("el", "el"), ("x-default", "en")]
        ]


def test_switcher_leads_to_the_same_page_in_every_public_language(greek: FixtureCourse, client: Client) -> None:
    unit = greek.units["channels-and-media"].url
    html = client.get(in_("el", unit)).content.decode()
    missing = " (δεν έχει μεταφραστεί ακόμη)"
    found = choices_of(html)
    assert [(code, url, current, hreflang) for code, url, _, current, hreflang in found] == [
        ("en", unit, False, True),
        ("nl", in_("nl", unit), False, False),
        ("el", in_("el", unit), True, True),
    ]
    assert [words.partition(" (")[0] for _, _, words, _, _ in found] == ["English", "Nederlands", "Ελληνικά"]
    assert [" (" in words for _, _, words, _, _ in found] == [False, True, False], missing
    assert [re.findall(r' lang="(\w+)">(?:English|Nederlands|Ελληνικά)<', html)] == [["en", "nl"]]
    for _, url, *_ in found:
        assert client.get(url).status_code == 200


def test_switcher_of_what_is_no_page_leads_to_the_same_view(greek: FixtureCourse, learner_client: Client) -> None:
    html = learner_client.get("/el/my-learning/").content.decode()
    assert [(code, url) for code, url, *_ in choices_of(html)] == [
        (code, f"/{code}/my-learning/") for code in ("en", "nl", "el")
    ]
    assert (canonical_of(html), alternates_of(html)) == ([], [])


def test_switcher_of_the_page_to_begin_on_keeps_the_way_back_in_the_other_language(
    greek: FixtureCourse, client: Client
) -> None:
    expected = [(code, f"/{code}/begin/?next=%2F{code}%2Fopen-museums%2F") for code in ("en", "nl", "el")]
    html = client.get("/el/begin/?next=/el/open-museums/&evil=1").content.decode()
    assert [(code, url) for code, url, *_ in choices_of(html)] == expected


def test_switcher_stands_where_there_is_a_choice(course: FixtureCourse, client: Client) -> None:
    assert choices_of(client.get("/en/").content.decode()) == []


@pytest.mark.parametrize("path", ["/not-there/", "/fr/", "/fr/open-museums/", "/xx/", "/EL/", "/el-GR/"])
def test_address_without_a_known_language_is_not_found_in_the_nearest(
    greek: FixtureCourse, client: Client, path: str
) -> None:
    client.cookies[COOKIE] = "nl"  # which only the way in reads
    for asked, language in (("el-GR, en;q=0.5", "el"), ("it", "en"), ("nl", "nl")):
        response = client.get(path, headers={"accept-language": asked})
        html = response.content.decode()
        assert (response.status_code, response.headers["Content-Language"]) == (404, language)
        assert f'<html lang="{language}">' in html
        assert f'href="/{language}/"' in html
        assert response.headers["Vary"] == "Accept-Language, Cookie, Accept-Encoding"
        assert response.cookies == {}
        assert (canonical_of(html), alternates_of(html)) == ([], [])
        assert [url for _, url, *_ in choices_of(html)] == ["/en/", "/nl/", "/el/"]


def test_unknown_page_of_a_known_language_is_not_found_in_it(greek: FixtureCourse, client: Client) -> None:
    response = client.get("/el/not-there/", headers={"accept-language": "nl"})
    assert (response.status_code, response.headers["Content-Language"]) == (404, "el")
    assert '<html lang="el">' in response.content.decode()
    assert response.headers["Vary"] == "Cookie, Accept-Encoding"


@pytest.mark.parametrize(
    "path", ["/it/", "/it/open-museums/", "/it/begin/", "/it/my-learning/", "/it/open-museums/marketing/quiz/"]
)
def test_language_that_is_not_public_has_no_addresses(greek: FixtureCourse, client: Client, path: str) -> None:
    Locale.objects.create(language_code="it")
    response = client.get(path, headers={"accept-language": "it, el;q=0.5"})
    assert (response.status_code, response.headers["Content-Language"]) == (404, "el")
    make_translation(greek.home, "it")
    assert client.get(path).status_code == 404
    make_translation(greek.course, "it")
    assert client.get(path, follow=True).status_code == 200


def test_editor_previews_a_language_that_is_not_public(greek: FixtureCourse, client: Client) -> None:
    page = make_translation(greek.home, "it", publish=False)
    client.force_login(User.objects.create_superuser(username="editor"))
    with_second_factor(client)
    html = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    assert '<html lang="it">' in html


def test_links_in_text_lead_to_the_readers_language(greek: FixtureCourse, client: Client) -> None:
    english, lacking = greek.units["channels-and-media"], greek.units["digital-strategy"]
    body = [
        block(
            "rich_text",
            {
                "text": f'<p><a linktype="page" id="{english.pk}">One</a>, <a linktype="page" id="{lacking.pk}">two</a>'
                ', <a linktype="page" id="987654">none</a>.</p>',
                "topics": [],
            },
        )
    ]
    for unit in (english, lacking):
        unit.body = body
        unit.save_revision().publish()
    make_translation(english, "el")
    for unit in (english, lacking):
        for language in ("en", "el"):
            html = client.get(in_(language, unit.url)).content.decode()
            links = re.findall(r'<a(?: href="([^"]*)")?>(?:One|two|none)', html)
            assert links == [in_(language, english.url), in_(language, lacking.url), ""]
