"""The texts of a pack that translators are given. No database is asked for them."""

from typing import Any

from lessons.pack.content import PackContent, PageContent
from lessons.pack.introspection import ChildrenShape, StreamFieldShape
from lessons.pack.names import Names
from lessons.pack.uploads import upload_kinds
from openmuseums.segments.units import Unit, units_of


def units_of_pack(content: PackContent) -> list[Unit]:
    """Return the units of all pages, in the order of the pack."""
    names = _made_up_names(content)
    return [
        unit for page in content.pages for unit in units_of(_page_like(page, names), where=place_of(content, page.path))
    ]


def place_of(content: PackContent, path: str) -> str:
    """Return what translators are told of where a text belongs: the folder of its page."""
    return f"{content.root}/{path}".rstrip("/")


def _made_up_names(content: PackContent) -> Names:
    """Return names with keys of no meaning: a unit's text says of a link only that there is one."""
    names = Names()
    for number, page in enumerate(content.pages, 1):
        names.add_page(page.path, number)
    for kind in upload_kinds():
        uploads = [upload for upload in content.uploads if upload.kind.model is kind.model]
        for number, upload in enumerate(uploads, 1):
            names.add_upload(kind.model, upload.name, number)
    return names


def _page_like(content: PageContent, names: Names) -> Any:
    """Return a page that has the pack's texts and no row."""
    page = content.type.model(translation_key=content.id, slug=content.slug)
    for name, shape in content.type.fields.items():
        seed = f"{content.id}/{name}"
        value: Any
        if isinstance(shape, StreamFieldShape):
            value = shape.unseen(content.values.get(name), names, seed)
        else:
            value = shape.stored(content.values.get(name), names, seed)
        if isinstance(shape, ChildrenShape):
            value = [shape.model(**fields) for fields in value]
        setattr(page, name, value)
    return page
