"""Captions of videos go along in the archive and come back as documents of the language."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from wagtail_localize.models import SegmentOverride

from openmuseums.translation.bundles.captions import MAX_BYTES
from openmuseums.translation.bundles.files import read_file
from openmuseums.uploads.models import Attachment
from tests.packs import SMALL, have_loaded
from tests.translation.bundles.sending import exported, kept, reasons, taken

DUTCH = b"WEBVTT\n\n00:00.000 --> 00:02.000\nGoedemorgen.\n"


@pytest.fixture
def bundle(db: None) -> dict[str, bytes]:
    """Return the files of the small course's archive."""
    have_loaded(SMALL)
    return parts_of(exported())


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def dutch_name(parts: dict[str, bytes]) -> str:
    english = next(name for name in parts if name.endswith(".en.vtt"))
    return english.replace(".en.vtt", ".nl.vtt")


def test_captions_go_out_and_come_back(bundle: dict[str, bytes]) -> None:
    name = dutch_name(bundle)
    assert sorted(bundle) == [name.replace(".nl.", ".en."), "open-museums-nl.po"]
    plan = taken(packed({**bundle, name: DUTCH}))
    assert (plan.refused, len(plan.captions), plan.writes) == ([], 1, [])
    document = Attachment.objects.get(pk=SegmentOverride.objects.get().data)
    source = Attachment.objects.exclude(pk=document.pk).get(pack_key="captions")
    with document.file.open() as file:
        assert file.read() == DUTCH
    assert (document.title, document.credit, document.licence) == (
        f"{source.title} (nl)",
        source.credit,
        source.licence,
    )
    again = exported()
    assert parts_of(again)[name] == DUTCH
    before = kept()
    assert taken(again).captions == []
    assert (kept(), exported()) == (before, again)


def test_captions_that_somebody_changed_meanwhile_stay(bundle: dict[str, bytes]) -> None:
    name = dutch_name(bundle)
    taken(packed({**bundle, name: DUTCH}))
    mine = packed({**parts_of(exported()), name: DUTCH.replace(b"Goedemorgen", b"Dag")})
    override = SegmentOverride.objects.get()
    other = Attachment(title="Other")
    other.file.save("other.vtt", ContentFile(DUTCH.replace(b"Goedemorgen", b"Hallo")))
    override.data_json = str(other.pk)
    override.save()
    plan = taken(mine)
    assert (reasons(plan), SegmentOverride.objects.get().data) == (["conflict"], other.pk)
    assert taken(mine, force=True).refused == []
    assert SegmentOverride.objects.get().data != other.pk


@pytest.mark.parametrize(
    "data", [b"", b"no captions", b"<svg>", b"WEBVTT\n\n\xff", b"WEBVTT" + b" " * MAX_BYTES], ids=len
)
def test_what_is_no_captions_is_refused_and_the_texts_are_taken(bundle: dict[str, bytes], data: bytes) -> None:
    plan = taken(packed({**bundle, dutch_name(bundle): data}))
    assert (reasons(plan), plan.captions) == (["captions"], [])
    assert plan.unchanged > 80
    assert SegmentOverride.objects.count() == 0


def test_captions_of_nothing_are_refused(bundle: dict[str, bytes]) -> None:
    plan = taken(packed({**bundle, "captions/home/other.nl.vtt": DUTCH}))
    assert [finding.message for finding in plan.refused] == [
        "home/other.nl.vtt: The course has no captions of this name."
    ]


def test_archive_that_was_packed_anew_is_read(bundle: dict[str, bytes]) -> None:
    folder = {f"open-museums/{name}": data for name, data in bundle.items()}
    plan = taken(packed({**folder, "__MACOSX/open-museums/._nl.po": b"x", "open-museums/.DS_Store": b"x"}))
    assert (plan.refused, plan.writes) == ([], [])
    assert plan.unchanged > 80


@pytest.mark.parametrize(
    "parts",
    [
        {"../nl.po": b"x"},
        {"/etc/nl.po": b"x"},
        {"C:\\nl.po": b"x"},
        {"nl.txt": b"x"},
        {"nl.po": b"", "el.po": b""},
        {"nl.po": b"\n" * 200_000_000},
    ],
    ids=["up", "root", "drive", "none", "two", "bomb"],
)
def test_archive_that_is_a_trap_is_not_read(parts: dict[str, bytes]) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    found = read_file(stream.getvalue())
    assert (found.bundle.is_whole, found.bundle.entries, found.captions, len(found.bundle.faults)) == (
        False, [], {}, 1,
    )  # fmt: skip
