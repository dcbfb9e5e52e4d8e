"""Content checks of quizzes and banks, and of the questions that stand in units as self-checks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from openmuseums.competences.facets import Facet
from openmuseums.competences.guide import get_guide
from openmuseums.editorial.checks import Finding, Place
from openmuseums.editorial.fields import check_attribution
from openmuseums.formats.lists import in_words
from quizzes.blocks.carrying import missing_codes
from quizzes.blocks.question import Level
from quizzes.blocks.registry import block_of
from quizzes.models import BankPage, QuestionsPage, QuizPage
from quizzes.questions.multiple_choice import PENALTY
from quizzes.questions.registry import KINDS
from quizzes.running.arranging import AS_WRITTEN
from quizzes.running.rules import AFTER_CLOSING

# From so many questions on, what they have in common is a habit and no chance.
ENOUGH = 5
# Whoever has less time for a question than this can hardly read it.
SECONDS_A_QUESTION = 30


@dataclass(frozen=True)
class Asked:
    """A question as it stands in a draft, in the page's stream or under a scenario of it."""

    kind: str
    value: Any
    id: str

    @property
    def is_graded(self) -> bool:
        """Return whether answers to it are worth points."""
        return KINDS[self.kind].IS_GRADED

    @property
    def takes_answer(self) -> bool:
        """Return whether it can be answered: a scenario is only read."""
        return KINDS[self.kind].TAKES_ANSWER


def check_quiz(page: QuizPage) -> Iterator[Finding]:
    """Yield what is wrong with a quiz, and with each of its questions."""
    own = asked_on(page)
    bank = next(iter(BankPage.beside(page).filter(live=True)), None) if page.draws_from_bank else None
    drawn = asked_on(bank) if bank else []
    yield from _check_bank_drawn_from(page, bank)
    yield from _check_questions(page, own, is_empty=not own and not drawn)
    yield from _check_ids(own, drawn)
    asked = [question for question in (*own, *drawn) if question.takes_answer]
    if not asked:
        return
    yield from _check_facets(asked)
    yield from _check_draws(page, asked)
    yield from _check_each_facet(page, asked)
    yield from _check_time(page, asked)
    yield from _check_dates(page)
    for check in _HABITS:
        yield from check([question for question in asked if question.is_graded], page)


def check_bank(page: BankPage) -> Iterator[Finding]:
    """Yield what is wrong with a bank, and with each of its questions."""
    own = asked_on(page)
    yield from _check_questions(page, own, is_empty=not own)
    others = QuizPage.beside(page).filter(live=True, draws_from_bank=True)
    yield from _check_ids(own, [question for quiz in others for question in asked_on(quiz)])


def check_question(kind: str, value: Any, field: str, block_id: str) -> Iterator[Finding]:
    """Yield what is wrong with a question, wherever it stands, and with its picture.

    kind: the name of its block. value: the block's value. field and block_id: where the finding points to.
    """
    place = Place(field, block_id)
    # The form asks for them, but a file that questions come from knows nothing of facets and topics.
    for label in missing_codes(block_of(kind), value):
        yield place.error("required", _("“%(field)s” is empty.") % {"field": label})
    for fault in block_of(kind).faults_in(value):
        find = place.remark if fault.level is Level.REMARK else place.error
        yield find(fault.code, fault.message)
    if value.get("image") is not None:
        yield from check_attribution(value["image"], place)
    elif (chooser := block_of(kind).child_blocks.get("image")) is not None and chooser.required:
        yield place.error("no-picture", _("A picture is missing. Choose one, or take the question out."))


def asked_on(page: QuestionsPage) -> list[Asked]:
    """Return the questions of a page in their order, those under a scenario after it."""
    return list(_asked_in(page.questions))


def _asked_in(stream: StreamValue) -> Iterator[Asked]:
    for child in stream:
        yield Asked(child.block_type, child.value, child.id or "")
        below = child.value.get("questions")
        if isinstance(below, StreamValue):
            yield from _asked_in(below)


def _check_questions(page: QuestionsPage, own: list[Asked], *, is_empty: bool) -> Iterator[Finding]:
    place = Place("questions")
    if is_empty:
        yield place.error(
            "quiz-without-question",
            _("This bank is empty. Add a question.")
            if isinstance(page, BankPage)
            else _("This quiz asks nothing. Add a question."),
        )
    for question in own:
        found = list(check_question(question.kind, question.value, "questions", question.id))
        yield from found
        if question.is_graded and not _explains(question) and not any("feedback" in each.code for each in found):
            yield Place("questions", question.id).remark(
                "no-feedback", _("Whoever answers this wrongly is told nothing. Write feedback.")
            )


def _explains(question: Asked) -> bool:
    """Return whether a question has any feedback, for an answer to it or whatever was answered."""
    return _has_feedback(block_of(question.kind).texts_of(question.value))


def _has_feedback(texts: Mapping[str, Any]) -> bool:
    return any(
        _has_feedback(text) if isinstance(text, Mapping) else name.startswith("feedback") and bool(text.strip())
        for name, text in texts.items()
    )


def _check_ids(own: list[Asked], drawn: list[Asked]) -> Iterator[Finding]:
    """A question is known by its id, so none stands on a page twice, or in a quiz and in the bank it draws from."""
    there = {question.id for question in drawn if question.id}
    seen: set[str] = set()
    for question in own:
        place = Place("questions", question.id)
        if question.id in there:
            yield place.error(
                "question-in-quiz-and-bank",
                _("This question stands in the quiz and in its bank. Take it out of one of them."),
            )
        if question.id and question.id in seen:
            yield place.error("question-twice", _("This question stands here twice. Take one of them out."))
        seen.add(question.id)


def _check_bank_drawn_from(page: QuizPage, bank: BankPage | None) -> Iterator[Finding]:
    if page.draws_from_bank and (bank is None or not len(bank.questions)):
        yield Place("draws_from_bank").remark(
            "bank-without-question",
            _("The lesson has no published bank with questions, so nothing is drawn from it."),
        )


def _check_facets(asked: list[Asked]) -> Iterator[Finding]:
    tested = {question.value.get("facet") for question in asked}
    missing = [str(facet.label) for facet in Facet if facet not in tested]
    if missing:
        yield Place("questions").remark(
            "facets-missing",
            _("No question tests: %(facets)s. A learner’s result cannot say anything about that.")
            % {"facets": in_words(missing)},
        )


def _check_draws(page: QuizPage, asked: list[Asked]) -> Iterator[Finding]:
    """A draw has something to choose from, in each topic of the lesson."""
    if page.draws is None:
        return
    if page.draws > len(asked):
        yield Place("draws").remark(
            "draws-more-than-there-is",
            _("It draws %(draws)s questions, but there are %(count)s.") % {"draws": page.draws, "count": len(asked)},
        )
    topics = [topic for unit in _units_of(page.key) for topic in unit.topics]
    tested = {question.value.get("topic") for question in asked}
    missing = [topic.label for topic in topics if topic.key not in tested]
    if missing and len(missing) < len(topics):
        yield Place("questions").remark(
            "topics-missing",
            _("The draw is spread over topics, but no question is about: %(topics)s.") % {"topics": in_words(missing)},
        )


def _check_each_facet(page: QuizPage, asked: list[Asked]) -> Iterator[Finding]:
    """What a draw is to hold of each facet is there, and has room."""
    wanted = page.draws_each_facet
    if wanted is None:
        return
    place = Place("draws_each_facet")
    if page.draws is None:
        yield place.remark(
            "facets-without-draw", _("This holds where questions are drawn. Say how many, or leave it empty.")
        )
        return
    counts = Counter(question.value.get("facet") for question in asked)
    short = [str(facet.label) for facet in Facet if counts[facet.value] < wanted]
    if short:
        yield place.remark(
            "facets-short",
            _("It wants %(count)s questions of each facet, but there are fewer of: %(facets)s.")
            % {"count": wanted, "facets": in_words(short)},
        )
    needed = sum(min(counts[facet.value], wanted) for facet in Facet)
    if page.draws < needed:
        yield place.error(
            "draws-too-small-for-facets",
            _("It draws %(draws)s questions, but %(needed)s are needed to have so many of each facet.")
            % {"draws": page.draws, "needed": needed},
        )


def _check_time(page: QuizPage, asked: list[Asked]) -> Iterator[Finding]:
    count = min(page.draws or len(asked), len(asked))
    if page.minutes_allowed and page.minutes_allowed * 60 < count * SECONDS_A_QUESTION:
        yield Place("minutes_allowed").remark(
            "too-little-time",
            _("That leaves %(seconds)s seconds a question. Many people read more slowly.")
            % {"seconds": page.minutes_allowed * 60 // count},
        )


def _check_dates(page: QuizPage) -> Iterator[Finding]:
    if page.opens_at and page.closes_at and page.closes_at <= page.opens_at:
        yield Place("closes_at").error("closes-before-opening", _("The quiz closes before it opens."))
    if page.feedback == AFTER_CLOSING and not page.closes_at:
        yield Place("closes_at").error(
            "never-closes", _("Answers are explained after closing, but the quiz never closes. Say when.")
        )
    if page.feedback == AFTER_CLOSING and page.allows_practice:
        yield Place("allows_practice").remark(
            "practice-explains-early", _("Whoever practises sees the right answers before the quiz closes.")
        )


def _check_kinds(asked: list[Asked], page: QuizPage) -> Iterator[Finding]:
    kinds = {question.kind for question in asked}
    if len(asked) >= ENOUGH and len(kinds) == 1:
        yield Place("questions").remark(
            "one-kind-only", _("All questions are of one kind. Another kind may ask for more than recognition.")
        )


def _check_places(asked: list[Asked], page: QuizPage) -> Iterator[Finding]:
    """The right choice does not always stand first, where it is shown as it is written."""
    shown = [
        question
        for question in _with_one_right_choice(asked)
        if not page.shuffles_choices or question.value.get("arrangement") == AS_WRITTEN
    ]
    if len(shown) >= ENOUGH and all(_choices(question)[0]["right"] for question in shown):
        yield Place("questions").remark(
            "right-choice-first",
            _("The right choice is always the first. Shuffle the choices, or change their order."),
        )


def _check_lengths(asked: list[Asked], page: QuizPage) -> Iterator[Finding]:
    """The right choice is not told by its length."""
    found = _with_one_right_choice(asked)
    if len(found) >= ENOUGH and all(_is_right_longest(_choices(question)) for question in found):
        yield Place("questions").remark(
            "right-choice-longest", _("The right choice is always the longest. Make it shorter, or others longer.")
        )


def _check_penalties(asked: list[Asked], page: QuizPage) -> Iterator[Finding]:
    """Whether wrong choices cost points is the same throughout: nobody is told it question by question."""
    by_kind: dict[str, set[bool]] = defaultdict(set)
    for question in asked:
        if "scoring" in question.value:
            by_kind[question.kind].add(question.value["scoring"] == PENALTY)
    if any(len(found) == 2 for found in by_kind.values()):
        yield Place("questions").remark(
            "some-penalties",
            _("Wrong choices take points off in some questions and not in others. Learners cannot tell which."),
        )


_HABITS: tuple[Callable[[list[Asked], QuizPage], Iterator[Finding]], ...] = (
    _check_kinds,
    _check_places,
    _check_lengths,
    _check_penalties,
)


def _with_one_right_choice(asked: list[Asked]) -> list[Asked]:
    return [question for question in asked if sum(bool(choice["right"]) for choice in _choices(question)) == 1]


def _choices(question: Asked) -> list[Any]:
    choices = question.value.get("choices") or ()
    return [choice for choice in choices if hasattr(choice, "get") and "right" in choice and "text" in choice]


def _is_right_longest(choices: list[Any]) -> bool:
    right = max(len(choice["text"] or "") for choice in choices if choice["right"])
    return all(len(choice["text"] or "") < right for choice in choices if not choice["right"])


def _units_of(key: str) -> Iterable[Any]:
    return next((lesson.units for lesson in get_guide().lessons if lesson.key == key), ())
