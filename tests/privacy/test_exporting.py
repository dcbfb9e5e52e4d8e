"""A copy of one's data: for people, without the site, and for programs."""

import io
import json
import zipfile
from html.parser import HTMLParser

import pytest

from openmuseums.learners.models import Learner
from openmuseums.privacy.exporting import export, rows_of, sections_of
from openmuseums.privacy.registry import Subject, declarations, subject_of_account
from tests.factories import NOW, make_user
from tests.privacy.people import ADDRESS, NAME, OTHER_ADDRESS, make_person

pytestmark = pytest.mark.django_db


class Reader(HTMLParser):
    """Collects tags with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def unpacked(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_copy_holds_a_page_and_data(course):
    person = make_person(course)
    files = unpacked(export(subject=subject_of_account(person.account), language="el", now=NOW))
    assert sorted(files) == ["data.json", "index.html"]
    data = json.loads(files["data.json"])
    assert (data["format"], data["version"], data["language"]) == ("openmuseums-personal-data", 1, "el")
    assert [kept["model"] for kept in data["kept"]] == [found.model for found in declarations()]
    kept = {kept["model"]: kept["rows"] for kept in data["kept"]}
    assert kept["people.User"][0]["email"] == ADDRESS
    assert OTHER_ADDRESS in [row["email"] for row in kept["account.EmailAddress"]]
    assert [row["who"] for row in kept["privacy.Look"]] == ["Another Person"]
    assert NAME in files["index.html"]


def test_keys_of_pages_have_their_titles_beside_them(course):
    person = make_person(course)
    unit = course.units["online-safety"]
    (row,) = [
        row
        for row in rows_of(subject_of_account(person.account))["learners.UnitState"]
        if row["unit_key"] == unit.translation_key
    ]
    assert row["unit_title"] == unit.title


def test_page_needs_neither_the_site_nor_the_network(course):
    person = make_person(course)
    page = unpacked(export(subject=subject_of_account(person.account), language="en", now=NOW))["index.html"]
    reader = Reader()
    reader.feed(page)
    assert [tag for tag, _attributes in reader.tags if tag in {"script", "img", "link", "iframe", "object"}] == []
    assert [attributes for _tag, attributes in reader.tags if "src" in attributes] == []
    assert [a["href"] for tag, a in reader.tags if tag == "a" and not str(a["href"]).startswith("#")] == []
    assert "url(" not in page
    assert "@import" not in page


def test_tables_of_the_page_are_headed(course):
    person = make_person(course)
    page = unpacked(export(subject=subject_of_account(person.account), language="nl", now=NOW))["index.html"]
    reader = Reader()
    reader.feed(page)
    counted = [tag for tag, _attributes in reader.tags]
    assert ("html", {"lang": "nl"}) in reader.tags
    assert counted.count("h1") == 1
    assert counted.count("caption") == counted.count("table") > 10
    assert {attributes.get("scope") for tag, attributes in reader.tags if tag == "th"} == {"col", "row"}


def test_secrets_are_in_no_copy(course):
    person = make_person(course)
    files = unpacked(export(subject=subject_of_account(person.account), language="en", now=NOW))
    secrets = [person.account.password, person.client.session.session_key, "of ariadne.k"]
    assert [secret for secret in secrets if secret in files["data.json"] + files["index.html"]] == []


def test_hostile_words_are_only_words(db):
    account = make_user(name="<script>alert(1)</script>", username="hostile")
    page = unpacked(export(subject=subject_of_account(account), language="en", now=NOW))["index.html"]
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_visitors_copy_is_of_the_record_alone(db):
    learner = Learner.objects.create(started_at=NOW, expires_at=NOW)
    make_user()
    found = rows_of(Subject(account=None, record_id=learner.pk))
    assert {label: len(rows) for label, rows in found.items() if rows} == {"learners.Learner": 1}


def test_nobody_has_anything(course):
    make_person(course)
    assert sections_of(Subject(account=None, record_id=None)) == []
