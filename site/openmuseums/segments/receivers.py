"""What happens to translatable texts when pages are published and saved."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import Translation, TranslationSource

from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.publications import Publication
from openmuseums.editorial.signals import source_published
from openmuseums.segments.editions import edition_made_from, record_edition, stamp
from openmuseums.segments.synchronising import synchronise


@receiver(source_published)
def keep_edition(page: Page, publication: Publication | None, **kwargs: Any) -> None:
    """Keep what was published, and have translators work on it from now on."""
    kind = ChangeKind(publication.kind) if publication and publication.kind else None
    edition, is_new = record_edition(page=page, kind=kind, now=timezone.now())
    if is_new and TranslationSource.objects.filter(object_id=page.translation_key).exists():
        synchronise(page=page, edition=edition)


@receiver(post_save, sender=Revision)
def stamp_revision(instance: Revision, created: bool, **kwargs: Any) -> None:
    """Keep which edition of its source a new revision of a translation was made from."""
    content = instance.content
    if not created or not isinstance(content, dict) or "translation_key" not in content or "path" not in content:
        return
    locale, key = content.get("locale"), UUID(str(content["translation_key"]))
    if locale in {None, Locale.get_default().pk}:
        return
    is_followed = Translation.objects.filter(source__object_id=key, target_locale=locale, enabled=True).exists()
    edition = edition_made_from(instance, key, is_followed=is_followed)
    if edition is not None:
        stamp(instance, edition)


@receiver(pre_save, sender=TranslationSource)
def refuse_native(instance: TranslationSource, **kwargs: Any) -> None:
    """Refuse to have a page translated that is written for the readers of one language.

    Wagtail's admin answers the refusal with a message, whichever of wagtail-localize's ways it was met on.
    """
    if getattr(instance.specific_content_type.model_class(), "is_native", False):
        raise PermissionDenied
