"""What stays of an erased record: how often something happened at a page in a month, and nothing of who did it."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import F

from openmuseums.privacy.models import Total
from openmuseums.privacy.registry import Tally


def keep_totals(tallies: Iterable[Tally]) -> None:
    """Add tallies to the totals. To be called in the transaction that erases what they were counted from."""
    counted: Counter[tuple[str, object, object]] = Counter()
    for tally in tallies:
        counted[tally.kind, tally.page_key, tally.month.replace(day=1)] += tally.count
    # In one order for all, so that two erasures never wait for each other.
    for kind, page_key, month in sorted(counted, key=str):
        count = counted[kind, page_key, month]
        row = {"kind": kind, "page_key": page_key, "month": month}
        Total.objects.bulk_create([Total(**row, count=0)], ignore_conflicts=True)
        Total.objects.filter(**row).update(count=F("count") + count)
