"""The PO files of a pack as files: which there may be, and what is in them."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from lessons.pack.content import TRANSLATIONS_FOLDER
from lessons.pack.problems import Place, Problem, Problems
from openmuseums.segments.catalogues import Catalogue, CatalogueError, read_catalogue


def file_of(language: str) -> str:
    """Return the path of a language's PO file inside a pack."""
    return f"{TRANSLATIONS_FOLDER}/{language}.po"


def read_catalogues(root: Path, problems: Problems) -> dict[str, Catalogue]:
    """Read the PO files of a pack by language; what is wrong with them as files goes to `problems`."""
    folder = root / TRANSLATIONS_FOLDER
    found: dict[str, Catalogue] = {}
    if folder.is_symlink():
        problems.add(
            Place(TRANSLATIONS_FOLDER), _("Links to other folders are not followed. Put the folder itself here.")
        )
        return found
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        place = Place(f"{TRANSLATIONS_FOLDER}/{path.name}")
        if path.is_symlink():
            problems.add(place, _("Links to other files are not followed. Put the file itself here."))
        elif path.suffix != ".po" or not path.is_file():
            problems.add(place, _("Only PO files belong here, each called by the code of its language."))
        elif path.stem not in languages():
            problems.add(
                place,
                _("The site has no language “%(language)s” to translate into. It has: %(languages)s."),
                language=path.stem,
                languages=", ".join(languages()),
            )
        else:
            try:
                found[path.stem] = read_catalogue(path)
            except CatalogueError as error:
                problems.found += problems_of(error, place.file)
    return found


def languages() -> list[str]:
    """Return the codes of the languages that a pack may be translated into, in the order of the settings."""
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES if code != settings.LANGUAGE_CODE]


def problems_of(error: CatalogueError, file: str) -> list[Problem]:
    """Return what is wrong with a PO file, with its places in the pack."""
    return [Problem(Place(file, fault.line), fault.message) for fault in error.faults]
