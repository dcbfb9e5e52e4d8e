"""What two ways to write the name of one organisation have in common."""

import unicodedata

# Letters that people write in two ways without an accent to take off.
_WRITTEN_OUT = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "\u0131": "i"})


def folded(name: str) -> str:
    """Return a name without case, accents, punctuation and double spaces; empty where it has no letter or digit."""
    apart = unicodedata.normalize("NFKD", name.casefold().translate(_WRITTEN_OUT))
    kept = [character if character.isalnum() else " " for character in apart if not unicodedata.combining(character)]
    return " ".join("".join(kept).split())


def is_near(one: str, other: str) -> bool:
    """Return whether two folded names are likely the same: the same words, or two words and more inside the other's."""
    fewer, more = sorted((set(one.split()), set(other.split())), key=len)
    return fewer == more or (len(fewer) > 1 and fewer < more)
