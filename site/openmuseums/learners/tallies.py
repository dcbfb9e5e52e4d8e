"""What stays of a record when it goes: how often something happened at a page in a month, without anybody's name."""

from collections.abc import Iterator

from django.db.models import Count
from django.db.models.functions import TruncMonth

from openmuseums.learners.models import Event, Learner
from openmuseums.privacy.registry import Tally


def tallies_of(learner: Learner) -> Iterator[Tally]:
    """Return how often each kind of event happened at each page in each month, in one query."""
    rows = Event.objects.filter(learner=learner).annotate(month=TruncMonth("occurred_at")).order_by()
    for row in rows.values("kind", "page_key", "month").annotate(count=Count("pk")):
        yield Tally(kind=row["kind"], page_key=row["page_key"], month=row["month"].date(), count=row["count"])
