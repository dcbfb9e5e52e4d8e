"""What a first view costs, and that the delivered stylesheet is the one that the sources make."""

import gzip
import re
from pathlib import Path

from openmuseums.home.stylesheet import CSS, DELIVERED, minified, sources, stylesheet

STATIC = CSS.parent
KIB = 1024


def gzipped(*files: Path) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)


def test_delivered_stylesheet_is_up_to_date() -> None:
    assert DELIVERED.read_text(encoding="utf-8") == stylesheet(), "run manage.py build_css"


def test_every_source_is_delivered() -> None:
    assert set(sources()) == set(CSS.rglob("*.css")) - {DELIVERED}


def test_stylesheet_is_one_file_of_at_most_16_kib() -> None:
    assert gzipped(DELIVERED) <= 16 * KIB
    assert "@import" not in stylesheet()


def test_scripts_have_at_most_15_kib() -> None:
    assert gzipped(*(STATIC / "js").rglob("*.js")) <= 15 * KIB


def test_fonts_have_at_most_55_kib() -> None:
    assert sum(font.stat().st_size for font in (STATIC / "fonts").glob("*.woff2")) <= 55 * KIB


def test_stylesheet_asks_for_files_that_are_there() -> None:
    addresses = re.findall(r'url\("([^"]+)"\)', stylesheet())
    assert [address for address in addresses if not (CSS / address).is_file()] == []
    assert addresses != []


def test_minified_keeps_strings_and_what_spaces_mean() -> None:
    css = (
        'a > b , c { content : " ; / " ; width: calc( 1px + 2px ) } /* gone { */ @media (width >= 2rem) { d:hover {} }'
    )
    assert minified(css) == ('a > b,c{content :" ; / ";width:calc( 1px + 2px )}@media (width >= 2rem){d:hover{}}')
