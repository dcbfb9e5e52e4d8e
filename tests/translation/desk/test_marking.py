"""What is still the source's is marked by `lang` in what is rendered, where an element may stand."""

import pytest

from openmuseums.translation.desk.marking import as_source, marked

HERE = as_source("here")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>{HERE}</p>", '<p><span lang="en">here</span></p>'),
        (f"<p>Da {HERE}, dort {HERE}.</p>", '<p>Da <span lang="en">here</span>, dort <span lang="en">here</span>.</p>'),
        (
            f"<p>{as_source('Read <b>this</b><br>now')}</p>",
            '<p><span lang="en">Read <b>this</b><br>now</span></p>',
        ),
        (f'<img alt="{HERE}"><p>x</p>', '<img alt="here"><p>x</p>'),
        (f"<title>{HERE} – x</title>", "<title>here – x</title>"),
        (f"<svg><text>{HERE}</text></svg>{HERE}", '<svg><text>here</text></svg><span lang="en">here</span>'),
        (f"<select><option>{HERE}</option></select>", "<select><option>here</option></select>"),
        (
            r'<script type="application/json">"\ue000here\ue001"</script>',
            '<script type="application/json">"here"</script>',
        ),
        ('<a href="/?q=%EE%80%80here%EE%80%81">x</a>', '<a href="/?q=here">x</a>'),
        # What was cut off, or went through blocks, is not torn apart.
        ("<p>\ue000cut off…</p><p>after</p>", "<p>cut off…</p><p>after</p>"),
        ("<p>\ue000one</p><p>two\ue001</p>", "<p>one</p><p>two</p>"),
        ("<p>one\ue001</p>", "<p>one</p>"),
        (f"<!-- {HERE} --><p>a < b {HERE}</p>", '<!-- here --><p>a < b <span lang="en">here</span></p>'),
        ("<p>nothing</p>", "<p>nothing</p>"),
    ],
)
def test_texts_of_the_source_are_marked(html: str, expected: str) -> None:
    assert marked(html, "en") == expected
