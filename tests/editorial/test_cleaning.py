"""Cleaning: what editors may write stays as it is, whatever else does not survive."""

import bleach
import nh3
import pytest

from openmuseums.editorial.cleaning import clean_html

KEPT = [
    "",
    "<p>A museum.</p>",
    "<p>A <b>bold</b> and <i>italic</i> word.</p>",
    "<p>A <strong>strong</strong> and <em>stressed</em> word.</p>",
    '<p><a href="https://icom.museum/">ICOM</a></p>',
    '<p><a href="mailto:museum@example.org">Write</a>, <a href="tel:+31201234567">call</a></p>',
    '<p><a href="#below">Below</a>, <a href="/en/">home</a></p>',
    '<p><a linktype="page" id="3">The digital strategy</a></p>',
    '<p><a id="3" linktype="page">The digital strategy</a></p>',
    '<p><a linktype="document" id="7">The sheet</a></p>',
    "<ul><li>One</li><li>Two<ol><li>Two a</li></ol></li></ul>",
    "<h3>Where to begin</h3><p>With <code>robots.txt</code>.</p><h4>And then</h4>",
    "<p>Line<br>break</p>",
    "<p>Fish &amp; chips, 1 &lt; 2, caf\N{LATIN SMALL LETTER E WITH ACUTE}</p>",
    "<p>\N{GREEK CAPITAL LETTER MU}\N{GREEK SMALL LETTER OMICRON} ’“”</p>",
]

HOSTILE = [
    "<script>alert(1)</script>",
    "<p>a</p><script src=https://evil.example/x.js></script>",
    "<SCRIPT>alert(1)</SCRIPT >",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<img src="javascript:alert(1)">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="javascript&colon;alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<a href="https://ok.example/" onclick="alert(1)">x</a>',
    '<a href="https://ok.example/" style="position:fixed;inset:0">x</a>',
    '<a href="https://ok.example/" target="_blank">x</a>',
    '<p onmouseover="alert(1)">x</p>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<p class="w-full" id="content">x</p>',
    "<iframe src=https://evil.example></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=evil.swf></object><embed src=evil.swf>",
    '<form action="https://evil.example"><input name=q><button>x</button></form>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<link rel=stylesheet href="https://evil.example/x.css">',
    '<base href="https://evil.example/">',
    "<style>*{display:none}</style>",
    "<!--<img src=x onerror=alert(1)>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<textarea></textarea><img src=x onerror=alert(1)>",
    '<embed embedtype="media" url="https://evil.example/video"/>',
    "<video><source onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>x</details>",
    "<p><<b>script>alert(1)//<</b>/script></p>",
    "<xmp><p title='</xmp><script>alert(1)</script>'></xmp>",
    "<template><script>alert(1)</script></template>",
    "<a href='https://ok.example/' data-controller='w-action'>x</a>",
    '<a href="https://ok.example/" id="content">x</a>',
    '<a href="https://ok.example/" linktype="embed" uuid="1">x</a>',
]
TAGS = {"a", "b", "br", "code", "em", "h3", "h4", "i", "li", "ol", "p", "strong", "ul"}


@pytest.mark.parametrize("html", KEPT)
def test_clean_html_keeps_what_an_editor_may_write(html):
    assert clean_html(html) == html


@pytest.mark.parametrize("html", HOSTILE)
def test_clean_html_leaves_nothing_that_acts(html):
    cleaned = clean_html(html)
    # Everything with an attribute that is left is a link to a place it may lead to; a second reader of HTML says so.
    assert nh3.clean(cleaned, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https"}, link_rel=None) == cleaned
    assert bleach.clean(cleaned, tags=TAGS, attributes={"a": ["href"]}, protocols=["https"]) == cleaned


@pytest.mark.parametrize("html", HOSTILE)
def test_clean_html_is_at_rest_after_one_run(html):
    cleaned = clean_html(html)
    assert clean_html(cleaned) == cleaned


def test_clean_html_writes_a_break_in_one_way():
    assert clean_html("<p>Line<br/>break</p>") == "<p>Line<br>break</p>"


def test_clean_html_drops_the_editor_program_s_own_marks():
    assert clean_html('<p data-block-key="a1b2c">Text</p>') == "<p>Text</p>"
