"""The page types that packs may hold. An app registers its own when it starts; their fields follow from the models."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page

from lessons.pack.introspection import ChildrenShape, own_fields, shape_of_field
from lessons.pack.shapes import Shape

if TYPE_CHECKING:
    from lessons.pack.content import PageContent

# Given a page, what is wrong with its fields in the place where it stands: the field, and what to say.
PlaceRule = Callable[["PageContent"], Iterator[tuple[str, str]]]
# Given a page's key, its slug and the slug of the page above it, what is wrong with the key, or an empty text.
KeyRule = Callable[[str, str, str], str]


@dataclass(frozen=True)
class PageType:
    """A page type: its name in a pack, its model, and the rules for its key and its place where it has any."""

    name: str
    model: type[Page]
    key_rule: KeyRule | None = None
    place_rule: PlaceRule | None = None

    @cached_property
    def relations(self) -> dict[str, ChildrenShape]:
        """Return the child objects that belong to pages of this type, by the name of the relation."""
        stock = {relation.get_accessor_name() for relation in get_all_child_relations(Page)}
        return {
            relation.get_accessor_name(): ChildrenShape(relation.related_model)
            for relation in get_all_child_relations(self.model)
            if relation.get_accessor_name() not in stock
        }

    @cached_property
    def fields(self) -> dict[str, Shape]:
        """Return the fields in the order of the file: short ones, child objects, streams, the search description."""
        own = {found.name: found for found in own_fields(self.model)}
        return {
            "title": shape_of_field(Page._meta.get_field("title")),
            **{name: shape_of_field(found) for name, found in own.items() if not isinstance(found, StreamField)},
            **self.relations,
            **{name: shape_of_field(found) for name, found in own.items() if isinstance(found, StreamField)},
            "search_description": shape_of_field(Page._meta.get_field("search_description")),
        }

    def may_stand_in(self, parent: "PageType") -> bool:
        """Return whether Wagtail lets such a page stand below another."""
        return (
            self.model in parent.model.clean_subpage_models() and parent.model in self.model.clean_parent_page_models()
        )


_types: dict[str, PageType] = {}


def register_page_type(
    name: str, model: type[Page], *, key_rule: KeyRule | None = None, place_rule: PlaceRule | None = None
) -> None:
    """Let packs hold pages of a model, under a name."""
    _types[name] = PageType(name, model, key_rule, place_rule)


def page_types() -> dict[str, PageType]:
    """Return all page types by name."""
    return dict(_types)


def page_type_of(model: type[Page]) -> PageType | None:
    """Return the page type of a model, or None where packs do not hold it."""
    return next((found for found in _types.values() if found.model is model), None)
