"""Sums over attempts, by language, that all figures are reckoned from. Whole numbers, so nothing is rounded."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

# Points are counted in ten-thousandths, as results are stored.
UNIT = 10_000
# Attempts are counted in fives of a language, so that two looks at the figures never differ by one person's answers.
TOGETHER = 5
# The language of an attempt that was answered in several, or not at all.
MIXED = ""

# A value that was given and the part of the question that it was given for.
Pick = tuple[str, str]


@dataclass(frozen=True)
class Item:
    """A question as figures know it.

    points: what it is worth, in ten-thousandths; 0 where it is not graded. offered: what can be chosen, in the order in
    which it was written; empty where people type. right: what of that is right.
    """

    id: str
    points: int = 0
    offered: tuple[Pick, ...] = ()
    right: frozenset[Pick] = frozenset()

    @property
    def is_graded(self) -> bool:
        """Return whether answers are worth points."""
        return self.points > 0


@dataclass(frozen=True)
class Response:
    """What an attempt made of a question: points in ten-thousandths, and what was given. Left open: nothing given."""

    points: int = 0
    picks: frozenset[Pick] = frozenset()
    is_open: bool = False


@dataclass(frozen=True)
class Taking:
    """An attempt, without a trace of whose it was. responses: by question id, all that were asked."""

    language: str
    seconds: int
    responses: Mapping[str, Response]


@dataclass
class Chosen:
    """How many chose something, how many of them got all points, and the sum of their points in the rest."""

    count: int = 0
    right: int = 0
    rest: int = 0

    def add(self, other: "Chosen") -> None:
        """Count what somebody else has counted."""
        self.count += other.count
        self.right += other.right
        self.rest += other.rest


@dataclass
class ItemTally:
    """Sums over those who were asked a question.

    full, none: how many got all points, and none. points, rest: sums of points in the question, and in the rest of the
    quiz; their squares and products. many: whether somebody gave several values, so that counts overlap.
    """

    asked: int = 0
    full: int = 0
    none: int = 0
    points: int = 0
    points_squared: int = 0
    rest: int = 0
    rest_squared: int = 0
    products: int = 0
    many: bool = False
    left_open: Chosen = field(default_factory=Chosen)
    picks: dict[Pick, Chosen] = field(default_factory=dict)

    def take(self, item: Item, response: Response, rest: int) -> None:
        """Count a response; rest: the same person's points in the rest of the quiz."""
        points = response.points
        self.asked += 1
        self.full += points == item.points
        self.none += points == 0
        self.points += points
        self.points_squared += points * points
        self.rest += rest
        self.rest_squared += rest * rest
        self.products += points * rest
        one = Chosen(1, int(points == item.points), rest)
        if response.is_open:
            self.left_open.add(one)
        self.many = self.many or len(response.picks) > len({part for part, _ in response.picks})
        for pick in response.picks:
            self.picks.setdefault(pick, Chosen()).add(one)

    def add(self, other: "ItemTally") -> None:
        """Count what somebody else has counted."""
        for name in ("asked", "full", "none", "points", "points_squared", "rest", "rest_squared", "products"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.many = self.many or other.many
        self.left_open.add(other.left_open)
        for pick, chosen in other.picks.items():
            self.picks.setdefault(pick, Chosen()).add(chosen)


@dataclass
class Tally:
    """Sums over attempts: how many, the seconds each took, and by question id."""

    attempts: int = 0
    seconds: list[int] = field(default_factory=list)
    items: dict[str, ItemTally] = field(default_factory=dict)

    def take(self, items: Iterable[Item], taking: Taking, core: Collection[str]) -> None:
        """Count an attempt; core: the ids of the questions that make up the rest, see `tallied`."""
        self.attempts += 1
        self.seconds.append(taking.seconds)
        total = sum(response.points for key, response in taking.responses.items() if key in core)
        for item in items:
            response = taking.responses.get(item.id)
            if response is None:
                continue
            rest = total - response.points if item.id in core else total
            self.items.setdefault(item.id, ItemTally()).take(item, response, rest)

    def add(self, other: "Tally") -> None:
        """Count what somebody else has counted."""
        self.attempts += other.attempts
        self.seconds += other.seconds
        for key, item in other.items.items():
            self.items.setdefault(key, ItemTally()).add(item)


def tallied(items: Iterable[Item], takings: Iterable[Taking], *, core: Collection[str]) -> dict[str, Tally]:
    """Return the sums by language.

    core: ids of the graded questions that everybody was asked. Points in these make up the rest that a question is
    compared with; where nobody was asked the same, it is empty.
    Attempts are taken in fives of a language, in the order in which they come; who is left over waits for the next.
    """
    items = tuple(items)
    waiting: dict[str, list[Taking]] = {}
    tallies: dict[str, Tally] = {}
    for taking in takings:
        together = waiting.setdefault(taking.language, [])
        together.append(taking)
        if len(together) < TOGETHER:
            continue
        tally = tallies.setdefault(taking.language, Tally())
        for one in together:
            tally.take(items, one, core)
        together.clear()
    return tallies


def summed(tallies: Iterable[Tally]) -> Tally:
    """Return the sums over all languages."""
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total
