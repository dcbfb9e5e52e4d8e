"""Who may ask for which address: one table for the whole site, and the middleware that holds to it.

An address that stands in no row is answered as if it were not there, and a test fails until it has one. A row is the
first lock, not the only one: views and Wagtail ask again for what they know better, as whose an attempt is.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch

from openmuseums.learners.views import to_begin
from openmuseums.learners.visiting import is_somebody
from openmuseums.people.roles import ACCESS_ADMIN
from openmuseums.trainers.walls import may_train

logger = logging.getLogger(__name__)

READ = ("GET", "HEAD")
POST = ("POST",)
FORM = (*READ, *POST)
ANY = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Who(StrEnum):
    """Who may ask for an address. Who opens the admin, or trains, gave a second factor: `people.door` sees to it."""

    EVERYBODY = "everybody"
    RECORD = "whose progress is kept: on this device, or in an account"
    ACCOUNT = "who has an account"
    TRAINER = "who trains groups, or is on the staff of one"
    ADMIN = "who may open Wagtail's admin"
    NOBODY = "nobody: it is closed, because something of ours takes its place"


class Whose(StrEnum):
    """Whose things an address is about. Other people's are answered as if there were none."""

    NOBODYS = "nobody's in particular"
    OWN = "one's own"
    NAMED = "one's own, named in the address"


@dataclass(frozen=True)
class Row:
    """A rule for an address.

    methods: all others are refused. permission: what an account needs besides. exempt: why a POST needs no token of
    ours; empty where it does. debug: that the address is there with DEBUG alone.
    """

    who: Who
    methods: tuple[str, ...] = READ
    whose: Whose = Whose.NOBODYS
    permission: str = ""
    exempt: str = ""
    debug: bool = False


_READ = Row(Who.EVERYBODY)
_SIGNING_IN = Row(Who.EVERYBODY, FORM)
_ACCOUNT = Row(Who.ACCOUNT, FORM, Whose.OWN)
_COHORT = Row(Who.TRAINER, READ, Whose.NAMED)
_ORGANISATIONS = "organisations.change_organisation"
_CLOSED = Row(Who.NOBODY, ())

# By the name of the address, or “route:” and the pattern where it has none.
ROWS: dict[str, Row] = {
    # Pages and files.
    "way-in": _READ,
    "livez": _READ,
    "readyz": _READ,
    "robots": _READ,
    "sitemap": _READ,
    "upload": _READ,
    "wagtail_serve": _READ,
    "discovery:feed": _READ,
    "search:search": _READ,
    "translation:shared": _READ,
    "lessons:sheet": _READ,
    "translation:coverage": _READ,
    **{f"calendars:{name}": _READ for name in ("calendar", "year", "file", "session", "session-file", "secret")},
    "wagtaildocs_serve": _READ,
    "wagtaildocs_authenticate_with_password": Row(Who.EVERYBODY, POST),
    "wagtailcore_authenticate_with_password": Row(Who.EVERYBODY, POST),
    "wagtailcore_login": _READ,
    "styleguide": Row(Who.EVERYBODY, debug=True),
    "styleguide-answer": Row(Who.EVERYBODY, debug=True),
    # Learning.
    "home:my-learning": Row(Who.RECORD, READ, Whose.OWN),
    "learners:begin": _SIGNING_IN,
    "learners:renew": Row(Who.RECORD, POST, Whose.OWN),
    "learners:start-afresh": Row(Who.RECORD, FORM, Whose.OWN),
    "learners:join": Row(Who.ACCOUNT, FORM, Whose.OWN),
    "learners:language": Row(Who.RECORD, POST, Whose.OWN),
    "learners:enrol": Row(Who.RECORD, POST, Whose.OWN),
    "learners:mark-read": Row(Who.RECORD, POST, Whose.OWN),
    "learners:mark-unread": Row(Who.RECORD, POST, Whose.OWN),
    "lessons:self-check": Row(Who.RECORD, POST, Whose.OWN),
    "quizzes:start": Row(Who.RECORD, POST, Whose.OWN),
    "quizzes:time": Row(Who.RECORD, FORM, Whose.OWN),
    "quizzes:attempt": Row(Who.RECORD, FORM, Whose.NAMED),
    "quizzes:review": Row(Who.RECORD, FORM, Whose.NAMED),
    "quizzes:result": Row(Who.RECORD, READ, Whose.NAMED),
    # Readers' reports.
    "reports:write": _SIGNING_IN,
    "reports:thanks": _READ,
    # Letters. A program of the mail's provider presses this for the reader (RFC 8058); what it may do is in the token.
    "mail:stop": Row(Who.EVERYBODY, FORM, exempt="RFC 8058: unsubscribing by one click, from a mail program"),
    # What is kept of somebody. Who has nothing here is told so.
    "privacy:my-data": Row(Who.EVERYBODY, READ, Whose.OWN),
    "privacy:export": Row(Who.EVERYBODY, POST, Whose.OWN),
    "privacy:erase": Row(Who.EVERYBODY, FORM, Whose.OWN),
    "privacy:erased": _READ,
    "privacy:consent": Row(Who.EVERYBODY, POST, Whose.OWN),
    # Signing in and out.
    "people:sign-out": Row(Who.EVERYBODY, POST),
    "account_login": _SIGNING_IN,
    "account_request_login_code": _SIGNING_IN,
    "account_confirm_login_code": _SIGNING_IN,
    "account_password_login": _SIGNING_IN,
    "account_passkey_question": Row(Who.EVERYBODY, POST),
    "account_inactive": _READ,
    "account_signup": _SIGNING_IN,
    "account_logout": _SIGNING_IN,
    "account_reset_password": _SIGNING_IN,
    "account_confirm_password_reset_code": _SIGNING_IN,
    "account_complete_password_reset": _SIGNING_IN,
    "account_password_reset_completed": _READ,
    "account_reset_password_done": _READ,
    "mfa_login_webauthn": _SIGNING_IN,
    "mfa_authenticate": _SIGNING_IN,
    "socialaccount_login_cancelled": _READ,
    "socialaccount_login_error": _READ,
    "socialaccount_signup": _SIGNING_IN,
    "openid_connect_login": _SIGNING_IN,
    "openid_connect_callback": _READ,
    "people:slip": _SIGNING_IN,
    # One's own account.
    "people:second-factor": Row(Who.ACCOUNT, READ, Whose.OWN),
    "people:come-back": Row(Who.ACCOUNT, READ, Whose.OWN),
    "people:account": _ACCOUNT,
    "people:sessions": _ACCOUNT,
    "people:prove": _ACCOUNT,
    "account_email": _ACCOUNT,
    # Also while a new account waits for the code that was sent to its address.
    "account_email_verification_sent": _SIGNING_IN,
    "account_change_password": _ACCOUNT,
    "account_set_password": _ACCOUNT,
    "account_reauthenticate": _ACCOUNT,
    "socialaccount_connections": _ACCOUNT,
    "mfa_index": _ACCOUNT,
    "mfa_list_webauthn": _ACCOUNT,
    "mfa_reauthenticate": _ACCOUNT,
    "mfa_reauthenticate_webauthn": _ACCOUNT,
    "mfa_add_webauthn": _ACCOUNT,
    "mfa_remove_webauthn": Row(Who.ACCOUNT, FORM, Whose.NAMED),
    "mfa_activate_totp": _ACCOUNT,
    "mfa_deactivate_totp": _ACCOUNT,
    "mfa_view_recovery_codes": Row(Who.ACCOUNT, READ, Whose.OWN),
    "mfa_generate_recovery_codes": _ACCOUNT,
    # Museums and networks.
    "organisations:mine": _ACCOUNT,
    "organisations:leave": Row(Who.ACCOUNT, POST, Whose.NAMED),
    # Groups: of those who take part in them, and of those who run them.
    "groups:mine": Row(Who.ACCOUNT, READ, Whose.OWN),
    "groups:join": _ACCOUNT,
    "groups:claim": _ACCOUNT,
    "groups:attend": _ACCOUNT,
    "groups:calendar": _ACCOUNT,
    "groups:group": Row(Who.ACCOUNT, READ, Whose.NAMED),
    "groups:share": Row(Who.ACCOUNT, FORM, Whose.NAMED),
    "groups:leave": Row(Who.ACCOUNT, FORM, Whose.NAMED),
    "trainers:cohorts": Row(Who.TRAINER, READ, Whose.OWN),
    "trainers:new": Row(Who.TRAINER, FORM, permission="trainers.add_cohort"),
    "trainers:cohort": _COHORT,
    "trainers:change": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:renew-code": Row(Who.TRAINER, POST, Whose.NAMED),
    "trainers:rule": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:staff": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:take-off": Row(Who.TRAINER, POST, Whose.NAMED),
    "trainers:hand-over": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:archive": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:copy": Row(Who.TRAINER, POST, Whose.NAMED),
    "trainers:person": _COHORT,
    "trainers:lists": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:list": _COHORT,
    "trainers:list-file": _COHORT,
    "trainers:list-manifest": _COHORT,
    "verify:list": _SIGNING_IN,
    "trainers:people": _COHORT,
    "trainers:sessions": _COHORT,
    "trainers:session": _COHORT,
    "trainers:session-add": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:session-change": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:session-cancel": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:public-sessions": Row(Who.TRAINER, READ, Whose.OWN, permission="trainers.add_cohort"),
    "trainers:public-session-add": Row(Who.TRAINER, FORM, permission="trainers.add_cohort"),
    "trainers:public-session": Row(Who.TRAINER, FORM, Whose.NAMED, permission="trainers.add_cohort"),
    "trainers:public-session-cancel": Row(Who.TRAINER, FORM, Whose.NAMED, permission="trainers.add_cohort"),
    "trainers:attendance": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:attendance-code": _COHORT,
    "trainers:attendance-sheet": _COHORT,
    "trainers:scans": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:scan": _COHORT,
    "trainers:scan-delete": Row(Who.TRAINER, POST, Whose.NAMED),
    "trainers:calendar": Row(Who.TRAINER, FORM, Whose.NAMED),
    # What may be done is in the link, which whoever was invited has.
    "groups:invitation": Row(Who.EVERYBODY, FORM),
    "trainers:announcements": _COHORT,
    "trainers:announce": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:places": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:places-slips": _COHORT,
    "trainers:places-code": Row(Who.TRAINER, POST, Whose.NAMED),
    "trainers:places-account": Row(Who.TRAINER, POST, Whose.NAMED),
    "trainers:places-rename": Row(Who.TRAINER, POST, Whose.NAMED),
    "trainers:places-remove": Row(Who.TRAINER, POST, Whose.NAMED),
    "trainers:invitations": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:invitations-file": Row(Who.TRAINER, POST, Whose.NAMED),
    "trainers:invitations-accept": Row(Who.TRAINER, FORM, Whose.NAMED),
    "trainers:invitations-withdraw": Row(Who.TRAINER, POST, Whose.NAMED),
    "trainers:invitations-renew": Row(Who.TRAINER, POST, Whose.NAMED),
    # The way into Wagtail's admin and out of it is ours.
    "wagtailadmin_login": _READ,
    "wagtailadmin_password_reset": _READ,
    "wagtailadmin_logout": Row(Who.EVERYBODY, POST),
    # Ours in Wagtail's admin.
    # The demo's letters: elsewhere there are none, and the addresses answer so.
    "kept-letters:list": Row(Who.ACCOUNT, READ, permission="mail.view_letter"),
    "kept-letters:letter": Row(Who.ACCOUNT, READ, permission="mail.view_letter"),
    "kept-letters:html": Row(Who.ACCOUNT, READ, permission="mail.view_letter"),
    "clock-status": Row(Who.ADMIN, READ, permission="clock.view_dutyrun"),
    "clock-run-soon": Row(Who.ADMIN, POST, permission="clock.view_dutyrun"),
    "clock-try-again": Row(Who.ADMIN, POST, permission="clock.view_dutyrun"),
    "editorial_admin:kind": Row(Who.ADMIN, POST),
    "lessons_admin:ages": Row(Who.ADMIN, READ),
    "lessons_admin:note-check": Row(Who.ADMIN, POST),
    "lessons_admin:style-sheet": Row(Who.ADMIN, READ),
    "quizzes_admin:exchange": Row(Who.ADMIN, FORM),
    "quizzes_admin:accept": Row(Who.ADMIN, POST),
    "quizzes_admin:export": Row(Who.ADMIN, READ),
    "quizzes_admin:copy": Row(Who.ADMIN, FORM),
    "quizzes_admin:regrade": Row(Who.ADMIN, FORM),
    "quizzes_admin:figures-index": Row(Who.ADMIN, READ),
    "quizzes_admin:figures": Row(Who.ADMIN, READ),
    "quizzes_admin:figures-file": Row(Who.ADMIN, READ),
    **{
        f"organisations_admin:{name}": Row(Who.ADMIN, READ, permission=_ORGANISATIONS)
        for name in ("index", "index_results", "history", "history_results", "usage")
    },
    **{
        f"organisations_admin:{name}": Row(Who.ADMIN, FORM, permission=_ORGANISATIONS)
        for name in ("add", "edit", "delete", "merge")
    },
    "translation_admin:desk": Row(Who.ADMIN, FORM),
    "translation_admin:desk-draft": Row(Who.ADMIN, POST),
    "translation_admin:desk-machine": Row(Who.ADMIN, POST),
    "translation_admin:desk-pictures": Row(Who.ADMIN, FORM),
    "translation_admin:desk-preview": Row(Who.ADMIN, READ),
    "translation_admin:share": Row(Who.ADMIN, READ),
    "readers_reports:queue": Row(Who.ADMIN, READ, permission="reports.change_report"),
    "readers_reports:settle": Row(Who.ADMIN, POST, permission="reports.change_report"),
    "readers_reports:reopen": Row(Who.ADMIN, POST, permission="reports.change_report"),
    "translation_admin:teams": Row(Who.ADMIN, READ, permission="translation.add_team"),
    "translation_admin:set-up-team": Row(Who.ADMIN, FORM, permission="translation.add_team"),
    "translation_admin:download": Row(Who.ADMIN, READ),
    "translation_admin:upload": Row(Who.ADMIN, FORM),
    "translation_admin:upload-accept": Row(Who.ADMIN, POST),
    "people_admin:slip": Row(Who.ADMIN, FORM, permission="people.change_user"),
    "people_admin:second-factor": Row(Who.ADMIN, FORM, permission="people.change_user"),
    "translation_admin:dashboard": Row(Who.ADMIN, READ),
    "translation_admin:dashboard-file": Row(Who.ADMIN, READ),
    "translation_admin:changes": Row(Who.ADMIN, READ),
    "translation_admin:letters": Row(Who.ADMIN, POST, Whose.OWN),
    "translation_admin:publish-ready": Row(Who.ADMIN, POST),
    "translation_admin:submit": Row(Who.ADMIN, POST),
    "translation_admin:publish": Row(Who.ADMIN, POST),
    "translation_admin:review": Row(Who.ADMIN, FORM),
    "privacy_admin:account-data": Row(Who.ADMIN, READ, permission="people.change_user"),
    "privacy_admin:account-export": Row(Who.ADMIN, POST, permission="people.change_user"),
    # wagtail-localize's own ways to translate: none of them asks the gate, or for the version that was read. What is
    # published is handed to translators by itself, and the desks of translation do the rest. docs/beyond-wagtail.md
    # says of each why.
    **{
        f"wagtail_localize:{name}": _CLOSED
        for name in (
            "submit_page_translation",
            "submit_snippet_translation",
            "update_translations",
            "edit_string_translation",
            "edit_override",
            "download_pofile",
            "upload_pofile",
            "machine_translate",
            "preview_translation",
            "stop_translation",
            "convert_to_alias",
            "translations_report",
            "translations_report_results",
            "snippets_api_listing",
            "snippets_api_detail",
        )
    },
}
# Wagtail's own addresses below /admin/, and those of what is added to it: one rule, and they ask for rights themselves.
WAGTAILS = Row(Who.ADMIN, ANY)
ADMIN_ROUTE = "admin/"
# Wagtail's name for its generic pages about models of ours: those need a row each.
OURS_BY_WAGTAILS_NAME = ("wagtailsnippets_",)


def key_of(match: ResolverMatch) -> str:
    """Return what an address is called in the table."""
    return key(match.view_name if match.url_name else "", match.route)


def key(name: str, route: str) -> str:
    """Return the same for a name, or the lack of one, and a pattern."""
    return name or f"route:{route}"


def row_of(key: str, route: str) -> Row | None:
    """Return the rule for an address; None where there is none, and nobody may ask for it."""
    row = ROWS.get(key)
    if row is None and _is_wagtails(key, route):
        return WAGTAILS
    return row


def _is_wagtails(key: str, route: str) -> bool:
    if not route.startswith(ADMIN_ROUTE) or key.startswith(OURS_BY_WAGTAILS_NAME):
        return False
    return key.startswith(("wagtail", f"route:{ADMIN_ROUTE}"))


class AccessMiddleware:
    """Lets a request pass where the table says so. What is for everybody costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse what the table does not allow.

        Raises Http404 where an address has no row, PermissionDenied where somebody who is known may not.
        """
        match = request.resolver_match
        row = row_of(key_of(match), match.route) if match else None
        if row is None:
            logger.error("The address %s has no row in openmuseums.access.ROWS, so nobody may ask for it.", match)
            raise Http404
        if row.who == Who.NOBODY:
            raise Http404
        if request.method not in row.methods:
            return HttpResponseNotAllowed(row.methods)
        return _stopped(request, row)


def _stopped(request: HttpRequest, row: Row) -> HttpResponse | None:
    """Return where somebody is led who may not pass yet, or None."""
    if row.who == Who.EVERYBODY:
        return None
    if row.who == Who.RECORD:
        # Who sends a form without a record is led by the view: it knows the page that the form stood on.
        return None if request.method not in READ or is_somebody(request) else to_begin(request.get_full_path())
    if not request.user.is_authenticated:
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied
        return redirect_to_login(request.get_full_path() if request.method in READ else "")
    if row.who == Who.ADMIN and not request.user.has_perm(ACCESS_ADMIN):
        raise PermissionDenied
    if row.who == Who.TRAINER and not may_train(request.user):
        raise PermissionDenied
    if row.permission and not request.user.has_perm(row.permission):
        raise PermissionDenied
    return None
