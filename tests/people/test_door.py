"""The door: nothing of the admin opens for who has not given a second factor."""

import itertools
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.checks import run_checks
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from openmuseums.people import door
from openmuseums.people.door import DoorMiddleware, register_door
from openmuseums.people.models import User
from tests.factories import APP_SECRET, make_editor, make_user, signed_in, with_second_factor

pytestmark = pytest.mark.django_db
OPEN = {"login/", "logout/", "password_reset/"}


def app_of(user: User) -> Authenticator:
    return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(APP_SECRET)})


def app_code() -> str:
    return format_hotp_value(hotp_value(APP_SECRET, int(time.time()) // 30))


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def patterns(resolver: URLResolver) -> list[str]:
    """Return an address for each pattern below a resolver; what is asked for in them is made up."""
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found += [f"{_made_up(str(pattern.pattern))}{below}" for below in patterns(pattern)]
        elif isinstance(pattern, URLPattern):
            found.append(_made_up(str(pattern.pattern)))
    return found


def _made_up(route: str) -> str:
    parts = []
    for part in route.replace("^", "").replace("$", "").replace(".*/", "anything/").split("/"):
        is_text = part.startswith(("<str:", "<slug:", "<path:"))
        parts.append(("a-word" if is_text else "1") if "<" in part or "(" in part else part)
    return "/".join(parts)


def admin_addresses() -> list[str]:
    top = [pattern for pattern in get_resolver().url_patterns if str(pattern.pattern).startswith("admin/")]
    found = set()
    for pattern in top:
        route = _made_up(str(pattern.pattern))
        found |= (
            {f"/{route}{below}" for below in patterns(pattern)} if isinstance(pattern, URLResolver) else {f"/{route}"}
        )
    return sorted(address for address in found if address.removeprefix("/admin/") not in OPEN)


def test_no_address_of_the_admin_answers_without_a_second_factor(rf):
    addresses = admin_addresses()
    assert len(addresses) > 200
    assert {"/admin/", "/admin/api/main/pages/", "/admin/pages/1/edit/preview/", "/admin/jsi18n/"} <= set(addresses)
    unproven = make_editor()
    app_of(unproven)
    people = {
        "nobody": (AnonymousUser(), "/en/account/sign-in/"),
        "bare": (make_editor(), "/en/account/second-factor/"),
        "unproven": (unproven, "/en/account/again/app/"),
        "learner": (make_user(), None),
    }
    middleware = DoorMiddleware(lambda _request: HttpResponse())
    for (who, (user, leads_to)), address, method in itertools.product(people.items(), addresses, ("GET", "POST")):
        request = rf.generic(method, address)
        request.user, request.session = user, {}
        request.resolver_match = match = resolve(address)
        try:
            response = middleware.process_view(request, match.func, match.args, match.kwargs)
            answer = response["Location"].partition("?")[0] if response else "the view"
        except PermissionDenied:
            answer = None
        assert (who, method, address, answer) == (who, method, address, None if "/api/" in address else leads_to)


def test_no_address_of_the_admin_shows_anything_on_its_way_to_the_door():
    client = browser(make_editor())
    for address in admin_addresses()[::8]:
        response = client.get(address)
        assert (response.status_code in {302, 403}, address) == (True, address)
        assert response.status_code == 403 or response["Location"].startswith("/en/account/second-factor/")


def test_script_is_refused_rather_than_led_on():
    response = browser(make_editor()).get("/admin/", headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 403


def test_door_leads_back_to_where_somebody_wanted_to_go():
    client = browser(make_editor())
    assert client.get("/admin/pages/?p=2")["Location"] == "/en/account/second-factor/?next=%2Fadmin%2Fpages%2F%3Fp%3D2"
    assert client.post("/admin/pages/1/delete/")["Location"] == "/en/account/second-factor/?next=%2Fadmin%2F"


def test_page_says_why_and_leads_to_setting_one_up():
    client = browser(make_editor())
    page = client.get("/en/account/second-factor/?next=/admin/pages/").content.decode()
    assert f"{reverse('mfa_activate_totp')}?next=/admin/pages/" in page
    assert "a password or a mailbox alone can be stolen" in page


def test_page_leads_on_who_has_one_and_to_no_other_host():
    client = signed_in(make_editor())
    assert client.get("/en/account/second-factor/?next=/admin/pages/")["Location"] == "/admin/pages/"
    assert client.get("/en/account/second-factor/?next=//evil.example/")["Location"] == "/en/my-learning/"


def test_door_asks_for_a_passkey_where_that_is_what_somebody_has():
    editor = make_editor()
    Authenticator.objects.create(user=editor, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone"})
    assert browser(editor).get("/admin/")["Location"].startswith("/en/account/again/passkey/")


def test_recovery_codes_alone_are_no_second_factor():
    editor = make_editor()
    Authenticator.objects.create(user=editor, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert browser(editor).get("/admin/")["Location"].startswith("/en/account/second-factor/")


def test_code_of_the_app_opens_the_door():
    editor = make_editor()
    app_of(editor)
    client = browser(editor)
    asked = client.get("/admin/")["Location"]
    response = client.post(asked, {"code": app_code()})
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_recovery_code_opens_the_door():
    editor = make_editor()
    app_of(editor)
    codes = Authenticator.objects.create(
        user=editor, type=Authenticator.Type.RECOVERY_CODES, data={"seed": encrypt("seed"), "used_mask": 0}
    )
    client = browser(editor)
    client.post(client.get("/admin/")["Location"], {"code": codes.wrap().get_unused_codes()[0]})
    assert client.get("/admin/").status_code == 200


def test_second_factor_given_once_lasts_for_that_session_alone():
    editor = make_editor()
    assert signed_in(editor).get("/admin/").status_code == 200
    assert browser(editor).get("/admin/").status_code == 302


def test_second_factor_that_was_taken_away_opens_nothing():
    editor = make_editor()
    client = signed_in(editor)
    Authenticator.objects.filter(user=editor).delete()
    assert client.get("/admin/")["Location"].startswith("/en/account/second-factor/")


def test_records_of_another_account_open_nothing():
    editor, other = make_editor(), make_editor()
    client = signed_in(other)
    app_of(editor)
    session = client.session
    session["_auth_user_id"], session["_auth_user_hash"] = str(editor.pk), editor.get_session_auth_hash()
    session.save()
    assert client.get("/admin/")["Location"].startswith("/en/account/again/app/")


def test_setting_one_up_counts_as_giving_it(django_capture_on_commit_callbacks):
    editor = make_editor()
    client = browser(editor)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(editor.pk)
    session.save()
    page = client.get(reverse("mfa_activate_totp"))
    form = page.context["form"]
    code = format_hotp_value(hotp_value(form.secret, int(time.time()) // 30))
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("mfa_activate_totp"), {"code": code, "kept": form["kept"].value()})
    assert response.status_code == 302
    # The end of a test's transaction comes after the answer, where sessions have been saved already.
    response.wsgi_request.session.save()
    assert client.get("/admin/").status_code == 200


def test_what_is_registered_stands_behind_the_door_too(monkeypatch):
    monkeypatch.setattr(door, "_doors", {})
    register_door("people:account", bool)
    register_door("lessons:", lambda _user: False)
    client = browser(make_user())
    assert client.get("/en/account/")["Location"].startswith("/en/account/second-factor/")
    assert with_second_factor(client).get("/en/account/").status_code == 200
    sheet = reverse("lessons:sheet", args=["a/b", "12345678-1234-5678-1234-567812345678"])
    assert client.get(sheet).status_code == 403
    assert client.get("/en/slip/").status_code == 302


def test_door_is_open_where_the_setting_says_so(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert browser(make_editor()).get("/admin/").status_code == 200
    assert browser(make_user()).get("/admin/").status_code == 403


def test_deploying_without_a_second_factor_is_refused(settings):
    def found() -> list[str | None]:
        return [issue.id for issue in run_checks(include_deployment_checks=True) if issue.id == "people.E001"]

    assert found() == []
    settings.SECOND_FACTOR_REQUIRED = False
    assert found() == ["people.E001"]
    assert [issue.id for issue in run_checks() if issue.id == "people.E001"] == []


def test_door_stands_in_the_settings():
    assert settings.SECOND_FACTOR_REQUIRED
    assert f"{DoorMiddleware.__module__}.{DoorMiddleware.__name__}" in settings.MIDDLEWARE
