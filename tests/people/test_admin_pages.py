"""What our own pages in Wagtail's admin are headed by: the heading says what is in another language, the window not."""

from openmuseums.people.admin_pages import in_language, titled


def test_heading_says_which_part_is_in_another_language() -> None:
    heading = titled("Δημοσίευση", icon="globe", below=("Αρχή", "/"), of=in_language("Fish & <chips>", "en"))
    marked = '<span>Δημοσίευση – <span lang="en">Fish &amp; &lt;chips&gt;</span></span>'
    assert heading == {
        "page_title": "Δημοσίευση – Fish & <chips>",
        "header_title": marked,
        "header_icon": "globe",
        "breadcrumbs_items": [{"url": "/", "label": "Αρχή"}, {"url": "", "label": marked}],
    }


def test_heading_without_marks_stays_text() -> None:
    heading = titled("1 < 2", icon="globe", below=("Home", "/"), of="<b>")
    assert (heading["page_title"], heading["header_title"]) == ("1 < 2 – <b>", "<span>1 &lt; 2 – &lt;b&gt;</span>")
    alone = titled("1 < 2", icon="globe", below=("Home", "/"))
    assert (alone["page_title"], alone["header_title"]) == ("1 < 2", "1 < 2")
