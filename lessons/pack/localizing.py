"""Loads the translations of a pack: texts first, then the pages they make, parents before children."""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from lessons.pack.content import PackContent, PageContent
from lessons.pack.problems import PackError, Problem
from lessons.pack.records import Records
from lessons.pack.reports import Incomplete
from lessons.pack.translations import Translated
from openmuseums.editorial.gate import NotFitToPublish
from openmuseums.people.models import User
from openmuseums.segments.producing import produce
from openmuseums.segments.states import outdated_drafts
from openmuseums.segments.storing import Name, StoredTexts, store_texts, stored_texts, submit

TOOL = "course pack"
_TITLE = "title"


class Localizing:
    """The translations of one load. `pages` holds the pages of the pack in its own language, by their ids."""

    def __init__(self, content: PackContent, pages: dict[UUID, Page], *, records: Records, user: User | None) -> None:
        self.content = content
        self.records = records
        self.report = records.report
        self.user = user
        self.sources: dict[UUID, TranslationSource] = {}
        self.pages = pages

    def run(self) -> None:
        """Load all languages."""
        wanted = [translated for translated in self.content.translations if translated.usable]
        if wanted:
            keys = [content.id for content in self.content.pages if content.id in self.pages]
            # As the public sees them: what an editor has not published is not translated.
            live = Page.objects.filter(pk__in=[self.pages[key].pk for key in keys], live=True).specific()
            by_key = {page.translation_key: page for page in live}
            self.sources = {key: submit(by_key[key])[0] for key in keys if key in by_key}
        for translated in self.content.translations:
            self._say(translated)
            if translated.usable:
                _Language(self, translated).run()

    def _say(self, translated: Translated) -> None:
        """Report what of a PO file is not loaded."""
        if translated.fuzzy:
            told = ngettext(
                "%(file)s: %(count)d fuzzy translation is left out, until somebody has looked at it.",
                "%(file)s: %(count)d fuzzy translations are left out, until somebody has looked at them.",
                translated.fuzzy,
            )
            self.report.remarks.append(told % {"file": translated.file, "count": translated.fuzzy})
        for message in translated.unknown:
            self.report.remarks.append(
                _("%(file)s:%(line)d: the pack has no such text (%(context)s). It is left out.")
                % {"file": translated.file, "line": message.line, "context": message.context}
            )


class _Language:
    """One language of a load."""

    def __init__(self, localizing: Localizing, translated: Translated) -> None:
        self.content = localizing.content
        self.sources = localizing.sources
        self.records = localizing.records
        self.report = localizing.report
        self.user = localizing.user
        self.translated = translated
        self.locale, _made = Locale.objects.get_or_create(language_code=translated.language)
        keys = [content.id for content in self.content.pages]
        self.targets = {
            page.translation_key: page for page in Page.objects.filter(locale=self.locale, translation_key__in=keys)
        }
        self.outdated = outdated_drafts(self.locale.language_code, keys)

    def run(self) -> None:
        """Load every page, parents first."""
        for content in self.content.pages:
            if content.id in self.sources:
                self._load(content)
        self._arrange()

    def _load(self, content: PageContent) -> None:
        source = self.sources[content.id]
        source_changed = content.id in self.outdated
        target = self.targets.get(content.id)
        key = _key_of(content.id, self.locale)
        title = f"{content.values[_TITLE]} ({self.translated.language})"
        is_removed = target is None and self.records.was_removed(key)
        if is_removed or (content.parent and content.parent.id not in self.targets):
            self.report.removed.append(title)
            return
        translation, is_taken_over = self._translation(source, target)
        if translation is None:
            message = _("“%(title)s” is not kept in step with its source. It is left alone.")
            self.report.remarks.append(message % {"title": title})
            return
        stored = stored_texts(source, self.locale)
        changed, foreign = self._store(content, stored, key, title)
        if stored.missing:
            self.report.incomplete.append(Incomplete(title, len(stored.missing), is_live=bool(target and target.live)))
        if target is None or self._is_due(
            target, stored, is_changed=changed or source_changed or is_taken_over, foreign=foreign
        ):
            self._produce(content, translation, stored, foreign, title)

    def _translation(self, source: TranslationSource, target: Page | None) -> tuple[Translation | None, bool]:
        """Return what binds a page to its source, or None where somebody keeps it by hand; and whether that is new."""
        found = Translation.objects.filter(source=source, target_locale=self.locale).first()
        is_own = target is not None and target.alias_of_id is None and (found is None or not found.enabled)
        if is_own and not self.records.force:
            return None, False
        if found is None:
            return Translation.objects.create(source=source, target_locale=self.locale), True
        if not found.enabled:
            found.enabled = True
            found.save(update_fields=["enabled"])
            return found, True
        return found, False

    def _store(self, content: PageContent, stored: StoredTexts, key: UUID, title: str) -> tuple[bool, list[Name]]:
        """Store what is new in the pack; return whether there was any, and the texts that are not the pack's."""
        wanted: dict[Name, str] = {}
        foreign: list[Name] = []
        for name in stored.names:
            message = self.translated.usable.get((f"{content.id}:{name[0]}", name[1]))
            text, current = message.translation if message else "", stored.texts.get(name, "")
            field, kept = _field_of(name), len(self.report.kept)
            if not text and (name in stored.required or self.records.digest(key, field) is None):
                if current:
                    foreign.append(name)  # the pack says nothing of it
            elif self.records.decide(key, title, field, wanted=text, current=current):
                wanted[name] = text
            elif text != current:
                foreign.append(name)
            # What is remembered is a digest of path and text; a person is told the path.
            self.report.kept[kept:] = [replace(found, field=name[0]) for found in self.report.kept[kept:]]
        store_texts(stored, wanted, tool=TOOL)
        return bool(wanted), foreign

    @staticmethod
    def _is_due(target: Page, stored: StoredTexts, *, is_changed: bool, foreign: list[Name]) -> bool:
        """Return whether a page that is there is to be made again."""
        if stored.missing:
            # A draft may show its source's texts, but nothing published may.
            return is_changed and not target.live
        never_published = target.first_published_at is None or target.alias_of_id is not None
        return is_changed or (never_published and not foreign)

    def _produce(
        self, content: PageContent, translation: Translation, stored: StoredTexts, foreign: list[Name], title: str
    ) -> None:
        target = self.targets.get(content.id)
        is_new = target is None
        publish = not stored.missing and (target is None or self._may_publish(target, stored, foreign))
        with _told_of(content, self.translated):
            page = produce(translation, publish=publish, user=self.user)
        self.targets[content.id] = page
        told = self.report.created if is_new else self.report.updated if publish else self.report.drafted
        told.append(title)

    def _may_publish(self, target: Page, stored: StoredTexts, foreign: list[Name]) -> bool:
        """Return whether nobody but the pack has anything in the page that is not published yet."""
        if target.alias_of_id or self.records.force:
            return True
        if target.has_unpublished_changes if target.live else target.first_published_at is not None:
            return False
        since = target.last_published_at
        return not any(since is None or stored.rows[name].updated_at > since for name in foreign if name in stored.rows)

    def _arrange(self) -> None:
        """Have the pages stand as their sources do: translations do not follow when a source is moved."""
        here_by_parent = _children(list(self.targets), self.locale)
        for parent, wanted in _children(list(self.sources), Locale.get_default()).items():
            if parent not in self.targets:
                continue
            here = here_by_parent.get(parent, [])
            wanted_here = [key for key in wanted if key in self.targets]
            if here != wanted_here:
                for key in wanted_here:
                    page = Page.objects.get(pk=self.targets[key].pk).specific
                    page.move(Page.objects.get(pk=self.targets[parent].pk), pos="last-child", user=self.user)


def _children(keys: list[UUID], locale: Locale) -> dict[UUID, list[UUID]]:
    """Return the pages below each page, in their order."""
    rows = Page.objects.filter(locale=locale, translation_key__in=keys).order_by("path")
    by_path = dict(rows.values_list("path", "translation_key"))
    found: dict[UUID, list[UUID]] = {}
    for path, key in by_path.items():
        parent = by_path.get(path[: -Page.steplen])
        if parent:
            found.setdefault(parent, []).append(key)
    return found


def _key_of(page: UUID, locale: Locale) -> UUID:
    """Return what the texts of a page in a language are remembered by."""
    return uuid.uuid5(page, locale.language_code)


def _field_of(name: Name) -> str:
    return hashlib.sha1("\0".join(name).encode(), usedforsecurity=False).hexdigest()


@contextmanager
def _told_of(content: PageContent, translated: Translated) -> Iterator[None]:
    """Turn what a page says against being saved or published into problems of its PO file."""
    try:
        yield
    except NotFitToPublish as error:
        raise PackError(
            Problem(translated.place_of(content.id, finding.block_id or finding.field), str(finding.message))
            for finding in error.findings
        ) from error
    except ValidationError as error:
        named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        raise PackError(
            Problem(translated.place_of(content.id, name), message)
            for name, messages in named.items()
            for message in messages
        ) from error
