"""The dashboard: how each page stands, what is to do next, and acts on many pages at once."""

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from lessons.models import UnitPage
from openmuseums.people.models import User
from openmuseums.privacy.consents import has_consent
from openmuseums.segments.models import SourceEdition
from openmuseums.segments.states import State, state_of
from openmuseums.translation.dashboard.changes import changes_since
from openmuseums.translation.dashboard.rows import next_step, rows_of
from openmuseums.translation.digests.writing import PURPOSE
from openmuseums.translation.models import Seat, Team
from openmuseums.translation.review.submitting import submit_translation
from openmuseums.translation.rights import Rights, rights_by_language, translated_languages
from tests.factories import (
    NOW,
    FixtureCourse,
    make_administrator,
    make_editor,
    make_trainer,
    make_translation,
    signed_in,
)
from tests.translation.teams_of_tests import kept_texts, make_reviewer, make_team, make_translator, translate

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/translation/"


@pytest.fixture
def team(course: FixtureCourse) -> Team:
    return make_team(course, above=course.part)


@pytest.fixture
def unit(course: FixtureCourse) -> Any:
    return course.units["online-safety"]


def reword(page: Any, text: str) -> None:
    """Publish another lead, which is another meaning."""
    page = type(page).objects.get(pk=page.pk)
    page.lead = text
    page.save_revision().publish()


def shown(client: Client, query: str = "") -> Any:
    return client.get(f"{ADDRESS}?{query}").context


def titles(rows: Any) -> list[str]:
    return [row.state.title for row in rows]


def test_translator_sees_her_language_and_the_next_step(course: FixtureCourse, team: Team) -> None:
    context = shown(signed_in(make_translator(team)))
    assert context["language"] == "nl"
    assert {row.state.language for row in context["rows"]} == {"nl"}
    states = {row.state.title: row.state.state for row in context["rows"]}
    assert (states[course.part.title], states[course.lessons[0].title]) == (State.LIVE, State.MISSING)
    # What stands above it is live: the first page in the order of the course that is not comes next.
    assert context["next"].state.title == course.units["online-safety"].title


@pytest.mark.parametrize("make", [make_administrator, make_editor])
def test_administrators_and_editors_see_all_languages(course: FixtureCourse, team: Team, make: Any) -> None:
    context = shown(signed_in(make()))
    assert (context["language"], context["pages"][0][0].state.language) == ("", "nl")
    assert {len(cells) for cells in context["pages"]} == {len(translated_languages())}


def test_editor_is_offered_no_act(course: FixtureCourse, team: Team, unit: Any) -> None:
    translate(unit, "nl")
    response = signed_in(make_editor()).get(f"{ADDRESS}?language=nl")
    assert (response.context["ready"], response.context["next"]) == ([], None)
    assert "formaction" not in response.content.decode()


def test_who_changes_no_page_sees_nothing(course: FixtureCourse) -> None:
    assert signed_in(make_trainer()).get(ADDRESS).status_code == 403
    assert Client().get(ADDRESS).status_code == 302


def test_behind_live_page_comes_first(course: FixtureCourse, team: Team, unit: Any) -> None:
    make_translation(unit, "nl")
    reword(unit, "Something else entirely.")
    context = shown(signed_in(make_translator(team)))
    assert (context["next"].state.title, context["next"].state.state) == (unit.title, State.LIVE_BEHIND)


def test_what_was_submitted_is_next_for_reviewers_whoever_works_on_it(
    course: FixtureCourse, team: Team, unit: Any
) -> None:
    ada = make_translator(team)
    translate(unit, "nl")
    submit_translation(page_key=unit.translation_key, language="nl", person=ada)
    now = timezone.now()
    Seat.objects.create(page_key=unit.translation_key, locale=team.locale, person=ada, since=now, seen_at=now)
    found = shown(signed_in(make_reviewer(team)))["next"]
    assert (found.state.title, found.waits_for_review) == (unit.title, True)
    assert shown(signed_in(ada))["next"].state.title != unit.title


def test_what_another_works_on_is_not_the_next_step(course: FixtureCourse, team: Team, unit: Any) -> None:
    ada, bob = make_translator(team, name="Ada"), make_translator(team)
    make_translation(unit, "nl")
    reword(unit, "Something else entirely.")
    seat = {"page_key": unit.translation_key, "locale": team.locale, "since": NOW, "person": ada}
    Seat.objects.create(**seat, seen_at=dt.datetime.now(dt.UTC))
    response = signed_in(bob).get(ADDRESS)
    assert response.context["next"].state.title != unit.title
    assert "Ada" in response.content.decode()
    assert shown(signed_in(ada))["next"].state.title == unit.title
    assert titles(shown(signed_in(ada), "only=mine")["rows"]) == [unit.title]


def test_filters(course: FixtureCourse, team: Team, unit: Any) -> None:
    client = signed_in(make_translator(team))
    make_translation(unit, "nl")
    everything = shown(client)["rows"]
    assert titles(shown(client, "state=live")["rows"]) == titles(
        row for row in everything if row.state.state == State.LIVE
    )
    in_lesson = shown(client, f"lesson={course.lessons[0].title}")["rows"]
    assert {row.chapter for row in in_lesson} == {course.lessons[0].title}
    assert len(in_lesson) == 1 + 2 + 1
    assert titles(shown(client, "only=to-do")["rows"]) == titles(row for row in everything if not row.state.is_live)
    assert titles(shown(client, "state=nonsense&lesson=none")["rows"]) == titles(everything)


def test_words_are_counted(course: FixtureCourse, team: Team, unit: Any) -> None:
    lead = unit.lead
    translate(unit, "nl", without=[("lead", lead)])
    state = state_of(unit.translation_key, "nl")
    assert state is not None
    assert (state.words_done, state.edition.text_count - state.done) == (state.edition.words - len(lead.split()), 1)
    translate(unit, "nl")
    done = state_of(unit.translation_key, "nl")
    assert done is not None
    assert done.words_done == done.edition.words


def test_changes_stand_side_by_side(course: FixtureCourse, team: Team, unit: Any) -> None:
    make_translation(unit, "nl")
    reword(unit, f"{unit.lead} And more.")
    state = state_of(unit.translation_key, "nl")
    assert state is not None
    (change,) = changes_since(state)
    assert "".join(piece.words for piece in change.old) == unit.lead
    assert [(piece.words, piece.is_other) for piece in change.new] == [(unit.lead, False), (" And more.", True)]
    page = signed_in(make_translator(team)).get(f"{ADDRESS}nl/{unit.translation_key}/changes/").content.decode()
    assert "<ins> And more.</ins>" in page


def test_changes_name_what_came_and_what_went(course: FixtureCourse, team: Team, unit: Any) -> None:
    make_translation(unit, "nl")
    page = UnitPage.objects.get(pk=unit.pk)
    heading = page.body[0].value["text"]
    del page.body[0]
    page.save_revision().publish()
    state = state_of(unit.translation_key, "nl")
    assert state is not None
    assert [([piece.words for piece in each.old], each.new) for each in changes_since(state)] == [([heading], [])]


def test_file_holds_the_list(course: FixtureCourse, team: Team, unit: Any) -> None:
    translate(unit, "nl")
    response = signed_in(make_translator(team)).get(f"{ADDRESS}list.csv?state=ready")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    edition = SourceEdition.objects.newest(unit.translation_key)
    assert edition is not None
    assert rows[1:] == [
        [
            "nl",
            course.part.title,
            unit.title,
            "Ready",
            *[str(number) for number in (edition.text_count, edition.text_count, edition.words, edition.words)],
            "",
            "",
        ]
    ]


def ready_pages(course: FixtureCourse) -> list[Any]:
    return [course.units["online-safety"], course.lessons[0]]


def test_all_that_is_ready_is_published_and_what_is_refused_is_named(course: FixtureCourse, team: Team) -> None:
    unit, lesson = ready_pages(course)
    for page in (unit, lesson, course.units["digital-strategy"]):
        translate(page, "nl")
    # The second has a text that nothing but the check of markup finds.
    row = StringTranslation.objects.get(translation_of__data=lesson.message, locale=team.locale)
    row.data = "<b>Half"
    row.save()
    client = signed_in(make_reviewer(team))
    ready = [str(each.state.page_key) for each in shown(client)["ready"]]
    response = client.post(f"{ADDRESS}nl/publish/", {"page": ready})
    assert response.status_code == 422
    outcome = response.context["outcome"]
    assert outcome.published == [unit.title]
    assert [title for title, _faults in outcome.refused] == [lesson.title, course.units["digital-strategy"].title]
    assert outcome.refused[0][1][0].text == lesson.message
    live = Page.objects.filter(locale=team.locale, live=True)
    assert live.filter(translation_key=unit.translation_key).count() == 1
    assert live.filter(translation_key=lesson.translation_key).count() == 0


def test_publishing_all_again_publishes_nothing(course: FixtureCourse, team: Team, unit: Any) -> None:
    translate(unit, "nl")
    client = signed_in(make_reviewer(team))
    live = []
    for _again in range(2):
        response = client.post(f"{ADDRESS}nl/publish/", {"page": [str(unit.translation_key), "nonsense"]})
        assert response.status_code == 303
        page = Page.objects.get(translation_key=unit.translation_key, locale=team.locale, live=True)
        live.append((page.live_revision_id, page.latest_revision_id))
    assert live[0] == live[1]


def test_translator_publishes_nothing(course: FixtureCourse, team: Team, unit: Any) -> None:
    translate(unit, "nl")
    client = signed_in(make_translator(team))
    client.post(f"{ADDRESS}nl/publish/", {"page": [str(unit.translation_key)]})
    client.post(f"{ADDRESS}nl/{unit.translation_key}/publish/")
    assert not Page.objects.filter(translation_key=unit.translation_key, locale=team.locale).exists()


def test_submission_from_the_dashboard_and_its_review(course: FixtureCourse, team: Team, unit: Any) -> None:
    translate(unit, "nl")
    below = f"{ADDRESS}nl/{unit.translation_key}/"
    response = signed_in(make_translator(team)).post(f"{below}submit/", {"next": f"{ADDRESS}?language=nl"})
    assert (response.status_code, response.url) == (303, f"{ADDRESS}?language=nl")
    reviewer = signed_in(make_reviewer(team))
    assert shown(reviewer)["next"].waits_for_review
    context = reviewer.get(f"{below}review/").context
    pairs = [(pair.source, pair.translation) for pair in context["pairs"]]
    assert (unit.title, f"{unit.title} [nl]") in pairs
    assert [pair for pair in pairs if pair[1] != f"{pair[0]} [nl]"] == []
    revision = context["task"].revision_id
    translate(unit, "nl", mark=" later")
    again = reviewer.get(f"{below}review/").context["pairs"]
    assert [(pair.source, pair.translation) for pair in again] == pairs
    sent = {"revision": revision, "comment": "", "decision": "return"}
    assert reviewer.post(f"{below}review/", sent).status_code == 422
    assert reviewer.post(f"{below}review/", {**sent, "decision": "approve"}).status_code == 303
    assert Page.objects.get(translation_key=unit.translation_key, locale=team.locale).title == f"{unit.title} [nl]"
    assert reviewer.post(f"{below}review/", {**sent, "decision": "approve"}).status_code == 422


def test_translators_find_the_reviewers_comment_at_the_desk(course: FixtureCourse, team: Team, unit: Any) -> None:
    translate(unit, "nl")
    below = f"{ADDRESS}nl/{unit.translation_key}/"
    translator, reviewer = signed_in(make_translator(team)), signed_in(make_reviewer(team))
    translator.post(f"{below}submit/")
    revision = reviewer.get(f"{below}review/").context["task"].revision_id
    reviewer.post(f"{below}review/", {"revision": revision, "comment": "Say “museum”.", "decision": "return"})
    assert "Say “museum”." in translator.get(below).content.decode()
    translator.post(f"{below}submit/")
    assert "Say “museum”." not in translator.get(below).content.decode()


def test_review_marks_what_differs_from_what_is_live(course: FixtureCourse, team: Team, unit: Any) -> None:
    make_translation(unit, "nl")
    stored = kept_texts(unit, "nl")
    row = stored.rows["lead", unit.lead]
    row.data = "Heel iets anders [nl]"
    row.save()
    below = f"{ADDRESS}nl/{unit.translation_key}/"
    signed_in(make_translator(team)).post(f"{below}submit/")
    response = signed_in(make_reviewer(team)).get(f"{below}review/")
    pairs = response.context["pairs"]
    changed = [(pair.source, pair.translation, pair.before) for pair in pairs if pair.is_changed]
    assert changed == [(unit.lead, "Heel iets anders [nl]", f"{unit.lead} [nl]")]
    html = response.content.decode()
    # What both say is marked in neither.
    assert re.findall(r"<(ins|del)>(.*?)</\1>", html)[:1] == [("ins", "Heel")]
    assert "[nl]" not in "".join(words for _mark, words in re.findall(r"<(ins|del)>(.*?)</\1>", html))


def test_redirects_lead_to_paths_of_our_own(course: FixtureCourse, team: Team, unit: Any) -> None:
    translate(unit, "nl")
    address = f"{ADDRESS}nl/{unit.translation_key}/submit/"
    response = signed_in(make_translator(team)).post(address, {"next": "https://example.org/"})
    assert response.url == f"{ADDRESS}?language=nl"


def test_members_agree_to_letters_and_take_it_back(course: FixtureCourse, team: Team) -> None:
    translator, editor = make_translator(team), make_editor()
    client = signed_in(translator)
    assert shown(client)["asks_for_letters"]
    client.post(f"{ADDRESS}letters/", {"agree": "yes"})
    assert has_consent(translator, PURPOSE)
    client.post(f"{ADDRESS}letters/")
    assert not has_consent(translator, PURPOSE)
    signed_in(editor).post(f"{ADDRESS}letters/", {"agree": "yes"})
    assert (shown(signed_in(editor))["asks_for_letters"], has_consent(editor, PURPOSE)) == (False, False)
    assert str(PURPOSE) in client.get("/en/my-data/").content.decode()
    assert str(PURPOSE) not in signed_in(editor).get("/en/my-data/").content.decode()


def test_rights_follow_from_the_roots(course: FixtureCourse, team: Team) -> None:
    nothing, nl = Rights(), Rights(may_translate=True, may_publish=True)
    assert rights_by_language(make_reviewer(team))["nl"] == nl
    assert rights_by_language(make_translator(team)) == {
        language: Rights(may_translate=True) if language == "nl" else nothing for language in translated_languages()
    }
    assert set(rights_by_language(AnonymousUser()).values()) == {nothing}


def test_next_step_of_nothing_is_none(course: FixtureCourse, user: User) -> None:
    assert next_step(rows_of({}, ["nl"], person=user, now=NOW)) is None
