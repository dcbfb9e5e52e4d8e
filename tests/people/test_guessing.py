"""Many guesses at once are worth no more than one after the other; a slip is redeemed once, however many try."""

import threading
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmuseums.people.models import Slip, User
from openmuseums.people.slips import make_slip, redeem_slip
from tests.factories import APP_SECRET, NOW, make_user

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
THREADS = 64


def at_once(act: Callable[[int], object], times: int = THREADS) -> list[object]:
    """Do an act in as many threads at the same moment; return what came of each, and fail where one failed."""
    gate = threading.Barrier(times)
    results: list[object] = []
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            gate.wait()
            results.append(act(number))
        except BaseException as failure:  # noqa: BLE001 - whatever happened, the test must tell
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    return results


def copy_of(client: Client) -> Client:
    """Return another browser with the same cookies."""
    copy = Client()
    copy.cookies.load({name: morsel.value for name, morsel in client.cookies.items()})
    return copy


def test_slip_redeemed_by_many_at_once_lets_one_in() -> None:
    admin, anna = make_user(is_superuser=True), make_user(email=None, username="anna")
    code = make_slip(account=anna, made_by=admin, now=NOW)
    found = at_once(lambda _: redeem_slip(name="anna", code=code, now=NOW))
    assert [user for user in found if user is not None] == [anna]
    assert Slip.objects.get().used_at == NOW


def test_slips_made_by_many_at_once_leave_one_that_works() -> None:
    admin, anna = make_user(is_superuser=True), make_user(email=None, username="anna")
    codes = at_once(lambda _: make_slip(account=anna, made_by=admin, now=NOW), 16)
    assert Slip.objects.count() == 1
    assert [redeem_slip(name="anna", code=str(code), now=NOW) for code in codes].count(anna) == 1


def test_code_by_mail_guessed_by_many_requests_at_once_is_looked_at_three_times(
    monkeypatch: pytest.MonkeyPatch, mailoutbox: list[object]
) -> None:
    looked = []
    monkeypatch.setattr("allauth.account.forms.compare_user_code", lambda *, actual, **_: bool(looked.append(actual)))
    User.objects.create_user(email="anna@example.org")
    client = Client()
    client.post(reverse("account_login"), {"email": "anna@example.org"})
    browsers = [copy_of(client) for _ in range(32)]
    at_once(lambda number: browsers[number].post(reverse("account_confirm_login_code"), {"code": f"wrong{number}"}), 32)
    assert 1 <= len(looked) <= 3


def test_code_of_an_app_guessed_by_many_requests_at_once_is_looked_at_five_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = []
    monkeypatch.setattr(
        "allauth.mfa.totp.internal.auth.compare_user_code", lambda *, actual, **_: bool(looked.append(actual))
    )
    anna = make_user()
    app = Authenticator(user=anna, type=Authenticator.Type.TOTP, data={"secret": encrypt(APP_SECRET)})
    app.save()
    client = Client()
    client.force_login(anna)
    browsers = [copy_of(client) for _ in range(32)]
    at_once(lambda number: browsers[number].post(reverse("mfa_reauthenticate"), {"code": f"{number:06}"}), 32)
    assert 1 <= len(looked) <= 5


def test_slip_guessed_by_many_requests_at_once_is_looked_at_ten_times(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    admin, anna = make_user(is_superuser=True), make_user(email=None, username="anna")
    make_slip(account=anna, made_by=admin, now=timezone.now())
    monkeypatch.setattr("openmuseums.people.slips.check_password", lambda code, _digest: bool(looked.append(code)))
    at_once(lambda number: Client().post("/en/slip/", {"name": "anna", "code": f"{number:020}"}), 32)
    assert len(looked) == 10
