"""A second factor that is lost is taken away by an administrator, who is seen to have done it."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.urls import reverse
from wagtail.models import ModelLogEntry

from openmuseums.mail.models import Letter
from openmuseums.people import language
from openmuseums.people.factors import RESET, reset_second_factor
from openmuseums.people.models import User
from openmuseums.people.slips import MayNotHelpError
from openmuseums.privacy.models import Look
from tests.factories import NOW, make_editor, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_user(username="admin", is_superuser=True)


@pytest.fixture
def editor() -> User:
    return make_editor(email="eleni@example.org", language="el")


def test_reset_takes_all_away_and_ends_sessions(admin, editor):
    theirs, others = signed_in(editor), signed_in(make_editor())
    UserSession.objects.create(user=editor, session_key=theirs.session.session_key, ip="::", user_agent="")
    Authenticator.objects.create(user=editor, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone"})
    Authenticator.objects.create(user=editor, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert reset_second_factor(account=editor, by=admin, now=NOW) == 2
    assert list(Authenticator.objects.filter(user=editor)) == []
    assert theirs.get("/admin/")["Location"].startswith("/en/account/sign-in/")
    assert others.get("/admin/").status_code == 200


def test_reset_is_logged_and_told_to_the_person_in_their_language(admin, editor, monkeypatch):
    monkeypatch.setattr(language, "_public", [lambda: ("en", "el")])
    signed_in(editor)
    reset_second_factor(account=editor, by=admin, now=NOW)
    entry = ModelLogEntry.objects.get(action=RESET)
    assert (entry.user, entry.object_id) == (admin, str(editor.pk))
    letter = Letter.objects.get()
    assert (letter.address, letter.language) == ("eleni@example.org", "el")
    assert "/el/account/" in letter.text
    assert list(Look.objects.values_list("actor", "subject", "what", "looked_at")) == [
        (admin.pk, editor.pk, "second-factor", NOW)
    ]


def test_letter_is_in_the_sources_language_where_the_persons_is_not_public(admin, editor):
    reset_second_factor(account=editor, by=admin, now=NOW)
    letter = Letter.objects.get()
    assert letter.language == "en"
    assert "/en/account/" in letter.text


def test_reset_of_an_account_without_address_writes_no_letter(admin):
    reset_second_factor(account=make_user(email=None, username="anna"), by=admin, now=NOW)
    assert not Letter.objects.exists()


def test_reset_by_who_may_not_changes_nothing(admin, editor):
    signed_in(admin)
    for by, account in ((editor, admin), (admin, admin)):
        with pytest.raises(MayNotHelpError):
            reset_second_factor(account=account, by=by, now=NOW)
    assert Authenticator.objects.filter(user=admin).count() == 1


def test_administrator_takes_a_lost_factor_away(admin, editor):
    signed_in(editor)
    desk = signed_in(admin)
    address = reverse("people_admin:second-factor", args=[editor.pk])
    assert address in desk.get(reverse("wagtailusers_users:edit", args=[editor.pk])).content.decode()
    assert desk.get(address).status_code == 200
    assert Authenticator.objects.filter(user=editor).count() == 1
    assert desk.post(address).status_code == 302
    assert not Authenticator.objects.filter(user=editor).exists()
    assert "neither a passkey nor an authenticator app" in desk.get(address).content.decode()


def test_administrator_finds_no_way_to_take_away_their_own(admin):
    desk = signed_in(admin)
    assert "people_admin" not in desk.get(reverse("wagtailusers_users:edit", args=[admin.pk])).content.decode()
    assert desk.post(reverse("people_admin:second-factor", args=[admin.pk])).status_code == 302
    assert Authenticator.objects.filter(user=admin).count() == 1
