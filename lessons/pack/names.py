"""What a pack calls pages, pictures and documents, and what the database calls them."""

from django.db import models

from lessons.pack.markup import DOCUMENT_LINK, PAGE_LINK, Attributes
from openmuseums.uploads.models import Attachment

HOME = "/"


class Names:
    """Two-way lists of names and primary keys. What is not in them is not known: a reference to it becomes None.

    `missing` gathers what was asked for by name and is not there, `lost` what was asked for by its key and has no name,
    `used` the pictures and documents that were asked for.
    """

    def __init__(self) -> None:
        self._page_ids: dict[str, int] = {}
        self._page_paths: dict[int, str] = {}
        self._upload_ids: dict[tuple[type[models.Model], str], int] = {}
        self._upload_names: dict[tuple[type[models.Model], int], str] = {}
        self.missing: list[str] = []
        self.lost: list[str] = []
        self.used: set[tuple[type[models.Model], int]] = set()

    def add_page(self, path: str, pk: int) -> None:
        """Let a page be known by its path."""
        self._page_ids[path] = pk
        self._page_paths[pk] = path

    def add_upload(self, model: type[models.Model], name: str, pk: int) -> None:
        """Let a picture or document be known by its name."""
        self._upload_ids[model, name] = pk
        self._upload_names[model, pk] = name

    def upload_id(self, model: type[models.Model], name: str) -> int | None:
        """Return the primary key of a picture or document."""
        found = self._upload_ids.get((model, name))
        if found is None:
            self.missing.append(name)
        return found

    def upload_name(self, model: type[models.Model], pk: int) -> str | None:
        """Return the name of a picture or document."""
        found = self._upload_names.get((model, pk))
        if found is None:
            self.lost.append(f"{model._meta.verbose_name} {pk}")
        self.used.add((model, pk))
        return found

    def link_attributes(self, address: str) -> Attributes | None:
        """Return what a link in a pack is in the database, or None where it leads to nothing that is there."""
        if address.startswith(PAGE_LINK):
            pk = self._page_ids.get(address.removeprefix(PAGE_LINK).strip(HOME))
            return None if pk is None else {"linktype": "page", "id": str(pk)}
        if address.startswith(DOCUMENT_LINK):
            document = self._upload_ids.get((Attachment, address.removeprefix(DOCUMENT_LINK)))
            return None if document is None else {"linktype": "document", "id": str(document)}
        return {"href": address}

    def link_address(self, attributes: Attributes) -> str | None:
        """Return what a link in the database is in a pack, or None where it leads to nothing that a pack holds."""
        kind, pk = attributes.get("linktype"), attributes.get("id", "")
        if kind is None:
            return attributes.get("href")
        number = int(pk) if pk.isdecimal() else 0
        if kind == "page" and number in self._page_paths:
            return PAGE_LINK + (self._page_paths[number] or HOME)
        if kind == "document" and (Attachment, number) in self._upload_names:
            self.used.add((Attachment, number))
            return DOCUMENT_LINK + self._upload_names[Attachment, number]
        self.lost.append(f"{kind} {pk}")
        return None
