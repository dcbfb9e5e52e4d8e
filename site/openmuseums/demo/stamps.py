"""What the demo remembers of its last run, so that a step is skipped when nothing it depends on has changed."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

MADE_SUFFIXES = frozenset({".mo", ".pyc"})


def digest_of_files(folders: Iterable[Path]) -> str:
    """Return a digest of names and contents of all files in the folders, but of those that are made from others."""
    digest = hashlib.sha256()
    for folder in folders:
        files = [folder] if folder.is_file() else sorted(path for path in folder.rglob("*") if path.is_file())
        for path in files:
            if path.suffix in MADE_SUFFIXES:
                continue
            digest.update(f"{path.relative_to(folder.parent)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


class Stamps:
    """Digests by the name of a step, kept in a file. A file that cannot be read counts as none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = {}
        self._digests: dict[str, str] = kept if isinstance(kept, dict) else {}

    def holds(self, name: str, digest: str) -> bool:
        """Return whether the step ended well with these inputs the last time."""
        return self._digests.get(name) == digest

    def put(self, name: str, digest: str) -> None:
        """Remember that the step ended well with these inputs."""
        self._digests[name] = digest
        self._write()

    def drop(self, name: str) -> None:
        """Forget a step before it runs, so that one cut short runs again."""
        if self._digests.pop(name, None) is not None:
            self._write()

    def _write(self) -> None:
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps(self._digests, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        draft.replace(self._path)
