"""Loads a pack into the site: what is new is made, what changed is updated, what an editor changed since is left alone."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from lessons.models import LoadedField
from lessons.pack.checking import check_pack
from lessons.pack.content import PackContent, PageContent, UploadContent
from lessons.pack.dumping import path_of
from lessons.pack.names import Names
from lessons.pack.page_types import page_type_of
from lessons.pack.problems import PackError, Problem
from lessons.pack.reading import read_pack
from lessons.pack.shapes import ChildrenShape, digestible
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.uploads.models import Picture

_STOCK_TITLE = "Welcome to your new Wagtail site!"
SLUG_FIELD = "slug"
PARENT_FIELD = "parent"
CHILDREN_FIELD = "children"
FILE_FIELD = "file"


@dataclass(frozen=True)
class Kept:
    """A field that was edited in the CMS and left as it is. `differs` says whether the pack has changed it too."""

    title: str
    field: str
    differs: bool


@dataclass
class Report:
    """What a load did, by the names of what it did it to."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    drafted: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    not_in_pack: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Return whether anything was written that readers or editors see."""
        return bool(self.created or self.updated or self.drafted)


def load_course(path: Path, *, force: bool, now: dt.datetime, user: AbstractBaseUser | None = None) -> Report:
    """Load a pack. With `force`, also over what was edited in the CMS and where pages were removed there.

    Raises PackError where anything is wrong with it; the database and the uploads are then as they were.
    """
    content = check_pack(read_pack(path))
    loading = _Loading(content, force=force, now=now, user=user)
    try:
        with transaction.atomic():
            loading.run()
    except BaseException:
        loading.forget_files()
        raise
    return loading.report


def digest_of(value: Any) -> str:
    """Return the digest of a value in the pack's form."""
    return hashlib.sha256(digestible(value).encode()).hexdigest()


class _Records:
    """What the last loads left in each field, and what this one leaves there."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.rows = {(row.object_key, row.field): row for row in LoadedField.objects.all()}
        self.keys = {key for key, _field in self.rows}
        self.changed: dict[tuple[UUID, str], str] = {}

    def digest(self, key: UUID, name: str) -> str | None:
        row = self.rows.get((key, name))
        return row.digest if row else None

    def remember(self, key: UUID, name: str, digest: str) -> None:
        if self.digest(key, name) != digest:
            self.changed[key, name] = digest

    def save(self) -> None:
        new, old = [], []
        for (key, name), digest in self.changed.items():
            row = self.rows.get((key, name)) or LoadedField(object_key=key, field=name)
            row.digest, row.loaded_at = digest, self.now
            (old if row.pk else new).append(row)
        if new:
            LoadedField.objects.bulk_create(new)
        if old:
            LoadedField.objects.bulk_update(old, ["digest", "loaded_at"], batch_size=200)


class _Loading:
    """One load, inside one transaction."""

    def __init__(self, content: PackContent, *, force: bool, now: dt.datetime, user: AbstractBaseUser | None) -> None:
        self.content = content
        self.force = force
        self.now = now
        self.user = user
        self.report = Report()
        self.names = Names()
        self.pages: dict[UUID, Page] = {}
        self.created: set[UUID] = set()
        self.stock: Page | None = None
        self.files: list[tuple[Any, str]] = []

    def run(self) -> None:
        # Loads queue here: whoever comes second finds what the first has written.
        self.root = Page.objects.select_for_update().get(depth=1)
        self.locale = Locale.objects.get(language_code=self.content.language)
        self.records = _Records(self.now)
        for upload in self.content.uploads:
            self._load_upload(upload)
        self._find_pages()
        before = self._children()
        for content in self.content.pages:
            if content.id not in self.pages:
                self._add_page(content)
        self._name_pages()
        self._place_site()
        for content in self.content.pages:
            if content.id in self.pages:
                self._load_page(content)
        self._move_pages()
        for content in self.content.pages:
            if content.children and content.id in self.pages:
                self._order_children(content, before.get(content.id, []))
        self._report_pages_beside_the_pack()
        self.records.save()

    def forget_files(self) -> None:
        """Take back the files of a load that failed: a transaction does not hold them."""
        for storage, name in self.files:
            storage.delete(name)

    def _decide(self, key: UUID, title: str, name: str, wanted: Any, current: Any) -> bool:
        """Return whether a field is to be written, and remember or report what is known of it then."""
        wanted_digest, current_digest = digest_of(wanted), digest_of(current)
        if wanted_digest == current_digest:
            self.records.remember(key, name, wanted_digest)
            return False
        loaded = self.records.digest(key, name)
        if self.force or loaded == current_digest or (loaded is None and not current):
            self.records.remember(key, name, wanted_digest)
            return True
        self.report.kept.append(Kept(title, name, differs=loaded != wanted_digest))
        return False

    # Pictures and documents

    def _load_upload(self, upload: UploadContent) -> None:
        model = upload.kind.model
        row: Any = model.objects.filter(key=upload.id).first()
        if row is None and upload.id in self.records.keys and not self.force:
            self.report.removed.append(upload.name)
            return
        if row is None:
            row = model(key=upload.id, pack_key=upload.name, uploaded_by_user=self.user, **self._upload_fields(upload))
            self._save_file(row, upload)
            row.save()
            for name in upload.kind.fields:
                self.records.remember(upload.id, name, digest_of(upload.values.get(name)))
            self.records.remember(upload.id, FILE_FIELD, digest_of(upload.digest))
            self.report.created.append(upload.name)
        else:
            self._update_upload(row, upload)
        self.names.add_upload(model, upload.name, row.pk)

    def _update_upload(self, row: Any, upload: UploadContent) -> None:
        stored = self._upload_fields(upload)
        changed = row.pack_key != upload.name
        row.pack_key = upload.name
        for name, shape in upload.kind.fields.items():
            current = shape.packed(getattr(row, name), self.names, "")
            if self._decide(upload.id, upload.name, name, upload.values.get(name), current):
                setattr(row, name, stored[name])
                changed = True
        old = (row.file.storage, row.file.name)
        gone = not old[0].exists(old[1])
        if self._decide(upload.id, upload.name, FILE_FIELD, upload.digest, row.file_hash) or gone:
            self._save_file(row, upload)
            if isinstance(row, Picture):
                for rendition in row.renditions.all():
                    rendition.delete()
            if not gone and row.file.name != old[1]:
                transaction.on_commit(lambda: old[0].delete(old[1]))
            changed = True
        if changed:
            row.save()
            self.report.updated.append(upload.name)

    def _upload_fields(self, upload: UploadContent) -> dict[str, Any]:
        return {
            name: shape.stored(upload.values.get(name), self.names, "") for name, shape in upload.kind.fields.items()
        }

    def _save_file(self, row: Any, upload: UploadContent) -> None:
        row.file.save(upload.file, ImageFile(BytesIO(upload.source.read_bytes()), name=upload.file), save=False)
        self.files.append((row.file.storage, row.file.name))
        row.file_size = row.file.size
        row.file_hash = upload.digest

    # Pages

    def _find_pages(self) -> None:
        keys = [content.id for content in self.content.pages]
        found = Page.objects.filter(locale=self.locale, translation_key__in=keys, alias_of__isnull=True).specific()
        self.pages = {UUID(str(page.translation_key)): page for page in found}
        for content in self.content.pages:
            page = self.pages.get(content.id)
            if page is not None and type(page) is not content.type.model:
                raise PackError(
                    [
                        Problem(
                            content.place_of("type"),
                            _("The site has a page of another type with this id: “%(title)s”.") % {"title": page.title},
                        )
                    ]
                )

    def _add_page(self, content: PageContent) -> None:
        """Make a page's row; its links are set when all pages are there."""
        parent = self.root if content.parent is None else self.pages.get(content.parent.id)
        if parent is None or (content.id in self.records.keys and not self.force):
            self.report.removed.append(content.values["title"])
            return
        if content.parent is None:
            self._make_room()
        page = content.type.model(slug=content.slug, locale=self.locale, translation_key=content.id, live=False)
        self._set(page, content, content.type.fields)
        with _told_of(content, self.content):
            parent.add_child(instance=page)
        self.pages[content.id] = page
        self.created.add(content.id)
        self.report.created.append(page.title)

    def _load_page(self, content: PageContent) -> None:
        page = self.pages[content.id]
        if content.id in self.created:
            self._set(page, content, content.type.fields)
            self._publish(page, content, publish=True)
            for name in content.type.fields:
                self.records.remember(content.id, name, digest_of(content.values.get(name)))
            self.records.remember(content.id, SLUG_FIELD, digest_of(content.slug))
            if content.parent:
                self.records.remember(content.id, PARENT_FIELD, digest_of(str(content.parent.id)))
            return
        latest = page.get_latest_revision_as_object() if page.has_unpublished_changes else page
        changed = [
            name
            for name, shape in content.type.fields.items()
            if self._decide(
                content.id,
                page.title,
                name,
                content.values.get(name),
                shape.packed(getattr(latest, name), self.names, f"{content.id}/{name}"),
            )
        ]
        renamed = self._decide(content.id, page.title, SLUG_FIELD, content.slug, latest.slug)
        if not changed and not renamed:
            return
        publish = page.live and not page.has_unpublished_changes
        self._set(latest, content, changed)
        if renamed:
            latest.slug = content.slug
        self._publish(latest, content, publish=publish)
        (self.report.updated if publish else self.report.drafted).append(page.title)

    def _set(self, page: Any, content: PageContent, names: Iterable[str]) -> None:
        """Put values of the pack into a page. A reference to an upload that was removed from the CMS stays empty."""
        for name in names:
            shape = content.type.fields[name]
            self.names.missing.clear()
            value = shape.stored(content.values.get(name), self.names, f"{content.id}/{name}")
            if isinstance(shape, ChildrenShape):
                value = self._child_objects(page, name, shape, value)
            setattr(page, name, value)
            for missing in dict.fromkeys(self.names.missing):
                self.report.remarks.append(
                    _("“%(title)s” shows “%(name)s”, which was removed from the CMS.")
                    % {"title": content.values["title"], "name": missing}
                )

    def _child_objects(self, page: Any, name: str, shape: ChildrenShape, values: list[dict[str, Any]]) -> list[Any]:
        """Return the objects of a relation; those that are there keep their rows."""
        there = {child.translation_key: child for child in getattr(page, name).all()} if page.pk else {}
        found = []
        for index, fields in enumerate(values):
            child = there.get(fields["translation_key"]) or shape.model(locale=self.locale)
            for key, value in fields.items():
                setattr(child, key, value)
            child.sort_order = index
            found.append(child)
        return found

    def _publish(self, page: Any, content: PageContent, *, publish: bool) -> None:
        with _told_of(content, self.content):
            revision = page.save_revision(user=self.user, log_action=True)
            if publish:
                revision.publish(user=self.user)

    def _name_pages(self) -> None:
        """Let links know the pages: those of the pack by its own paths, the others by theirs."""
        for content in self.content.pages:
            if content.id in self.pages:
                self.names.add_page(content.path, self.pages[content.id].pk)
        home = self.pages.get(self.content.pages[0].id)
        known = {page.pk for page in self.pages.values()}
        paths = {content.path for content in self.content.pages}
        for page in Page.objects.descendant_of(home) if home else ():
            if page.pk not in known and (path := path_of(page, home)) not in paths:
                self.names.add_page(path, page.pk)

    # Where pages stand

    def _children(self) -> dict[UUID, list[UUID]]:
        """Return the keys of the pack's pages in the order in which they stand in the site, by the page above."""
        by_path = {page.path: key for key, page in self.pages.items()}
        found: dict[UUID, list[UUID]] = {}
        for path, key in sorted(by_path.items()):
            parent = by_path.get(path[: -Page.steplen])
            if parent:
                found.setdefault(parent, []).append(key)
        return found

    def _move_pages(self) -> None:
        for content in self.content.pages:
            if content.id not in self.pages or content.id in self.created or content.parent is None:
                continue
            page = Page.objects.get(pk=self.pages[content.id].pk) if self.created else self.pages[content.id]
            parent = self.pages.get(content.parent.id)
            if parent is None:
                continue
            above = next((key for key, found in self.pages.items() if found.path == page.path[: -Page.steplen]), None)
            if self._decide(
                content.id, page.title, PARENT_FIELD, str(content.parent.id), str(above) if above else None
            ):
                page = Page.objects.get(pk=page.pk).specific
                page.move(Page.objects.get(pk=parent.pk), pos="last-child", user=self.user)
                self._refresh_paths()
                self.report.updated.append(page.title)

    def _order_children(self, content: PageContent, before: list[UUID]) -> None:
        self._refresh_paths()
        here = self._children().get(content.id, [])
        wanted = [child.id for child in content.children if child.id in here]
        here = [key for key in here if key in wanted]
        before = [key for key in before if key in wanted]
        digest = digest_of([str(key) for key in wanted])
        loaded = self.records.digest(content.id, CHILDREN_FIELD)
        untouched = before == [key for key in wanted if key in before]
        if untouched or self.force or loaded in {None, digest_of([str(key) for key in before])}:
            self.records.remember(content.id, CHILDREN_FIELD, digest)
            if here != wanted:
                parent = self.pages[content.id]
                for key in wanted:
                    child = Page.objects.get(pk=self.pages[key].pk).specific
                    child.move(Page.objects.get(pk=parent.pk), pos="last-child", user=self.user)
                self._refresh_paths()
                if content.id not in self.created:
                    self.report.updated.append(parent.title)
        elif here != wanted:
            self.report.kept.append(Kept(self.pages[content.id].title, CHILDREN_FIELD, differs=loaded != digest))

    def _refresh_paths(self) -> None:
        paths = dict(Page.objects.filter(pk__in=[page.pk for page in self.pages.values()]).values_list("pk", "path"))
        for page in self.pages.values():
            page.path = paths[page.pk]

    def _make_room(self) -> None:
        """Free the address of the home page where Wagtail's own welcome page, untouched, still has it."""
        self.stock = Page.objects.filter(depth=2, title=_STOCK_TITLE, numchild=0, content_type__model="page").first()
        if self.stock:
            Page.objects.filter(pk=self.stock.pk).update(slug=f"welcome-{self.stock.pk}")

    def _place_site(self) -> None:
        """Have the default site begin at the home page where it begins nowhere else yet."""
        home = self.pages.get(self.content.pages[0].id)
        if home is None or home.translation_key not in self.created:
            return
        site = Site.objects.filter(is_default_site=True).first()
        stock = self.stock
        if site is None:
            Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
        elif stock and site.root_page_id == stock.pk:
            site.root_page = home
            site.save()
        else:
            self.report.remarks.append(
                _("The site begins at “%(title)s” and not at the pack’s home page. Change that in its settings.")
                % {"title": site.root_page.title}
            )
        if stock and not Site.objects.filter(root_page=stock).exists():
            Page.objects.get(pk=stock.pk).delete()
            self.root.refresh_from_db()

    def _report_pages_beside_the_pack(self) -> None:
        home = self.pages.get(self.content.pages[0].id)
        held = {page.pk for page in self.pages.values()}
        for page in Page.objects.descendant_of(home).select_related("content_type") if home else ():
            if page.pk not in held and page.locale_id == self.locale.pk and page_type_of(page.specific_class):
                self.report.not_in_pack.append(page.title)


@contextmanager
def _told_of(page: PageContent, pack: PackContent) -> Iterator[None]:
    """Turn what a page says against being saved or published into problems of its file."""
    try:
        yield
    except NotFitToPublish as error:
        raise PackError(
            Problem(pack.places.get(finding.block_id) or page.place_of(finding.field), str(finding.message))
            for finding in error.findings
        ) from error
    except ValidationError as error:
        named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        raise PackError(
            Problem(page.place_of(name), message) for name, messages in named.items() for message in messages
        ) from error
