"""People are invited once each, their letters are written once each, and a trainer learns nothing by it."""

import datetime as dt
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openmuseums.mail.models import Letter
from openmuseums.mail.refusing import digest_of, refuse
from openmuseums.trainers.cohorts.managing import archive
from openmuseums.trainers.entering import CohortClosedError
from openmuseums.trainers.inviting import acts, writing
from openmuseums.trainers.inviting.acts import (
    InvitationGoneError,
    TooManyError,
    follow_invitation,
    invite,
    left_today,
    renew,
    withdraw,
)
from openmuseums.trainers.inviting.naming import fit_name
from openmuseums.trainers.inviting.planning import Fate, Guest, plan
from openmuseums.trainers.inviting.reading import What, read
from openmuseums.trainers.inviting.writing import write_due, write_letters
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import Invitation, Participation
from tests.factories import NOW, make_trainer, make_user, signed_in
from tests.trainers.making import make_cohort, make_invitation, take_part, who_answers_for

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
HOSTILE = "<script>alert(1)</script> =cmd|'/c calc'!A0 \u202egro.live http://evil.example/ www.evil.example"


def fates(cohort, text):
    return [step.fate for step in plan(cohort, read(text.encode())).steps]


def addresses(cohort):
    return sorted(Invitation.objects.filter(cohort=cohort).values_list("email", flat=True))


def many(number):
    return [Guest(f"person-{place}@example.org", f"Person {place}") for place in range(number)]


def write(most=10_000):
    return write_letters(now=NOW, most=most)[0]


def path_of(invitation):
    return reverse("groups:invitation", args=[invitation.token])


def test_a_plan_says_of_each_line_what_would_happen():
    cohort = make_cohort()
    make_invitation(cohort, "invited@example.org")
    gone = make_invitation(cohort, "withdrawn@example.org")
    withdraw(cohort=cohort, invitation_id=gone.pk, by=make_user(), now=NOW)
    take_part(cohort, make_user(email="Joined@example.org"), shared=Shared(email=True))
    lines = ["new", "invited", "withdrawn", "JOINED", "NEW"]
    text = "email\n" + "".join(f"{name}@example.org\n" for name in lines)
    assert fates(cohort, text) == [Fate.INVITE, Fate.INVITED, Fate.WITHDRAWN, Fate.TAKES_PART, Fate.DOUBLE]


def test_a_plan_tells_nothing_of_accounts_and_of_what_is_not_shared():
    cohort, other = make_cohort(), make_cohort(name="Another")
    make_user(email="account@example.org")
    take_part(cohort, make_user(email="hidden@example.org"))
    take_part(other, make_user(email="elsewhere@example.org"), shared=Shared(email=True))
    make_invitation(other, "invited-elsewhere@example.org")
    refuse(kind=writing.KIND.key, digest=digest_of("refused@example.org"), now=NOW)
    names = ["account", "hidden", "elsewhere", "invited-elsewhere", "refused", "nobody"]
    assert fates(cohort, "".join(f"{name}@example.org\n" for name in names)) == [Fate.INVITE] * 6


def test_each_fault_has_its_line_and_column():
    rows = ["name,museum,language,email", "Ann,Keys,Klingon,ann@", "Bo\x07,Keys,,", f"Cy,{'x' * 201},el,cy@example.org"]
    steps = plan(make_cohort(), read("\n".join(rows).encode())).steps
    assert [(fault.what, fault.line, fault.column) for step in steps for fault in step.faults] == [
        (What.BAD_ADDRESS, 2, 4),
        (What.BAD_LANGUAGE, 2, 3),
        (What.NO_ADDRESS, 3, 4),
        (What.BAD_SIGNS, 3, 1),
        (What.TOO_LONG, 4, 2),
    ]


@pytest.mark.parametrize("language", ["el", "EL", "Greek", "Ελληνικά", "grieks", "Greco", "griego"])
def test_languages_are_known_by_code_and_by_name(language):
    step = plan(make_cohort(), read(f"ann@example.org,,,{language}\n".encode())).steps[0]
    assert (step.faults, step.guest.language) == ((), "el")


def test_the_same_file_twice_invites_nobody_twice():
    cohort = make_cohort()
    assert invite(cohort=cohort, guests=many(3), by=who_answers_for(cohort), now=NOW) == 3
    assert invite(cohort=cohort, guests=[*many(4), *many(4)], by=who_answers_for(cohort), now=NOW) == 1
    assert addresses(cohort) == [f"person-{place}@example.org" for place in range(4)]
    assert (write(), write()) == (4, 0)
    assert Letter.objects.count() == 4


def test_ten_thousand_are_invited_in_few_queries(django_assert_max_num_queries):
    cohort = make_cohort()
    with django_assert_max_num_queries(135):
        invite(cohort=cohort, guests=many(10_000), by=who_answers_for(cohort), now=NOW)
    assert Invitation.objects.count() == 10_000


def test_a_trainer_invites_so_many_a_day_in_all_their_groups(monkeypatch):
    monkeypatch.setattr(acts, "MOST_A_DAY", 3)
    trainer = make_trainer()
    first, second, others = make_cohort(trainer), make_cohort(trainer, name="Second"), make_cohort(name="Others’")
    invite(cohort=first, guests=many(2), by=who_answers_for(first), now=NOW)
    with pytest.raises(TooManyError) as raised:
        invite(cohort=second, guests=many(2), by=who_answers_for(second), now=NOW + DAY - dt.timedelta(seconds=1))
    assert (raised.value.left, addresses(second)) == (1, [])
    assert left_today(cohort=others, by=make_user(), now=NOW) == 3
    assert invite(cohort=second, guests=many(2), by=who_answers_for(second), now=NOW + DAY) == 2


def test_who_helps_uses_up_nothing_that_is_for_the_other_groups_of_who_answers(monkeypatch):
    monkeypatch.setattr(acts, "MOST_A_DAY", 3)
    trainer, helper = make_trainer(), make_trainer()
    helped, other = make_cohort(trainer), make_cohort(trainer, name="Other")
    assert invite(cohort=helped, guests=many(3), by=helper, now=NOW) == 3
    assert left_today(cohort=other, by=trainer, now=NOW) == 3
    assert left_today(cohort=make_cohort(helper, name="Their own"), by=helper, now=NOW) == 0


def test_a_group_gets_no_more_by_having_more_who_run_it(monkeypatch):
    monkeypatch.setattr(acts, "MOST_A_DAY", 3)
    trainer, helper = make_trainer(), make_trainer()
    cohort, other = make_cohort(trainer), make_cohort(trainer, name="Other")
    assert invite(cohort=cohort, guests=many(2), by=trainer, now=NOW) == 2
    with pytest.raises(TooManyError) as raised:
        invite(cohort=cohort, guests=many(4), by=helper, now=NOW)
    assert (raised.value.left, len(addresses(cohort))) == (1, 2)
    assert left_today(cohort=other, by=helper, now=NOW) == 3


def test_nobody_is_invited_to_a_group_in_the_archive():
    cohort = make_cohort()
    archive(cohort=cohort, by=make_user(), now=NOW)
    with pytest.raises(CohortClosedError):
        invite(cohort=cohort, guests=many(1), by=who_answers_for(cohort), now=NOW)


def test_a_letter_says_who_invites_and_how_to_get_no_more(course):
    trainer = make_trainer(name="Tessa Trainer")
    invitation = make_invitation(make_cohort(trainer), name="Ann", language="nl")
    write()
    letter = Letter.objects.get()
    # Dutch is not public here: the letter is in the first language of the group that is.
    assert (letter.address, letter.language, letter.account) == ("guest@example.org", "en", None)
    for words in ("Hello Ann,", "Tessa Trainer, of Museum of Keys", "Museums of the coast", path_of(invitation)):
        assert words in letter.text
    assert letter.stop_url in letter.text
    assert Client().post(letter.stop_url.removeprefix("http://127.0.0.1:8000")).status_code == 200
    Letter.objects.all().delete()
    make_invitation(make_cohort(name="Another"))
    assert write() == 1
    assert Letter.objects.count() == 0


def test_hostile_names_are_no_more_than_names_in_a_letter(course):
    cohort = make_cohort(make_trainer(name=HOSTILE), name=HOSTILE)
    make_invitation(cohort, name=HOSTILE, museum=HOSTILE)
    write()
    letter = Letter.objects.get()
    for text in (letter.subject, letter.text, letter.html):
        for part in ("<script", "http://evil", "evil.example", "\u202e", "=cmd"):
            assert part not in text


@pytest.mark.parametrize(
    ("typed", "fit"),
    [
        ("J.P. Coen-de Vries (O’Neill & Co)", "J. P. Coen-de Vries (O’Neill & Co)"),
        ("Άννα\r\nBcc: x@y.org", "Άννα Bcc: x y. org"),
        ("evil.example/path", "evil. example path"),
        ("ftp://x", "ftp: x"),
        ("a" * 90, "a" * 79 + "…"),
        ("\u202e\u200b", ""),
    ],
)
def test_a_name_is_made_fit(typed, fit):
    assert fit_name(typed) == fit


def test_a_worker_that_dies_half_way_leaves_nothing_doubled_and_nothing_lost():
    cohort = make_cohort()
    invite(cohort=cohort, guests=many(60), by=who_answers_for(cohort), now=NOW)
    send, calls = writing.send_letter, []

    def dies(**parts):
        calls.append(parts)
        if len(calls) == 40:
            raise KeyboardInterrupt
        send(**parts)

    with mock.patch.object(writing, "send_letter", dies), pytest.raises(KeyboardInterrupt):
        write()
    assert (Letter.objects.count(), Invitation.objects.exclude(sent_at=None).count()) == (25, 25)
    write_due(NOW)
    assert sorted(Letter.objects.values_list("address", flat=True)) == addresses(cohort)
    assert Invitation.objects.filter(sent_at=None).count() == 0


def test_what_somebody_else_has_claimed_is_not_written_again():
    make_invitation(make_cohort())
    batch = list(writing._waiting())
    Invitation.objects.update(sent_at=NOW)
    assert writing._write(batch[0], "", NOW) is False
    assert Letter.objects.count() == 0


def test_an_address_gets_three_invitations_a_day_and_the_others_wait():
    for number in range(5):
        make_invitation(make_cohort(name=f"Group {number}"))
    assert write() == 3
    assert Invitation.objects.filter(sent_at=None).count() == 2


def test_an_invitation_that_is_withdrawn_gets_no_letter_and_leads_nowhere(course):
    cohort = make_cohort()
    invitation = make_invitation(cohort)
    withdraw(cohort=cohort, invitation_id=invitation.pk, by=make_user(), now=NOW)
    assert write() == 0
    assert Client().get(path_of(invitation)).status_code == 404
    renew(cohort=cohort, invitation_id=invitation.pk, by=make_user())
    assert write() == 1
    assert Client().get(path_of(invitation)).status_code == 200


def test_the_link_joins_once_with_any_account_even_a_closed_group(course):
    cohort = make_cohort(is_open=False)
    invitation = make_invitation(cohort)
    account = make_user(name="Ann")
    client = Client()
    page = client.get(path_of(invitation))
    assert reverse("account_login") in page.content.decode()
    assert client.post(path_of(invitation)).status_code == 302
    assert Participation.objects.count() == 0
    client.force_login(account)
    response = client.post(path_of(invitation), {"name": "on"})
    row = Participation.objects.get()
    assert response["Location"] == reverse("groups:group", args=[row.pk])
    assert (row.account, row.name, row.email, row.status) == (account, "Ann", "", "joined")
    invitation.refresh_from_db()
    assert invitation.participation == row
    with pytest.raises(InvitationGoneError):
        follow_invitation(token=invitation.token, account=make_user(), shared=Shared(), now=NOW)
    assert Client().get(path_of(invitation)).status_code == 404


def test_who_takes_part_already_does_not_use_it_up(course):
    cohort = make_cohort()
    row = take_part(cohort, make_user(name="Ann"), shared=Shared(name=True))
    invitation = make_invitation(cohort)
    client = Client()
    client.force_login(row.account)
    assert client.get(path_of(invitation)).context["takes_part"] == row
    assert client.post(path_of(invitation)).status_code == 302
    row.refresh_from_db()
    invitation.refresh_from_db()
    assert (row.name, invitation.used_at) == ("Ann", None)


def test_two_invitations_of_one_person_lead_into_the_group_one_after_the_other():
    cohort, account = make_cohort(), make_user()
    for email in ("one@example.org", "two@example.org"):
        invitation = make_invitation(cohort, email)
        follow_invitation(token=invitation.token, account=account, shared=Shared(), now=NOW)
    assert Participation.objects.count() == 1


def listed(cohort, trainer):
    response = signed_in(trainer).get(reverse("trainers:invitations", args=[cohort.key]))
    return response.content.decode()


def test_the_list_says_that_somebody_came_only_where_they_share_their_address(course):
    trainer = make_trainer()
    cohort = make_cohort(trainer)
    quiet, open_ = make_invitation(cohort, "quiet@example.org"), make_invitation(cohort, "open@example.org")
    write()
    follow_invitation(token=quiet.token, account=make_user(email="quiet@example.org"), shared=Shared(), now=NOW)
    before = listed(cohort, trainer)
    assert (before.count("<td>Invited</td>"), before.count("<td>Takes part</td>")) == (2, 0)
    account = make_user(email="Open@example.org")
    follow_invitation(token=open_.token, account=account, shared=Shared(email=True), now=NOW)
    after = listed(cohort, trainer)
    assert (after.count("<td>Invited</td>"), after.count("<td>Takes part</td>")) == (1, 1)


def test_a_file_is_shown_first_and_saved_at_a_press(course):
    trainer = make_trainer()
    cohort = make_cohort(trainer)
    client = signed_in(trainer)
    text = f'email,name,museum,language\nann@example.org,"{HOSTILE}","{HOSTILE}",el\nno address,,,\n'
    sent = client.post(
        reverse("trainers:invitations-file", args=[cohort.key]),
        {"file": SimpleUploadedFile("people.csv", text.encode())},
    )
    page = client.get(sent["Location"])
    body = page.content.decode()
    assert (page.status_code, addresses(cohort)) == (200, [])
    assert "<script>alert" not in body
    assert "Line 3, column 1. “no address”: This is no e-mail address that we can write to. Correct it." in body
    assert client.post(sent["Location"]).status_code == 302
    assert addresses(cohort) == ["ann@example.org"]
    assert "<script>alert" not in listed(cohort, trainer)
    assert client.post(sent["Location"]).status_code == 302
    assert addresses(cohort) == ["ann@example.org"]


def test_another_trainer_cannot_accept_the_file(course):
    trainer, other = make_trainer(), make_trainer()
    cohort = make_cohort(trainer)
    sent = signed_in(trainer).post(
        reverse("trainers:invitations-file", args=[cohort.key]),
        {"file": SimpleUploadedFile("people.csv", b"ann@example.org\n")},
    )
    assert signed_in(other).post(sent["Location"]).status_code == 404
    theirs = make_cohort(other, name="Theirs")
    token = sent["Location"].rstrip("/").rpartition("/")[2]
    signed_in(other).post(reverse("trainers:invitations-accept", args=[theirs.key, token]))
    assert Invitation.objects.count() == 0


def test_a_file_that_cannot_be_read_says_what_to_do(course):
    trainer = make_trainer()
    cohort = make_cohort(trainer)
    response = signed_in(trainer).post(
        reverse("trainers:invitations-file", args=[cohort.key]),
        {"file": SimpleUploadedFile("people.csv", b"name\nAnn\n")},
    )
    assert response.status_code == 422
    assert "There is no column of e-mail addresses." in response.content.decode()


def test_one_person_is_invited_by_a_form_and_an_observer_invites_nobody(course):
    trainer = make_trainer()
    cohort = make_cohort(trainer)
    address = reverse("trainers:invitations", args=[cohort.key])
    data = {"email": "Ann@Example.org", "name": "Ann", "museum": "", "language": "el"}
    assert signed_in(trainer).post(address, data).status_code == 302
    assert list(Invitation.objects.values_list("email", "name", "language")) == [("ann@example.org", "Ann", "el")]
    observer = make_trainer()
    cohort.staff.create(account=observer, role="observer", since=NOW)
    assert signed_in(observer).post(address, {**data, "email": "bo@example.org"}).status_code == 404
    assert signed_in(observer).get(address).status_code == 200
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries_however_many_there_are(course, count, django_assert_num_queries):
    trainer = make_trainer()
    cohort = make_cohort(trainer)
    invite(cohort=cohort, guests=many(count), by=who_answers_for(cohort), now=NOW)
    client = signed_in(trainer)
    address = reverse("trainers:invitations", args=[cohort.key])
    client.get(address)
    with django_assert_num_queries(9):
        client.get(address)
