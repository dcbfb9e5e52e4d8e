"""Letters are written, queued and sent: once, in the person's language, and to nobody who does not want them."""

import datetime as dt
import smtplib
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.test import override_settings
from pytest_django import DjangoCaptureOnCommitCallbacks

from openmuseums.mail import kinds
from openmuseums.mail.delivering import CLAIM, Outcome, deliver, deliver_due, try_again
from openmuseums.mail.kinds import Kind, UnknownKindError, kind_of, register_kind
from openmuseums.mail.models import Letter
from openmuseums.mail.sending import NoAddressError, send_letter
from openmuseums.people.models import User
from openmuseums.privacy import consents
from openmuseums.privacy.consents import give, register_purpose, withdraw
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)
TEMPLATES = {
    "trial.subject.txt": "Hello {{ name }}",
    "trial.txt": "{% extends 'mail/letter.txt' %}{% block letter %}Dear {{ name }}, see {{ base_url }}/{% endblock %}",
    "trial.html": "{% extends 'mail/letter.html' %}{% block letter %}<p>Dear {{ name }}</p>{% endblock %}",
}


@pytest.fixture(autouse=True)
def _trial_letters(settings: Any) -> Iterator[None]:
    before = dict(kinds._kinds), dict(consents._purposes)
    loaders = [
        ("django.template.loaders.locmem.Loader", TEMPLATES),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    options = {**settings.TEMPLATES[0]["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "APP_DIRS": False, "OPTIONS": options}]
    register_kind(Kind("trial-sign-in", "trial", is_about_signing_in=True))
    register_kind(Kind("trial-news", "trial", purpose="trial"))
    register_purpose("trial", "We may write to you.", 1)
    yield
    for now, then in zip((kinds._kinds, consents._purposes), before, strict=True):
        now.clear()
        now.update(then)


def queue(**parts: Any) -> Letter:
    """Queue a letter without sending it."""
    known = set(Letter.objects.values_list("pk", flat=True))
    if "to" not in parts:
        parts.setdefault("address", "ada@example.org")
    send_letter(**{"kind": "trial-sign-in", "context": {"name": "Ada"}, "language": "en", "now": NOW, **parts})
    return Letter.objects.exclude(pk__in=known).get()


def wanting(**fields: Any) -> User:
    """Make somebody who agreed to the letters of the kind `trial-news`."""
    user = make_user(**fields)
    give(user=user, key="trial", language="en", now=NOW)
    return user


def sent() -> EmailMessage:
    """Return the one letter that was sent, as the mail server got it."""
    (only,) = mail.outbox
    return message_from_bytes(only.message().as_bytes(), policy=policy.default)  # type: ignore[return-value]


def failing(error: Exception) -> Any:
    return mock.patch.object(EmailMultiAlternatives, "send", side_effect=error)


def test_letter_is_sent_once_its_transaction_is_committed_and_then_gone(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        queue()
    assert (len(mail.outbox), Letter.objects.count()) == (0, 1)
    for callback in callbacks:
        callback()
    assert (len(mail.outbox), Letter.objects.count()) == (1, 0)
    letter = sent()
    assert (letter["To"], letter["Subject"]) == ("ada@example.org", "Hello Ada")
    assert (letter["Content-Language"], letter["Auto-Submitted"]) == ("en", "auto-generated")
    plain, html = letter.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert "Dear Ada, see http://127.0.0.1:8000/" in plain.get_content()
    assert '<html lang="en">' in html.get_content()


@pytest.mark.parametrize("sends", [deliver_due, lambda now: deliver(letter_id=Letter.objects.get().pk, now=now)])
def test_letter_that_is_kept_is_not_sent_again(sends: Callable[[dt.datetime], object]) -> None:
    queue()
    with override_settings(KEEP_SENT_LETTERS=True):
        sends(NOW)
        sends(NOW + dt.timedelta(days=1))
    assert (len(mail.outbox), Letter.objects.get().sent_at) == (1, NOW)


def test_letter_in_another_language_says_so_everywhere() -> None:
    letter = queue(to=wanting(), kind="trial-news", language="el")
    assert '<html lang="el">' in letter.html
    assert letter.stop_url.startswith("http://127.0.0.1:8000/el/letters/stop/")
    assert (letter.language, "http://127.0.0.1:8000/el/" in letter.text) == ("el", True)


def test_letter_somebody_is_sending_is_left_to_them() -> None:
    letter = queue()

    def meanwhile(*args: Any) -> None:
        assert deliver(letter_id=letter.pk, now=NOW + MINUTE) is Outcome.LEFT

    with mock.patch.object(EmailMultiAlternatives, "send", meanwhile):
        assert deliver(letter_id=letter.pk, now=NOW) is Outcome.SENT


def test_letter_whose_sender_died_is_sent_later_under_the_same_id() -> None:
    letter = queue()
    with failing(SystemExit()), pytest.raises(SystemExit):  # type: ignore[arg-type]
        deliver(letter_id=letter.pk, now=NOW)
    assert Letter.objects.get().error == "The last attempt ended without a word."
    assert deliver(letter_id=letter.pk, now=NOW + CLAIM - MINUTE) is Outcome.LEFT
    assert deliver(letter_id=letter.pk, now=NOW + CLAIM) is Outcome.SENT
    assert sent()["Message-ID"].startswith(f"<{letter.pk}@")


def test_letter_that_fails_is_tried_after_growing_pauses_and_given_up_after_days() -> None:
    letter = queue()
    now, pauses = NOW, []
    with failing(ConnectionRefusedError("to ada@example.org")):
        while letter.failed_at is None:
            assert deliver(letter_id=letter.pk, now=now) is Outcome.NOT_SENT
            letter.refresh_from_db()
            pauses.append(letter.next_try_at - now)
            now = letter.next_try_at
    assert [pause // MINUTE for pause in pauses] == [1, 5, 15, 60, 240, *[720] * 7]
    assert (letter.error, letter.failed_at >= NOW + dt.timedelta(days=3)) == ("ConnectionRefusedError", True)
    assert deliver_due(now + dt.timedelta(days=9)) == "Letters sent: 0; not sent: 0; waiting: 0."
    assert try_again(now) == 1
    assert deliver_due(now) == "Letters sent: 1; not sent: 0; waiting: 0."


@pytest.mark.parametrize(("code", "is_given_up"), [(550, True), (450, False)])
def test_address_that_a_mail_server_does_not_know_is_given_up_at_once(code: int, is_given_up: bool) -> None:
    letter = queue()
    with failing(smtplib.SMTPRecipientsRefused({"ada@example.org": (code, b"no ada@example.org here")})):
        deliver(letter_id=letter.pk, now=NOW)
    letter.refresh_from_db()
    assert (letter.failed_at is not None, letter.error) == (is_given_up, f"SMTPRecipientsRefused {code}")


def test_mail_server_that_is_away_is_asked_three_times_a_go() -> None:
    for _ in range(5):
        queue()
    with failing(TimeoutError()):
        assert deliver_due(NOW) == "Letters sent: 0; not sent: 3; waiting: 5."
    assert deliver_due(NOW + MINUTE) == "Letters sent: 5; not sent: 0; waiting: 0."


def test_log_of_a_failure_names_nobody(caplog: pytest.LogCaptureFixture) -> None:
    letter = queue()
    with failing(smtplib.SMTPException("ada@example.org")):
        deliver(letter_id=letter.pk, now=NOW)
    assert [record.getMessage() for record in caplog.records] == [
        f"Letter {letter.pk} was not sent at attempt 1: SMTPException"
    ]


@pytest.mark.parametrize(
    "name", ["Ada\nBcc: eve@example.org", "Ada\r\n\r\n<script>", "Ada\u2028x", "Ada\x00", "A" * 500]
)
def test_header_cannot_be_written_into_by_a_name(name: str) -> None:
    letter = queue(context={"name": name})
    assert deliver(letter_id=letter.pk, now=NOW) is Outcome.SENT
    assert (sent()["Bcc"], sent()["To"], len(letter.subject) <= 200) == (None, "ada@example.org", True)
    assert not set(letter.subject) & set("\r\n\x00\u2028")


def test_name_with_markup_is_text_in_html_and_itself_in_plain_text() -> None:
    letter = queue(context={"name": "<b>A & B</b>"})
    assert (letter.subject, "Dear <b>A & B</b>," in letter.text) == ("Hello <b>A & B</b>", True)
    assert "<p>Dear &lt;b&gt;A &amp; B&lt;/b&gt;</p>" in letter.html


@pytest.mark.parametrize("address", ["ada@example.org\nBcc: eve@example.org", "Ada <ada@example.org>", "ada", "a@b@c"])
def test_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        queue(address=address)
    assert Letter.objects.count() == 0


def test_letter_to_nobody_is_refused() -> None:
    with pytest.raises(NoAddressError):
        queue(to=make_user(email=None, username="ada"))
    with pytest.raises(UnknownKindError):
        queue(kind="unheard-of")
    with pytest.raises(ValueError, match="go to accounts"):
        queue(kind="trial-news")


def test_kind_that_nobody_could_stop_is_refused() -> None:
    with pytest.raises(ValueError, match="need a purpose"):
        register_kind(Kind("trial-noise", "trial"))
    with pytest.raises(UnknownKindError):
        kind_of("trial-noise")


def test_letter_that_can_be_stopped_says_how_in_its_headers() -> None:
    letter = queue(to=wanting(), kind="trial-news")
    deliver(letter_id=letter.pk, now=NOW)
    assert sent()["List-Unsubscribe"].strip() == f"<{letter.stop_url}>"
    assert sent()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (letter.stop_url in letter.text, letter.stop_url in letter.html) == (True, True)


def test_letter_about_signing_in_cannot_be_stopped() -> None:
    deliver(letter_id=queue(to=make_user()).pk, now=NOW)
    assert (sent()["List-Unsubscribe"], sent()["List-Unsubscribe-Post"]) == (None, None)


def test_letter_that_waits_is_not_sent_after_consent_is_taken_back() -> None:
    user = wanting()
    letter = queue(to=user, kind="trial-news")
    withdraw(user=user, key="trial", now=NOW)
    assert deliver(letter_id=letter.pk, now=NOW) is Outcome.NOT_WANTED
    assert (len(mail.outbox), Letter.objects.count()) == (0, 0)


def test_letter_goes_with_its_account() -> None:
    user = make_user()
    letter = queue(to=user)
    user.delete()
    assert deliver(letter_id=letter.pk, now=NOW) is Outcome.LEFT
