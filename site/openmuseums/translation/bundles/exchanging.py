"""A whole file of a language: made, looked at, taken in."""

from dataclasses import dataclass, field
from uuid import UUID

from openmuseums.people.models import User
from openmuseums.segments.bundles.entries import Bundle
from openmuseums.translation.bundles.captions import captions_of, files_of, plan_captions, take_captions
from openmuseums.translation.bundles.drafting import make_drafts
from openmuseums.translation.bundles.exporting import offer
from openmuseums.translation.bundles.files import Format, MadeFile, read_file, write_file
from openmuseums.translation.bundles.planning import is_language, plan_texts
from openmuseums.translation.bundles.plans import Plan
from openmuseums.translation.bundles.scope import NoSuchCourseError, Scope, course_keys, scope_of
from openmuseums.translation.bundles.taking_in import take_texts
from openmuseums.translation.rights import translated_languages


@dataclass(frozen=True)
class Sent:
    """A file that somebody sent for a language, and what it is called.

    course: its key; where it is empty, the one that the file's texts belong to. user: who sent it; None is the system.
    force: whether it goes over what somebody else has changed since it was written.
    """

    data: bytes = field(repr=False)
    name: str
    language: str
    course: str = ""
    user: User | None = None
    force: bool = False


def export_translations(*, course: str, language: str, format: Format) -> MadeFile:  # noqa: A002 - as the command calls it
    """Return the texts of a course with their translations into a language as a file. Raises NoSuchCourseError."""
    offered = offer(scope_of(course), language)
    files = files_of(captions_of(offered), language)
    return write_file(offered.bundle(), name=f"{offered.scope.key}-{language}", format=format, captions=files)


def plan_import(sent: Sent) -> Plan:
    """Return what a file would do; nothing is written. It raises nothing but NoSuchCourseError."""
    file = read_file(sent.data)
    offered = offer(scope_of(sent.course) if sent.course else _scope_of_file(file.bundle), sent.language)
    plan = plan_texts(file.bundle, offered, file=sent.name, force=sent.force)
    if file.bundle.is_whole and not plan.is_refused_whole:
        plan_captions(file.captions, offered, plan, user=sent.user, force=sent.force)
    plan.tidy()
    return plan


def import_translations(sent: Sent, *, draft: bool = False, most_drafts: int | None = None) -> Plan:
    """Keep what is right in a file, and return what was done; nothing goes live by it. Raises NoSuchCourseError.

    draft: whether drafts are made of the pages that are whole then, `most_drafts` of them at most; PermissionDenied is
    raised where that is not for who sent the file.
    """
    plan = plan_import(sent)
    take_texts(plan, user=sent.user)
    take_captions(plan, user=sent.user)
    if draft and not plan.is_refused_whole:
        make_drafts(plan, _keys_of(plan.course), user=sent.user, most=most_drafts)
    plan.tidy()
    return plan


def language_in(data: bytes) -> str:
    """Return the language that a file says it holds, or an empty text where it says none, or none of ours."""
    found = read_file(data).bundle.language
    return next((language for language in translated_languages() if found and is_language(found, language)), "")


def _keys_of(course: str) -> list[UUID]:
    return [UUID(str(page.translation_key)) for page in scope_of(course).pages]


def _scope_of_file(bundle: Bundle) -> Scope:
    """Return the course that most of a file's pages belong to; the first where none does."""
    scopes = [scope_of(key) for key in course_keys()]
    if not scopes:
        raise NoSuchCourseError.of_empty_site()
    pages = {entry.page_key for entry in bundle.entries}
    return max(scopes, key=lambda scope: len(pages & {str(page.translation_key) for page in scope.pages}))
