"""A trainer tells a group something: once, in the language of each, without learning how they can be reached."""

import datetime as dt
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from openmuseums.mail.delivering import deliver_due
from openmuseums.mail.models import Letter
from openmuseums.people.models import User
from openmuseums.privacy.consents import give, has_consent, withdraw
from openmuseums.trainers.announcing import writing
from openmuseums.trainers.announcing.acts import (
    NobodyError,
    Said,
    TooManyAnnouncementsError,
    announce,
    announcements_for,
    audience,
)
from openmuseums.trainers.announcing.consenting import PURPOSE
from openmuseums.trainers.announcing.wording import cleaned, cleaned_line
from openmuseums.trainers.announcing.writing import write_due, write_letters
from openmuseums.trainers.cohorts.managing import archive
from openmuseums.trainers.entering import CohortClosedError
from openmuseums.trainers.following.seeking import Sought
from openmuseums.trainers.joining.acts import leave
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import Addressed, Announcement, Participation
from tests.factories import NOW, make_trainer, make_user, signed_in
from tests.trainers.making import make_cohort, make_invitation, take_part

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FORM = "t"
ENGLISH = Said("en", "Session moved", "We meet at ten.\n\nBring the plan.")
DUTCH = Said("nl", "Bijeenkomst verplaatst", "We beginnen om tien uur.")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> https://evil.example/ \u202etxt.exe"


def tell(cohort, *, said=(ENGLISH,), sought=None, token=FORM, now=NOW, by=None):
    return announce(cohort=cohort, sought=sought or Sought(), said=said, by=by or make_user(), token=token, now=now)


def reachable(cohort, **fields):
    """Have somebody take part who agreed to letters, with an address that they confirmed."""
    row = take_part(cohort, make_user(**fields), shared=Shared(name=bool(fields.get("name"))))
    EmailAddress.objects.filter(user=row.account).delete()
    EmailAddress.objects.create(user=row.account, email=row.account.email, primary=True, verified=True)
    give(user=row.account, key=PURPOSE, language="en", now=NOW)
    return row


def write():
    return write_letters(now=NOW, most=1000)


def told(row):
    return [(shown.text.language, shown.text.subject) for shown in announcements_for(row)]


def test_letters_go_to_those_who_agreed_and_confirmed_and_all_read_it_on_their_page():
    cohort = make_cohort()
    ann, silent = reachable(cohort, name="Ann"), take_part(cohort)
    unconfirmed = reachable(cohort)
    EmailAddress.objects.filter(user=unconfirmed.account).update(verified=False)
    closed = reachable(cohort)
    User.objects.filter(pk=closed.account.pk).update(is_active=False)
    found = audience(cohort=cohort, sought=Sought(), now=NOW)
    row = tell(cohort)
    assert (found.everybody, found.letters, row.recipients, row.letters) == (4, 1, 4, 1)
    assert (write(), write()) == (1, 0)
    letter = Letter.objects.get()
    assert (letter.account, letter.subject) == (ann.account, "Museums of the coast: Session moved")
    for words in ("Hello Ann,", "We meet at ten.\n\nBring the plan.", letter.stop_url):
        assert words in letter.text
    assert "<p>We meet at ten.</p>\n\n<p>Bring the plan.</p>" in letter.html
    assert told(ann) == told(silent) == [("en", "Session moved")]


def test_each_reads_in_their_language_and_else_the_first_of_the_group():
    cohort = make_cohort(languages=("nl", "en"))
    ann = reachable(cohort)
    Participation.objects.filter(pk=ann.pk).update(language="en")
    tell(cohort, said=[ENGLISH, DUTCH])
    tell(cohort, said=[DUTCH], token="u", now=NOW + DAY)
    assert told(ann) == [("nl", "Bijeenkomst verplaatst"), ("en", "Session moved")]
    write()
    texts = {letter.subject: letter for letter in Letter.objects.all()}
    assert 'lang="nl"' in texts["Museums of the coast: Bijeenkomst verplaatst"].html
    assert 'lang="nl"' not in texts["Museums of the coast: Session moved"].html


def test_pressing_twice_tells_once():
    cohort = make_cohort()
    reachable(cohort)
    assert tell(cohort) == tell(cohort)
    assert (Announcement.objects.count(), Addressed.objects.count(), write()) == (1, 1, 1)
    other = make_cohort(name="Another")
    take_part(other)
    assert tell(other) != Announcement.objects.get(cohort=cohort)


def test_only_those_who_match_and_take_part_are_told():
    cohort = make_cohort()
    near, far, gone = take_part(cohort), take_part(cohort), take_part(cohort)
    Participation.objects.filter(pk=near.pk).update(progress=90)
    leave(participation=gone, now=NOW)
    tell(cohort, sought=Sought(is_near=True))
    assert [len(announcements_for(row)) for row in (near, far, gone)] == [1, 0, 0]
    with pytest.raises(NobodyError):
        tell(cohort, sought=Sought(status="left"), token="u")


def test_people_of_another_group_are_told_nothing():
    cohort, other = make_cohort(), make_cohort(name="Another")
    account = make_user()
    mine, theirs = take_part(cohort, account), take_part(other, account)
    tell(cohort)
    assert (len(announcements_for(mine)), announcements_for(theirs)) == (1, [])


def test_a_group_is_told_ten_things_a_day():
    cohort = make_cohort()
    take_part(cohort)
    for number in range(10):
        tell(cohort, token=str(number))
    with pytest.raises(TooManyAnnouncementsError):
        tell(cohort, token="more", now=NOW + DAY - dt.timedelta(seconds=1))
    tell(cohort, token="more", now=NOW + DAY)


def test_nothing_is_said_to_a_group_in_the_archive():
    cohort = make_cohort()
    take_part(cohort)
    archive(cohort=cohort, by=make_user(), now=NOW)
    with pytest.raises(CohortClosedError):
        tell(cohort)


def test_who_takes_the_consent_back_or_leaves_gets_no_letter_that_waits():
    cohort = make_cohort()
    first, second = reachable(cohort), reachable(cohort)
    tell(cohort)
    leave(participation=second, now=NOW)
    assert write() == 1
    withdraw(user=first.account, key=PURPOSE, now=NOW)
    deliver_due(NOW)
    assert (mail.outbox, Letter.objects.count()) == ([], 0)


def test_a_worker_that_dies_half_way_leaves_nothing_doubled_and_nothing_lost():
    cohort = make_cohort()
    people = [reachable(cohort) for _number in range(30)]
    tell(cohort)
    send, calls = writing.send_letter, []

    def dies(**parts):
        calls.append(parts)
        if len(calls) == 28:
            raise KeyboardInterrupt
        send(**parts)

    with mock.patch.object(writing, "send_letter", dies), pytest.raises(KeyboardInterrupt):
        write()
    assert Letter.objects.count() == 25
    write_due(NOW)
    assert sorted(Letter.objects.values_list("account", flat=True)) == sorted(row.account.pk for row in people)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" One\r\ntwo \r\n\r\n three\0 ", "One\ntwo\n\n three"),
        ("a\u202eb\u2066c\u200bd\x1b[31m", "abcd[31m"),
        ("👩\u200d🎨", "👩\u200d🎨"),
    ],
)
def test_texts_are_cleaned_of_what_steers(typed, kept):
    assert cleaned(typed) == kept


def test_a_subject_is_one_line():
    assert cleaned_line("One\r\nBcc: x@example.org\u2028two") == "One Bcc: x@example.orgtwo"


def form_of(client, cohort, query="", **data):
    return client.post(reverse("trainers:announce", args=[cohort.key]) + query, {"token": "t", **data})


def test_it_is_shown_before_it_goes_out_and_then_stands_in_the_list(course):
    trainer = make_trainer()
    cohort = make_cohort(trainer, name="<b>Coast</b>")
    ann = reachable(cohort, email="ann@example.org")
    client = signed_in(trainer)
    data = {"subject_en": HOSTILE[:150], "text_en": HOSTILE, "subject_nl": "", "text_nl": ""}
    shown = form_of(client, cohort, act="preview", **data).content.decode()
    assert "Tell 1 person" in shown
    assert Announcement.objects.count() == 0
    sent = form_of(client, cohort, act="send", **data)
    assert form_of(client, cohort, act="send", **data).status_code == 302
    listed = client.get(sent["Location"]).content.decode()
    reader = signed_in(ann.account)
    page = reader.get(reverse("groups:group", args=[ann.pk])).content.decode()
    write()
    letter = Letter.objects.get()
    for text in (shown, listed, page, letter.html, letter.subject):
        assert "<script>alert" not in text.replace(letter.subject, "")
        assert "<img" not in text.replace(letter.subject, "")
        assert "\u202e" not in text
    assert 'href="https://evil' not in shown + listed + page + letter.html
    for text in (shown, listed):
        assert "ann@example.org" not in text
    assert Announcement.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"subject_en": "A subject"}, "text_en"),
        ({"text_nl": "A text"}, "subject_nl"),
        ({"text_en": "\u200b \r\n"}, "__all__"),
        ({"subject_en": "A subject", "text_en": "x" * 5001}, "text_en"),
    ],
)
def test_what_is_missing_is_said_at_its_field(course, data, field):
    trainer = make_trainer()
    cohort = make_cohort(trainer)
    take_part(cohort)
    response = form_of(signed_in(trainer), cohort, act="send", **data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Announcement.objects.count() == 0


def test_the_filter_of_the_address_says_who_is_told(course):
    trainer = make_trainer()
    cohort = make_cohort(trainer)
    near, _far = take_part(cohort), take_part(cohort)
    Participation.objects.filter(pk=near.pk).update(progress=90)
    client, data = signed_in(trainer), {"subject_en": "A subject", "text_en": "A text", "act": "send"}
    assert form_of(client, cohort, "?museum=Nowhere", **data)["Location"].endswith("/people/")
    form_of(client, cohort, "?is_near=on", **data)
    assert list(Addressed.objects.values_list("participation", flat=True)) == [near.pk]


def test_observers_read_and_do_not_write(course):
    trainer, observer = make_trainer(), make_trainer()
    cohort = make_cohort(trainer)
    take_part(cohort)
    cohort.staff.create(account=observer, role="observer", since=NOW)
    tell(cohort)
    client = signed_in(observer)
    assert "Session moved" in client.get(reverse("trainers:announcements", args=[cohort.key])).content.decode()
    data = {"subject_en": "A subject", "text_en": "A text", "act": "send", "token": "u"}
    assert client.post(reverse("trainers:announce", args=[cohort.key]), data).status_code == 404


def test_whoever_joins_is_asked_for_letters_once(course):
    account = make_user(email="ann@example.org")
    client = signed_in(account)
    address = reverse("groups:invitation", args=[make_invitation(make_cohort()).token])
    assert list(client.get(address).context["form"].fields) == ["name", "email", "messages", "reminders"]
    assert not has_consent(account, PURPOSE)
    client.post(address, {"messages": "on"})
    assert (has_consent(account, PURPOSE), has_consent(account, "session-reminders")) == (True, False)
    second = reverse("groups:invitation", args=[make_invitation(make_cohort(name="Another")).token])
    assert list(client.get(second).context["form"].fields) == ["name", "email", "reminders"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries(course, count, django_assert_num_queries):
    trainer = make_trainer()
    cohort = make_cohort(trainer)
    take_part(cohort)
    for number in range(count):
        tell(cohort, token=str(number))
    client = signed_in(trainer)
    address = reverse("trainers:announcements", args=[cohort.key])
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)
