"""The order in which choices are shown: the same at each look, on each device and in each language."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

AS_WRITTEN, KEEP_LAST = "as-written", "keep-last"


@dataclass(frozen=True)
class Arranger:
    """Puts what belongs to one question of one attempt into its order.

    seed: kept with the attempt. scope: id of the question. shuffles: whether the quiz shuffles choices.
    """

    seed: str = ""
    scope: str = ""
    shuffles: bool = False

    def choices(self, ids: Sequence[str], arrangement: str = "") -> list[str]:
        """Return choices in the order in which they are shown.

        arrangement: AS_WRITTEN for choices that have an order of their own; KEEP_LAST where the last one stays last.
        """
        if not self.shuffles or arrangement == AS_WRITTEN:
            return list(ids)
        if arrangement == KEEP_LAST and ids:
            return [*self.shuffled(ids[:-1]), ids[-1]]
        return self.shuffled(ids)

    def shuffled(self, ids: Collection[str]) -> list[str]:
        """Return ids in an order that says nothing of the one they were written in."""
        return shuffled(ids, seed=f"{self.seed}/{self.scope}")


def shuffled(ids: Collection[str], *, seed: str) -> list[str]:
    """Return ids in an order that follows from the seed and nothing else, now and with any later Python."""
    return sorted(ids, key=lambda each: (hashlib.sha256(f"{seed}/{each}".encode()).digest(), each))
