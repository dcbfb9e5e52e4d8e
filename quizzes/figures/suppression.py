"""Which counts may be shown so that none under five is told, neither outright nor by reckoning.

What is shown beside a hidden count must not give it away: totals are known, so a count that is hidden alone is what is
missing to the total. So others are hidden with it (complementary suppression: Hundepool et al., Statistical Disclosure
Control, 2012, ch. 4). The measure here: whoever knows all that is shown, and even which counts are under
five, still has five numbers or more to choose from for each of them. For that, what is hidden along needs room: it must
be possible that it is four less and still five. And it is taken in an order that is fixed beforehand, for if it were
the smallest, it could not be larger than what is shown.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

# Counts below are hidden.
FLOOR = 5
# How much what is hidden along must have above the floor, so that a hidden count can be anything from 0 to 4.
ROOM = FLOOR - 1

K = TypeVar("K", bound=Hashable)
G = TypeVar("G", bound=Hashable)


def may_show(counts: Mapping[K, int], order: Sequence[K]) -> frozenset[K]:
    """Return the categories whose counts may be shown beside their sum, into which everybody falls exactly once.

    order: the categories, those first that are hidden along sooner; others may stand among them.
    """
    small = {key for key, count in counts.items() if count < FLOOR}
    if not small:
        return frozenset(counts)
    hidden, room = set(small), 0
    candidates = [key for key in order if key in counts and key not in small]
    # One that has room enough is better than several that have it together.
    for key in sorted(candidates, key=lambda key: counts[key] < FLOOR + ROOM):
        if room >= ROOM:
            break
        hidden.add(key)
        room += counts[key] - FLOOR
    return frozenset(counts) - hidden if room >= ROOM else frozenset()


def groups_to_show(
    table: Mapping[G, Mapping[K, int]], order: Sequence[G], *, hidden: Collection[G] = ()
) -> frozenset[G]:
    """Return the groups whose counts may be shown beside those of all groups together.

    table: counts by category, by group; everybody is in one group and one category, and for all groups together every
    category is shown. order: all groups, those first that are hidden along sooner. hidden: groups that may not be shown
    in any case.
    A group is shown with all of its categories or with none.
    """
    small = {group for group, counts in table.items() if any(count < FLOOR for count in counts.values())}
    closed = small | set(hidden)
    if not closed:
        return frozenset(table)
    categories = {key for counts in table.values() for key in counts}
    room = dict.fromkeys(categories, 0)
    # Those first that are hidden in any case, and then one that has room enough rather than several.
    candidates = [group for group in order if group not in small]
    candidates.sort(key=lambda group: (group not in hidden, min(table[group].values()) < FLOOR + ROOM))
    for group in candidates:
        if min(room.values(), default=0) >= ROOM:
            break
        closed.add(group)
        for key in categories:
            room[key] += table[group][key] - FLOOR
    return frozenset(table) - closed if min(room.values(), default=0) >= ROOM else frozenset()


def merged(counts: Mapping[K, int], shown: Collection[K], rest: K) -> dict[K, int]:
    """Return the counts of what is shown, and under `rest` the sum of the others where there are any."""
    result = {key: count for key, count in counts.items() if key in shown}
    if len(result) < len(counts):
        result[rest] = sum(count for key, count in counts.items() if key not in shown)
    return result
