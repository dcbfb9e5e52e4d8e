"""What checks ask about a piece of rich text: its words, links and headings."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.utils.translation import override, pgettext

_ADDRESS = re.compile(r"(https?://|www\.)\S+|[\w.-]+\.\w+/\S*")
_FURNITURE = " .,:;!…»→>[]()"
_HEADINGS = {"h2": 2, "h3": 3, "h4": 4}


@dataclass
class Link:
    """A link in a rich text: its attributes as stored and the words one clicks."""

    attributes: dict[str, str]
    text: str = ""


@dataclass
class Reading:
    """What is in a rich text. `headings` are levels (2 to 4) in their order."""

    words: str = ""
    links: list[Link] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Return whether a reader would see nothing."""
        return not self.words.strip()

    @property
    def document_ids(self) -> set[int]:
        """Return the ids of the documents that are linked."""
        ids = (link.attributes.get("id", "") for link in self.links if link.attributes.get("linktype") == "document")
        return {int(number) for number in ids if number.isdigit()}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.reading = Reading()
        self._link: Link | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HEADINGS:
            self.reading.headings.append(_HEADINGS[tag])
        if tag == "a":
            self._link = Link({name: value or "" for name, value in attrs})
            self.reading.links.append(self._link)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._link = None

    def handle_data(self, data: str) -> None:
        self.reading.words += data
        if self._link is not None:
            self._link.text += data


def read_html(html: str) -> Reading:
    """Return what is in a rich text as Wagtail stores it."""
    reader = _Reader()
    reader.feed(html or "")
    reader.close()
    return reader.reading


def says_nothing(text: str, language: str) -> bool:
    """Return whether a link's words tell nobody where it leads: nothing, an address, or a phrase like “click here”."""
    plain = " ".join(text.split()).strip(_FURNITURE).casefold()
    return not plain or plain in _empty_phrases(language) or _ADDRESS.fullmatch(plain) is not None


def _empty_phrases(language: str) -> set[str]:
    with override(language):
        # Translators: words on a link that tell nobody where it leads. Write those of your language, | between them.
        phrases = pgettext(
            "links that say nothing",
            "click here|click|here|read more|more|learn more|find out more|see more|see here|link|this link|page|"
            "this page|website|this website|this|source|info|more info|more information|details|continue|download",
        )
    return {phrase.strip().casefold() for phrase in phrases.split("|")}
