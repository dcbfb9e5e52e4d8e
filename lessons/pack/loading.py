"""Loads a pack: what is new is made, what changed is updated, what an editor changed since is left alone."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from lessons.pack.checking import check_pack
from lessons.pack.content import TYPE, PackContent, PageContent
from lessons.pack.dumping import path_of
from lessons.pack.introspection import ChildrenShape
from lessons.pack.localizing import Localizing
from lessons.pack.names import Names
from lessons.pack.page_types import page_type_of
from lessons.pack.placing import PARENT, Placing
from lessons.pack.problems import PackError, Problem
from lessons.pack.reading import read_pack
from lessons.pack.receiving import Receiving
from lessons.pack.records import Records
from lessons.pack.reports import Report
from openmuseums.clock.gathering import gathering
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.people.models import User

SLUG = "slug"


def load_course(
    path: Path, *, force: bool, now: dt.datetime, user: User | None = None, change: ChangeKind | None = None
) -> Report:
    """Load a pack. With `force`, also over what was edited in the CMS and where pages were removed there.

    change: what kind of change the pages that it publishes are; without one they count as changed in meaning.
    Raises PackError where anything is wrong with it; the database, pictures and documents are then as they were.
    """
    content = check_pack(read_pack(path))
    written: list[tuple[Any, str]] = []
    try:
        with transaction.atomic(), gathering():
            # Loads queue here: whoever comes second finds what the first has written.
            root = Page.objects.select_for_update().get(depth=1)
            report = Report()
            records = Records(now=now, force=force, report=report)
            loading = _Loading(content, root, records=records, user=user, written=written, change=change)
            loading.run()
    except BaseException:
        for storage, name in written:
            storage.delete(name)
        raise
    return report


class _Loading:
    """One load, inside one transaction."""

    def __init__(  # noqa: PLR0913 - these are what a load is told
        self,
        content: PackContent,
        root: Page,
        *,
        records: Records,
        user: User | None,
        written: list[tuple[Any, str]],
        change: ChangeKind | None,
    ) -> None:
        self.content = content
        self.root = root
        self.records = records
        self.user = user
        self.change = change
        self.report = records.report
        self.locale = Locale.objects.get(language_code=content.language)
        self.names = Names()
        self.receiving = Receiving(names=self.names, records=records, user=user, written=written)
        self.pages = self._pages_there()
        self.created: set[UUID] = set()
        self.placing = Placing(content, self.pages, records=records, user=user)

    def run(self) -> None:
        """Load everything. Links are set last, when all that they lead to is there."""
        for upload in self.content.uploads:
            self.receiving.receive(upload)
        for content in self.content.pages:
            if content.id not in self.pages:
                self._add(content)
        self._name_pages()
        for content in self.content.pages:
            if content.id in self.created:
                self._complete(content)
            elif content.id in self.pages:
                self._update(content)
        self.placing.arrange(self.created)
        Localizing(self.content, self.pages, records=self.records, user=self.user).run()
        self._report_others()
        self.records.save()

    def _pages_there(self) -> dict[UUID, Page]:
        contents = {content.id: content for content in self.content.pages}
        found = Page.objects.filter(locale=self.locale, translation_key__in=contents, alias_of__isnull=True).specific()
        pages = {page.translation_key: page for page in found}
        for key, page in pages.items():
            if type(page) is not contents[key].type.model:
                message = _("The site has a page of another type with this id: “%(title)s”.") % {"title": page.title}
                raise PackError([Problem(contents[key].place_of(TYPE), message)])
        return pages

    def _add(self, content: PageContent) -> None:
        """Make a page's row, not yet live."""
        parent = self.pages.get(content.parent.id) if content.parent else self.root
        if parent is None or self.records.was_removed(content.id):
            self.report.removed.append(content.values["title"])
            return
        if content.parent is None:
            self.placing.make_room()
        page = content.type.model(slug=content.slug, locale=self.locale, translation_key=content.id, live=False)
        self._set(page, content, content.type.fields)
        with _told_of(content, self.content):
            parent.add_child(instance=page)
        self.pages[content.id] = page
        self.created.add(content.id)
        self.report.created.append(page.title)
        if content.parent is None:
            self.placing.place_site(page)

    def _complete(self, content: PageContent) -> None:
        """Set a new page's links and publish it."""
        page = self.pages[content.id]
        self._set(page, content, content.type.fields)
        self._save(page, content, publish=True)
        for name in content.type.fields:
            self.records.remember(content.id, name, content.values.get(name))
        self.records.remember(content.id, SLUG, content.slug)
        if content.parent:
            self.records.remember(content.id, PARENT, str(content.parent.id))

    def _update(self, content: PageContent) -> None:
        """Update what the pack has changed in a page; what an editor has not published yet stays unpublished."""
        page = self.pages[content.id]
        latest = page.get_latest_revision_as_object() if page.has_unpublished_changes else page
        changed = []
        for name, shape in content.type.fields.items():
            wanted = content.values.get(name)
            current = shape.packed(getattr(latest, name), self.names, f"{content.id}/{name}")
            if self.records.decide(content.id, page.title, name, wanted=wanted, current=current):
                changed.append(name)
        renamed = self.records.decide(content.id, page.title, SLUG, wanted=content.slug, current=latest.slug)
        if not changed and not renamed:
            return
        publish = page.live and not page.has_unpublished_changes
        self._set(latest, content, changed)
        if renamed:
            latest.slug = content.slug
        self._save(latest, content, publish=publish)
        (self.report.updated if publish else self.report.drafted).append(latest.title)

    def _set(self, page: Any, content: PageContent, names: Iterable[str]) -> None:
        """Put values of the pack into a page."""
        self.names.missing.clear()
        for name in names:
            shape = content.type.fields[name]
            value = shape.stored(content.values.get(name), self.names, f"{content.id}/{name}")
            if isinstance(shape, ChildrenShape):
                value = self._child_objects(page, name, shape, value)
            setattr(page, name, value)
        for missing in dict.fromkeys(self.names.missing):
            self.report.remarks.append(
                _("“%(title)s” shows “%(name)s”, which was removed in the CMS.")
                % {"title": content.values["title"], "name": missing}
            )

    def _child_objects(self, page: Any, name: str, shape: ChildrenShape, values: list[dict[str, Any]]) -> list[Any]:
        """Return the objects of a relation; those that are there keep their rows."""
        there = {child.translation_key: child for child in getattr(page, name).all()}
        found = []
        for index, fields in enumerate(values):
            child: Any = there.get(fields["translation_key"]) or shape.model(locale=self.locale)
            for field, value in fields.items():
                setattr(child, field, value)
            child.sort_order = index
            found.append(child)
        return found

    def _save(self, page: Any, content: PageContent, *, publish: bool) -> None:
        with _told_of(content, self.content):
            if publish and page.first_published_at:
                page.chosen_kind = self.change
            revision = page.save_revision(user=self.user, log_action=True)
            if publish:
                revision.publish(user=self.user)

    def _name_pages(self) -> None:
        """Let links know the pages: those of the pack by its own paths, the others by theirs."""
        paths = {content.path for content in self.content.pages}
        for content in self.content.pages:
            if content.id in self.pages:
                self.names.add_page(content.path, self.pages[content.id].pk)
        for page, home in self._others():
            if (path := path_of(page, home)) not in paths:
                self.names.add_page(path, page.pk)

    def _report_others(self) -> None:
        self.report.not_in_pack += [page.title for page, _home in self._others() if page_type_of(page.specific_class)]

    def _others(self) -> Iterator[tuple[Page, Page]]:
        """Yield the pages below the home page that the pack does not hold, each with the home page."""
        home = self.pages.get(self.content.pages[0].id)
        if home is None:
            return
        known = {page.pk for page in self.pages.values()}
        for page in Page.objects.descendant_of(home).filter(locale=self.locale).select_related("content_type"):
            if page.pk not in known:
                yield page, home


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
