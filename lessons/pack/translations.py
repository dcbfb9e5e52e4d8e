"""The translations of a pack: a PO file for each language beside the source files."""

from collections.abc import Iterator
from dataclasses import dataclass

from lessons.pack.catalogues import file_of, languages, problems_of
from lessons.pack.content import PackContent
from lessons.pack.problems import Place, Problems
from lessons.pack.texts import units_of_pack
from openmuseums.editorial.cleaning import clean_html
from openmuseums.segments.catalogues import Catalogue, CatalogueError, Message
from openmuseums.segments.checking import faults_of
from openmuseums.segments.merging import messages_of
from openmuseums.segments.units import Unit


@dataclass
class Translated:
    """A course in another language. `usable` holds what may be loaded, by (context, source).

    fuzzy: how many translations wait for somebody to look at them. unknown: entries of texts that the pack has not.
    """

    file: str
    catalogue: Catalogue
    usable: dict[tuple[str, str], Message]
    fuzzy: int
    unknown: list[Message]

    @property
    def language(self) -> str:
        """Return its code."""
        return self.catalogue.language

    def place_of(self, key: object, part: str) -> Place:
        """Return where the text of a page stands whose path has a part (a block's id, a field), or else its first."""
        lines = [(message.line, part in context.split(".")) for (context, _source), message in self._of(key)]
        named = [line for line, is_named in lines if is_named]
        return Place(self.file, min(named or [line for line, _is_named in lines] or [1]))

    def _of(self, key: object) -> Iterator[tuple[tuple[str, str], Message]]:
        prefix = f"{key}:"
        for (context, source), message in self.usable.items():
            if context.startswith(prefix):
                yield (context.removeprefix(prefix), source), message


def check_translations(content: PackContent, catalogues: dict[str, Catalogue], problems: Problems) -> list[Translated]:
    """Return the translations of a pack; what is wrong with them goes to `problems`."""
    units = {(unit.context, unit.source): unit for unit in units_of_pack(content)} if catalogues else {}
    return [
        _checked(content, language, catalogue, units, problems)
        for language in languages()
        if (catalogue := catalogues.get(language))
    ]


def merged(content: PackContent, language: str) -> Catalogue:
    """Return the PO file of a language as it should be now, with what the pack's own file has."""
    before = next((found.catalogue.messages for found in content.translations if found.language == language), [])
    return Catalogue(course_of(content), content.language, language, messages_of(units_of_pack(content), before))


def translated_of(catalogue: Catalogue) -> Translated:
    """Return a PO file that is to be written; what of it may be loaded is not looked into."""
    return Translated(file_of(catalogue.language), catalogue, {}, 0, [])


def course_of(content: PackContent) -> str:
    """Return what PO files call the course: the id of its first page."""
    return str(content.pages[0].id)


def _checked(
    content: PackContent,
    language: str,
    catalogue: Catalogue,
    units: dict[tuple[str, str], Unit],
    problems: Problems,
) -> Translated:
    found = Translated(file_of(language), catalogue, {}, 0, [])
    try:
        catalogue.expect(course=course_of(content), source_language=content.language, language=language)
    except CatalogueError as error:
        problems.found += problems_of(error, found.file)
        return found
    for message in catalogue.messages:
        unit = units.get(message.name)
        if message.obsolete or not message.translation:
            continue
        if unit is None:
            found.unknown.append(message)
        elif message.fuzzy:
            found.fuzzy += 1
        else:
            found.usable[message.name] = message
            for fault in faults_of(unit, message.translation, clean=clean_html):
                problems.add(Place(found.file, message.line), fault)
    return found
