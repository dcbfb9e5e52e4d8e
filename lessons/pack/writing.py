"""Writes a course to files, in one spelling: what is the same gives the same bytes, whoever wrote it first."""

import json
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lessons.pack.checking import check_pack
from lessons.pack.content import CHILDREN, FILE, ID, TRANSLATIONS_FOLDER, TYPE, PackContent, PageContent, UploadContent
from lessons.pack.markup import Html
from lessons.pack.problems import PackError, Place, Problem
from lessons.pack.reading import HEADER_FILE, MEDIA_FOLDER, PAGE_FILE, UPLOAD_KINDS, read_pack, reads_otherwise

# What a reader of YAML could take for something else than the beginning of a text.
_INDICATORS = tuple("-?:,[]{}#&*!|>'\"%@`=<")
_UNPRINTABLE = re.compile(
    r"[^\x09\x0a\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\u2028|\u2029"
)
_CODE = re.compile(r"[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*")


def yaml_text(values: dict[str, Any]) -> str:
    """Return a mapping as YAML: HTML and texts of several lines as literal blocks, lists of codes in brackets."""
    return "".join(_mapping_lines(values, 0))


def page_values(page: PageContent) -> dict[str, Any]:
    """Return what a page's file says, in its order."""
    values: dict[str, Any] = {ID: str(page.id), TYPE: page.type.name}
    values |= {name: page.values[name] for name in page.type.fields if name in page.values}
    if page.children:
        values[CHILDREN] = [child.slug for child in page.children]
    return values


def write_files(content: PackContent, folder: Path) -> None:
    """Write all files of a pack into an empty folder."""
    _write(folder / HEADER_FILE, yaml_text(content.header()))
    for page in content.pages:
        _write(folder / content.root / page.path / PAGE_FILE, yaml_text(page_values(page)))
    for kind in UPLOAD_KINDS:
        uploads = sorted((found for found in content.uploads if found.kind.name == kind), key=lambda found: found.name)
        if uploads:
            _write(
                folder / MEDIA_FOLDER / f"{kind}.yaml",
                yaml_text({upload.name: _upload_values(upload) for upload in uploads}),
            )
        for upload in uploads:
            target = folder / MEDIA_FOLDER / kind / upload.file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(upload.source, target)
    for translated in content.translations:
        _write(folder / translated.file, translated.catalogue.text())


def replace_pack(content: PackContent, target: Path) -> None:
    """Write a pack into a folder, in place of the pack that is there; other files in it stay.

    Everything is written beside it first, read again as a proof, and put in place at the end. Raises PackError for a
    folder that holds something else, and for a course that would not load again.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise PackError([Problem(Place(str(target)), _("This is no folder."))])
    if target.is_dir() and any(target.iterdir()) and not (target / HEADER_FILE).is_file():
        raise PackError([Problem(Place(str(target)), _("This folder holds something else than a course pack."))])
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
        new, old = Path(scratch) / "new", Path(scratch) / "old"
        new.mkdir()
        old.mkdir()
        write_files(content, new)
        check_pack(read_pack(new))
        target.mkdir(exist_ok=True)
        _swap(new, old, target, [HEADER_FILE, MEDIA_FOLDER, TRANSLATIONS_FOLDER, content.root])


def _swap(new: Path, old: Path, target: Path, names: list[str]) -> None:
    """Put new files in place of old ones; where that fails half way, put the old ones back."""
    try:
        for name in names:
            if (target / name).exists():
                (target / name).rename(old / name)
            if (new / name).exists():
                (new / name).rename(target / name)
    except OSError:
        for name in names:
            if (old / name).exists():
                with suppress(FileNotFoundError):
                    (target / name).rename(new / f"{name}.failed")
                (old / name).rename(target / name)
        raise


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _upload_values(upload: UploadContent) -> dict[str, Any]:
    values: dict[str, Any] = {ID: str(upload.id), FILE: upload.file}
    return values | {name: upload.values[name] for name in upload.kind.fields if name in upload.values}


def _mapping_lines(values: dict[str, Any], indent: int) -> list[str]:
    pad = " " * indent
    lines = []
    for name, value in values.items():
        if isinstance(value, dict):
            lines += [f"{pad}{name}:\n", *_mapping_lines(value, indent + 2)]
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{pad}{name}:\n")
            for item in value:
                first, *rest = _mapping_lines(item, indent + 4)
                lines += [f"{pad}  - {first.lstrip(' ')}", *rest]
        elif isinstance(value, list):
            lines.append(f"{pad}{name}: [{', '.join(_in_brackets(item) for item in value)}]\n")
        elif isinstance(value, str) and _is_literal(value):
            body = "".join(f"{pad}  {line}\n" if line else "\n" for line in value.split("\n"))
            lines.append(f"{pad}{name}: |-\n{body}")
        else:
            lines.append(f"{pad}{name}: {_scalar(value)}\n")
    return lines


def _is_literal(text: str) -> bool:
    """Return whether a text stands best in a block of its own, and comes out of it as it went in."""
    if not isinstance(text, Html) and "\n" not in text:
        return False
    return not (_UNPRINTABLE.search(text) or text[:1] in {"", " ", "\t", "\n"} or text.endswith("\n"))


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return value if _is_plain(value) else _quoted(value)


def _in_brackets(code: str) -> str:
    return code if _CODE.fullmatch(code) and not reads_otherwise(code) else _quoted(code)


def _is_plain(text: str) -> bool:
    if not text or text != text.strip() or text.startswith(_INDICATORS) or _UNPRINTABLE.search(text):
        return False
    if ": " in text or " #" in text or text.endswith(":") or "\n" in text or "\t" in text:
        return False
    return not reads_otherwise(text)


def _quoted(text: str) -> str:
    # A JSON string is a double-quoted YAML one, but for characters that YAML does not print and JSON does.
    return _UNPRINTABLE.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
