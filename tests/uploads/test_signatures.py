"""Documents are what their names say."""

import io
import zipfile

import pytest
from django.conf import settings

from openmuseums.uploads.signatures import is_what_it_says
from tests.files import DOCUMENTS, archive_bytes, office_bytes

HTML = b"<!DOCTYPE html><script>alert(1)</script>"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"


def test_every_extension_that_may_be_uploaded_has_a_signature():
    assert sorted(DOCUMENTS) == sorted(settings.WAGTAILDOCS_EXTENSIONS)


@pytest.mark.parametrize("extension", DOCUMENTS)
def test_file_that_is_what_it_says_passes(extension):
    assert is_what_it_says(io.BytesIO(DOCUMENTS[extension]), extension)


def test_extension_in_capitals_passes():
    assert is_what_it_says(io.BytesIO(DOCUMENTS["pdf"]), "PDF")


@pytest.mark.parametrize("extension", DOCUMENTS)
@pytest.mark.parametrize("content", [HTML, PROGRAM, b"\x89PNG\r\n\x1a\n"], ids=["html", "program", "picture"])
def test_file_of_another_kind_is_refused(extension, content):
    assert not is_what_it_says(io.BytesIO(content), extension)


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (b"", "pdf"),
        (b"", "mp3"),
        (DOCUMENTS["docx"], "xlsx"),
        (DOCUMENTS["odt"], "ods"),
        (DOCUMENTS["txt"], "vtt"),
        (b"%PDF-1.7", "exe"),
        (archive_bytes(anything="x"), "docx"),
        (archive_bytes(anything="x"), "odt"),
        (b"PK\x03\x04 broken", "docx"),
        ("Ελλάδα".encode("utf-16"), "txt"),
        (b"  \n<svg onload=alert(1)>", "txt"),
        (b"\xef\xbb\xbf<html>", "csv"),
    ],
)
def test_file_that_only_looks_like_it_is_refused(content, extension):
    assert not is_what_it_says(io.BytesIO(content), extension)


def test_office_file_with_macros_is_refused():
    stream = io.BytesIO(office_bytes("word/"))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    assert not is_what_it_says(stream, "docx")


def test_text_cut_within_a_letter_passes():
    assert is_what_it_says(io.BytesIO(b"a" + "λ".encode() * 4000), "txt")


def test_file_is_left_at_its_beginning():
    stream = io.BytesIO(DOCUMENTS["docx"])
    is_what_it_says(stream, "docx")
    assert stream.tell() == 0
