"""The steps between a clean clone and a course that can be served."""

import hashlib
import io
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import caches
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from lessons.models import CoursePage
from openmuseums.catalogues.compiling import is_compiled, sources
from openmuseums.delivery.languages import public_languages
from openmuseums.demo.accounts import TRAINER, make_missing_accounts, missing_accounts
from openmuseums.demo.groups import KEY, is_group_there, make_group
from openmuseums.demo.offers import are_offers_there, make_offers
from openmuseums.demo.steps import Step
from openmuseums.people.models import User
from openmuseums.trainers.models import Cohort
from openmuseums.uploads.models import Picture, Rendition

COURSE_PACK: Path = settings.COURSE_PACK
START_AFRESH = "if that does not help, move the folder var/ away and run make demo again."


def steps() -> list[Step]:
    """Return the steps in the order in which they are taken."""
    return [
        Step(
            name="Database",
            run=_migrate,
            stands=_is_migrated,
            advice=f"see that {settings.VAR_DIR} can be written to and has room; {START_AFRESH}",
        ),
        Step(
            name="Interface texts",
            run=lambda: _command("compile_catalogues"),
            stands=lambda: all(is_compiled(source) for source in sources(settings.LOCALE_PATHS)),
            advice="mend the catalogue that is named, or take it back from git: git checkout locale",
        ),
        Step(
            name="Static files",
            run=lambda: _command("collectstatic", interactive=False, verbosity=0, clear=True),
            stands=(Path(settings.STATIC_ROOT) / "staticfiles.json").exists,
            inputs=_static_inputs,
            advice=f"see that {settings.STATIC_ROOT} can be written to; a file that a style sheet names must be there.",
        ),
        Step(
            name="Course",
            run=lambda: _command("load_course", str(COURSE_PACK)),
            stands=_is_course_there,
            inputs=_course_inputs,
            advice=f"mend the file that is named, or take it back from git: git checkout lessons; {START_AFRESH}",
        ),
        Step(
            name="Demo accounts",
            run=lambda: make_missing_accounts(now=timezone.now()),
            stands=lambda: not missing_accounts(),
            advice=f"see that no account of another name has the address of one of these; {START_AFRESH}",
        ),
        Step(
            name="Demo group",
            run=lambda: make_group(trainer=User.objects.get(username=TRAINER.username)),
            stands=is_group_there,
            advice=f"see that no account has the name of one of the group’s people; {START_AFRESH}",
        ),
        Step(
            name="Demo calendar",
            run=lambda: make_offers(
                organisation=Cohort.objects.select_related("organisation").get(key=KEY).organisation,
                trainer=User.objects.get(username=TRAINER.username),
                now=timezone.now(),
            ),
            stands=are_offers_there,
            advice=START_AFRESH,
        ),
        Step(
            name="Pages and pictures",
            run=_render_pages,
            stands=lambda: not _missing_renditions(),
            inputs=_course_inputs,
            advice=f"see that {settings.MEDIA_ROOT} can be written to; {START_AFRESH}",
        ),
    ]


def _migrate() -> None:
    """Migrate, and bring translations in line with blocks that changed."""
    _command("migrate", interactive=False, verbosity=0)
    _command("sync_translation_sources")


def _command(name: str, *args: str, **options: object) -> None:
    """Run a management command; what it says is shown only where it fails."""
    said = io.StringIO()
    try:
        call_command(name, *args, stdout=said, stderr=said, **options)
    except CommandError as error:
        raise CommandError("\n".join(part for part in (str(error), said.getvalue().strip()) if part)) from error


def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _database_identity() -> str:
    """Return what tells this database from one that stood here before it: when its first migration was applied."""
    return str(MigrationRecorder.Migration.objects.order_by("pk").values_list("applied", flat=True).first())


def _static_inputs() -> str:
    # There are thousands, most of them of packages: size and time tell a change well enough.
    seen = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            seen.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(seen)).encode()).hexdigest()


def _course_inputs() -> str:
    # The demo's release is a digest of the code and the pack.
    return f"{settings.RELEASE} {_database_identity()}"


def _is_course_there() -> bool:
    pictures = Picture.objects.only("file")
    return CoursePage.objects.live().exists() and all(
        picture.file.storage.exists(picture.file.name) for picture in pictures
    )


def _missing_renditions() -> list[Rendition]:
    return [
        rendition for rendition in Rendition.objects.all() if not rendition.file.storage.exists(rendition.file.name)
    ]


def _render_pages() -> None:
    """Ask for every page once, so that bodies and pictures are there before the first reader.

    Raises CommandError where a page fails, which is then found before anybody meets it.
    """
    missing = _missing_renditions()
    for rendition in missing:
        rendition.delete()
    if missing:
        caches["bodies"].clear()
    client = Client(headers={"host": "127.0.0.1"})
    # Asked as what they are: a bank of questions knows that it has no address.
    # A language whose home page is a draft has addresses for nobody.
    there = Page.objects.live().public().filter(depth__gt=1, locale__language_code__in=public_languages())
    for page in there.specific():
        address = page.get_full_url()
        if address is None:
            continue
        response = client.get(urlsplit(address).path)
        if response.status_code != 200:
            raise CommandError(f"The page “{page.title}” answers with {response.status_code}.")
