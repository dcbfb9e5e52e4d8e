"""Small files that are what their names say, and the pictures and documents made of them."""

import io
import zipfile
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from openmuseums.uploads.models import Attachment, Picture


def picture_bytes(width: int = 40, height: int = 30, kind: str = "PNG") -> bytes:
    """Return a picture of one colour."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "#4a3a78").save(stream, kind)
    return stream.getvalue()


def archive_bytes(**parts: str) -> bytes:
    """Return a zip archive; a part's name has `__` for `/` and `_dot_` for a full stop."""
    return _archive({name.replace("__", "/").replace("_dot_", "."): text for name, text in parts.items()})


def office_bytes(folder: str) -> bytes:
    """Return an archive that looks like an office file of Microsoft's kind."""
    return _archive({"[Content_Types].xml": "<Types/>", f"{folder}document.xml": "<document/>"})


def _archive(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


DOCUMENTS = {
    "csv": b"museum,visitors\nOurs,1200\n",
    "docx": office_bytes("word/"),
    "mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00",
    "mp4": b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2",
    "odp": archive_bytes(mimetype="application/vnd.oasis.opendocument.presentation"),
    "ods": archive_bytes(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "odt": archive_bytes(mimetype="application/vnd.oasis.opendocument.text"),
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "pptx": office_bytes("ppt/"),
    "txt": "Λόγια, in words.\n".encode(),
    "vtt": b"WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning.\n",
    "webm": b"\x1a\x45\xdf\xa3\x01\x00\x00\x00",
    "xlsx": office_bytes("xl/"),
}


def make_picture(**fields: Any) -> Picture:
    """Make a picture whose maker and licence are known."""
    content = fields.pop("content", None) or picture_bytes()
    fields = {"title": "A coin", "credit": "The museum", "licence": "CC-BY-4.0", **fields}
    return Picture.objects.create(file=ContentFile(content, "coin.png"), **fields)


def make_document(name: str, **fields: Any) -> Attachment:
    """Make a document, of the kind its name says, whose maker and licence are known."""
    fields = {"title": name, "credit": "The museum", "licence": "CC-BY-4.0", **fields}
    return Attachment.objects.create(file=ContentFile(DOCUMENTS[name.rpartition(".")[2]], name), **fields)
