"""Texts of a language taken along and brought back in Wagtail's admin: shown first, then taken, by who may."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openmuseums.translation.bundles.files import Format
from openmuseums.translation.models import Team
from openmuseums.translation.teams.setting_up import set_up_team
from openmuseums.uploads.forms import MAX_WAITING
from tests.factories import NOW, FixtureCourse, make_translation, make_user, signed_in
from tests.translation.bundles.sending import exported, kept, po_with, translation_of

LEAD = "What you get from The digital strategy."


@pytest.fixture
def team(course: FixtureCourse) -> Team:
    make_translation(course.units["digital-strategy"], "nl")
    return set_up_team(language="nl", country="NL", name="Het museum", now=NOW)


def member_of(group: Group) -> Client:
    user = make_user()
    user.groups.add(group)
    return signed_in(user)


@pytest.fixture
def desk(team: Team) -> Client:
    return member_of(team.translators)


def address(name: str, language: str = "nl", query: str = "") -> str:
    return reverse(f"translation_admin:{name}", args=[language]) + query


def send(desk: Client, data: bytes, *, force: bool = False) -> Any:
    fields = {"file": SimpleUploadedFile("nederlands.po", data), **({"force": "on"} if force else {})}
    return desk.post(address("upload"), fields)


def accept(desk: Client, token: str, language: str = "nl") -> Any:
    return desk.post(address("upload-accept", language), {"token": token}, follow=True)


def test_file_is_shown_first_and_then_taken(desk: Client) -> None:
    before = kept()
    shown = send(desk, po_with(exported(), LEAD, "Wat u eraan hebt."))
    assert shown.status_code == 200
    assert shown.context["plan"].summary()[0] == "1 translation is new."
    assert kept() == before
    taken = accept(desk, shown.context["token"])
    assert taken.status_code == 200
    assert "1 translation was kept." in taken.content.decode()
    assert "Nothing of it is public yet." in taken.content.decode()
    assert translation_of(LEAD) == ["Wat u eraan hebt."]
    assert "The file is not kept any more. Send it again." in accept(desk, shown.context["token"]).content.decode()


def test_what_is_refused_is_listed_with_a_way_to_the_text_and_the_good_part_is_taken(desk: Client) -> None:
    data = po_with(exported(), LEAD, "Wat u eraan hebt.")
    data = po_with(data, "The digital strategy", "<script>x</script>")
    shown = send(desk, data)
    content = shown.content.decode()
    assert shown.status_code == 422
    assert "<script>x" not in content
    assert "&lt;script&gt; is not in the source." in content
    assert "Accept the good part" in content
    assert "#s-" in shown.context["refused"][0].address
    taken = accept(desk, shown.context["token"])
    assert "What is listed below was not taken." in taken.content.decode()
    assert translation_of(LEAD) == ["Wat u eraan hebt."]


@pytest.mark.parametrize("data", [b"", b"nonsense", b"<xliff", b"PK\x03\x04nonsense", b"\x00\xff"])
def test_file_without_a_good_part_cannot_be_accepted(desk: Client, data: bytes) -> None:
    shown = send(desk, data)
    assert (shown.status_code, bool(shown.context.get("token"))) == (422, False)


def test_too_large_file_is_refused(desk: Client) -> None:
    shown = send(desk, b"x" * (MAX_WAITING + 1))
    assert (shown.status_code, shown.context["plan"]) == (422, None)
    assert "This file is too large" in shown.content.decode()


@pytest.mark.parametrize("format_name", list(Format))
def test_file_is_handed_out(desk: Client, format_name: Format) -> None:
    answer = desk.get(address("download", query=f"?format={format_name}"))
    suffix = "po" if format_name is Format.PO else "xlf"
    assert answer["Content-Disposition"] == f'attachment; filename="open-museums-nl.{suffix}"'
    assert answer.content == exported(format_name)


def test_page_and_its_links_are_there(desk: Client) -> None:
    answer = desk.get(address("upload"))
    assert answer.status_code == 200
    assert address("download") in answer.content.decode()


@pytest.mark.parametrize("query", ["", "?format=docx", "?format=po&course=nothing"])
def test_what_there_is_not_is_not_found(desk: Client, query: str) -> None:
    assert desk.get(address("download", query=query)).status_code == 404


def test_nobody_else_may(team: Team, course: FixtureCourse) -> None:
    make_translation(course.home, "el")
    other = set_up_team(language="el", country="GR", name="Το μουσείο", now=NOW)
    before = kept()
    data = po_with(exported(), LEAD, "Wat u eraan hebt.")
    stranger = member_of(other.reviewers)
    token = send(member_of(team.translators), data).context["token"]
    for answer in (
        stranger.get(address("upload")),
        stranger.get(address("download", query="?format=po")),
        send(stranger, data),
        accept(stranger, token),
    ):
        # Wagtail's admin leads who may not to its first page, with a message.
        assert answer.status_code in {302, 403} or answer.redirect_chain
    for language in ("en", "fr"):
        assert member_of(team.translators).get(address("upload", language)).status_code == 404
    assert kept() == before


def test_token_is_of_one_person_and_one_language(team: Team, desk: Client, course: FixtureCourse) -> None:
    make_translation(course.home, "el")
    greek = set_up_team(language="el", country="GR", name="Το μουσείο", now=NOW)
    token = send(desk, po_with(exported(), LEAD, "Wat u eraan hebt.")).context["token"]
    colleague = member_of(team.translators)
    both = make_user()
    both.groups.add(team.translators, greek.translators)
    before = kept()
    for somebody, language in ((colleague, "nl"), (signed_in(both), "el")):
        answer = accept(somebody, token, language)
        assert "The file is not kept any more. Send it again." in answer.content.decode()
    assert kept() == before


def test_file_of_a_language_writes_no_other(team: Team, course: FixtureCourse) -> None:
    make_translation(course.units["digital-strategy"], "el")
    greek = set_up_team(language="el", country="GR", name="Το μουσείο", now=NOW)
    data = po_with(exported(language="el"), LEAD, "Τι κερδίζετε.")
    shown = send(member_of(team.translators), data)
    assert (shown.status_code, [found.message for found in shown.context["refused"]]) == (
        422,
        ["This file holds the language “el”, not “nl”."],
    )
    assert not shown.context["token"]
    assert greek.locale.language_code == "el"
