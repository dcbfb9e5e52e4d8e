"""What may be wrong with a block of each kind."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lessons.checks.registry import checks
from lessons.drawings import cramped, labels_of
from openmuseums.editorial.checks import Finding, Place
from openmuseums.editorial.fields import check_attribution
from openmuseums.editorial.texts import read_html
from quizzes.blocks.registry import CHECK_BLOCKS
from quizzes.checks import check_question

SOUND = frozenset({"mp3"})
CAPTIONS = "vtt"


@checks("image")
def check_text_alternative(value: Any, place: Place) -> Iterator[Finding]:
    """A picture either tells something, and then says it in words, or is decorative."""
    has_words = bool(value["alt_text"].strip())
    if has_words and value["decorative"]:
        yield place.error(
            "alt-and-decorative", _("A picture is marked as decorative and has a text alternative. Keep one of them.")
        )
    if not has_words and not value["decorative"]:
        yield place.error(
            "no-alt-decision", _("A picture has no text alternative. Write one, or mark the picture as decorative.")
        )


@checks("image")
def check_picture(value: Any, place: Place) -> Iterator[Finding]:
    """A picture is there, with its maker and licence."""
    if value["image"] is None:
        yield place.error("no-picture", _("A picture is missing. Choose one, or take the block out."))
    else:
        yield from check_attribution(value["image"], place)


@checks("diagram")
def check_drawing(value: Any, place: Place) -> Iterator[Finding]:
    """A drawing has all of its labels, and each has room."""
    words = {label["key"]: label["text"] for label in value["labels"]}
    if set(words) != {label.key for label in labels_of(value["diagram"])}:
        yield place.error(
            "labels-of-another-drawing",
            _("The labels are not those of the drawing. Open the page, save it, and they are put right."),
        )
    for text in cramped(value["diagram"], words):
        yield place.remark(
            "label-too-long", _("“%(label)s” has no room in the drawing. Find shorter words.") % {"label": text}
        )


@checks("resources")
def check_readers(value: Any, place: Place) -> Iterator[Finding]:
    """Readers of every language are shown something to read on."""
    shown = [set(resource.get("languages") or dict(settings.LANGUAGES)) for resource in value["items"]]
    for code, name in settings.LANGUAGES:
        if not any(code in codes for codes in shown):
            yield place.remark(
                "no-resource-for-readers",
                _("Readers of this language are shown no resource here: %(language)s.") % {"language": name},
            )


@checks("video", "expert_talk")
def check_recording_files(value: Any, place: Place) -> Iterator[Finding]:
    """Files of a recording have a maker and a licence; captions are captions."""
    for upload in (value["file"], value["captions"]):
        if upload is not None:
            yield from check_attribution(upload, place)
    captions = value["captions"]
    if captions is not None and captions.file_extension.lower() != CAPTIONS:
        yield place.error(
            "captions-not-vtt", _("Captions are a VTT file. “%(title)s” is none.") % {"title": captions.title}
        )


@checks("video", "expert_talk")
def check_captions(value: Any, place: Place) -> Iterator[Finding]:
    """Who cannot hear a recording reads it: captions for a video, a transcript for sound alone."""
    file, has_transcript = value["file"], has_words(value["transcript"])
    if file is not None and file.file_extension.lower() in SOUND:
        if not has_transcript:
            yield place.error("sound-without-transcript", _("A sound recording has no transcript. Write it out."))
        return
    if file is not None and value["captions"] is None:
        yield place.error("video-without-captions", _("A video has no captions. Choose a VTT file with them."))
    if not has_transcript:
        yield place.remark("no-transcript", _("A video has no transcript. Many people would rather read."))


@checks("video")
def check_video_source(value: Any, place: Place) -> Iterator[Finding]:
    """A video is somewhere."""
    if value["file"] is None and not value["address"]:
        yield place.error("video-nowhere", _("A video has neither a file nor an address. Give one of them."))


@checks("expert_talk")
def check_talk_source(value: Any, place: Place) -> Iterator[Finding]:
    """A talk can be seen, heard or at least read."""
    if value["file"] is None and not value["address"] and not has_words(value["transcript"]):
        yield place.error("talk-nowhere", _("A talk has no file, no address and no transcript. Give one of them."))


@checks("case_study")
def check_case_source(value: Any, place: Place) -> Iterator[Finding]:
    """Where a case is told can be read up."""
    if not value["source_title"].strip():
        yield place.error("case-without-source", _("A case study names no source. Say where it is told."))
    elif not value["source_address"]:
        yield place.remark("source-without-address", _("The source of a case study has no address. Is it on the web?"))


@checks("chart")
def check_chart_source(value: Any, place: Place) -> Iterator[Finding]:
    """Where figures come from can be read up."""
    if not value["source_title"].strip():
        yield place.error("chart-without-source", _("A chart names no source. Say where its figures come from."))


@checks("comparison_table")
def check_table_rows(value: Any, place: Place) -> Iterator[Finding]:
    """Every row has a cell for each column."""
    columns = len(value["columns"])
    for number, row in enumerate(value["rows"], start=1):
        if len(row.value) != columns:
            yield place.error(
                "uneven-row",
                _("Row %(number)s of a table has %(cells)s cells, but there are %(columns)s columns.")
                % {"number": number, "cells": len(row.value), "columns": columns},
            )


def _question_check(kind: str) -> Any:
    def check(value: Any, place: Place) -> Iterator[Finding]:
        """Leave a self-check to the checks of its kind of question."""
        yield from check_question(kind, value, place.field, place.block_id)

    return check


for _kind in CHECK_BLOCKS:
    checks(_kind)(_question_check(_kind))


def has_words(text: Any) -> bool:
    """Return whether somebody has written something in a rich text block."""
    return not read_html(getattr(text, "source", text) or "").is_empty
