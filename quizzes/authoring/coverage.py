"""Which topics and facets the questions of a quiz and its bank cover, and how difficult editors expect them to be."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openmuseums.competences.facets import Facet
from openmuseums.competences.guide import get_guide


@dataclass(frozen=True)
class Cell:
    """How many questions of a page there are, and of those beside it; and of both by difficulty, where that is said."""

    own: int = 0
    beside: int = 0
    difficulties: tuple[tuple[str, int], ...] = ()

    @property
    def is_gap(self) -> bool:
        """Return whether there is no question."""
        return not self.own and not self.beside


@dataclass(frozen=True)
class Row:
    """A topic: its name, a cell for each facet, and one for all of them."""

    topic: str
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True)
class Coverage:
    """A table of topics by facets. `totals` has a cell for each facet, and `total` counts all questions."""

    facets: tuple[Facet, ...]
    rows: tuple[Row, ...]
    totals: tuple[Cell, ...]
    total: Cell

    @property
    def asked(self) -> list[Row]:
        """Return the topics that some question is about."""
        return [row for row in self.rows if not row.total.is_gap]

    @property
    def gaps(self) -> list[str]:
        """Return the topics that no question is about."""
        return [row.topic for row in self.rows if row.total.is_gap]


def coverage_of(*, key: str, own: Sequence[Mapping[str, Any]], beside: Sequence[Mapping[str, Any]]) -> Coverage:
    """Return what questions cover: the topics of a lesson in the guide's order, then others that questions are about.

    key: the lesson's. own: the page's questions as they are stored; beside: those of the pages that it goes with.
    """
    counted = [(True, *found) for found in _asked(own)] + [(False, *found) for found in _asked(beside)]
    topics = dict.fromkeys([*_topics_of(key), *(topic for _own, topic, _facet, _difficulty in counted)])
    names = get_guide().topics

    def cell(topic: str | None = None, facet: str | None = None) -> Cell:
        found = [each for each in counted if topic in {None, each[1]} and facet in {None, each[2]}]
        difficulties = Counter(each[3] for each in found)
        return Cell(
            own=sum(each[0] for each in found),
            beside=sum(not each[0] for each in found),
            difficulties=tuple((name, difficulties[name]) for name in ("easy", "medium", "hard") if difficulties[name]),
        )

    return Coverage(
        facets=tuple(Facet),
        rows=tuple(
            Row(
                names[topic].label if topic in names else topic,
                tuple(cell(topic, facet.value) for facet in Facet),
                cell(topic),
            )
            for topic in topics
        ),
        totals=tuple(cell(facet=facet.value) for facet in Facet),
        total=cell(),
    )


def _asked(stored: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """Yield topic, facet and difficulty of each question, those under a scenario among them."""
    for raw in stored:
        value = raw["value"]
        if value.get("topic"):
            yield value["topic"], value.get("facet") or "", value.get("difficulty") or ""
        yield from _asked(value.get("questions") or ())


def _topics_of(key: str) -> list[str]:
    lesson = next((found for found in get_guide().lessons if found.key == key), None)
    return [topic.key for unit in lesson.units for topic in unit.topics] if lesson else []
