"""A translator's afternoon in the Greek admin, a reviewer's approval, and somebody who tries another language."""

import re
from pathlib import Path

import polib
import pytest
from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, BrowserContext, Page, expect
from wagtail.models import Page as WagtailPage
from wagtail.users.models import UserProfile

from openmuseums.people.models import User
from openmuseums.segments.states import State, state_of
from openmuseums.translation.models import Team
from tests.browser.harness import Record, recorded
from tests.factories import FixtureCourse, signed_in
from tests.packs import rows_of_everything
from tests.translation.teams_of_tests import make_reviewer, make_team, make_translator

# Words of Latin letters that Greek pages have as well: names, abbreviations, keys.
NAMES = "po|Open|Museums|Wagtail|PO|XLIFF|ZIP|CSV|Partner|Ctrl|Enter|lead|title|demo"
UNPROCESSABLE = "Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"
LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "αβκδεφγηιξκλμνοπκρστυβωχψζ", strict=True))
LEAD = "Πρώτα η στρατηγική."
# The words that stand on the screen in the language of the page, one by one.
ENGLISH = """names => {
    const known = new RegExp(`^(${names})$`), found = new Set();
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const place = walker.currentNode.parentElement;
        // Wagtail's heading, which holds the title of the page that is translated, cannot say in which language it is.
        if (place.closest("script, style, code, template, header, [lang]").lang !== "el") continue;
        if (!place.checkVisibility()) continue;
        for (const word of walker.currentNode.textContent.match(/[A-Za-z]{2,}/g) || []) {
            if (!known.test(word)) found.add(word);
        }
    }
    return [...found];
}"""


@pytest.fixture
def team(course: FixtureCourse) -> Team:
    """Return the team of Greek, whose course page and first lesson are live."""
    return make_team(course, "el", above=course.lessons[0])


@pytest.fixture
def translator(team: Team) -> User:
    """Return a translator into Greek whose admin is in Greek."""
    return in_greek(make_translator(team, username="metaphrasi", name="Μεταφράστρια", email="metaphrasi@example.org"))


@pytest.fixture
def reviewer(team: Team) -> User:
    """Return a reviewer of Greek whose admin is in Greek."""
    return in_greek(make_reviewer(team, username="elegchos", name="Ελέγκτρια", email="elegchos@example.org"))


def in_greek(person: User) -> User:
    UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": "el"})
    return person


def greek(text: str) -> str:
    """Return a text of the interface in Greek, which must not be the English one."""
    with override("el"):
        found = gettext(text)
    assert found != text
    return found


def sign_in(context: BrowserContext, base_url: str, person: User) -> None:
    """Give a browser the session of somebody who has given a second factor."""
    cookies = signed_in(person).cookies.items()
    context.add_cookies([{"name": name, "value": cookie.value, "url": base_url} for name, cookie in cookies])


def assert_greek(page: Page) -> None:
    """Find no English word in what the page says in its own language."""
    expect(page.locator("main")).to_be_visible()
    assert page.evaluate(ENGLISH, NAMES) == []


def in_greek_letters(text: str) -> str:
    """Return a text with its words in Greek letters, its tags as they are."""
    return re.sub(r"(<[^>]*>)|[A-Za-z]", lambda found: found[1] or LETTERS[found[0].lower()], text)


def translate_at_home(file: Path, key: str) -> None:
    """Translate everything of a page in a file, but leave a tag open in its lead."""
    catalogue = polib.pofile(str(file))
    for entry in catalogue:
        if entry.msgctxt.startswith(key) and "://" not in entry.msgid:
            is_lead = entry.msgctxt.endswith(":lead")
            entry.msgstr = "<b>Πρώτα η στρατηγική" if is_lead else in_greek_letters(entry.msgid)
    catalogue.save(str(file))


def take_along_and_bring_back(page: Page, file: Path, key: str) -> None:
    """Download a language, translate a page in it, and upload it again, the part that is right."""
    page.goto(f"{reverse('translation_admin:dashboard')}?language=el")
    assert_greek(page)
    page.get_by_role("link", name=greek("Upload translations")).click()
    assert_greek(page)
    with page.expect_download() as begun:
        page.get_by_role("button", name=greek("Download"), exact=True).click()
    begun.value.save_as(file)
    translate_at_home(file, key)
    page.locator("input[type=file]").set_input_files(str(file))
    page.get_by_role("button", name=greek("Show what it would do")).click()
    expect(page.get_by_role("heading", name=greek("To mend"))).to_be_visible()
    assert_greek(page)
    page.get_by_role("button", name=greek("Accept the good part")).click()
    assert_greek(page)


def mend_and_submit(page: Page, key: str) -> None:
    """Be told which text is missing, write it at the desk, and submit the page."""
    page.goto(reverse("translation_admin:desk", args=["el", key]))
    assert_greek(page)
    page.get_by_role("button", name=greek("Submit for review")).click()
    assert_greek(page)
    page.locator(".om-faults a").first.click()
    field = page.locator(f"li[id='{page.url.partition('#')[2]}'] textarea")
    field.fill(LEAD)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        field.press("Control+Enter")
    page.reload()
    expect(field).to_have_value(LEAD)
    page.get_by_role("button", name=greek("Submit for review")).click()
    assert_greek(page)


def read_and_approve(desk: Page) -> None:
    """Read source and translation side by side, and publish what was submitted."""
    desk.goto(f"{reverse('translation_admin:dashboard')}?language=el")
    assert_greek(desk)
    desk.get_by_role("link", name=greek("Review it")).click()
    assert_greek(desk)
    expect(desk.get_by_text(LEAD, exact=True)).to_be_visible()
    desk.get_by_role("button", name=greek("Approve and publish")).click()
    assert_greek(desk)


def how_it_stands(page: WagtailPage) -> tuple[State, int]:
    """Return how a page stands in Greek, and how many of its texts are not translated."""
    standing = state_of(page.translation_key, "el")
    assert standing is not None
    return standing.state, standing.edition.text_count - standing.done


def test_translator_takes_a_unit_along_mends_an_error_and_submits_it_and_a_reviewer_approves_it(
    course: FixtureCourse,
    translator: User,
    reviewer: User,
    page: Page,
    browser: Browser,
    base_url: str,
    record: Record,
    tmp_path: Path,
) -> None:
    unit = course.units["digital-strategy"]
    key = str(unit.translation_key)
    # The answer to a submission that is refused.
    record.expected_errors.add(UNPROCESSABLE)
    sign_in(page.context, base_url, translator)
    take_along_and_bring_back(page, tmp_path / "ελληνικά.po", key)
    assert how_it_stands(unit) == (State.INCOMPLETE, 1)
    mend_and_submit(page, key)
    assert how_it_stands(unit) == (State.IN_REVIEW, 0)

    context = recorded(browser.new_context(base_url=base_url, viewport={"width": 1280, "height": 900}), record)
    sign_in(context, base_url, reviewer)
    read_and_approve(context.new_page())
    context.close()
    assert how_it_stands(unit) == (State.LIVE, 0)
    page.goto(unit.url.replace("/en/", "/el/"))
    expect(page.locator("p.lead")).to_have_text(LEAD)


def test_intruder_of_another_language_changes_nothing_in_twenty_five_attempts(
    course: FixtureCourse, team: Team, page: Page, base_url: str
) -> None:
    unit = course.units["digital-strategy"]
    other = make_team(course, "nl", above=unit)
    there = unit.get_translation(other.locale)
    there.save_revision()
    sign_in(page.context, base_url, make_reviewer(team))
    page.goto(reverse("wagtailadmin_home"))
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    key, pages = [str(unit.translation_key)], "wagtailadmin_pages:"
    home = there.get_parent().pk
    ours = ["desk", "desk-draft", "desk-machine", "desk-pictures", "share", "submit", "publish", "review"]
    attempts = [
        *(reverse(f"translation_admin:{name}", args=["nl", *key]) for name in ours),
        *(reverse(f"translation_admin:{name}", args=["nl"]) for name in ("upload", "upload-accept", "publish-ready")),
        *(
            reverse(f"{pages}{name}", args=[there.pk])
            for name in (
                "edit",
                "delete",
                "unpublish",
                "copy",
                "move",
                "convert_alias",
                "set_privacy",
                "lock",
                "unlock",
            )
        ),
        reverse(f"{pages}add", args=["lessons", "unitpage", home]),
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={there.pk}",
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={there.pk}",
        reverse("translation_admin:set-up-team"),
        reverse("wagtailadmin_pages:revisions_unschedule", args=[there.pk, there.latest_revision_id]),
    ]
    assert len(attempts) == 25
    before = rows_of_everything()
    answers = [
        page.request.post(
            address,
            form={"csrfmiddlewaretoken": token, "title": "Mine", "action-publish": "1", "save": "all", "comment": "x"},
            headers={"referer": base_url},
            max_redirects=0,
        ).status
        for address in attempts
    ]
    assert [answer for answer in answers if answer not in {302, 403, 404, 405}] == []
    assert rows_of_everything() == before
