"""Notes, whenever a page is published, whether it says something else than before."""

from datetime import datetime

from django.db import transaction
from wagtail.models import Page

from openmuseums.discovery.meaning import digest_of_words
from openmuseums.discovery.models import Statement


@transaction.atomic
def note_publication(*, page: Page, now: datetime) -> None:
    """Note what a page says that was published at `now`.

    A page that was published before anybody took note counts as unchanged since its first publication. What shows
    another page says nothing of its own.
    """
    if page.alias_of_id:
        return
    digest = digest_of_words(page)
    statement, is_new = Statement.objects.select_for_update().get_or_create(
        page_id=page.pk, defaults={"digest": digest, "since": page.first_published_at or now}
    )
    if not is_new and statement.digest != digest:
        statement.digest, statement.since = digest, now
        statement.save()
