"""Takes a course out of the database, as its readers see it."""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from lessons.pack.catalogues import languages, read_catalogues
from lessons.pack.content import PackContent, PageContent, UploadContent
from lessons.pack.names import Names
from lessons.pack.page_types import page_type_of
from lessons.pack.problems import PackError, Place, Problem, Problems
from lessons.pack.texts import place_of
from lessons.pack.translations import Translated, course_of, translated_of
from lessons.pack.uploads import UploadKind, upload_kinds
from lessons.pack.writing import replace_pack
from openmuseums.segments.catalogues import Catalogue
from openmuseums.segments.merging import messages_of
from openmuseums.segments.storing import translated_texts
from openmuseums.segments.units import units_of


@dataclass
class DumpReport:
    """What a dump holds and what it leaves out: drafts, pages of other types, and references to them."""

    pages: int = 0
    uploads: int = 0
    drafts: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)


def dump_course(target: Path) -> DumpReport:
    """Write the course into a folder as it is published; drafts are not part of it.

    Raises PackError where the site holds no course, where the folder holds something else, and where what is published
    would not load again.
    """
    report = DumpReport()
    with tempfile.TemporaryDirectory() as scratch:
        replace_pack(_collect(report, Path(scratch), target), target)
    return report


def home_page() -> Page:
    """Return the first page of the default site, in the first language.

    Raises PackError where that is no page of a course.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = site.root_page.specific if site else None
    if home is None or page_type_of(type(home)) is None or home.locale_id != Locale.get_default().pk:
        raise PackError([Problem(Place("-"), _("This site holds no course yet: its first page is no home page."))])
    return home


def path_of(page: Page, home: Page) -> str:
    """Return the path that a pack knows a page by."""
    return str(page.url_path).removeprefix(str(home.url_path)).strip("/")


def upload_names(kind: UploadKind) -> dict[str, Any]:
    """Return all uploads of a kind by the names that a pack knows them by."""
    found: dict[str, Any] = {}
    for upload in kind.model.objects.order_by("key"):
        found[kind.name_of(upload, found)] = upload
    return found


def _collect(report: DumpReport, scratch: Path, target: Path) -> PackContent:
    home = home_page()
    pages = _published(home, report)
    names = Names()
    for page in pages:
        names.add_page(path_of(page, home), page.pk)
    uploads = {kind: upload_names(kind) for kind in upload_kinds()}
    for kind, named in uploads.items():
        for name, upload in named.items():
            names.add_upload(kind.model, name, upload.pk)
    contents: dict[str, PageContent] = {}
    for page in pages:
        path = path_of(page, home)
        contents[path] = _page_content(page, path, contents, names)
    kept = [
        _upload_content(kind, name, upload, scratch)
        for kind, named in uploads.items()
        for name, upload in named.items()
        if upload.pack_key or (kind.model, upload.pk) in names.used
    ]
    report.pages, report.uploads, report.lost = len(contents), len(kept), names.lost
    content = PackContent(home.locale.language_code, home.slug, list(contents.values()), kept)
    content.translations = _translations(content, pages, home, target)
    report.languages = [translated.language for translated in content.translations]
    return content


def _translations(content: PackContent, pages: list[Page], home: Page, target: Path) -> list[Translated]:
    """Return the translations that the site holds. What it does not keep is taken from the files that are there."""
    problems = Problems()
    before = read_catalogues(target, problems)
    problems.raise_any()
    units = [unit for page in pages for unit in units_of(page, where=place_of(content, path_of(page, home)))]
    found = []
    for language in languages():
        texts = translated_texts(units, language)
        there = before.get(language)
        if there and there.course != course_of(content):
            there = None
        if texts or there:
            messages = messages_of(units, there.messages if there else [], translations=texts or None)
            catalogue = Catalogue(course_of(content), content.language, language, messages)
            found.append(translated_of(catalogue))
    return found


def _published(home: Page, report: DumpReport) -> list[Page]:
    """Return the pages that a pack holds, parents first."""
    found: list[Page] = []
    held: set[str] = set()
    for page in Page.objects.descendant_of(home, inclusive=True).order_by("path").specific():
        parent = page.path[: -page.steplen]
        if page.pk != home.pk and parent not in held:
            continue  # below a page that is left out
        if page_type_of(type(page)) is None or not page.live or page.alias_of_id:
            report.left_out.append(page.title)
            continue
        if page.has_unpublished_changes:
            report.drafts.append(page.title)
        held.add(page.path)
        found.append(page)
    return found


def _page_content(page: Page, path: str, contents: dict[str, PageContent], names: Names) -> PageContent:
    kind = page_type_of(type(page))
    if kind is None:  # `_published` has left such pages out
        raise TypeError(page)
    parent = contents.get(path.rpartition("/")[0]) if path else None
    values = {
        name: packed
        for name, shape in kind.fields.items()
        if (packed := shape.packed(getattr(page, name), names, f"{page.translation_key}/{name}")) is not None
    }
    content = PageContent(kind, UUID(str(page.translation_key)), page.slug, path, values, parent)
    if parent:
        parent.children.append(content)
    return content


def _upload_content(kind: UploadKind, name: str, upload: Any, scratch: Path) -> UploadContent:
    file = f"{name}{Path(upload.file.name).suffix.lower()}"
    source = scratch / f"{kind.name}-{file}"
    try:
        with upload.file.storage.open(upload.file.name) as original, source.open("wb") as copy:
            shutil.copyfileobj(original, copy)
    except FileNotFoundError as error:
        place = Place(f"media/{kind.name}/{file}")
        raise PackError(
            [Problem(place, _("The file of “%(title)s” is gone from the uploads.") % {"title": upload.title})]
        ) from error
    digest = hashlib.sha1(source.read_bytes(), usedforsecurity=False).hexdigest()
    values = {
        field: packed
        for field, shape in kind.fields.items()
        if (packed := shape.packed(getattr(upload, field), Names(), "")) is not None
    }
    return UploadContent(kind, upload.key, name, file, source, digest, values)
