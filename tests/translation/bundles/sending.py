"""What tests do to files with translations, and ask about the texts that the site keeps."""

import io
import zipfile
from collections.abc import Callable

from wagtail_localize.models import SegmentOverride, StringTranslation

from openmuseums.translation.bundles.exchanging import Sent, export_translations, import_translations, plan_import
from openmuseums.translation.bundles.files import Format
from openmuseums.translation.bundles.plans import Plan

COURSE = "open-museums"


def exported(format: Format = Format.PO, language: str = "nl") -> bytes:  # noqa: A002 - as the command calls it
    """Return the course as a file."""
    return export_translations(course=COURSE, language=language, format=format).data


def texts_in(data: bytes) -> str:
    """Return the file with texts from an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(next(name for name in archive.namelist() if name.startswith(COURSE))).decode()


def taken(data: bytes, language: str = "nl", *, force: bool = False) -> Plan:
    """Take a file in."""
    return import_translations(Sent(data, "file", language, force=force))


def planned(data: bytes, language: str = "nl", *, force: bool = False) -> Plan:
    """Return what a file would do."""
    return plan_import(Sent(data, "file", language, force=force))


def kept() -> list[tuple[object, ...]]:
    """Return every translation that the site keeps, with when it was kept."""
    texts = StringTranslation.objects.order_by("pk").values_list("pk", "data", "tool_name", "updated_at")
    return [*texts, *SegmentOverride.objects.order_by("pk").values_list("pk", "data_json", "updated_at")]


def translation_of(source: str, language: str = "nl") -> list[str]:
    """Return what the site keeps of a text, wherever it stands."""
    rows = StringTranslation.objects.filter(translation_of__data=source, locale__language_code=language)
    return list(rows.order_by("pk").values_list("data", flat=True))


def reasons(plan: Plan) -> list[str]:
    """Return why entries were not taken."""
    return [str(finding.reason) for finding in plan.refused]


def po_with(data: bytes, source: str, translation: str, *, spoil: Callable[[str], str] = str) -> bytes:
    """Return a PO file in which a text has another translation. spoil: does more to its entry."""
    entries = data.decode().split("\n\n")
    at = next(number for number, entry in enumerate(entries) if f'\nmsgid "{source}"\n' in entry)
    head, _msgstr, _old = entries[at].partition("\nmsgstr ")
    entries[at] = spoil(f'{head}\nmsgstr "{translation}"')
    return "\n\n".join(entries).rstrip("\n").encode() + b"\n"


def xliff_with(data: bytes, source: str, target: str, *, state: str = "translated") -> bytes:
    """Return an XLIFF file in which a text has another translation."""
    before, middle, after = data.decode().partition(f">{source}</source>\n")
    head, _slash, rest = after.partition("</target>")
    attributes = head.partition(' state="')[0]
    return f'{before}{middle}{attributes} state="{state}">{target}</target>{rest}'.encode()
