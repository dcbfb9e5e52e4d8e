"""Gives ids to whatever in a pack has none, brings its PO files in line, and writes it in its one spelling."""

import uuid
from collections.abc import Iterable
from pathlib import Path

from lessons.pack.catalogues import languages
from lessons.pack.checking import check_pack
from lessons.pack.reading import read_pack
from lessons.pack.translations import merged, translated_of
from lessons.pack.writing import replace_pack


def stamp_course(path: Path, *, new_languages: Iterable[str] = ()) -> int:
    """Rewrite a pack with an id everywhere; return how many were made. Comments in the YAML files are lost.

    The PO files hold the texts of the pack afterwards: new ones without a translation, changed ones with that of the
    text before as a fuzzy one. `new_languages` get a PO file if they have none.
    Raises PackError where anything else is wrong with it; its files are then as they were.
    """
    made: list[uuid.UUID] = []

    def new_id() -> uuid.UUID:
        made.append(uuid.uuid4())
        return made[-1]

    content = check_pack(read_pack(path), new_id=new_id)
    wanted = {found.language for found in content.translations} | set(new_languages)
    content.translations = [translated_of(merged(content, code)) for code in languages() if code in wanted]
    replace_pack(content, path)
    return len(made)
