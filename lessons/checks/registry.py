"""The checks of blocks, by the name of the block's type in a unit's body."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from openmuseums.editorial.checks import Finding, Place

BlockCheck = Callable[[Any, Place], Iterable[Finding]]
BLOCK_CHECKS: dict[str, list[BlockCheck]] = defaultdict(list)


def checks(*types: str) -> Callable[[BlockCheck], BlockCheck]:
    """Register a check for the types of block that are named."""

    def register(check: BlockCheck) -> BlockCheck:
        for name in types:
            BLOCK_CHECKS[name].append(check)
        return check

    return register
