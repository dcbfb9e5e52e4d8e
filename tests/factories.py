"""Things that tests need, made small: people, learners, and a fixture course of the tests' own."""

import datetime as dt
import itertools
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group
from django.test import Client, TestCase
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import Translation

from lessons.models import CoursePage, FacilitatorNotesPage, LessonPage, Outcome, PartPage, UnitPage
from openmuseums.competences.guide import get_guide
from openmuseums.delivery.versions import OUTLINE, renew
from openmuseums.home.models import HomePage
from openmuseums.learners.models import Learner
from openmuseums.people.models import User
from openmuseums.people.rights import grant_rights
from openmuseums.people.roles import ADMINISTRATOR, COURSE_EDITOR, TRAINER, Role
from openmuseums.segments.editions import making_from_source, record_edition
from openmuseums.segments.storing import store_texts, stored_texts, submit
from quizzes.models import BankPage, QuizPage
from tests.snapshots import remembered

NOW = dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC)
PASSWORD = "a long enough password"
APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = itertools.count(1)


def make_user(**fields: Any) -> User:
    """Make an account; its password is PASSWORD."""
    fields.setdefault("email", f"person-{next(_numbers)}@example.org")
    return User.objects.create_user(**{"password": PASSWORD, **fields})


def make_editor(**fields: Any) -> User:
    """Make the account of a course editor, who writes and submits pages in the language of the source."""
    return _make_with_role(COURSE_EDITOR, fields)


def make_trainer(**fields: Any) -> User:
    """Make the account of a trainer."""
    return _make_with_role(TRAINER, fields)


def make_administrator(**fields: Any) -> User:
    """Make the account of an administrator, who is no superuser."""
    return _make_with_role(ADMINISTRATOR, fields)


def _make_with_role(role: Role, fields: dict[str, Any]) -> User:
    remembered("rights of roles", grant_rights, note=repr, recall=lambda _note: None)
    user = make_user(**fields)
    user.groups.add(Group.objects.get(name=role.group))
    return user


def with_second_factor(client: Client) -> Client:
    """Give the account that a browser is signed in with an authenticator app, whose code was given in this session."""
    user = User.objects.get(pk=client.session[SESSION_KEY])
    app, _made = Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": encrypt(APP_SECRET)}}
    )
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "type": app.type, "id": app.pk, "at": NOW.timestamp()}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def signed_in(user: User) -> Client:
    """Return a browser that somebody is signed in with, a second factor given."""
    client = Client()
    client.force_login(user)
    return with_second_factor(client)


def make_learner(user: User | None = None) -> Learner:
    """Make the learner's record of an account."""
    return Learner.objects.create(account=user or make_user(), started_at=NOW)


def make_visitor() -> Learner:
    """Make a visitor's record, as a device keeps it."""
    return Learner.objects.create(started_at=NOW, expires_at=timezone.now() + dt.timedelta(days=30))


@dataclass
class FixtureCourse:
    """The pages of the fixture course; `units` and `quizzes` by key."""

    home: HomePage
    course: CoursePage
    part: PartPage
    lessons: list[LessonPage]
    units: dict[str, UnitPage] = field(default_factory=dict)
    quizzes: dict[str, QuizPage] = field(default_factory=dict)


def block(kind: str, value: Any) -> dict[str, Any]:
    """Return a stream child with an id of its own, as stored."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def item(value: Any) -> dict[str, Any]:
    """Return a list item with an id of its own, as stored."""
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}


def choice(text: str, *, right: bool, feedback: str = "Because of what the unit says.") -> dict[str, Any]:
    """Return a choice of a question, as stored."""
    return item({"text": text, "right": right, "feedback": feedback})


def single_choice(prompt: str = "Which one?", *, facet: str = "use", topic: str = "swot") -> dict[str, Any]:
    """Return a single-choice question whose first choice is right."""
    choices = [choice("The right one", right=True), choice("A wrong one", right=False), choice("Another", right=False)]
    return block(
        "single_choice",
        {"prompt": prompt, "choices": choices, "facet": facet, "topic": topic, "points": 1, "feedback": ""},
    )


def multiple_choice(prompt: str = "Which ones?", *, facet: str = "make", topic: str = "swot") -> dict[str, Any]:
    """Return a multiple-choice question whose first and last choices are right."""
    choices = [choice("One of them", right=True), choice("Not this", right=False), choice("The other", right=True)]
    return block(
        "multiple_choice",
        {"prompt": prompt, "choices": choices, "facet": facet, "topic": topic, "points": 2, "feedback": "General."},
    )


def make_lone_lesson() -> LessonPage:
    """Make a live lesson, in a course that has nothing else: built once, then put back."""

    def build() -> LessonPage:
        course = publish(make_home(), CoursePage(title="The course", slug="open-museums", key="open-museums"))
        return make_lesson(course, "marketing")

    lesson: LessonPage = make_page("a lone lesson", build)
    return lesson


def make_unit(parent: Page, key: str, *, slug: str | None = None, **fields: Any) -> UnitPage:
    """Make a live unit with a heading, a text that teaches its first topic, an activity and a self-check."""
    guide_unit = get_guide().units[key]
    topic = guide_unit.topics[0].key
    body = fields.pop("body", None) or [
        block("heading", {"text": "Where to begin", "level": "h2"}),
        block("rich_text", {"text": f"<p>What {guide_unit.title} is about.</p>", "topics": [item(topic)]}),
        block(
            "activity",
            {
                "title": "Do it yourself",
                "for_roles": [item("volunteer")],
                "minutes": 20,
                "task": "<p>Write it down.</p>",
                "result": "A page you keep.",
                "sheet": [item({"prompt": "What do you see?", "lines": 3})],
                "topics": [],
            },
        ),
        single_choice(f"A self-check of {key}?", facet="understand", topic=topic),
    ]
    unit = UnitPage(
        title=fields.pop("title", guide_unit.title),
        slug=slug or key,
        key=key,
        lead=fields.pop("lead", f"What you get from {guide_unit.title}."),
        minutes_to_read=fields.pop("minutes_to_read", 5),
        minutes_to_do=fields.pop("minutes_to_do", 20),
        facets=fields.pop("facets", ["use", "understand"]),
        body=body,
        **fields,
    )
    unit.outcomes = [Outcome(text="Say what it is about.", sort_order=0, locale=parent.locale)]
    return publish(parent, unit) if unit.slug == key else force_live(parent, unit)


def make_continuation(unit: UnitPage, **fields: Any) -> UnitPage:
    """Make the live second page of a unit: a heading, a text that teaches the unit's second topic, a self-check."""
    topic = get_guide().units[unit.key].topics[1].key
    given = {
        "title": f"{unit.title}, part 2",
        "slug": "part-2",
        "key": unit.key,
        "lead": f"How {unit.title} goes on.",
        "minutes_to_read": 4,
        "minutes_to_do": 3,
        "facets": unit.facets,
        "body": [
            block("heading", {"text": "How it goes on", "level": "h2"}),
            block("rich_text", {"text": "<p>What comes after.</p>", "topics": [item(topic)]}),
            single_choice(f"What goes on in {unit.key}?", facet="use", topic=topic),
        ],
    }
    page: UnitPage = publish(unit, UnitPage(**given | fields))
    return page


def add_units(lesson: LessonPage, count: int) -> None:
    """Add many live units at once, past the checks: for tests that ask only how much there is."""
    body = [single_choice(), block("rich_text", {"text": "<p>A text.</p>", "topics": [item("swot")]})]
    for number in range(count):
        unit = UnitPage(
            title=f"Unit {number}",
            slug=f"unit-{number}",
            key="audiences",
            lead="A lead.",
            facets=["use"],
            body=body,
            live=False,
            locale=lesson.locale,
        )
        lesson.add_child(instance=unit)
    UnitPage.objects.child_of(lesson).update(live=True)
    renew(OUTLINE)


def make_quiz(lesson: LessonPage, **fields: Any) -> QuizPage:
    """Make the live quiz of a lesson: two single-choice questions and a multiple-choice one, four points in all."""
    questions = fields.pop("questions", None) or [
        single_choice("What do you use first?", facet="use"),
        single_choice("What do you manage?", facet="manage"),
        multiple_choice("What do you make?", facet="make"),
    ]
    quiz = QuizPage(
        title=f"Quiz: {lesson.title}", slug="quiz", key=lesson.key, pass_mark=60, questions=questions, **fields
    )
    return publish(lesson, quiz)


def make_bank(lesson: LessonPage, **fields: Any) -> BankPage:
    """Make the live bank of a lesson: two single-choice questions."""
    questions = fields.pop("questions", None) or [
        single_choice("What does the bank use?", facet="use"),
        single_choice("What does the bank understand?", facet="understand"),
    ]
    title = fields.pop("title", f"Bank: {lesson.title}")
    return publish(lesson, BankPage(title=title, slug="bank", key=lesson.key, questions=questions, **fields))


def plan_step(title: str = "Arrive", minutes: int = 60, **values: Any) -> dict[str, Any]:
    """Return a step of a plan for a group, as stored."""
    given = {
        "title": title,
        "minutes": minutes,
        "form": "pairs",
        "unit": "digital-strategy",
        "facilitator": "<p>Ask the question and keep the time.</p>",
        "group": "<p>Answer it two by two.</p>",
        "small_group": "",
        "large_group": "",
        "online": "",
    }
    return block("step", {**given, **values})


def make_notes(lesson: LessonPage, **fields: Any) -> FacilitatorNotesPage:
    """Make the live facilitator notes of a lesson: two steps, 120 minutes in all."""
    given = {
        "title": f"Two hours on {lesson.title}",
        "slug": "facilitator-notes",
        "introduction": "<p>What the two hours are for.</p>",
        "aims": "<ul><li>A draft that people take home.</li></ul>",
        "materials": "<ul><li>Paper and pens.</li></ul>",
        "plan": [plan_step("Arrive", 45), plan_step("Write the draft", 75, form="alone", unit="channels-and-media")],
        "discussion": "<p>What would you leave out?</p>",
        "signs": "<p>Everybody holds a page.</p>",
    }
    page: FacilitatorNotesPage = publish(lesson, FacilitatorNotesPage(**given | fields))
    return page


def publish(parent: Page, page: Any) -> Any:
    """Add a page below another as an editor does: a draft first, then a revision that is published."""
    page.live = False
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def force_live(parent: Page, page: Any) -> Any:
    """Add a page that the gate would refuse, as if it had been published before a rule became stricter."""
    page.live = False
    page.locale = parent.locale
    parent.add_child(instance=page)
    type(page).objects.filter(pk=page.pk).update(
        live=True,
        has_unpublished_changes=False,
        live_revision=page.save_revision(clean=False),
        first_published_at=NOW,
        last_published_at=NOW,
    )
    page.refresh_from_db()
    return page


def make_home() -> HomePage:
    """Make the home page in place of Wagtail's welcome page, and have the default site begin there."""
    for stock in Page.objects.filter(depth=2):
        stock.delete()
    root = Page.get_first_root_node()
    root.locale = Locale.get_default()
    home = publish(root, HomePage(title="Open Museums", slug="home", tagline="A course for the staff of museums."))
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True, site_name="Open Museums")
    return HomePage.objects.get(pk=home.pk)


def make_lesson(course: CoursePage, key: str) -> LessonPage:
    """Make a live lesson without units; `make_course` adds them."""
    guide_lesson = next(lesson for lesson in get_guide().lessons if lesson.key == key)
    return publish(
        course,
        LessonPage(
            title=guide_lesson.title,
            slug=key,
            key=key,
            message="The right message to the right people.",
            opening="<p>What this lesson is about.</p>",
            statement_use="What you can use.",
            statement_manage="What you can manage.",
            statement_make="What you can make.",
            statement_understand="What you understand.",
        ),
    )


def make_course() -> FixtureCourse:
    """Make the fixture course: a part with one unit, and two lessons with two units and a quiz each."""
    return remembered("course", _make_course, note=_keys_of, recall=_course_of)


def make_course_with(what: str, build: Callable[[FixtureCourse], None]) -> FixtureCourse:
    """Make the fixture course and what `build` adds to it, which `what` names: built once, then put back."""

    def make() -> FixtureCourse:
        course = make_course()
        build(course)
        return _course_of(_keys_of(course))

    return remembered(("course with", what), make, note=_keys_of, recall=_course_of)


def make_page(what: str, build: Callable[[], Any]) -> Any:
    """Make the page that `build` returns, which `what` names: built once, then put back."""
    return remembered(
        ("page", what),
        build,
        note=lambda page: (type(page), page.pk),
        recall=lambda noted: noted[0].objects.get(pk=noted[1]),
    )


def _keys_of(course: FixtureCourse) -> dict[str, Any]:
    """Return the primary keys of the pages of a fixture course."""
    return {
        "home": course.home.pk,
        "course": course.course.pk,
        "part": course.part.pk,
        "lessons": [lesson.pk for lesson in course.lessons],
        "units": {key: unit.pk for key, unit in course.units.items()},
        "quizzes": {key: quiz.pk for key, quiz in course.quizzes.items()},
    }


def _course_of(keys: dict[str, Any]) -> FixtureCourse:
    """Return the fixture course whose pages have these primary keys, read anew."""
    return FixtureCourse(
        home=HomePage.objects.get(pk=keys["home"]),
        course=CoursePage.objects.get(pk=keys["course"]),
        part=PartPage.objects.get(pk=keys["part"]),
        lessons=[LessonPage.objects.get(pk=pk) for pk in keys["lessons"]],
        units={key: UnitPage.objects.get(pk=pk) for key, pk in keys["units"].items()},
        quizzes={key: QuizPage.objects.get(pk=pk) for key, pk in keys["quizzes"].items()},
    )


def _make_course() -> FixtureCourse:
    home = make_home()
    course = publish(home, CoursePage(title="The course", slug="open-museums", key="open-museums"))
    part = publish(
        course, PartPage(title="First steps", slug="first-steps", key="first-steps", opening="<p>Before you begin.</p>")
    )
    made = FixtureCourse(home=home, course=course, part=part, lessons=[])
    made.units["online-safety"] = make_unit(part, "online-safety")
    for key in ("marketing", "e-commerce"):
        lesson = make_lesson(course, key)
        made.lessons.append(lesson)
        guide_lesson = next(found for found in get_guide().lessons if found.key == key)
        for guide_unit in guide_lesson.units[:2]:
            made.units[guide_unit.key] = make_unit(lesson, guide_unit.key)
        made.quizzes[key] = make_quiz(lesson)
    return made


def in_language(text: str, language: str) -> str:
    """Return what `make_translation` makes of a text of the source where it is given no other words."""
    return f"{text} [{language}]"


def make_translation(page: Page, language: str, texts: Mapping[str, str] | None = None, *, publish: bool = True) -> Any:
    """Translate a page of the source as translators do in the CMS, and publish it; return the page in the language.

    texts: words by the string of the source, which may hold HTML; what it lacks is `in_language`. Pages above it that
    the language lacks are translated and published before it.
    """
    return remembered(
        ("translation", page.pk, _languages(), language, *sorted((texts or {}).items()), publish),
        lambda: _make_translation(page, language, texts or {}, publish=publish),
        note=lambda made: made.pk,
        recall=lambda pk: page.specific_class.objects.get(pk=pk),
    )


def _languages() -> tuple[tuple[int, str], ...]:
    # By their keys too: what is put back refers to them, and a database need not give a language the key it had.
    return tuple(Locale.objects.order_by("pk").values_list("pk", "language_code"))


def _make_translation(page: Page, language: str, texts: Mapping[str, str], *, publish: bool) -> Any:
    locale = Locale.objects.get_or_create(language_code=language)[0]
    for above in page.get_ancestors().filter(depth__gt=1):
        if not Page.objects.filter(translation_key=above.translation_key, locale=locale).exists():
            _make_translation(above, language, {}, publish=True)
    shown = page.specific_class.objects.get(pk=page.pk)
    # Some tests put pages before the public past every guard: what translators see is kept of those as well.
    record_edition(page=shown, kind=None, now=NOW)
    source, _changed = submit(shown)
    entry = Translation.objects.get_or_create(source=source, target_locale=locale)[0]
    stored = stored_texts(source, locale)
    store_texts(
        stored, {name: texts.get(name[1]) or in_language(name[1], language) for name in stored.required}, tool=""
    )
    # Localize publishes when the transaction is committed, which that of a test never is.
    with TestCase.captureOnCommitCallbacks(execute=True), making_from_source():
        entry.save_target(publish=publish)
    return page.specific_class.objects.get(translation_key=page.translation_key, locale=locale)


def make_course_in(course: FixtureCourse, language: str, *, without: tuple[Page, ...] = ()) -> None:
    """Translate the pages of the fixture course into a language, but those named, and publish them."""
    key = ("course in", language, _languages(), tuple(sorted(page.pk for page in without)))
    remembered(key, lambda: _make_course_in(course, language, without), note=repr, recall=lambda _note: None)


def _make_course_in(course: FixtureCourse, language: str, without: tuple[Page, ...]) -> None:
    pages = [course.home, course.course, course.part, *course.lessons, *course.units.values(), *course.quizzes.values()]
    left_out = {page.pk for page in without}
    for page in pages:
        if page.pk not in left_out:
            _make_translation(page, language, {}, publish=True)
