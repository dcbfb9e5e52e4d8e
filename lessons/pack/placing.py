"""Puts the pages of a pack where they belong: in the place of Wagtail's welcome page, below one another, in order."""

from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from lessons.pack.content import CHILDREN, PackContent, PageContent
from lessons.pack.records import Records, digest_of
from lessons.pack.reports import Kept
from openmuseums.people.models import User

PARENT = "parent"
_STOCK_TITLE = "Welcome to your new Wagtail site!"


class Placing:
    """The tree of one load. `pages` holds the pages of the pack that are in the site, by their ids."""

    def __init__(self, content: PackContent, pages: dict[UUID, Page], *, records: Records, user: User | None) -> None:
        self.content = content
        self.pages = pages
        self.records = records
        self.report = records.report
        self.user = user
        self.stock: Page | None = None
        self.before = self.children()

    def make_room(self) -> None:
        """Free the address of the home page where Wagtail's own welcome page, untouched, still has it."""
        self.stock = Page.objects.filter(
            depth=2, title=_STOCK_TITLE, numchild=0, content_type__app_label="wagtailcore"
        ).first()
        if self.stock:
            Page.objects.filter(pk=self.stock.pk).update(slug=f"welcome-{self.stock.pk}")

    def place_site(self, home: Page) -> None:
        """Have the default site begin at a new home page, where it begins nowhere yet or at the welcome page."""
        site = Site.objects.filter(is_default_site=True).first()
        if site is None:
            Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
        elif self.stock and site.root_page_id == self.stock.pk:
            site.root_page = home
            site.save()
        else:
            self.report.remarks.append(
                _("The site begins at “%(title)s” and not at the pack’s home page. Change that in its settings.")
                % {"title": site.root_page.title}
            )
        if self.stock and not Site.objects.filter(root_page=self.stock).exists():
            Page.objects.get(pk=self.stock.pk).delete()

    def arrange(self, created: set[UUID]) -> None:
        """Move pages to where the pack has them, in its order, unless somebody has moved them in the CMS."""
        self._refresh_paths()
        above = {child: parent for parent, children in self.children().items() for child in children}
        for content in self.content.pages:
            if content.parent is None or content.id not in self.pages or content.parent.id not in self.pages:
                continue
            wanted, current = str(content.parent.id), str(above.get(content.id, ""))
            title = self.pages[content.id].title
            if self.records.decide(content.id, title, PARENT, wanted=wanted, current=current):
                self._move_last(content.id, content.parent.id)
                self.report.updated.append(title)
        for content in self.content.pages:
            if content.children and content.id in self.pages:
                self._order(content, is_new=content.id in created)

    def children(self) -> dict[UUID, list[UUID]]:
        """Return the ids of the pages in the order in which they stand in the site, by the page above."""
        by_path = {page.path: key for key, page in self.pages.items()}
        found: dict[UUID, list[UUID]] = {}
        for path, key in sorted(by_path.items()):
            parent = by_path.get(path[: -Page.steplen])
            if parent:
                found.setdefault(parent, []).append(key)
        return found

    def _order(self, content: PageContent, *, is_new: bool) -> None:
        here = self.children().get(content.id, [])
        wanted = [child.id for child in content.children if child.id in here]
        here = [key for key in here if key in wanted]
        before = [key for key in self.before.get(content.id, []) if key in wanted]
        digest = digest_of([str(key) for key in wanted])
        loaded = self.records.digest(content.id, CHILDREN)
        # Pages that came or went do not change the order of the others.
        in_order = before == [key for key in wanted if key in before]
        untouched = loaded in {None, digest_of([str(key) for key in before])}
        if in_order or untouched or self.records.force:
            if len(wanted) == len(content.children) or here != wanted:
                self.records.remember(content.id, CHILDREN, [str(key) for key in wanted])
            if here != wanted:
                for key in wanted:
                    self._move_last(key, content.id)
                if not is_new:
                    self.report.updated.append(self.pages[content.id].title)
        else:
            self.report.kept.append(Kept(self.pages[content.id].title, CHILDREN, differs=loaded != digest))

    def _move_last(self, key: UUID, parent: UUID) -> None:
        page = Page.objects.get(pk=self.pages[key].pk).specific
        page.move(Page.objects.get(pk=self.pages[parent].pk), pos="last-child", user=self.user)
        self._refresh_paths()

    def _refresh_paths(self) -> None:
        paths = dict(Page.objects.filter(pk__in=[page.pk for page in self.pages.values()]).values_list("pk", "path"))
        for page in self.pages.values():
            page.path = paths[page.pk]
