"""The demo's accounts: one for each thing there is to try."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from openmuseums.learners.outline import get_outline
from openmuseums.learners.recording import enrol, learner_of, mark_read
from openmuseums.people import roles
from openmuseums.people.models import User
from openmuseums.people.rights import grant_rights
from openmuseums.translation.models import Team
from openmuseums.translation.rights import translated_languages
from openmuseums.translation.teams.setting_up import set_up_team

UNITS_READ = 2


@dataclass(frozen=True)
class DemoAccount:
    """An account whose password is printed for everybody to read."""

    username: str
    name: str
    role: str
    # The code of the language that it translates, or reviews translations into.
    language: str = ""

    @property
    def email(self) -> str:
        """Return an address that is nobody's."""
        return f"{self.username}@example.org"

    @property
    def password(self) -> str:
        """Return the password, which protects nothing: the demo listens to its own machine alone."""
        return f"demo-{self.username}"


ADMINISTRATOR = DemoAccount("administrator", "Demo administrator", "administers everything, at /admin/")
EDITOR = DemoAccount("editor", "Demo editor", "writes and submits pages, at /admin/")
TRAINER = DemoAccount("trainer", "Demo trainer", "trains others")
LEARNER = DemoAccount("learner", "Demo learner", "has begun the course")
TRANSLATORS = (
    DemoAccount("translator-el", "Demo translator, Greek", "translates into Greek, at /admin/", "el"),
    DemoAccount("translator-nl", "Demo translator, Dutch", "translates into Dutch, at /admin/", "nl"),
)
REVIEWERS = (
    DemoAccount("reviewer-el", "Demo reviewer, Greek", "reviews and publishes Greek, at /admin/", "el"),
    DemoAccount("reviewer-nl", "Demo reviewer, Dutch", "reviews and publishes Dutch, at /admin/", "nl"),
)
ACCOUNTS = (ADMINISTRATOR, EDITOR, *TRANSLATORS, *REVIEWERS, TRAINER, LEARNER)
# By language: the country and the name of the team.
TEAMS = {
    "el": ("GR", "Demo partner in Greece"),
    "nl": ("NL", "Demo partner in the Netherlands"),
    "es": ("ES", "Demo partner in Spain"),
    "it": ("IT", "Demo partner in Italy"),
}
ROLES = {
    ADMINISTRATOR: roles.ADMINISTRATOR,
    EDITOR: roles.COURSE_EDITOR,
    TRAINER: roles.TRAINER,
    LEARNER: roles.LEARNER,
}


def missing_accounts() -> list[DemoAccount]:
    """Return the demo's accounts that are not there, or no longer."""
    there = set(
        User.objects.filter(username__in=[account.username for account in ACCOUNTS]).values_list("username", flat=True)
    )
    return [account for account in ACCOUNTS if account.username not in there]


@transaction.atomic
def make_missing_accounts(*, now: datetime) -> None:
    """Make the accounts that are missing, each with what belongs to it; those that are there are left as they are."""
    grant_rights()
    _set_up_teams(now=now)
    for account in missing_accounts():
        user = User.objects.create_user(
            username=account.username,
            email=account.email,
            name=account.name,
            password=account.password,
            is_superuser=account == ADMINISTRATOR,
        )
        user.groups.add(_group_of(account))
        if account == LEARNER:
            _begin_course(user, now=now)


def _set_up_teams(*, now: datetime) -> None:
    """Set up the teams of the languages that the course is translated into."""
    for language in translated_languages():
        if language in TEAMS:
            country, name = TEAMS[language]
            set_up_team(language=language, country=country, name=name, now=now)


def _group_of(account: DemoAccount) -> Group:
    if not account.language:
        return Group.objects.get(name=ROLES[account].group)
    team = Team.objects.get(locale__language_code=account.language)
    return team.reviewers if account in REVIEWERS else team.translators


def _begin_course(user: User, *, now: datetime) -> None:
    outline = get_outline()
    if outline is None:
        return
    learner = learner_of(user=user, now=now)
    enrol(learner=learner, course_key=outline.course_key, now=now)
    for unit in outline.units[:UNITS_READ]:
        for page_key in unit.page_keys:
            mark_read(learner=learner, page_key=page_key, now=now)
