"""Which questions an attempt asks and in which order: it follows from a seed, and is the same in every language."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from quizzes.running.arranging import shuffled
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


def draw(questions: Sequence[Question], count: int | None, *, seed: str, shuffles: bool = False) -> list[str]:
    """Return the ids of what an attempt asks, in its order, scenarios before their questions.

    count: how many questions are drawn, None for all; scenarios themselves are not counted. seed: what the draw follows
    from. shuffles: whether the order follows from the seed too; else it is that of the quiz.

    Scenarios are drawn whole. Where no set of whole ones makes `count`, the largest number below it is drawn; where
    even the smallest is larger, that one. Topics are balanced first, then the facets within a topic: none has more than
    one question more than another which could have had one more. Within a topic and facet each question has the same
    chance, and a scenario stands where its first question does.
    """
    bundles = [_Bundle(case, tuple(members)) for case, members in grouped(questions)]
    if count is not None and count < sum(bundle.size for bundle in bundles):
        picked = _picked(bundles, count, f"{seed}/draw")
        bundles = [bundle for bundle in bundles if bundle.id in picked]
    if shuffles:
        by_id = {bundle.id: bundle for bundle in bundles}
        bundles = [by_id[each] for each in shuffled(by_id, seed=f"{seed}/order")]
    return [question.id for bundle in bundles for question in bundle.all]


def _picked(bundles: Sequence[_Bundle], count: int, seed: str) -> set[str]:
    by_id = {bundle.id: bundle for bundle in bundles if bundle.size}
    left = [by_id[each] for each in shuffled(by_id, seed=seed)]
    open_places = _reachable_total([bundle.size for bundle in left], count)
    topics: Counter[str] = Counter()
    cells: Counter[tuple[str, str]] = Counter()
    facets: Counter[str] = Counter()
    picked = set()
    while open_places:
        sizes = _sizes_that_fit([bundle.size for bundle in left], open_places)

        def rank(bundle: _Bundle) -> tuple[int, int, int]:
            first = bundle.questions[0]
            return topics[first.topic], cells[first.topic, first.facet], facets[first.facet]

        # Of equals the first, in the order that follows from the seed.
        best = min((bundle for bundle in left if bundle.size in sizes), key=rank)
        left.remove(best)
        picked.add(best.id)
        open_places -= best.size
        topics.update(question.topic for question in best.questions)
        cells.update((question.topic, question.facet) for question in best.questions)
        facets.update(question.facet for question in best.questions)
    return picked


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
