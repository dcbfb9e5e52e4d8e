"""Which questions an attempt asks and in which order: it follows from a seed, and is the same in every language."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizzes.running.arranging import shuffled
from quizzes.running.facets import Holding, held
from quizzes.scoring import Question


@dataclass(frozen=True)
class _Bundle:
    """What is drawn as a whole: a question by itself, or a scenario (`case`) with the questions under it."""

    case: Question | None
    questions: tuple[Question, ...]

    @property
    def id(self) -> str:
        return (self.case or self.questions[0]).id

    @property
    def size(self) -> int:
        return len(self.questions)

    @property
    def facets(self) -> tuple[str, ...]:
        return tuple(sorted(question.facet for question in self.questions))

    @property
    def all(self) -> list[Question]:
        return [*([self.case] if self.case else []), *self.questions]


def grouped(questions: Collection[Question]) -> list[tuple[Question | None, list[Question]]]:
    """Return questions by the page that they are answered on: each by itself, those of a scenario below it."""
    groups: list[tuple[Question | None, list[Question]]] = []
    cases = {question.scenario for question in questions if question.scenario}
    for question in questions:
        if question.id in cases:
            groups.append((question, []))
        elif question.scenario and groups and groups[-1][0] and groups[-1][0].id == question.scenario:
            groups[-1][1].append(question)
        else:
            groups.append((None, [question]))
    return groups


def draw(
    questions: Sequence[Question], count: int | None, *, seed: str, shuffles: bool = False, each_facet: int = 0
) -> list[str]:
    """Return the ids of what an attempt asks, in its order, scenarios before their questions.

    count: how many questions are drawn, None for all; scenarios themselves are not counted. seed: what the draw follows
    from. shuffles: whether the order follows from the seed too; else it is that of the quiz. each_facet: how many
    questions of each facet are drawn at least, those of scenarios counted.

    Scenarios are drawn whole. Where no set of whole ones makes `count`, the largest number below it is drawn; where
    even the smallest is larger, that one. Topics are balanced first, then the facets within a topic: none has more than
    one question more than another which could have had one more. Within a topic and facet each question has the same
    chance, and a scenario stands where its first question does.

    Where each facet is to have its questions, that comes before the topics, as far as there are such questions and
    `count` has room: no facet has its second before each has had its first.
    """
    bundles = [_Bundle(case, tuple(members)) for case, members in grouped(questions)]
    if count is not None and count < sum(bundle.size for bundle in bundles):
        picked = _picked(bundles, count, f"{seed}/draw", each_facet)
        bundles = [bundle for bundle in bundles if bundle.id in picked]
    if shuffles:
        by_id = {bundle.id: bundle for bundle in bundles}
        bundles = [by_id[each] for each in shuffled(by_id, seed=f"{seed}/order")]
    return [question.id for bundle in bundles for question in bundle.all]


def _picked(bundles: Sequence[_Bundle], count: int, seed: str, each_facet: int) -> set[str]:
    by_id = {bundle.id: bundle for bundle in bundles if bundle.size}
    left = [by_id[each] for each in shuffled(by_id, seed=seed)]
    open_places = _reachable_total([bundle.size for bundle in left], count)
    topics: Counter[str] = Counter()
    cells: Counter[tuple[str, str]] = Counter()
    facets: Counter[str] = Counter()
    picked: list[_Bundle] = []
    while open_places:
        fitting = _fitting(left, open_places, Holding(facets, each_facet))

        def rank(bundle: _Bundle) -> tuple[int, int, int]:
            first = bundle.questions[0]
            return topics[first.topic], cells[first.topic, first.facet], facets[first.facet]

        # Of equals the first, in the order that follows from the seed.
        best = min(fitting, key=rank)
        left.remove(best)
        picked.append(best)
        open_places -= best.size
        topics.update(question.topic for question in best.questions)
        cells.update((question.topic, question.facet) for question in best.questions)
        facets.update(question.facet for question in best.questions)
    if each_facet:
        _spread(picked, left, each_facet)
    return {bundle.id for bundle in picked}


def _fitting(left: Sequence[_Bundle], places: int, holding: Holding) -> list[_Bundle]:
    """Return what may be picked next: the rest of the places can still be filled, with questions of each facet."""
    if not holding.each:
        sizes = _sizes_that_fit([bundle.size for bundle in left], places)
        return [bundle for bundle in left if bundle.size in sizes]
    wanted = holding.next_of([bundle.facets for bundle in left], places)
    return [bundle for bundle in left if bundle.facets in wanted]


def _spread(picked: list[_Bundle], left: list[_Bundle], each_facet: int) -> None:
    """Exchange single questions for as long as that spreads them better over topics and takes nothing from a facet."""
    while pair := next(_exchanges(picked, left, each_facet), None):
        place, other = picked.index(pair[0]), left.index(pair[1])
        picked[place], left[other] = left[other], picked[place]


def _exchanges(
    picked: Sequence[_Bundle], left: Sequence[_Bundle], each_facet: int
) -> Iterator[tuple[_Bundle, _Bundle]]:
    asked = [question for bundle in picked for question in bundle.questions]
    topics = Counter(question.topic for question in asked)
    facets = Counter(question.facet for question in asked)
    holds = held(facets, each_facet)
    for mine in (bundle for bundle in picked if bundle.size == 1):
        for other in (bundle for bundle in left if bundle.size == 1):
            is_better = topics[mine.questions[0].topic] > topics[other.questions[0].topic] + 1
            if is_better and held(facets - Counter(mine.facets) + Counter(other.facets), each_facet) >= holds:
                yield mine, other


def _reachable_total(sizes: Collection[int], count: int) -> int:
    """Return the largest total of some of the sizes up to a count; the smallest size where there is none."""
    sums = _sums(sizes)
    return next((total for total in range(count, 0, -1) if sums >> total & 1), min(sizes, default=0))


def _sizes_that_fit(sizes: Sequence[int], total: int) -> set[int]:
    """Return the sizes after which the rest of the total can still be made of the others."""
    counted = Counter(sizes)
    if set(counted) == {1}:
        return {1}
    return {
        size
        for size in counted
        if size <= total and _sums((counted - Counter([size])).elements()) >> (total - size) & 1
    }


def _sums(sizes: Iterable[int]) -> int:
    """Return which totals some of the sizes make: bit n is set where n is one."""
    sums = 1
    for size in sizes:
        sums |= sums << size
    return sums
