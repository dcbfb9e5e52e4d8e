"""HTML in one spelling."""

import pytest

from lessons.pack.markup import canonical, faults, stored
from openmuseums.editorial.cleaning import clean_html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>A</p><p>B</p>", "<p>A</p>\n<p>B</p>"),
        ('<p data-block-key="x">  A\n  b </p>', "<p>A b</p>"),
        ("<p><strong>A</strong> <em>b</em></p>", "<p><b>A</b> <i>b</i></p>"),
        ("<ul><li>A</li><li>B<ol><li>C</li></ol></li></ul>",
         "<ul>\n<li>A</li>\n<li>B\n<ol>\n<li>C</li>\n</ol>\n</li>\n</ul>"),
        ("<ul><li><p>A</p></li></ul>", "<ul>\n<li>A</li>\n</ul>"),
        ("<p></p><p> </p><p>A</p>", "<p>A</p>"),
        ("A &amp; b &lt; c &quot;d&quot; &#x27;e&#x27;", "<p>A &amp; b &lt; c \"d\" 'e'</p>"),
        ("<p>100\xa0m</p>", "<p>100&nbsp;m</p>"),
        ("<p>A<br/>b</p>", "<p>A<br>b</p>"),
        ('<p><a href="https://example.org/?a=1&b=&quot;">x</a></p>',
         '<p><a href="https://example.org/?a=1&amp;b=&quot;">x</a></p>'),
        ("<h2>A</h2><h3>B</h3>", "<p>A</p>\n<h3>B</h3>"),
        ("", ""),
    ],
)  # fmt: skip
def test_canonical_html_is_a_fixed_point_of_all_that_is_done_to_it(html: str, expected: str) -> None:
    found = canonical(html)
    assert found == expected
    assert canonical(found) == expected
    in_database = stored(found, lambda address: {"href": address})
    assert clean_html(in_database) == in_database
    assert canonical(in_database) == expected
    assert faults(expected) == []


def test_links_are_rewritten_both_ways() -> None:
    html = canonical(
        '<p><a linktype="page" id="5">A</a> and <a linktype="page" id="6">B</a></p>',
        lambda attributes: "page:a" if attributes["id"] == "5" else None,
    )
    assert html == '<p><a href="page:a">A</a> and B</p>'
    assert stored(html, lambda _address: {"linktype": "page", "id": "7"}) == (
        '<p><a linktype="page" id="7">A</a> and B</p>'
    )
    assert stored(html, lambda _address: None) == "<p>A and B</p>"
