"""How a draw holds questions of each facet: what can still be reached with the places that are open."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

# The facets of what is drawn as a whole, one for each question in it, sorted.
Facets = tuple[str, ...]


@dataclass(frozen=True)
class Holding:
    """What is held of each facet so far. each: how many questions of each are wanted."""

    counts: Mapping[str, int]
    each: int

    def next_of(self, left: Sequence[Facets], places: int) -> set[Facets]:
        """Return what may be picked next, so that as much as possible is held once all places are filled.

        left: what can be picked. Of a facet that lacks questions and has the fewest to spare one is picked first: it
        leaves the least choice of topics.
        """
        outcomes = {kind: self._outcome(kind, left, places) for kind in dict.fromkeys(left) if len(kind) <= places}
        best = max(outcome for outcome in outcomes.values() if outcome is not None)
        fitting = [kind for kind, outcome in outcomes.items() if outcome == best]
        there = Counter(facet for kind in left for facet in kind)
        lacking = [facet for facet in there if self.counts.get(facet, 0) < self.each]
        for facet in sorted(lacking, key=lambda facet: there[facet] + self.counts.get(facet, 0)):
            if holding := {kind for kind in fitting if facet in kind}:
                return holding
        return set(fitting)

    def _outcome(self, picked: Facets, left: Sequence[Facets], places: int) -> tuple[int, ...] | None:
        others = list(left)
        others.remove(picked)
        return _best_held(Counter(self.counts) + Counter(picked), others, places - len(picked), self.each)


def held(counts: Mapping[str, int], each: int) -> tuple[int, ...]:
    """Return how many facets have one question at least, how many two, and so on: the more the better, in this order.

    each: how many questions of a facet are wanted, above which no more are looked at.
    """
    return tuple(sum(count >= level for count in counts.values()) for level in range(1, each + 1))


def _best_held(counts: Mapping[str, int], left: Collection[Facets], places: int, each: int) -> tuple[int, ...] | None:
    """Return what is held at best when all places are filled; None where they cannot be."""
    facets = tuple(sorted({*counts, *(facet for kind in left for facet in kind)}))
    singles = Counter(kind[0] for kind in left if len(kind) == 1)
    # What scenarios make of it: the places they take, and what is held of each facet then.
    made = {(0, _capped(counts, facets, each))}
    for kind in left:
        if len(kind) > 1:
            made |= {
                (
                    taken + len(kind),
                    _capped(Counter(dict(zip(facets, so_far, strict=True))) + Counter(kind), facets, each),
                )
                for taken, so_far in made
                if taken + len(kind) <= places
            }
    return max(
        (
            _filled(dict(zip(facets, so_far, strict=True)), singles, places - taken, each)
            for taken, so_far in made
            if places - taken <= singles.total()
        ),
        default=None,
    )


def _capped(counts: Mapping[str, int], facets: Iterable[str], each: int) -> tuple[int, ...]:
    return tuple(min(counts.get(facet, 0), each) for facet in facets)


def _filled(counts: dict[str, int], singles: Mapping[str, int], places: int, each: int) -> tuple[int, ...]:
    """Return what is held when single questions fill the places, each where it is lacked most."""
    left = Counter(singles)
    for level in range(each):
        for facet, count in counts.items():
            if count == level and left[facet] and places:
                counts[facet] = count + 1
                left[facet] -= 1
                places -= 1
    return held(counts, each)
