"""Texts of the source as translators read them."""

from openmuseums.translation.desk.rendering import has_markup, links_in, readable


def test_links_are_marked_and_lead_nowhere() -> None:
    source = 'Read <a id="a1">the <b>guide</b></a> &amp; write.'
    assert readable(source) == 'Read <span class="om-desk-link">the <b>guide</b></span> &amp; write.'
    assert links_in(source) == [('<a id="a1">…</a>', "the guide")]
    assert (has_markup(source), has_markup("Read &amp; write.")) == (True, False)


def test_hostile_markup_is_taken_out() -> None:
    assert readable('<img src=x onerror="alert(1)"><a href="javascript:alert(1)" id="a1">x</a>') == (
        '<span class="om-desk-link">x</span>'
    )
