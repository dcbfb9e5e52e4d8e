"""Makes the words that pages are found by again."""

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from openmuseums.search.indexing import index_page
from openmuseums.search.models import Entry


class Command(BaseCommand):
    """Index all published pages, and forget what is no longer there."""

    help = "Makes the search index again from the published pages. It is safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the pages one after the other."""
        pages = Page.objects.live().filter(depth__gt=1).order_by("path").specific(defer=False)
        indexed = [page.pk for page in pages.iterator(chunk_size=50) if index_page(page)]
        gone, _by_model = Entry.objects.exclude(page_id__in=indexed).delete()
        self.stdout.write(f"{len(indexed)} pages can be found, {gone} entries were forgotten.")
