"""Gives ids to whatever in a pack has none, and writes the pack in its one spelling."""

import uuid
from pathlib import Path

from lessons.pack.checking import check_pack
from lessons.pack.reading import read_pack
from lessons.pack.writing import replace_pack


def stamp_course(path: Path) -> int:
    """Rewrite a pack with an id everywhere; return how many were made. Comments in the files are lost.

    Raises PackError where anything else is wrong with it; its files are then as they were.
    """
    made: list[uuid.UUID] = []

    def new_id() -> uuid.UUID:
        made.append(uuid.uuid4())
        return made[-1]

    replace_pack(check_pack(read_pack(path), new_id=new_id), path)
    return len(made)
