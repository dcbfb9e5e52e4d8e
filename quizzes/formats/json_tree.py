"""Reads JSON into plain values that know their lines, within limits."""

import re
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import Any

from quizzes.formats.items import Position, is_sound
from quizzes.formats.limits import MAX_DEPTH, MAX_NODES

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(\.\d{1,17})?([eE][-+]?\d{1,2})?", re.ASCII)
_WORDS = {"true": True, "false": False, "null": None}

Path = tuple[str | int, ...]


class JsonFaultError(Exception):
    """Raised where a text is no JSON, or more than we read."""

    def __init__(self, code: str, position: Position, /, **details: str) -> None:
        self.code = code
        self.position = position
        self.details = details
        super().__init__(code)


class JsonTree:
    """A JSON text. `value` is what it says. Raises JsonFaultError."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._offsets: dict[Path, int] = {}
        self.value, end = self._read(self._skip(0), ())
        end = self._skip(end)
        if end != len(text):
            raise self._fault("not-json", end)

    def position(self, path: Path) -> Position:
        """Return where a value stands, or else the nearest that holds it."""
        while path and path not in self._offsets:
            path = path[:-1]
        return self._at(self._offsets.get(path, 0))

    def _at(self, offset: int) -> Position:
        before = self.text[:offset]
        return Position(before.count("\n") + 1, offset - before.rfind("\n"))

    def _fault(self, code: str, offset: int, /, **details: str) -> JsonFaultError:
        return JsonFaultError(code, self._at(offset), **details)

    def _skip(self, offset: int) -> int:
        found = _SPACE.match(self.text, offset)
        return found.end() if found else offset

    def _read(self, offset: int, path: Path) -> tuple[Any, int]:
        if len(path) > MAX_DEPTH or len(self._offsets) > MAX_NODES:
            raise self._fault("too-deep", offset)
        self._offsets[path] = offset
        start = self.text[offset : offset + 1]
        if start == "{":
            return self._object(offset + 1, path)
        if start == "[":
            return self._array(offset + 1, path)
        if start == '"':
            return self._string(offset)
        for word, value in _WORDS.items():
            if self.text.startswith(word, offset):
                return value, offset + len(word)
        number = _NUMBER.match(self.text, offset)
        if not number:
            raise self._fault("not-json", offset)
        is_whole = number[1] is None and number[2] is None
        return (int(number[0]) if is_whole else float(number[0])), number.end()

    def _string(self, offset: int) -> tuple[str, int]:
        try:
            text, end = scanstring(self.text, offset + 1, True)
        except JSONDecodeError as error:
            raise self._fault("not-json", error.pos) from error
        bad = next((character for character in text if not is_sound(character)), "")
        if bad:
            raise self._fault("bad-character", offset, code=f"U+{ord(bad):04X}")
        return text, end

    def _object(self, offset: int, path: Path) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        offset = self._skip(offset)
        if self.text.startswith("}", offset):
            return found, offset + 1
        while True:
            if not self.text.startswith('"', offset):
                raise self._fault("not-json", offset)
            start = offset
            key, offset = self._string(offset)
            if key in found:
                raise self._fault("doubled-name", start, name=key[:80])
            offset = self._skip(offset)
            if not self.text.startswith(":", offset):
                raise self._fault("not-json", offset)
            found[key], offset = self._read(self._skip(offset + 1), (*path, key))
            offset, ends = self._next(offset, "}")
            if ends:
                return found, offset

    def _array(self, offset: int, path: Path) -> tuple[list[Any], int]:
        found: list[Any] = []
        offset = self._skip(offset)
        if self.text.startswith("]", offset):
            return found, offset + 1
        while True:
            value, offset = self._read(offset, (*path, len(found)))
            found.append(value)
            offset, ends = self._next(offset, "]")
            if ends:
                return found, offset

    def _next(self, offset: int, end: str) -> tuple[int, bool]:
        """Return where the next part begins, and whether there is none."""
        offset = self._skip(offset)
        if self.text.startswith(end, offset):
            return offset + 1, True
        if not self.text.startswith(",", offset):
            raise self._fault("not-json", offset)
        return self._skip(offset + 1), False
