"""Rows that are only ever added: each way to change or delete one is refused."""

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class RowKeptError(TypeError):
    """Raised where code would change or delete a row that is only ever added."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"Rows of {model.__name__} are only ever added.")


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Rows that can be added and read."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: raises RowKeptError."""
        raise RowKeptError(self.model)

    def delete(self) -> NoReturn:
        """Refuse: raises RowKeptError."""
        raise RowKeptError(self.model)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: raises RowKeptError."""
        raise RowKeptError(self.model)

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        """Add rows.

        Raises RowKeptError where existing ones would be updated instead.
        """
        if kwargs.get("update_conflicts"):
            raise RowKeptError(self.model)
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """What happened, and stays as it happened: rows are added, never changed, and not deleted by themselves.

    Django's cascade takes none of the ways that are refused here: rows go with what they belong to all the same, and
    what may be empty is emptied when what it refers to goes.
    """

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row.

        Raises RowKeptError where it stands already.
        """
        if not self._state.adding:
            raise RowKeptError(type(self))
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: raises RowKeptError."""
        raise RowKeptError(type(self))
