"""Files of other programs in a quiz: nothing until all is right, and once what is taken again."""

import uuid
from typing import Any

import pytest
from wagtail.models import PageLogEntry

from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.people.models import User
from quizzes.exchanging.exporting import export_quiz
from quizzes.exchanging.importing import (
    IMPORTED,
    NotImportedError,
    Offer,
    draft_of,
    import_questions,
    plan_import,
    quiz_with_key,
    raw_questions,
)
from quizzes.exchanging.plans import Plan
from quizzes.exchanging.wording import told_fault, told_loss
from quizzes.models import QuizPage, QuizVersion
from tests.factories import NOW, FixtureCourse

GIFT = """// [id:om-1] [tag:make] [tag:swot] [tag:easy]
What is written first? {
  =The aim#Yes.
  ~The post#No.
  ####In general.
}

// [id:om-2] [tag:use] [tag:swot]
It is open on Mondays. {FALSE#It is closed.#Yes.}

// [id:om-3] [tag:manage] [tag:swot]
Which are sources? {
  ~%50%A letter
  ~%50%A photograph
  ~%-100%A guess
}
"""
BAD = """
// [id:om-4]
Half {=a

// [id:om-5] [tag:use] [tag:swot]
Two at once? {=one =two ~three}
"""


@pytest.fixture
def quiz(course: FixtureCourse) -> QuizPage:
    return course.quizzes["marketing"]


def take(quiz: QuizPage, text: str | bytes, **more: Any) -> Plan:
    data = text.encode() if isinstance(text, str) else text
    return import_questions(quiz=quiz, offer=Offer(data, **more), user=None, now=NOW)


def plan(quiz: QuizPage, text: str | bytes) -> Plan:
    return plan_import(quiz, text.encode() if isinstance(text, str) else text)


def values(quiz: QuizPage) -> list[tuple[str, Any]]:
    return [(child["type"], child["value"]) for child in raw_questions(draft_of(quiz))]


def state(quiz: QuizPage) -> tuple[Any, ...]:
    stored = QuizPage.objects.get(pk=quiz.pk)
    return stored.latest_revision_id, stored.questions.get_prep_value(), QuizVersion.objects.count()


def test_dry_run_changes_nothing(quiz: QuizPage) -> None:
    before = state(quiz)
    found = plan(quiz, GIFT)
    assert (found.added, found.changed, found.same) == (
        ["What is written first?", "It is open on Mondays.", "Which are sources?"],
        [],
        [],
    )
    assert (found.faults, found.losses, found.unfinished) == ([], [], [])
    assert state(quiz) == before


def test_file_becomes_a_draft_and_nothing_is_published(quiz: QuizPage, user: User) -> None:
    published = state(quiz)
    import_questions(quiz=quiz, offer=Offer(GIFT.encode()), user=user, now=NOW)
    stored = QuizPage.objects.get(pk=quiz.pk)
    assert stored.has_unpublished_changes
    assert (stored.questions.get_prep_value(), QuizVersion.objects.count()) == published[1:]
    assert stored.latest_revision.user == user
    log = PageLogEntry.objects.get(action=IMPORTED)
    assert (log.page_id, log.user, log.data) == (quiz.pk, user, {"added": 3, "changed": 0})
    first, second, third = values(quiz)[-3:]
    assert (first[0], first[1]["prompt"], first[1]["feedback"]) == (
        "single_choice",
        "What is written first?",
        "In general.",
    )
    assert [first[1][name] for name in ("facet", "topic", "difficulty", "points")] == ["make", "swot", "easy", 1]
    assert [item["value"] for item in first[1]["choices"]] == [
        {"text": "The aim", "right": True, "feedback": "Yes."},
        {"text": "The post", "right": False, "feedback": "No."},
    ]
    assert (second[0], second[1]["answer"], second[1]["feedback_true"], second[1]["feedback_false"]) == (
        "true_false",
        "false",
        "It is closed.",
        "Yes.",
    )
    assert (third[0], third[1]["scoring"]) == ("multiple_choice", "penalty")


def test_file_taken_again_adds_nothing(quiz: QuizPage) -> None:
    take(quiz, GIFT)
    before = state(quiz)
    found = take(quiz, GIFT)
    assert (len(found.added), len(found.changed), len(found.same)) == (0, 0, 3)
    assert state(quiz) == before


def test_changed_question_is_updated_by_its_id_and_its_choices_keep_theirs(quiz: QuizPage) -> None:
    take(quiz, GIFT)
    before = values(quiz)
    changed = GIFT.replace("~The post#No.", "~The picture#No.\n  ~The budget").replace(
        "=The aim#Yes.", "=The aim#Right."
    )
    assert take(quiz, changed).changed == ["What is written first?"]
    after = values(quiz)
    assert len(after) == len(before)
    old, new = before[3][1]["choices"], after[3][1]["choices"]
    assert [item["id"] for item in new[:2]] == [item["id"] for item in old]
    assert [item["value"]["text"] for item in new] == ["The aim", "The picture", "The budget"]
    assert new[0]["value"]["feedback"] == "Right."


@pytest.mark.parametrize("format_name", ["gift", "moodlexml", "json"])
def test_own_file_taken_again_changes_nothing(quiz: QuizPage, format_name: str) -> None:
    before = state(quiz)
    found = take(quiz, export_quiz(quiz, format=format_name).data)
    assert (found.added, found.changed, len(found.same), found.fields) == ([], [], 3, {})
    assert (found.faults, found.losses) == ([], [])
    assert state(quiz) == before


def test_what_a_file_says_nothing_of_stays(quiz: QuizPage) -> None:
    draft = draft_of(quiz)
    draft.questions[2].value["hint"] = "Look again."
    draft.questions[2].value["arrangement"] = "keep-last"
    draft.save_revision()
    data = export_quiz(quiz, format="gift").data.replace(b"What do you make?", b"What do you really make?")
    assert take(quiz, data).changed == ["What do you really make?"]
    kind, value = values(quiz)[2]
    assert (kind, value["prompt"], value["hint"]) == ("multiple_choice", "What do you really make?", "Look again.")
    assert (value["points"], value["arrangement"]) == (2, "keep-last")


def test_fault_saves_nothing_until_the_good_part_is_accepted(quiz: QuizPage) -> None:
    before = state(quiz)
    with pytest.raises(NotImportedError) as refused:
        take(quiz, GIFT + BAD)
    faults = refused.value.plan.faults
    assert [(fault.code, fault.position.line, fault.position.column) for fault in faults] == [
        ("brace-not-closed", 19, 6),
        ("refused", 22, 1),
    ]
    assert told_fault(faults[1]) == "Choices: Mark exactly one choice as right."
    assert state(quiz) == before
    found = take(quiz, GIFT + BAD, good_part=True)
    assert (len(found.added), len(found.faults)) == (3, 2)
    assert len(values(quiz)) == 6


@pytest.mark.parametrize("text", ["", "// Nothing but a comment\n", "Half {=a\n", "<quiz/>", "<quiz>", "{}"])
def test_file_without_a_good_part_is_never_taken(quiz: QuizPage, text: str) -> None:
    before = state(quiz)
    with pytest.raises(NotImportedError) as refused:
        take(quiz, text, good_part=True)
    assert len(refused.value.plan.faults) == 1
    assert state(quiz) == before


def test_question_without_a_topic_is_taken_and_told(quiz: QuizPage) -> None:
    found = take(quiz, "Is it open? {T}")
    assert (found.unfinished, found.losses) == (["Is it open?"], [])
    assert [values(quiz)[-1][1][name] for name in ("facet", "topic")] == ["", ""]
    with pytest.raises(NotFitToPublish) as refused:
        draft_of(quiz).latest_revision.publish()
    assert refused.value.messages == ["“Facet” is empty.", "“Topic” is empty."]


def test_questions_without_ids_are_known_by_their_words(quiz: QuizPage) -> None:
    text = "Is it open? {T}\n\nIs it open? {F}\n\n::One::Is it shut? {T}\n"
    assert len(take(quiz, text).added) == 3
    again = take(quiz, text.replace("Is it shut?", "Is it closed?"))
    assert (again.added, again.changed, len(again.same)) == ([], ["One"], 2)


def test_foreign_id_always_becomes_the_same(quiz: QuizPage) -> None:
    take(quiz, GIFT)
    assert raw_questions(draft_of(quiz))[-1]["id"] == str(uuid.uuid5(quiz.translation_key, "om-3"))


def test_kind_that_changes_keeps_what_both_kinds_know(quiz: QuizPage) -> None:
    take(quiz, GIFT)
    text = "// [id:om-2]\nIt is open on Mondays. {=No#Right. ~Yes}\n"
    assert take(quiz, text).changed == ["It is open on Mondays."]
    kind, value = values(quiz)[4]
    assert (kind, value["facet"], value["topic"]) == ("single_choice", "use", "swot")
    assert [item["value"]["text"] for item in value["choices"]] == ["No", "Yes"]


def test_what_a_question_cannot_hold_is_told(quiz: QuizPage) -> None:
    text = (
        "$CATEGORY: Elsewhere\n\n// [tag:use] [tag:swot] [tag:other]\n::A name::Which? {=One ~%50%Two\nlines ~Three}\n"
    )
    found = plan(quiz, text)
    assert [(loss.item, loss.what) for loss in found.losses] == [
        ("", "category"),
        ("A name", "tags"),
        ("A name", "name"),
        ("A name", "answers.text"),
        ("A name", "answers.share"),
    ]
    assert [told_loss(loss) for loss in found.losses[:2]] == ["category (Elsewhere)", "“A name”: tags"]


def test_kind_that_the_course_lacks_is_told(quiz: QuizPage) -> None:
    text = (
        '<quiz><question type="cloze"><name><text>Gaps</text></name></question>'
        '<question type="description"><name><text>Said</text></name>'
        "<questiontext><text>Words.</text></questiontext></question></quiz>"
    )
    found = plan(quiz, text)
    assert [(loss.item, loss.what, loss.detail) for loss in found.losses] == [
        ("Gaps", "type", "cloze"),
        ("Said", "kind", ""),
    ]
    assert [fault.code for fault in found.faults] == ["no-questions"]


def test_file_in_another_language_is_refused(quiz: QuizPage) -> None:
    found = plan(quiz, "// [tag:lang-nl]\nIs het open? {T}")
    assert [told_fault(fault) for fault in found.faults] == ["This question is in another language (nl) than the quiz."]


def test_too_long_choice_is_a_fault_in_words(quiz: QuizPage) -> None:
    found = plan(quiz, f"Which? {{={'x' * 301} ~b}}")
    assert [told_fault(fault) for fault in found.faults] == [
        "Choices: 1: Choice: Ensure this value has at most 300 characters (it has 301)."
    ]


def test_hostile_words_stay_words(quiz: QuizPage) -> None:
    take(quiz, "[html]<script>alert(1)</script>Which <b onclick=x>one</b>? &lt;img src=x&gt; {=<i>a</i> ~b}")
    _kind, value = values(quiz)[-1]
    assert value["prompt"] == "Which one? <img src=x>"
    assert value["choices"][0]["value"]["text"] == "a"


def test_locked_page_is_left_alone(quiz: QuizPage, user: User) -> None:
    QuizPage.objects.filter(pk=quiz.pk).update(locked=True, locked_by=user)
    with pytest.raises(NotImportedError) as refused:
        take(quiz, GIFT, good_part=True)
    assert [fault.code for fault in refused.value.plan.faults] == ["locked"]


def test_page_that_somebody_changed_since_is_left_alone(quiz: QuizPage) -> None:
    seen = quiz.latest_revision_id
    draft_of(quiz).save_revision()
    before = state(quiz)
    with pytest.raises(NotImportedError) as refused:
        take(quiz, GIFT, seen=seen)
    assert (refused.value.plan.faults, state(quiz)) == ([], before)


def test_draft_of_an_editor_is_what_a_file_is_added_to(quiz: QuizPage) -> None:
    draft = draft_of(quiz)
    draft.title = "Not published yet"
    draft.save_revision()
    take(quiz, GIFT)
    assert draft_of(quiz).title == "Not published yet"


def test_unknown_key_has_no_quiz(quiz: QuizPage) -> None:
    assert quiz_with_key("marketing") == quiz
    with pytest.raises(QuizPage.DoesNotExist):
        quiz_with_key("nothing")
