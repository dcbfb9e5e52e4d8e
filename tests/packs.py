"""What tests do to course packs and ask about them."""

import hashlib
import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from django.apps import apps
from django.conf import settings
from django.db import connection

from lessons.pack.loading import load_course
from lessons.pack.reports import Report
from lessons.pack.stamping import stamp_course
from openmuseums.segments.catalogues import read_catalogue
from tests.factories import NOW, in_language
from tests.snapshots import made_anew, remembered

SHIPPED = Path(__file__).resolve().parents[1] / "lessons" / "course"
SMALL = Path(__file__).parent / "lessons" / "pack" / "small"
STRATEGY = "home/open-museums/marketing/digital-strategy/page.yaml"
CHANNELS = "home/open-museums/marketing/channels-and-media/page.yaml"
SAFETY = "home/open-museums/first-steps/online-safety/page.yaml"
LESSON = "home/open-museums/marketing/page.yaml"
COURSE = "home/open-museums/page.yaml"
BANK = "home/open-museums/marketing/bank/page.yaml"
QUIZ = "home/open-museums/marketing/quiz/page.yaml"


def load(pack: Path, *, force: bool = False) -> Report:
    """Load a pack."""
    return load_course(pack, force=force, now=NOW)


def have_loaded(pack: Path) -> None:
    """Have an empty database hold what loading a pack makes of it: loaded, or put back as such a load left it.

    For tests of what comes after. What a load does and reports is asked of `load`.
    """
    key = _key_of(pack)
    if _seen[key]:  # what is loaded once is not kept
        remembered(key, lambda: load(pack), note=lambda _: files_of(_uploads()), recall=_put_back_uploads)
    else:
        load(pack)
    _seen[key] += 1


def load_and_keep(pack: Path) -> Report:
    """Load a pack into an empty database, and keep what comes of it for the first that `have_loaded` it."""
    key = _key_of(pack)
    _seen[key] += 1
    return made_anew(key, lambda: load(pack), note=lambda _: files_of(_uploads()))


_seen: Counter[tuple[str, str]] = Counter()


def _key_of(pack: Path) -> tuple[str, str]:
    content = files_of(pack)
    return "pack", hashlib.sha256(repr(sorted(content.items())).encode()).hexdigest()


def _uploads() -> Path:
    return Path(settings.MEDIA_ROOT)


def _put_back_uploads(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = _uploads() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def load_twice_at_once(pack: Path) -> list[Report]:
    """Load a pack in two threads that begin together, and return their reports; what goes wrong in one is raised."""
    barrier = Barrier(2)

    def run() -> Report:
        try:
            barrier.wait(10)
            return load(pack)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        return [done.result() for done in [threads.submit(run), threads.submit(run)]]


def shipped_in(folder: Path, *languages: str) -> Path:
    """Copy the shipped pack into a folder with these of its translations, and return the copy: it loads sooner."""
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("translations"))
    for language in languages:
        (folder / "translations").mkdir(exist_ok=True)
        shutil.copy(SHIPPED / "translations" / f"{language}.po", folder / "translations")
    return folder


def change(pack: Path, file: str, old: str, new: str, *, count: int = 1) -> tuple[int, int]:
    """Replace a text in a file, and return the line and column where it began."""
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    before = text[: text.index(old)]
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def files_of(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder by their paths in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def rows_of_everything() -> dict[str, tuple[int, str]]:
    """Return the number of rows of every table, and a digest of what is in them."""
    found = {}
    with connection.cursor() as cursor:
        tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        for table in sorted(tables & set(connection.introspection.table_names(cursor))):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own tables
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[table] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def po_file(pack: Path, language: str) -> Path:
    """Return the path of a language's PO file in a pack."""
    return pack / "translations" / f"{language}.po"


def translate(pack: Path, language: str, *, without: tuple[str, ...] = (), **texts: str) -> Path:
    """Write a PO file with a translation of everything, and return its path.

    without: source texts that stay untranslated. texts: translations by the last step of the content path.
    """
    stamp_course(pack, new_languages=[language])
    path = po_file(pack, language)
    catalogue = read_catalogue(path)
    for message in catalogue.messages:
        if message.source not in without and not message.source.startswith("http"):
            message.translation = in_language(message.source, language)
        last = message.context.rpartition(".")[2]
        message.translation = texts.get(last, message.translation)
    path.write_text(catalogue.text(), encoding="utf-8", newline="\n")
    return path


def line_of(path: Path, text: str) -> int:
    """Return the line in which an entry of a PO file begins that holds a text."""
    lines = path.read_text(encoding="utf-8").split("\n")
    line = next(number for number, found in enumerate(lines) if text in found)
    return max(number for number, found in enumerate(lines[:line]) if not found) + 2
