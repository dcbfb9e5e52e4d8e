"""A question that is answered in a few words, compared with those accepted in the language they were typed in."""

import unicodedata
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from quizzes.questions.typed import LINE, fault_of_length, lines_of, read_typed, typed
from quizzes.scoring import WHOLE, Given, Parts, Question, Words

IS_GRADED = True
TAKES_ANSWER = True

# What keyboards and word processors write differently without meaning anything by it.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2013", "-"),
    }
)
_FINAL_SIGMA, _SIGMA = "\u03c2", "\u03c3"
_STAR, _KEPT_STAR = "*", "\ue000"


def read(question: Question, parts: Parts) -> Parts:
    """Return what was typed."""
    return read_typed(parts)


def fault_of(question: Question, given: Given) -> str:
    """Return what cannot be kept: more than a line."""
    return fault_of_length(given, LINE)


def is_complete(question: Question, given: Given) -> bool:
    """Return True: whatever was typed is the answer."""
    return True


def grade(question: Question, given: Given, words: Words) -> Fraction:
    """Return the share of the first group of accepted answers that the text is one of."""
    group = matched(question, given, words)
    return Fraction(group["share"], 100) if group else Fraction(0)


def matched(question: Question, given: Given, words: Words) -> Mapping[str, Any] | None:
    """Return the group of accepted answers that the text is one of, or None; groups count in their order."""
    text = folded(typed(given), question.key)
    for group, accepted in accepted_answers(question, words):
        if any(_fits(text, each, question.key) for each in accepted):
            return group
    return None


def accepted_answers(question: Question, words: Words) -> Iterator[tuple[Mapping[str, Any], list[str]]]:
    """Yield each group with what it accepts: in the language of the texts; where that says nothing, in the source's."""
    texts = words.get("answers") or {}
    for group in question.key.get("answers", ()):
        own = lines_of(str((texts.get(group["id"]) or {}).get("accepted") or ""))
        yield group, own or group["accepted"]


def model_answer(question: Question, words: Words) -> Parts:
    """Return the first accepted answer that is worth all points, with nothing where a star stands."""
    for group, accepted in accepted_answers(question, words):
        for text in accepted if group["share"] == 100 else ():
            plain = _without_stars(text) if question.key.get("wildcards") else text
            if plain.strip():
                return {WHOLE: (plain.strip(),)}
    return {}


def key_of(question: Question) -> Any:
    """Return what is accepted in the source's language, for which shares, and what makes a difference."""
    options = [bool(question.key.get(name)) for name in ("case", "accents", "wildcards")]
    return [question.key.get("answers", []), options]


def folded(text: str, key: Mapping[str, Any]) -> str:
    """Return a text without what makes no difference, as the options of a question say.

    key: `case` and `accents` say whether these matter. Spaces, forms of quotes and dashes, and the form that a Greek
    sigma takes at the end of a word never do.
    """
    text = " ".join(unicodedata.normalize("NFC", text).translate(_ALIKE).split()).replace(_FINAL_SIGMA, _SIGMA)
    if not key.get("case"):
        text = unicodedata.normalize("NFC", text.casefold())
    if not key.get("accents"):
        apart = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize("NFC", "".join(each for each in apart if unicodedata.category(each) != "Mn"))
    return text


def _fits(text: str, accepted: str, key: Mapping[str, Any]) -> bool:
    """Return whether a folded text is what is accepted; each look goes through it once, stars or not."""
    if not key.get("wildcards"):
        return text == folded(accepted, key)
    parts = [part.replace(_KEPT_STAR, _STAR) for part in folded(_with_kept_stars(accepted), key).split(_STAR)]
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        return text == first
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    place, end = len(first), len(text) - len(last)
    for part in parts[1:-1]:
        found = text.find(part, place, end)
        if found < 0:
            return False
        place = found + len(part)
    return True


def _with_kept_stars(text: str) -> str:
    return text.replace(r"\*", _KEPT_STAR)


def _without_stars(text: str) -> str:
    return " ".join(_with_kept_stars(text).replace(_STAR, "").replace(_KEPT_STAR, _STAR).split())
