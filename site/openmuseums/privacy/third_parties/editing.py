"""What Wagtail and wagtail-localize keep of those who edit: their work stays, without their name."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from openmuseums.privacy.names import NAMELESS, addresses_of, former_editor, mentioning, names_of, without_names
from openmuseums.privacy.registry import Basis, Declaration, Subject, declarations, declare

_TITLE = _("Work on the pages")
_PURPOSE = _("Says who wrote or changed what, so that those who edit the pages can work together.")
_RETENTION = _("As long as the page or the upload. When you erase your account your work stays, without your name.")
_SETTINGS_PURPOSE = _("Remembers where you are in the editors’ pages, and what you want to be told of.")
_SETTINGS_RETENTION = _("As long as the account; what an unfinished form held goes after thirty days.")
FORMS_KEPT_FOR = dt.timedelta(days=30)

# Rows that stay: model, the fields that name somebody, the fields to export, the changes beside taking the name out.
_NAMED: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("uploads.Picture", ("uploaded_by_user",), ("title", "created_at")),
    ("uploads.Attachment", ("uploaded_by_user",), ("title", "created_at")),
    ("wagtailimages.Image", ("uploaded_by_user",), ("title", "created_at")),
    ("wagtaildocs.Document", ("uploaded_by_user",), ("title", "created_at")),
    ("wagtailcore.WorkflowState", ("requested_by",), ("status", "created_at")),
    ("wagtailcore.TaskState", ("finished_by",), ("status", "comment", "finished_at")),
    ("wagtail_localize.StringTranslation", ("last_translated_by",), ("data", "updated_at")),
    ("wagtail_localize.SegmentOverride", ("last_translated_by",), ("data_json", "updated_at")),
]
# Rows that go: they are about the person alone.
_OWN: list[tuple[str, tuple[str, ...]]] = [
    ("wagtailcore.PageSubscription", ("page__title", "comment_notifications")),
    ("wagtailadmin.EditingSession", ("last_seen_at", "is_editing")),
    ("wagtailadmin.FormState", ("data", "last_updated_at")),
]


def _rows(label: str, subject: Subject, *fields: str) -> models.QuerySet[Any]:
    """Return the rows of a model in which one of the fields names the account."""
    rows: models.QuerySet[Any] = apps.get_model(label)._base_manager.all()
    if subject.account is None:
        return rows.none()
    named = models.Q()
    for field in fields:
        named |= models.Q(**{f"{field}_id": subject.account.pk})
    return rows.filter(named)


def _about(label: str, account_pk: int) -> models.QuerySet[Any]:
    """Return the rows that are about an account by its content type."""
    content_type = ContentType.objects.get_for_model(get_user_model())
    rows: models.QuerySet[Any] = apps.get_model(label)._base_manager.filter(
        content_type=content_type, object_id=str(account_pk)
    )
    return rows


def _take_names_out(label: str, fields: tuple[str, ...], subject: Subject, now: dt.datetime) -> None:
    for field in fields:
        _rows(label, subject, field).update(**{field: None})


def _export_rows(
    label: str, named_by: tuple[str, ...], fields: tuple[str, ...], subject: Subject
) -> Iterable[dict[str, Any]]:
    return _rows(label, subject, *named_by).order_by("pk").values(*fields)


def _delete_own(label: str, subject: Subject, now: dt.datetime) -> None:
    _rows(label, subject, "user").delete()
    if subject.account is not None and label != "wagtailcore.PageSubscription":
        _about(label, subject.account.pk).delete()


def _expire(label: str, field: str, kept_for: dt.timedelta, now: dt.datetime, write: bool) -> int:
    old = apps.get_model(label)._base_manager.filter(**{f"{field}__lt": now - kept_for})
    return old.delete()[0] if write else old.count()


# Pages and their revisions


def _erase_pages(subject: Subject, now: dt.datetime) -> None:
    _rows("wagtailcore.Page", subject, "owner").update(owner=None)
    # Nobody but administrators could open what a person without an account has locked.
    _rows("wagtailcore.Page", subject, "locked_by").update(locked_by=None, locked=False, locked_at=None)


def _erase_revisions(subject: Subject, now: dt.datetime) -> None:
    """Take the account out of revisions: who saved them, and owner, lock and comments inside them."""
    if subject.account is None:
        return
    pk = subject.account.pk
    _rows("wagtailcore.Revision", subject, "user").update(user=None)
    revisions = apps.get_model("wagtailcore.Revision")._base_manager
    inside = models.Q(content__owner=pk) | models.Q(content__locked_by=pk)
    with_comments = models.Q(content__wagtail_admin_comments__isnull=False) & ~models.Q(
        content__wagtail_admin_comments=[]
    )
    for revision in revisions.filter(inside | with_comments).iterator(chunk_size=50):
        if _take_out_of_content(revision.content, pk):
            revisions.filter(pk=revision.pk).update(content=revision.content)


def _take_out_of_content(content: dict[str, Any], pk: int) -> bool:
    """Take an account out of what a revision holds, in place; return whether it was there."""
    changed = False
    for field in ("owner", "locked_by"):
        if content.get(field) == pk:
            content[field] = None
            changed = True
    comments = content.get("wagtail_admin_comments") or []
    for remark in [*comments, *(reply for comment in comments for reply in comment.get("replies") or [])]:
        for field in ("user", "resolved_by"):
            if remark.get(field) == pk:
                remark[field] = former_editor().pk if field == "user" else None
                changed = True
    return changed


# Comments, whose rows need an author


def _erase_comments(subject: Subject, now: dt.datetime) -> None:
    _rows("wagtailcore.Comment", subject, "resolved_by").update(resolved_by=None)
    for label in ("wagtailcore.Comment", "wagtailcore.CommentReply"):
        rows = _rows(label, subject, "user")
        if rows.exists():
            rows.update(user=former_editor())


# Logs, which keep the names of what they are about


def _erase_log(label: str, subject: Subject, now: dt.datetime) -> None:
    """Take the account out of a log: who acted, entries about the account, and its names in labels and data."""
    if subject.account is None:
        return
    rows = apps.get_model(label)._base_manager
    _rows(label, subject, "user").update(user=None)
    addresses = addresses_of(subject.account)
    if label == "wagtailcore.ModelLogEntry":
        _about(label, subject.account.pk).update(label=NAMELESS, data={})
        about_people = rows.filter(content_type__in=_types_about_people())
        _take_out_of_log(about_people, names_of(subject.account))
    # Elsewhere an address is a person, but a name may be a word of a title.
    _take_out_of_log(rows.all(), addresses)


def _take_out_of_log(rows: models.QuerySet[Any], names: frozenset[str]) -> None:
    for entry in mentioning(rows, ["label", "data"], names):
        rows.model._base_manager.filter(pk=entry.pk).update(
            label=without_names(entry.label, names), data=without_names(entry.data, names)
        )


def _types_about_people() -> list[int]:
    labels = [label for found in declarations() if not found.is_mention for label in (found.model, *found.parts)]
    return [found.pk for found in ContentType.objects.get_for_models(*map(apps.get_model, labels)).values()]


# What refers to the account by its number, and files


def _erase_references(subject: Subject, now: dt.datetime) -> None:
    if subject.account is not None:
        content_type = ContentType.objects.get_for_model(get_user_model())
        rows = apps.get_model("wagtailcore.ReferenceIndex")._base_manager
        rows.filter(to_content_type=content_type, to_object_id=str(subject.account.pk)).delete()
        rows.filter(base_content_type=content_type, object_id=str(subject.account.pk)).delete()


def _erase_files(label: str, field: str, own: str, subject: Subject, now: dt.datetime) -> None:
    for row in _rows(label, subject, own):
        file = getattr(row, field)
        if file:
            transaction.on_commit(partial(file.storage.delete, file.name))
        row.delete()


def _nothing(subject: Subject) -> Iterable[dict[str, Any]]:
    return []


def _declare_work(
    label: str,
    export: Callable[[Subject], Iterable[dict[str, Any]]],
    erase: Callable[[Subject, dt.datetime], None],
    order: int = 50,
    labels: dict[str, Any] | None = None,
) -> None:
    declare(
        Declaration(
            model=label,
            title=_TITLE,
            purpose=_PURPOSE,
            basis=Basis.LEGITIMATE_INTERESTS,
            retention=_RETENTION,
            export=export,
            erase=erase,
            is_mention=True,
            order=order,
            labels=labels or {},
        )
    )


def _declare_own(
    label: str,
    export: Callable[[Subject], Iterable[dict[str, Any]]],
    erase: Callable[[Subject, dt.datetime], None],
    expire: Callable[[dt.datetime, bool], int] | None = None,
) -> None:
    declare(
        Declaration(
            model=label,
            title=_("Your settings in the editors’ pages"),
            purpose=_SETTINGS_PURPOSE,
            basis=Basis.CONTRACT,
            retention=_SETTINGS_RETENTION,
            export=export,
            erase=erase,
            expire=expire,
            labels={"page__title": _("Page")},
        )
    )


def declare_all() -> None:
    """Declare what Wagtail, wagtail-localize and our uploads keep of those who edit."""
    for label, named_by, fields in _NAMED:
        _declare_work(label, partial(_export_rows, label, named_by, fields), partial(_take_names_out, label, named_by))
    _declare_work(
        "wagtailcore.Page",
        partial(_export_rows, "wagtailcore.Page", ("owner", "locked_by"), ("title", "first_published_at")),
        _erase_pages,
    )
    _declare_work(
        "wagtailcore.Revision",
        partial(_export_rows, "wagtailcore.Revision", ("user",), ("object_str", "created_at")),
        _erase_revisions,
    )
    for label in ("wagtailcore.Comment", "wagtailcore.CommentReply"):
        _declare_work(label, partial(_export_rows, label, ("user",), ("text", "created_at")), _erase_comments)
    for label in ("wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"):
        _declare_work(
            label,
            partial(_export_rows, label, ("user",), ("label", "action", "timestamp")),
            partial(_erase_log, label),
            order=80,
        )
    _declare_work("wagtailcore.ReferenceIndex", _nothing, _erase_references)
    for label, fields in _OWN:
        _declare_own(
            label, partial(_export_rows, label, ("user",), fields), partial(_delete_own, label), _EXPIRE.get(label)
        )
    _declare_own(
        "wagtailusers.UserProfile",
        partial(
            _export_rows, "wagtailusers.UserProfile", ("user",), ("preferred_language", "current_time_zone", "theme")
        ),
        partial(_erase_files, "wagtailusers.UserProfile", "avatar", "user"),
    )
    _declare_own(
        "wagtailcore.UploadedFile",
        partial(_export_rows, "wagtailcore.UploadedFile", ("uploaded_by_user",), ("file",)),
        partial(_erase_files, "wagtailcore.UploadedFile", "file", "uploaded_by_user"),
    )


_EXPIRE: dict[str, Callable[[dt.datetime, bool], int]] = {
    "wagtailadmin.EditingSession": partial(
        _expire, "wagtailadmin.EditingSession", "last_seen_at", dt.timedelta(days=1)
    ),
    "wagtailadmin.FormState": partial(_expire, "wagtailadmin.FormState", "last_updated_at", FORMS_KEPT_FOR),
}
