"""What is asked for: pages that learners and trainers open most, and what each is measured beside."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from benchmarks.asking import Answer, Browser
from benchmarks.bare import HOST, address_of, bare_application, make_bare_page
from benchmarks.seeding import FIRST_ACCOUNT, Group
from lessons.models import UnitPage
from openmuseums.learners.models import Learner
from openmuseums.learners.outline import Outline
from openmuseums.people.models import User
from openmuseums.trainers.models import Participation
from openmuseums.wsgi import application
from quizzes.attempts.taking import save_answers, start_attempt
from quizzes.models import Attempt
from tests.answers import whole
from tests.factories import signed_in

VIEW, SESSION = "reference: bare Django view", "reference: bare view with a session"
PAGE, READER = "reference: bare Wagtail page", "reference: bare Wagtail page, signed in"

_KINDS_WITH_CHOICES = {"single_choice", "multiple_choice"}


@dataclass(frozen=True)
class Workload:
    """Something that is asked for. beside: the name of its reference; prepare: what is done before and not measured."""

    name: str
    ask: Callable[[Any], Answer]
    status: int = 200
    beside: str = ""
    prepare: Callable[[], Any] = lambda: None


@dataclass(frozen=True)
class Scene:
    """Who asks, and for what. The small group is looked at among the rows of everybody else."""

    outline: Outline
    trainer: User
    small: Group
    bare_page: Page

    @property
    def unit(self) -> UnitPage:
        """Return the unit that is read."""
        return unit_of(self.outline)


def unit_of(outline: Outline) -> UnitPage:
    """Return the first unit of the first lesson that has a quiz."""
    chapter = next(each for each in outline.chapters if each.quiz)
    found: UnitPage = UnitPage.objects.get(
        translation_key=chapter.units[0].page_key, locale__language_code="en", alias_of=None
    )
    return found


def make_scene(outline: Outline, trainer: User, small: Group) -> Scene:
    """Make what else is asked for."""
    return Scene(outline, trainer, small, make_bare_page(unit_of(outline)))


def workloads(scene: Scene, turn: int) -> list[Workload]:
    """Return what is measured, references first. turn: who acts, for a record that grows is not to be met again."""
    reader, actor = User.objects.get(pk=FIRST_ACCOUNT + 2), _actor(scene, turn)
    learner, visitor = _browser(reader), Browser(application)
    trainer = Browser.signed_in(application, signed_in(scene.trainer))
    unit = urlsplit(scene.unit.url).path
    etag = visitor.get(unit).headers["ETag"]
    person = Participation.objects.get(account=reader, cohort=scene.small.cohort)
    key = scene.small.cohort.key
    quiz, submit = _quiz_of(scene.outline, actor)
    marked = scene.outline.units[-1].page_key
    acting = _browser(actor)

    def opens(browser: Browser, address: str, beside: str) -> dict[str, Any]:
        return {"ask": lambda _prepared: browser.get(address), "beside": beside}

    return [
        *_references(scene, reader),
        Workload("W1: unit page, public", **opens(visitor, unit, PAGE)),
        Workload(
            "W1: unit page, public, unchanged",
            ask=lambda _prepared: visitor.get(unit, if_none_match=etag),
            status=304,
            beside=PAGE,
        ),
        Workload("W3: unit page, signed in", **opens(learner, unit, READER)),
        Workload(
            "W4: quiz handed in",
            ask=lambda attempt: acting.post(reverse("quizzes:review", args=[attempt.pk]), {"key": str(attempt.pk)}),
            status=302,
            beside=SESSION,
            prepare=submit,
        ),
        Workload(
            "unit marked as read, in a group",
            ask=lambda _prepared: acting.post(reverse("learners:mark-read", args=[marked])),
            status=302,
            beside=SESSION,
            prepare=lambda: acting.post(reverse("learners:mark-unread", args=[marked])),
        ),
        Workload("my learning", **opens(learner, reverse("home:my-learning"), READER)),
        Workload("quiz page, signed in", **opens(learner, quiz, READER)),
        Workload("group opened: its people", **opens(trainer, reverse("trainers:people", args=[key]), READER)),
        Workload("group: where one person stands", **opens(trainer, _person(key, person), READER)),
        Workload("a trainer’s groups", **opens(trainer, reverse("trainers:cohorts"), READER)),
        Workload("own group, as a learner", **opens(learner, reverse("groups:group", args=[person.pk]), READER)),
    ]


def _references(scene: Scene, reader: User) -> list[Workload]:
    stock = bare_application("stock")
    visitor = Browser(stock, host=HOST)
    learner = Browser.signed_in(stock, _client(reader), host=HOST)
    session = Browser.signed_in(bare_application("session"), _client(reader))
    bare = Browser(bare_application("view"))
    place = address_of(scene.bare_page)
    return [
        Workload(VIEW, ask=lambda _prepared: bare.get("/view/")),
        Workload(PAGE, ask=lambda _prepared: visitor.get(f"/pages/{place}")),
        Workload(READER, ask=lambda _prepared: learner.get(f"/reader/{place}")),
        Workload(SESSION, ask=lambda _prepared: session.get("/session/")),
    ]


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _browser(user: User) -> Browser:
    return Browser.signed_in(application, _client(user))


def _actor(scene: Scene, turn: int) -> User:
    """Return somebody who has taken no step before, so that the acts of all of them cost the same."""
    people = Participation.objects.filter(cohort=scene.small.cohort, status="joined", last_step_at=None)
    return User.objects.get(pk=people.order_by("account").values_list("account", flat=True)[turn])


def _person(key: str, person: Participation) -> str:
    return reverse("trainers:person", args=[key, person.pk])


def _quiz_of(outline: Outline, actor: User) -> tuple[str, Callable[[], Attempt]]:
    """Return the address of the first quiz, and what begins an attempt at it and answers every question."""
    quiz = next(each.quiz for each in outline.chapters if each.quiz)
    learner = Learner.objects.get(account=actor)

    def begin() -> Attempt:
        now = timezone.now()
        attempt = start_attempt(learner=learner, quiz_key=quiz.page_key, now=now)
        answers = {
            each.id: whole(*sorted(each.right_ids)) for each in attempt.questions if each.kind in _KINDS_WITH_CHOICES
        }
        save_answers(attempt=attempt, responses=answers, language="en", now=now)
        return attempt

    return urlsplit(quiz.url).path, begin
