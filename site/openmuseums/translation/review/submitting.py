"""Submits a translation: every text is looked at, the draft is made, and its review begins, or begins anew."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, WorkflowState
from wagtail_localize.models import Translation, TranslationSource

from openmuseums.editorial.checks import errors_of
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.editorial.recording import lock_with_translations
from openmuseums.people.models import User
from openmuseums.segments.producing import produce
from openmuseums.segments.storing import stored_texts, submit
from openmuseums.translation.review.faults import Fault, NotReadyError, faults_in, refused
from openmuseums.translation.rights import may_publish, may_translate


@transaction.atomic
def submit_translation(*, page_key: UUID, language: str, person: User) -> Page:
    """Have a translation be reviewed as it stands now, and return its page; a review under way goes on with this one.

    Raises PermissionDenied, Page.DoesNotExist where the source is not public, and NotReadyError.
    """
    if not may_translate(person, language):
        raise PermissionDenied
    source = public_source(page_key)
    lock_with_translations(source)
    page = make_draft(source, language, person)
    workflow = page.get_workflow()
    state = page.current_workflow_state
    if state is None and workflow is None:
        raise NotReadyError(source.title, [Fault(_("No review is set up for this language. Ask an administrator."))])
    if state is None:
        workflow.start(page, person)
        return page
    state.requested_by = person
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=person)
    else:
        state.save(update_fields=["requested_by"])
        state.current_task_state.specific.cancel(user=person, resume=True)
    return page


@transaction.atomic
def publish_translation(*, page_key: UUID, language: str, person: User) -> Page:
    """Publish a translation as it stands now, without a review; return its page.

    Raises PermissionDenied, Page.DoesNotExist where the source is not public, and NotReadyError: also where somebody
    submitted it, for a reviewer then decides about what was submitted.
    """
    if not may_publish(person, language):
        raise PermissionDenied
    source = public_source(page_key)
    lock_with_translations(source)
    there = Page.objects.filter(translation_key=page_key, locale__language_code=language, alias_of=None).first()
    if there is not None and there.workflow_in_progress:
        raise NotReadyError(source.title, [Fault(_("It was submitted and waits for a review. Decide about it there."))])
    page = make_draft(source, language, person)
    try:
        page.get_latest_revision().publish(user=person)
    except (NotFitToPublish, ValidationError) as refusal:
        raise refused(source.title, refusal) from refusal
    page.refresh_from_db()
    return page


def public_source(page_key: UUID) -> Page:
    """Return the page of the source, by its own class, as the public sees it.

    Raises Page.DoesNotExist where there is none.
    """
    return Page.objects.get(translation_key=page_key, locale=Locale.get_default(), live=True, alias_of=None).specific


def make_draft(source: Page, language: str, person: User) -> Page:
    """Make a page from the translations that are kept, in the caller's transaction, and return it.

    Raises NotReadyError where it could not go before the public.
    """
    locale = Locale.objects.get(language_code=language)
    above = Page.objects.filter(translation_key=source.get_parent().translation_key, locale=locale, alias_of=None)
    if not above.exists() and source.depth > 2:
        title = source.get_parent().title
        reason = _("The page above it is not there in this language yet: “%(title)s”. Submit that one first.")
        raise NotReadyError(source.title, [Fault(reason % {"title": title})])
    kept = TranslationSource.objects.filter(object_id=source.translation_key, locale=source.locale).first()
    kept = kept or submit(source)[0]
    faults = faults_in(stored_texts(kept, locale))
    if faults:
        raise NotReadyError(source.title, faults)
    translation, _made = Translation.objects.get_or_create(source=kept, target_locale=locale)
    try:
        page = produce(translation, publish=False, user=person)
    except (NotFitToPublish, ValidationError) as refusal:
        raise refused(source.title, refusal) from refusal
    errors = errors_of(page.get_latest_revision().as_object())
    if errors:
        raise refused(source.title, NotFitToPublish(page, errors))
    return page
