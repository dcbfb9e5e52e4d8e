"""The one stylesheet that is delivered, made from its sources: so that no Node is needed and readers wait for one file.

`static/css/site.css` is committed, so that whoever clones the project needs no step for it; a test says when it is out
of date, and `manage.py build_css` writes it again.
"""

import re
from pathlib import Path

CSS = Path(__file__).resolve().parents[1] / "static" / "css"
DELIVERED = CSS / "site.css"
HEAD = "@layer tokens,base,components,print;"

_COMMENT_OR_STRING = re.compile(r"/\*.*?\*/|\"[^\"]*\"", re.DOTALL)
_SPACE = re.compile(r"\s+")
_TIGHT = re.compile(r"\s*([{};,])\s*")
_AFTER_COLON = re.compile(r":\s+")


def sources() -> list[Path]:
    """Return the source files in the order in which they are delivered."""
    first = [CSS / name for name in ("fonts.css", "tokens.css", "base.css")]
    return [*first, *sorted((CSS / "components").glob("*.css")), CSS / "print.css"]


def stylesheet() -> str:
    """Return the stylesheet made from the sources."""
    return HEAD + "".join(minified(source.read_text(encoding="utf-8")) for source in sources()) + "\n"


def minified(css: str) -> str:
    """Return CSS without comments and needless space. Strings stay as they are."""
    strings: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if match.group().startswith("/*"):
            return " "
        strings.append(match.group())
        return f"\0{len(strings) - 1}\0"

    css = _SPACE.sub(" ", _COMMENT_OR_STRING.sub(keep, css))
    css = _AFTER_COLON.sub(":", _TIGHT.sub(r"\1", css)).replace(";}", "}").strip()
    return re.sub("\0(\\d+)\0", lambda match: strings[int(match.group(1))], css)
