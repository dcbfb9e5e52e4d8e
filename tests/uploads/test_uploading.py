"""Uploading in Wagtail's admin: what is asked, and what is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from openmuseums.uploads.models import Attachment, Picture
from tests.factories import make_user, with_second_factor
from tests.files import DOCUMENTS, picture_bytes

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.fixture
def admin(db, client):
    client.force_login(make_user(username="admin", is_superuser=True))
    with_second_factor(client)
    return client


def upload_picture(admin, name, content):
    data = {"title": "A coin", "file": SimpleUploadedFile(name, content)}
    return admin.post(reverse("wagtailimages:add"), data)


def upload_document(admin, name, content):
    data = {"title": "A sheet", "file": SimpleUploadedFile(name, content)}
    return admin.post(reverse("wagtaildocs:add"), data)


@pytest.mark.parametrize("address", ["wagtailimages:add", "wagtaildocs:add"])
def test_upload_form_asks_for_credit_licence_and_source_and_requires_none(admin, address):
    fields = admin.get(reverse(address)).context["form"].fields
    assert [(name, fields[name].required) for name in ("credit", "licence", "source")] == [
        ("credit", False),
        ("licence", False),
        ("source", False),
    ]


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP"), ("a.gif", "GIF")])
def test_picture_is_kept(admin, name, kind):
    assert upload_picture(admin, name, picture_bytes(kind=kind)).status_code == 302
    assert Picture.objects.get().title == "A coin"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", SVG),
        ("a.png", SVG),
        ("a.png", b"<script>alert(1)</script>"),
        ("a.png", picture_bytes(kind="JPEG")),
        ("a.bmp", picture_bytes(kind="BMP")),
        ("a.html", picture_bytes()),
    ],
)
def test_picture_that_is_none_is_refused(admin, name, content):
    assert list(upload_picture(admin, name, content).context["form"].errors) == ["file"]
    assert not Picture.objects.exists()


@override_settings(WAGTAILIMAGES_MAX_IMAGE_PIXELS=100)
def test_picture_of_too_many_pixels_is_refused(admin):
    assert list(upload_picture(admin, "a.png", picture_bytes(11, 10)).context["form"].errors) == ["file"]


@override_settings(WAGTAILIMAGES_MAX_UPLOAD_SIZE=50)
def test_picture_of_too_many_bytes_is_refused(admin):
    assert list(upload_picture(admin, "a.png", picture_bytes()).context["form"].errors) == ["file"]


@pytest.mark.parametrize("extension", DOCUMENTS)
def test_document_is_kept(admin, extension):
    assert upload_document(admin, f"a.{extension}", DOCUMENTS[extension]).status_code == 302
    assert Attachment.objects.get().title == "A sheet"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("a.mp4", DOCUMENTS["pdf"]),
        ("a.html", b"<p>Text</p>"),
        ("a.svg", SVG),
        ("a.exe", b"MZ"),
        ("a.docx", DOCUMENTS["odt"]),
    ],
)
def test_document_that_is_not_what_it_says_is_refused(admin, name, content):
    assert list(upload_document(admin, name, content).context["form"].errors) == ["file"]
    assert not Attachment.objects.exists()


def test_document_that_is_not_what_it_says_is_refused_by_the_uploader_of_many(admin):
    file = SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>")
    answer = admin.post(reverse("wagtaildocs:add_multiple"), {"title": "a", "files[]": file}).json()
    assert answer["success"] is False
    assert not Attachment.objects.exists()


def test_document_that_is_too_large_is_refused(admin, monkeypatch):
    monkeypatch.setattr("openmuseums.uploads.models.MAX_DOCUMENT_BYTES", 10)
    assert list(upload_document(admin, "a.pdf", DOCUMENTS["pdf"]).context["form"].errors) == ["file"]


def test_stored_document_can_be_given_a_licence_without_its_file(admin):
    upload_document(admin, "a.pdf", DOCUMENTS["pdf"])
    document = Attachment.objects.get()
    data = {"title": "A sheet", "credit": "The museum", "licence": "CC-BY-4.0", "collection": document.collection_id}
    assert admin.post(reverse("wagtaildocs:edit", args=[document.pk]), data).status_code == 302
    assert Attachment.objects.get().is_attributed
