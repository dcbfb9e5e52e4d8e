"""The demo's group: 24 people from five countries, in all the states that a trainer meets.

All of it is the same on every machine: who they are, what they did, when it happened and when it was recorded. So a
completion list as of a time after LAST says the same everywhere. Chance is drawn from a fixed seed, by the one function
of Python's that promises the same numbers in every version.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction

from openmuseums.learners.models import Learner
from openmuseums.learners.outline import Outline, OutlineItem, get_outline
from openmuseums.learners.recording import (
    learner_of,
    mark_read,
    mark_unread,
    record_answers,
    record_quiz_finished,
)
from openmuseums.organisations.belonging import join as belong
from openmuseums.organisations.models import Organisation
from openmuseums.organisations.naming import find_or_add
from openmuseums.people.models import User
from openmuseums.trainers.attendance.marking import note
from openmuseums.trainers.cohorts.managing import About, make_cohort
from openmuseums.trainers.completing.drafting import by_template, sessions_asked, units_asked
from openmuseums.trainers.completing.ruling import change_rule
from openmuseums.trainers.joining.acts import join, leave
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import Cohort, Participation, Session
from openmuseums.trainers.sessions.arranging import Plan, arrange_for_cohort

KEY = "demo"
FIRST, LAST = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC), dt.datetime(2026, 10, 31, 20, tzinfo=dt.UTC)
RULE_CHANGES_AT = dt.datetime(2026, 10, 12, 9, tzinfo=dt.UTC)
SEED = 20260901
_KEYS = UUID("3b0b0a52-7c43-5c9e-9d4e-2f1d7c1e5a10")
_MINUTE = dt.timedelta(minutes=1)
# By country: the language that they read in, the museums, and how many come.
_COUNTRIES = (("GR", "el", 3, 5), ("IT", "it", 3, 6), ("ES", "es", 3, 6), ("NL", "nl", 2, 5), ("IE", "en", 1, 2))
_ROLES = ("board", "professional", "professional", "volunteer")
# How far somebody comes, of ten parts; in turn, so that every state is there whatever chance says.
_REACH = (10, 10, 9, 6, 10, 3, 10, 1, 10, 0, 9, 5)
_POSSIBLE = 10
# Who completes the course and then marks three units as unread, and who leaves half way.
READS_AGAIN, LEAVES, COMES_LATE = 4, 11, 7
_ZONE = "Europe/Athens"
# Month and day. The last is after clocks went back.
_SESSION_DAYS = ((9, 17), (10, 1), (10, 15), (10, 29))


@dataclass(frozen=True)
class _Person:
    """Somebody in the group: a number, where they are from, how far they come, what they share."""

    number: int
    country: str
    language: str
    museum: str
    role: str
    reach: int
    shares_name: bool
    shares_email: bool

    @property
    def key(self) -> UUID:
        """Return what stands for them in lists."""
        return uuid5(_KEYS, f"person {self.number}")


@dataclass(frozen=True)
class _Act:
    """Something that is done at a time; of several at once the earlier in `order` comes first."""

    at: dt.datetime
    order: int
    do: Callable[[dt.datetime], object]


def is_group_there() -> bool:
    """Return whether the demo's group is there."""
    return Cohort.objects.filter(key=KEY).exists()


@transaction.atomic
def make_group(*, trainer: User) -> None:
    """Make the demo's group, which a trainer answers for, with all that its people did; nothing where it is there.

    Raises LookupError without a course.
    """
    if is_group_there():
        return
    outline = get_outline()
    if outline is None:
        raise LookupError("There is no course to take part in.")
    network = find_or_add(name="Demo network of museums", country="GR", kind="network", now=FIRST, is_confirmed=True)
    belong(account=trainer, organisation=network, role="trainer", now=FIRST)
    cohort = _cohort(network, outline, trainer)
    acts = [_Act(RULE_CHANGES_AT, 0, lambda now: _change_rule(cohort, outline, trainer, now))]
    acts += _sessions(cohort, trainer)
    chance = random.Random(SEED)  # noqa: S311 - the same each time is what it is for
    for person in _people():
        acts += _acts_of(person, cohort, outline, chance)
    for act in sorted(acts, key=lambda act: (act.at, act.order)):
        act.do(act.at)


def _cohort(network: Organisation, outline: Outline, trainer: User) -> Cohort:
    about = About(
        name="Demo group",
        organisation=network,
        starts_on=FIRST.date(),
        ends_on=LAST.date(),
        time_zone="Europe/Athens",
        languages=("en", "nl", "el", "it", "es"),
    )
    asked = by_template("course", outline)
    return make_cohort(about=about, course_key=outline.course_key, asked=asked, by=trainer, now=FIRST, key=KEY)


def _change_rule(cohort: Cohort, outline: Outline, trainer: User, now: dt.datetime) -> None:
    """Ask for two units less and two sessions from now on, as a trainer may who sees how people learn."""
    _units, *quizzes = by_template("course", outline)
    fewer = units_asked(outline, max(1, len(outline.units) - 2))
    change_rule(cohort=cohort, asked=[fewer, *quizzes, sessions_asked(2)], by=trainer, now=now)


def _sessions(cohort: Cohort, trainer: User) -> list[_Act]:
    """Make four sessions, and return how attendance was noted at each, and corrected once, the day after."""
    acts = []
    for number, day in enumerate(_SESSION_DAYS):
        starts_at = dt.datetime(2026, *day, 15, tzinfo=ZoneInfo(_ZONE))
        session = arrange_for_cohort(cohort=cohort, plan=_plan(number, starts_at), by=trainer, now=FIRST)
        acts.append(_Act(session.ends_at + 30 * _MINUTE, 100, _noting(session, number, trainer)))
        if number == 1:
            acts.append(_Act(session.ends_at + _days(1), 100, _correcting(session, trainer)))
    return acts


def _plan(number: int, starts_at: dt.datetime) -> Plan:
    is_online = number % 2 == 1
    return Plan(
        title=f"Session {number + 1}",
        kind=Session.Kind.ONLINE if is_online else Session.Kind.ON_SITE,
        starts_at=starts_at,
        ends_at=starts_at + 120 * _MINUTE,
        time_zone=_ZONE,
        language="en",
        place="" if is_online else "Demo museum GR 1",
        address="https://example.org/session" if is_online else "",
        is_public=True,
    )


def _noting(session: Session, number: int, trainer: User) -> Callable[[dt.datetime], object]:
    marks = {person.key: person.reach > 2 and (person.number + number) % 4 != 0 for person in _people()}
    return lambda now: note(session=session, marks=marks, how="list", reason="", by=trainer, now=now)


def _correcting(session: Session, trainer: User) -> Callable[[dt.datetime], object]:
    late = {person.key: True for person in _people() if person.number == COMES_LATE}
    reason = "Came late and was overlooked."
    return lambda now: note(session=session, marks=late, how="list", reason=reason, by=trainer, now=now)


def _people() -> Iterator[_Person]:
    number = 0
    for country, language, museums, people in _COUNTRIES:
        for place in range(people):
            number += 1
            yield _Person(
                number=number,
                country=country,
                language=language,
                museum=f"Demo museum {country} {place % museums + 1}",
                role=_ROLES[number % len(_ROLES)],
                reach=_REACH[number % len(_REACH)],
                shares_name=number % 4 != 0,
                shares_email=number % 3 == 0,
            )


def _acts_of(person: _Person, cohort: Cohort, outline: Outline, chance: random.Random) -> list[_Act]:
    """Return all that somebody does, in order: joining, the steps of the course, and what else befalls."""
    order = person.number
    at = FIRST + _days(1 + 9 * chance.random())
    acts = [_Act(at, order, lambda now: _join(person, cohort, now))]
    steps = outline.steps[: len(outline.steps) * person.reach // 10]
    # Who comes all the way is through at the end of October; the others stop somewhere on the way.
    pause = (LAST - _days(1) - at) / (len(outline.steps) + 2)
    for step in steps:
        at += dt.timedelta(seconds=int(pause.total_seconds() * (0.5 + 0.5 * chance.random())))
        acts.append(_Act(at, order, _taking(person, step, chance)))
    if person.number == READS_AGAIN:
        acts += [_Act(LAST - _days(0.5), order, _taking_back(person, unit)) for unit in outline.units[:3]]
    if person.number == LEAVES:
        acts.append(_Act(at + _days(1), order, lambda now: leave(participation=_row(person), now=now)))
    return acts


def _join(person: _Person, cohort: Cohort, now: dt.datetime) -> None:
    account = User.objects.create_user(
        username=f"demo-learner-{person.number:02}",
        email=f"demo-learner-{person.number:02}@example.org",
        name=f"Demo learner {person.number:02}",
        language=person.language,
        date_joined=now,
    )
    museum = find_or_add(name=person.museum, country=person.country, kind="museum", now=FIRST, is_confirmed=True)
    membership = belong(account=account, organisation=museum, role=person.role, now=now)
    shared = Shared(name=person.shares_name, email=person.shares_email, membership=membership)
    join(cohort=cohort, account=account, shared=shared, now=now, key=person.key)


def _taking(person: _Person, step: OutlineItem, chance: random.Random) -> Callable[[dt.datetime], None]:
    """Return what somebody does at a step. What chance says is drawn now, for the acts of all are done in turn."""
    right = {question.id: chance.random() < 0.8 for question in step.questions}
    points = 5 + int(6 * chance.random())

    def take(now: dt.datetime) -> None:
        learner = _learner(person)
        if step in _quizzes():
            _finish(learner, step, points, now)
            # Whoever does not pass tries again, and passes.
            if points < 7:
                _finish(learner, step, 8, now + 30 * _MINUTE)
            return
        if right:
            record_answers(learner=learner, page_key=step.page_key, answers=right, now=now)
        for page_key in step.page_keys:
            mark_read(learner=learner, page_key=page_key, now=now)

    return take


def _quizzes() -> tuple[OutlineItem, ...]:
    outline = get_outline()
    return tuple(chapter.quiz for chapter in outline.chapters if chapter.quiz) if outline else ()


def _finish(learner: Learner, quiz: OutlineItem, points: int, now: dt.datetime) -> None:
    record_quiz_finished(
        learner=learner,
        page_key=quiz.page_key,
        points=points,
        points_possible=_POSSIBLE,
        passed=points >= 7,
        now=now,
    )


def _taking_back(person: _Person, unit: OutlineItem) -> Callable[[dt.datetime], None]:
    return lambda now: mark_unread(learner=_learner(person), page_key=unit.page_key, now=now)


def _row(person: _Person) -> Participation:
    return Participation.objects.get(pk=person.key)


def _learner(person: _Person) -> Learner:
    account = User.objects.get(username=f"demo-learner-{person.number:02}")
    return learner_of(user=account, now=FIRST)


def _days(count: float) -> dt.timedelta:
    """Return so many days, to the second: databases round what is smaller."""
    return dt.timedelta(seconds=int(count * 86400))
