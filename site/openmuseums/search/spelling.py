"""The word that was meant by one with a slip in it."""

from collections.abc import Iterable

# Up to so many letters a slip is a letter; in longer words it may be two.
SHORT_WORD, LONG_WORD = 4, 8


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is nearest to a word by slips of the pen, or an empty string where none is near.

    Words of fewer than four letters are not guessed at. Of equally near words the first of the alphabet is taken.
    """
    allowed = 0 if len(word) < SHORT_WORD else 1 if len(word) < LONG_WORD else 2
    if not allowed:
        return ""
    candidates = ((distance(word, other, most=allowed), other) for other in set(known))
    near = [(slips, other) for slips, other in candidates if slips <= allowed]
    return min(near)[1] if near else ""


def distance(one: str, other: str, *, most: int) -> int:
    """Return how many letters must be changed, added, left out or swapped with the next; `most` + 1 where it is more.

    The optimal string alignment distance (Damerau 1964, Levenshtein 1966).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, above, row = row, before, [i]
        for j, counterpart in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counterpart:
                best = min(best, above[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]
