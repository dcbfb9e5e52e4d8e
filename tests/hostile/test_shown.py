"""Hostile texts in every field, shown in the pages of each role in Chromium: nothing runs and no node comes of them."""

import datetime as dt
import itertools
import uuid

import pytest
from django.conf import LazySettings
from django.urls import reverse
from django.utils.http import urlencode
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Browsing
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Page

from lessons.models import CasePage, CasesPage, CoursePage, FacilitatorNotesPage, GlossaryPage, LessonPage
from openmuseums.delivery.versions import OUTLINE, renew
from openmuseums.home.models import HomePage, Operator, StandingPage
from openmuseums.home.operators import forget_operator
from openmuseums.organisations.models import Membership, Name, Organisation
from openmuseums.people.models import User
from openmuseums.reports.models import LONGEST_NOTE, Report
from openmuseums.reports.settling import settle
from openmuseums.translation.models import PartnerPage
from tests.browser.harness import PHONE, Record
from tests.browser.test_axe import sign_in
from tests.factories import NOW, FixtureCourse, block, force_live, make_unit, make_user
from tests.files import make_picture
from tests.hostile.filling import filled, hostile_body
from tests.hostile.payloads import PAYLOADS
from tests.hostile.showing import Show
from tests.lessons.test_local_cases import SLOT, add_place

TEXTS = list(PAYLOADS.values())


@pytest.fixture
def hostile_course(course: FixtureCourse) -> FixtureCourse:
    """Write hostile texts into the pages of the course, past everything that would refuse them."""
    turns = itertools.cycle(TEXTS)

    def text(length: int) -> str:
        return next(turns)[:length]

    unit = course.units.pop("digital-strategy")
    parent = unit.get_parent().specific
    unit.delete()
    course.units["digital-strategy"] = make_unit(
        parent,
        "digital-strategy",
        slug="hostile",
        title=PAYLOADS["script"],
        lead=" ".join(TEXTS),
        body=hostile_body(TEXTS),
    )
    for page in (HomePage.objects.get(), CoursePage.objects.get(), *LessonPage.objects.all()):
        page.title = text(255)
        page.search_description = text(255)
        for field in ("tagline", "introduction", "for_whom", "duration", "partners", "message", "opening"):
            if hasattr(page, field):
                setattr(page, field, text(255) if field in {"message", "duration"} else " ".join(TEXTS))
        for field in ("statement_use", "statement_manage", "statement_make", "statement_understand"):
            if hasattr(page, field):
                setattr(page, field, " ".join(TEXTS))
        page.save(clean=False)
    terms = GlossaryPage._meta.get_field("terms").stream_block
    entries = [block("entry", filled(terms.child_blocks["entry"], turns)) for _text in TEXTS]
    force_live(course.course, GlossaryPage(title=text(255), slug="glossary", terms=entries))
    step = FacilitatorNotesPage._meta.get_field("plan").stream_block.child_blocks["step"]
    notes = {name: " ".join(TEXTS) for name in ("introduction", "aims", "materials", "discussion", "signs")}
    steps = [block("step", filled(step, turns)) for _text in TEXTS]
    force_live(parent, FacilitatorNotesPage(title=text(255), slug="facilitator-notes", plan=steps, **notes))
    standing = StandingPage._meta.get_field("body").stream_block
    body = [block(name, filled(kind, turns)) for name, kind in standing.child_blocks.items()]
    force_live(course.home, StandingPage(title=text(255), slug="contact", body=body, funding=" ".join(TEXTS)))
    Operator.objects.create(
        organisation=text(255), address=" ".join(TEXTS), telephone=text(64), data_protection=text(255)
    )
    forget_operator()
    return course


@pytest.fixture
def hostile_country(course: FixtureCourse) -> list[Page]:
    """Make what a country writes of its own out of hostile texts: a case in a unit, its index, the partner's page."""
    add_place(course)
    home = HomePage.objects.get()
    turns = itertools.cycle(TEXTS)
    index = force_live(
        home,
        CasesPage(title=PAYLOADS["script"], slug="cases", introduction=" ".join(TEXTS), search_description=TEXTS[0]),
    )
    body = CasePage._meta.get_field("body").stream_block.child_blocks
    kinds = [(name, kind) for name, kind in body.items() if name != "image"]
    rounds = -(-len(TEXTS) // len(kinds))
    source = CasePage._meta.get_field("sources").stream_block.child_blocks["source"]
    case = force_live(
        index,
        CasePage(
            title=PAYLOADS["script"],
            slug="a-case",
            slot=SLOT,
            country="GB",
            summary=PAYLOADS["picture that fails"] + PAYLOADS["script"] + PAYLOADS["handler of an attribute"],
            place=PAYLOADS["end of a JSON script"],
            search_description=PAYLOADS["script that closes what is around it"],
            body=[block(name, filled(kind, turns)) for _round in range(rounds) for name, kind in kinds],
            sources=[block("source", filled(source, turns)) for _text in TEXTS],
        ),
    )
    helper = PartnerPage._meta.get_field("helpers").stream_block.child_blocks["helper"]
    partner = force_live(
        home,
        PartnerPage(
            title=PAYLOADS["script"],
            slug="partner",
            country="GB",
            logo=make_picture(title=PAYLOADS["picture that fails"]),
            logo_alt=PAYLOADS["handler of an attribute"],
            email='"<script>"@hostile.example',
            website=PAYLOADS["link that runs"][:60],
            about=" ".join(TEXTS),
            search_description=PAYLOADS["end of a script"],
            helpers=[block("helper", filled(helper, turns)) for _text in TEXTS],
        ),
    )
    renew(OUTLINE)
    return [index, case, partner]


@pytest.fixture
def hostile_people(course: FixtureCourse) -> User:
    """Make accounts, organisations and reports that are all hostile texts; return an administrator."""
    actor = make_user(is_superuser=True, name=PAYLOADS["script"])
    for number, text in enumerate(TEXTS):
        organisation = Organisation.objects.create(name=text[:200], country="GR", is_confirmed=True, added_at=NOW)
        Name.objects.create(organisation=organisation, name=f"{number}{text}"[:200], folded=f"{number}", country="GR")
        make_user(name=text[:200])
        if number < 3:
            Membership.objects.create(account=actor, organisation=organisation, role="other", joined_at=NOW)
    unit = course.units["channels-and-media"]
    for number, text in enumerate(TEXTS):
        report = Report.objects.create(
            form_id=uuid.uuid4(),
            page_key=unit.translation_key,
            block_id=text[:64] if number % 2 else unit.body[number % 4].id,
            language="en",
            text_language="el",
            kind="other",
            text=text,
            reported_at=NOW + dt.timedelta(minutes=number),
        )
        if number % 2:
            settle(report_ids=[report.pk], note=text[:LONGEST_NOTE], actor=actor, now=NOW + dt.timedelta(days=1))
    return actor


def test_what_editors_wrote_harms_no_reader(
    hostile_course: FixtureCourse, page: Browsing, show: Show, record: Record
) -> None:
    page.set_viewport_size(PHONE)
    hostile = hostile_course.units["digital-strategy"]
    for address in ("/en/", hostile_course.course.url, hostile_course.lessons[0].url, hostile.url):
        show(address)
    show(f"/en/report/{hostile.translation_key}/")
    show("/en/open-museums/glossary/")
    show(f"{hostile_course.lessons[0].url}facilitator-notes/")
    show("/en/contact/")
    for name in ("script that closes what is around it", "handler of an attribute", "end of a JSON script"):
        show(f"/en/search/?{urlencode({'q': PAYLOADS[name]})}", holds=PAYLOADS[name])


def test_what_a_country_wrote_harms_no_reader(
    course: FixtureCourse, hostile_country: list[Page], page: Browsing, show: Show
) -> None:
    page.set_viewport_size(PHONE)
    for each in (course.units["digital-strategy"], *hostile_country):
        show(each.url)
    show(
        f"/en/report/{course.units['digital-strategy'].translation_key}/", holds=course.units["digital-strategy"].title
    )
    show(f"/en/search/?{urlencode({'q': 'hostile'})}", holds="hostile")


def test_what_a_country_wrote_harms_no_editor(
    hostile_country: list[Page],
    settings: LazySettings,
    context: BrowserContext,
    page: Browsing,
    live_server: LiveServer,
    show: Show,
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(context, live_server, make_user(is_superuser=True))
    for each in hostile_country:
        for name in ("wagtailadmin_pages:edit", "wagtailadmin_pages:history", "wagtailadmin_pages:delete"):
            show(reverse(name, args=[each.pk]), is_admin=True)
    show("/admin/translation/", holds="", is_admin=True)


def test_what_anybody_wrote_harms_nobody_signed_in(
    hostile_course: FixtureCourse,
    hostile_people: User,
    settings: LazySettings,
    context: BrowserContext,
    page: Browsing,
    live_server: LiveServer,
    show: Show,
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(context, live_server, hostile_people)
    page.set_viewport_size(PHONE)
    hostile = hostile_course.units["digital-strategy"]
    for address in (hostile.url, "/en/account/", "/en/account/museum/"):
        show(address)
    show("/en/my-learning/", holds=LessonPage.objects.earliest("path").title)
    page.set_viewport_size({"width": 1280, "height": 900})
    pages = ("wagtailadmin_pages:edit", "wagtailadmin_pages:history", "wagtailadmin_pages:usage")
    for address in (
        "/admin/",
        "/admin/readers-reports/?state=all",
        *(reverse(name, args=[hostile.pk]) for name in pages),
    ):
        show(address, is_admin=True)
    person, organisation = hostile_people.pk, Organisation.objects.earliest("pk").pk
    for name, key in (
        ("wagtailusers_users:edit", person),
        ("people_admin:slip", person),
        ("privacy_admin:account-data", person),
        ("organisations_admin:edit", organisation),
        ("organisations_admin:merge", organisation),
    ):
        show(reverse(name, args=[key]), is_admin=True)
    for address in ("/admin/users/", "/admin/organisations/", "/admin/reports/site-history/"):
        show(address, is_admin=True)
