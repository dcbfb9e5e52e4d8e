"""Erasing a person: nothing that names them is left anywhere, and what others need stays."""

import logging

import pytest
from django.db import DatabaseError, transaction
from wagtail.models import Comment, CommentReply, ModelLogEntry, Page, PageLogEntry, Revision

from openmuseums.learners.models import Event, Learner
from openmuseums.learners.recording import mark_read
from openmuseums.people.models import User
from openmuseums.privacy.erasing import LastAdministratorError, erase, is_last_administrator
from openmuseums.privacy.models import Look, Total
from openmuseums.privacy.registry import Subject, subject_of_account
from tests.factories import NOW, make_user
from tests.privacy.people import everything_in_files, everything_in_the_database, links, links_to, make_person

pytestmark = pytest.mark.django_db

# Models that the site installs and never fills.
NOT_DONE = {"wagtailimages.Image.uploaded_by_user", "wagtaildocs.Document.uploaded_by_user"}


def erase_account(account: User) -> bool:
    return erase(subject=subject_of_account(account), now=NOW)


def found(traces: list[str], text: str) -> list[str]:
    said = text.casefold()
    return [f"{trace}: {line[:200]}" for trace in traces if trace.casefold() in said
            for line in text.splitlines() if trace.casefold() in line.casefold()]  # fmt: skip


def test_somebody_who_did_everything_leaves_no_trace(
    course, caplog, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    person = make_person(course, is_superuser=True)
    pk = person.account.pk
    # The dump shows each of them while they are there; a database writes a record's id in one of two ways.
    names, ids = person.traces[:-2], person.traces[-2:]
    before = everything_in_the_database().casefold()
    assert [trace for trace in names if trace.casefold() not in before] == []
    assert any(record_id in before for record_id in ids)
    assert set(links()) - links_to(pk) == NOT_DONE
    assert found(person.traces, everything_in_files()) != []
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        assert erase_account(person.account)
    assert found(person.traces, everything_in_the_database()) == []
    assert found(person.traces, everything_in_files()) == []
    # Queries are logged where somebody debugs the database, and nowhere else.
    said = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert "An account was erased." in said
    assert found(person.traces, said) == []
    assert links_to(pk) == set()


def test_everything_of_others_stays(course):
    person = make_person(course)
    other_learner = Learner.objects.get(account=person.other)
    erase_account(person.account)
    assert User.objects.filter(pk=person.other.pk).exists()
    assert list(Learner.objects.all()) == [other_learner]


def test_what_they_wrote_stays_without_their_name(course):
    person = make_person(course)
    erase_account(person.account)
    page = Page.objects.get(pk=course.course.pk)
    assert (page.owner, page.locked, page.locked_by) == (None, False, None)
    revision = Revision.objects.filter(object_id=str(page.pk)).latest("pk")
    assert (revision.user, revision.content["owner"], revision.content["locked_by"]) == (None, None, None)
    writers = set(Comment.objects.values_list("text", "user__name", "user__username"))
    assert writers == {("Is this right?", "", "former-editor"), ("And this?", "Another Person", None)}
    assert set(CommentReply.objects.values_list("text", "user__username")) == {
        ("It is.", None),
        ("That too.", "former-editor"),
    }
    assert Comment.objects.filter(resolved_by__isnull=False).count() == 0
    nobody = User.objects.get(username="former-editor")
    assert (nobody.is_active, nobody.has_usable_password(), nobody.email) == (False, False, None)


def test_a_revision_of_a_former_editor_opens(course):
    person = make_person(course)
    erase_account(person.account)
    page = Page.objects.get(pk=course.course.pk).specific
    assert page.get_latest_revision_as_object().title == page.title
    assert page.wagtail_admin_comments.count() == 2


def test_logs_about_the_account_are_nameless(course):
    person = make_person(course)
    pk = person.account.pk
    erase_account(person.account)
    about = ModelLogEntry.objects.filter(object_id=str(pk), content_type__model="user")
    assert list(about.values_list("label", "data", "user")) == [("–", {}, None), ("–", {}, person.other.pk)]
    assert PageLogEntry.objects.filter(label="Written by –").count() == 1


def test_looks_at_others_stay_for_them_without_a_name(course):
    person = make_person(course)
    erase_account(person.account)
    assert list(Look.objects.values_list("actor", "subject", "what")) == [(None, person.other.pk, "account")]


def test_totals_stay_by_page_kind_and_month(course):
    person = make_person(course)
    kinds = list(Event.objects.filter(learner=person.record_id).values_list("kind", "page_key"))
    erase_account(person.account)
    kept = Total.objects.values_list("kind", "page_key", "month__day", "count")
    assert sorted((kind, key) for kind, key, _day, _count in kept) == sorted(set(kinds))
    assert sum(count for _kind, _key, _day, count in kept) == len(kinds)
    assert {day for _kind, _key, day, _count in kept} == {1}


def test_totals_of_two_records_add_up(course):
    for number in range(2):
        account = make_user(username=f"learner{number}")
        learner = Learner.objects.create(account=account, started_at=NOW)
        Event.objects.bulk_create(
            [
                Event(
                    learner=learner,
                    kind="unit-read",
                    page_key=course.units["online-safety"].translation_key,
                    occurred_at=NOW,
                    recorded_at=NOW,
                )
            ]
        )
        erase_account(account)
    assert list(Total.objects.values_list("kind", "count")) == [("unit-read", 2)]


def test_erasing_twice_changes_nothing(course):
    person = make_person(course)
    subject = subject_of_account(person.account)
    assert erase(subject=subject, now=NOW)
    totals = list(Total.objects.values())
    assert not erase(subject=subject, now=NOW)
    assert list(Total.objects.values()) == totals


def test_an_account_that_another_tab_saves_afterwards_does_not_come_back(course):
    account = make_user(username="twotabs")
    other_tab = User.objects.get(pk=account.pk)
    erase_account(account)
    with pytest.raises(DatabaseError), transaction.atomic():
        other_tab.save()
    assert not User.objects.filter(username="twotabs").exists()


def test_the_last_administrator_cannot_leave(db):
    account = make_user(username="admin", is_superuser=True)
    make_user(username="closed", is_superuser=True, is_active=False)
    assert is_last_administrator(account)
    with pytest.raises(LastAdministratorError):
        erase_account(account)
    assert User.objects.filter(pk=account.pk).exists()
    make_user(username="second", is_superuser=True)
    assert erase_account(account)


def test_nobody_is_erased_where_there_is_nobody(db):
    assert not erase(subject=Subject(account=None, record_id=None), now=NOW)


def test_a_visitors_record_leaves_totals_alone(course):
    visitor = Learner.objects.create(started_at=NOW, expires_at=NOW)
    mark_read(learner=visitor, page_key=course.units["online-safety"].translation_key, now=NOW)
    pk = visitor.pk
    assert erase(subject=Subject(account=None, record_id=pk), now=NOW)
    assert found([str(pk), pk.hex], everything_in_the_database()) == []
    assert Total.objects.count() == 2
    assert not erase(subject=Subject(account=None, record_id=pk), now=NOW)


def test_an_account_deleted_in_a_shell_leaves_no_trace(course):
    person = make_person(course)
    pk = person.account.pk
    person.account.delete()
    assert found(person.traces, everything_in_the_database()) == []
    assert links_to(pk) == set()


def test_a_name_that_is_a_word_stays_in_titles(course):
    account = make_user(name=course.course.title, username="titled")
    course.course.specific.save_revision(user=account, log_action=True)
    erase_account(account)
    assert PageLogEntry.objects.filter(label=course.course.title, action="wagtail.edit").count() == 1


def test_former_editors_share_one_account(course):
    for number in range(2):
        account = make_user(username=f"editor{number}")
        Comment.objects.create(page=course.course, user=account, text="Hm.", contentpath="title")
        erase_account(account)
    assert User.objects.filter(username__startswith="former-editor").count() == 1


def test_somebody_called_as_former_editors_gets_none_of_their_comments(course):
    make_user(username="former-editor")
    account = make_user(username="editor")
    Comment.objects.create(page=course.course, user=account, text="Hm.", contentpath="title")
    erase_account(account)
    assert Comment.objects.get().user.username == "former-editor-2"
