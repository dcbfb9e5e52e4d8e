"""From sums to the figures that are shown: each either reckoned or with the reason why there is none."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from fractions import Fraction
from typing import Any

from quizzes.figures.shown import Bound, Facility, Figures, GroupFigures, ItemFigures, Part, Row
from quizzes.figures.statistics import Correlation, Why, correlation, facility, median
from quizzes.figures.suppression import FLOOR, groups_to_show, may_show, merged
from quizzes.figures.tallies import Chosen, Item, ItemTally, Pick, Tally, summed

# Where points come in parts, what five people can get must be a small part of what all can.
FEWEST_FOR_ROUNDED = 25

# Rows of a table that nobody sees: what its counts would otherwise be missing.
_OPEN, _NOT_ASKED, _REST = "open", "not-asked", "rest"
# What nobody has typed yet: that it is nobody is a count under five as well.
_OTHER = "other"
# A row is a pick or one of these.
_Key = Pick | str


def figures_of(
    items: Sequence[Item], tallies: Mapping[str, Tally], *, languages: Sequence[str], rest_points: int
) -> Figures:
    """Return what may be shown.

    languages: all there can be, the source's first. rest_points: what all questions of the rest are worth that points
    are compared with; 0 where not everybody was asked the same (`tallied`).
    """
    total = summed(tallies.values())
    groups = {code: tallies[code] for code in languages if code in tallies}
    groups |= {code: tally for code, tally in tallies.items() if code not in groups}
    return Figures(
        attempts=total.attempts,
        minutes=_minutes(total),
        items=tuple(_Reckoning(item, total, groups, rest_points).figures() for item in items),
        groups={code: tally.attempts for code, tally in groups.items()},
        group_minutes={code: _minutes(tally) or 0 for code, tally in groups.items()},
    )


def _minutes(tally: Tally) -> int | None:
    seconds = median(tally.seconds)
    return None if seconds is None else max(1, round(seconds / 60))


class _Reckoning:
    """The figures of a question, from the sums of all and of each group."""

    def __init__(self, item: Item, total: Tally, groups: Mapping[str, Tally], rest_points: int) -> None:
        self.item = item
        self.all = total.items.get(item.id, ItemTally())
        self.groups = {code: tally.items.get(item.id, ItemTally()) for code, tally in groups.items()}
        # Hidden along sooner: the last language, so that the source's is seen longest.
        self.order = tuple(reversed(self.groups)) if len(self.groups) > 1 else ()
        self.missing = {code: tally.attempts - self.groups[code].asked for code, tally in groups.items()}
        self.is_drawn = any(self.missing.values())
        self.rest_worth = max(rest_points - item.points, 0) if rest_points else 0
        self.has_parts = len({part for part, _ in self._known()}) > 1
        # Everybody gave one answer, and it was worth all points or none: then answers fall into right and wrong ones.
        self.is_sorted = (
            item.is_graded
            and not self.all.many
            and not self.has_parts
            and self.all.full + self.all.none == self.all.asked
            and all(chosen.right in {0, chosen.count} for chosen in self.all.picks.values())
        )

    def figures(self) -> ItemFigures:
        asked = self._asked_groups()
        if self.all.asked < FLOOR or (self.is_drawn and 0 < sum(self.missing.values()) < FLOOR):
            nobody = Why.NOBODY if not self.all.asked else Why.HIDDEN
            return ItemFigures(self.item.id, None, None, nobody, (), {})
        graded = self._graded_groups(asked)
        return ItemFigures(
            id=self.item.id,
            asked=self.all.asked,
            facility=self._facility(self.all),
            discrimination=self._discrimination(self.all),
            parts=tuple(self._parts(graded if self.is_sorted else asked)),
            groups={
                code: GroupFigures(
                    asked=tally.asked if code in asked else None,
                    facility=self._facility(tally) if code in graded else None,
                    discrimination=self._discrimination(tally) if code in graded else Why.HIDDEN,
                )
                for code, tally in self.groups.items()
            }
            if self.order
            else {},
        )

    # Groups

    def _asked_groups(self) -> frozenset[str]:
        """Return the groups of which it may be said how many were asked."""
        return self._open_groups({code: {"asked": tally.asked} for code, tally in self.groups.items()})

    def _graded_groups(self, asked: frozenset[str]) -> frozenset[str]:
        """Return the groups whose facility may be told."""
        if not self.order or not self.item.is_graded or self._bound(self.all):
            return frozenset()
        if not self.is_sorted:
            return frozenset(code for code in asked if not self._bound(self.groups[code]))
        cells = {code: {"right": tally.full, "wrong": tally.asked - tally.full} for code, tally in self.groups.items()}
        return self._open_groups(cells, hidden=frozenset(self.groups) - asked)

    def _open_groups(
        self, cells: Mapping[str, Mapping[Any, int]], hidden: frozenset[str] = frozenset()
    ) -> frozenset[str]:
        """Return the groups that may be shown with these cells, which make up those who were asked."""
        if not self.order:
            return frozenset()
        table: dict[str, dict[Any, int]] = {code: dict(counts) for code, counts in cells.items()}
        if self.is_drawn:
            for code, missing in self.missing.items():
                table[code][_NOT_ASKED] = missing
        return groups_to_show(table, self.order, hidden=hidden)

    # Facility and discrimination

    def _bound(self, tally: ItemTally) -> Bound | None:
        """Return that fewer than five got some points, or fewer than five lost some."""
        if tally.asked - tally.none < FLOOR:
            return Bound.LOW
        return Bound.HIGH if tally.asked - tally.full < FLOOR else None

    def _facility(self, tally: ItemTally) -> Facility | None:
        if not self.item.is_graded or not tally.asked:
            return None
        bound = self._bound(tally)
        if bound:
            share = Fraction(min(FLOOR, tally.asked), tally.asked)
            return Facility(share if bound == Bound.LOW else 1 - share, bound)
        if not self.is_sorted:
            return _rounded(tally, self.item)
        value = facility(tally.points, tally.asked, self.item.points)
        return Facility(value) if value is not None else None

    def _discrimination(self, tally: ItemTally) -> Correlation | Why:
        if not tally.asked or not self.item.is_graded:
            return Why.NOBODY
        if self.is_drawn:
            return Why.DRAWN
        if not self.rest_worth:
            return Why.NO_REST
        if self._bound(tally):
            return Why.HIDDEN
        return correlation(
            n=tally.asked,
            x=tally.points,
            y=tally.rest,
            xx=tally.points_squared,
            yy=tally.rest_squared,
            xy=tally.products,
        )

    # Answers

    def _known(self) -> tuple[Pick, ...]:
        """Return what is offered, and then what was given beside it, in an order that says nothing of how often."""
        offered = self.item.offered
        return (*offered, *sorted(set(self.all.picks) - set(offered)))

    def _parts(self, allowed: frozenset[str]) -> list[Part]:
        names = list(dict.fromkeys(part for part, _ in self._known()))
        make = self._overlapping_part if self.all.many else self._part
        return [make(name, [pick for pick in self._known() if pick[0] == name], allowed) for name in names]

    def _part(self, name: str, picks: Sequence[Pick], allowed: frozenset[str]) -> Part:
        """Return the answers to a part of which everybody gave at most one."""
        counts = self._counts(self.all, picks)
        order: list[_Key] = [_OPEN, *sorted(picks, key=self._keenness)]
        if self.is_sorted and not self._bound(self.all):
            right = {key: count for key, count in counts.items() if self._earns(key)}
            wrong = {key: count for key, count in counts.items() if key not in right}
            shown = may_show(right, order) | may_show(wrong, order)
            cells = {code: self._sorted_cells(self._counts(tally, picks), shown) for code, tally in self.groups.items()}
        else:
            shown = may_show(counts, order)
            cells = {code: merged(self._counts(tally, picks), shown, _REST) for code, tally in self.groups.items()}
        opened = self._open_groups(cells, hidden=frozenset(self.groups) - allowed) if shown else None
        return self._made(name, picks, shown, opened)

    def _sorted_cells(self, counts: Mapping[_Key, int], shown: frozenset[_Key]) -> dict[_Key, int]:
        """Return the counts of what is shown, and what is hidden apart as right and as wrong."""
        right = {key: count for key, count in counts.items() if self._earns(key)}
        wrong = {key: count for key, count in counts.items() if key not in right}
        return merged(right, shown, f"{_REST}-right") | merged(wrong, shown, f"{_REST}-wrong")

    def _made(self, name: str, picks: Sequence[Pick], shown: frozenset[_Key], opened: frozenset[str] | None) -> Part:
        listed = [pick for pick in picks if pick in self.item.offered or pick in shown]
        hidden = self._counts(self.all, picks).keys() - shown
        left_open = self._row(None, _OPEN in shown, opened)
        if self.has_parts and left_open.count is not None:
            # Who left this part open may have answered another, so nothing is known of them but how many they are.
            left_open = Row(None, False, self._counts(self.all, picks)[_OPEN])
        return Part(
            name=name,
            rows=tuple(self._row(pick, pick in shown, opened) for pick in listed),
            left_open=left_open,
            others=Row(None, False, None) if hidden - set(listed) - {_OPEN} else None,
            together=self._together(picks, hidden, opened) if shown and hidden else None,
        )

    def _together(self, picks: Sequence[Pick], hidden: Set[_Key], opened: frozenset[str] | None) -> Row | None:
        """Return what anybody can reckon of the hidden answers from what is shown: nothing is given away by it."""
        rights = {self._earns(key) for key in hidden}
        if self.is_sorted and len(rights) > 1:
            return None
        chosen = Chosen()
        for key in hidden:
            chosen.add(self.all.left_open if isinstance(key, str) else self.all.picks.get(key, Chosen()))
        count = sum(self._counts(self.all, picks)[key] for key in hidden)
        compared = self._row_of(None, replace(chosen, count=count), is_right=rights == {True})
        if self.has_parts:
            compared = Row(None, False, count)
        by_group = {
            code: sum(self._counts(tally, picks)[key] for key in hidden)
            for code, tally in self.groups.items()
            if code in (opened or ())
        }
        return replace(compared, by_group=by_group or None)

    def _overlapping_part(self, name: str, picks: Sequence[Pick], allowed: frozenset[str]) -> Part:
        """Return the answers to a part of which somebody gave several: each is shown or hidden on its own."""
        unanswered = self.all.left_open.count
        says_open = min(unanswered, self.all.asked - unanswered) >= FLOOR
        rows = []
        for pick in picks:
            chosen = {code: tally.picks.get(pick, Chosen()).count for code, tally in self.groups.items()}
            # Who answered without it can be reckoned where it is said how many did not answer.
            without = self.all.asked - sum(chosen.values()) - (unanswered if says_open else 0)
            is_shown = min(sum(chosen.values()), without) >= FLOOR
            cells = {code: {"chosen": count, "not": self.groups[code].asked - count} for code, count in chosen.items()}
            opened = self._open_groups(cells, hidden=frozenset(self.groups) - allowed) if is_shown else None
            if is_shown or pick in self.item.offered:
                rows.append(self._row(pick, is_shown, opened))
        return Part(name, tuple(rows), self._row(None, says_open, None), is_many=True)

    def _counts(self, tally: ItemTally, picks: Sequence[Pick]) -> dict[_Key, int]:
        """Return how many gave each answer to a part, and how many none."""
        counts: dict[_Key, int] = {pick: tally.picks.get(pick, Chosen()).count for pick in picks}
        counts[_OPEN] = tally.asked - sum(counts.values())
        return counts if self.item.offered else counts | {_OTHER: 0}

    def _keenness(self, pick: Pick) -> tuple[bool, float]:
        """Return how much one would miss an answer: those most that are right, or draw good learners."""
        chosen = self.all.picks.get(pick, Chosen())
        return self._is_right(pick), chosen.rest / chosen.count if chosen.count else 0.0

    def _earns(self, key: _Key) -> bool:
        """Return whether an answer was worth all points; one that nobody gave is where it is offered as right."""
        chosen = None if isinstance(key, str) else self.all.picks.get(key)
        return chosen.right > 0 if chosen else key in self.item.right

    def _is_right(self, pick: Pick) -> bool:
        """Return whether an answer is right: as the question says where it offers it, else by what it was worth."""
        return pick in self.item.right if self.item.offered else self._earns(pick)

    def _row(self, pick: Pick | None, is_shown: bool, opened: frozenset[str] | None) -> Row:
        """Return what is shown of a pick, or of leaving the question open."""
        is_right = pick is not None and self._is_right(pick)
        if not is_shown:
            return Row(pick, is_right, None)

        def chosen_in(tally: ItemTally) -> Chosen:
            return tally.left_open if pick is None else tally.picks.get(pick, Chosen())

        by_group = {code: chosen_in(self.groups[code]).count for code in self.groups if code in (opened or ())}
        return replace(self._row_of(pick, chosen_in(self.all), is_right=is_right), by_group=by_group or None)

    def _row_of(self, pick: Pick | None, chosen: Chosen, *, is_right: bool) -> Row:
        """Return what is said of those who gave an answer, five at least."""
        if not self.rest_worth or self.is_drawn:
            return Row(pick, is_right, chosen.count)
        rest = chosen.rest / (chosen.count * self.rest_worth)
        return Row(pick, is_right, chosen.count, rest, self._ahead(chosen))

    def _ahead(self, chosen: Chosen) -> Correlation | None:
        found = correlation(
            n=self.all.asked,
            x=chosen.count,
            y=self.all.rest,
            xx=chosen.count,
            yy=self.all.rest_squared,
            xy=chosen.rest,
        )
        return found if isinstance(found, Correlation) else None


def _rounded(tally: ItemTally, item: Item) -> Facility | None:
    """Return the facility with the sum of points rounded to what five people can get.

    Where points come in parts, an exact mean would tell how many gave an answer whose count is hidden. The error that
    this adds (1.44 / n, root mean square) is below the standard error that chance leaves in a facility of a half,
    0.5 / sqrt(n), from nine attempts on.
    """
    if tally.asked < FEWEST_FOR_ROUNDED:
        return None
    fives = round(Fraction(tally.points, item.points * FLOOR))
    return Facility(min(Fraction(fives * FLOOR, tally.asked), Fraction(1)), is_rounded=True)
