"""Copies questions to another quiz or bank, as a draft: what is copied is a question of its own from then on."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.permissions import page_permission_policy

from openmuseums.delivery.languages import source_language
from openmuseums.editorial.recording import lock_with_translations
from openmuseums.people.models import User
from quizzes.blocks.registry import block_of
from quizzes.models import BankPage, QuestionsPage, QuizPage

COPIED = "quizzes.questions.copy"


class NotCopiedError(Exception):
    """Raised where questions cannot be copied; nothing is changed then. Its message says why, to the editor."""


def targets_for(user: User, *, besides: QuestionsPage) -> list[QuestionsPage]:
    """Return the quizzes and banks of the source's language that somebody may edit, in the order of the course."""
    mine = page_permission_policy.instances_user_has_permission_for(user, "change")
    found: list[QuestionsPage] = []
    for model in (QuizPage, BankPage):
        pages = model.objects.filter(pk__in=mine.values("pk"), locale__language_code=source_language(), alias_of=None)
        found += pages.exclude(pk=besides.pk).defer("questions")
    return sorted(found, key=lambda page: page.path)


@transaction.atomic
def copy_questions(*, source: QuestionsPage, ids: Collection[str], target: QuestionsPage, user: User) -> Revision:
    """Copy questions to the end of another quiz or bank, with new ids, and save that as a draft; return its revision.

    ids: of blocks in the newest draft of the source; a scenario is copied with the questions under it. Nothing is
    published. The target's row is locked, so that of two copies at once neither loses what the other has added.
    Raises NotCopiedError where somebody may not do it, or where what was chosen is gone.
    """
    lock_with_translations(target)
    # Read after the lock: the row names the newest revision.
    locked = type(target).objects.select_related("locale").filter(pk=target.pk).first()
    if locked is None or not _may_write(locked, user) or not source.permissions_for_user(user).can_edit():
        raise NotCopiedError(_("You may not edit the page that you copy to, or it is locked."))
    draft: QuestionsPage = locked.get_latest_revision_as_object()
    there = source.get_latest_revision_as_object().questions
    chosen = [raw for raw in there.get_prep_value() if raw["id"] in ids]
    if not chosen or len(chosen) < len(set(ids)):
        raise NotCopiedError(_("A question that you chose is gone. Choose again."))
    copies = [block_of(raw["type"]).renewed(raw) for raw in chosen]
    stream = draft.questions.stream_block
    draft.questions = stream.to_python([*draft.questions.get_prep_value(), *copies])
    revision = draft.save_revision(user=user, log_action=True)
    log(
        instance=draft,
        action=COPIED,
        user=user,
        revision=revision,
        data={"count": len(copies), "source": {"id": source.pk, "title": source.title}},
    )
    return revision


def _may_write(page: QuestionsPage, user: User) -> bool:
    if page.locale.language_code != source_language() or page.alias_of_id is not None:
        return False
    lock = page.get_lock()
    return bool(page.permissions_for_user(user).can_edit() and not (lock and lock.for_user(user)))
