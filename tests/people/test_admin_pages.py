"""What our own pages in Wagtail's admin are headed by: the heading says what is in another language, the window not."""

import re
from pathlib import Path

from django.urls import reverse

from openmuseums.people.admin_pages import in_language, titled
from tests.factories import FixtureCourse, make_editor, signed_in

PROJECT = Path(__file__).parents[2]


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


def test_template_of_ours_has_the_window_called_by_text() -> None:
    # Wagtail's own would call it by the heading, marks and all. Two lower apps have headings without marks.
    roots = [PROJECT / name for name in ("site", "lessons", "quizzes")]
    templates = [path for root in roots for path in root.rglob("templates/**/*.html")]
    found = [path.name for path in templates if '"wagtailadmin/generic/base.html"' in path.read_text(encoding="utf-8")]
    assert sorted(found) == ["account_data.html", "status.html", "titled.html"]


def test_window_of_the_figures_of_a_quiz_is_called_by_text(course: FixtureCourse) -> None:
    quiz = course.quizzes["marketing"]
    page = signed_in(make_editor()).get(reverse("quizzes_admin:figures", args=[quiz.pk])).content.decode()
    [title] = re.findall(r"<title>\s*(.*?)\s*</title>", page, re.DOTALL)
    assert title.startswith(f"Figures – {quiz.title}")
    assert f'<span>Figures – <span lang="en">{quiz.title}</span></span>' in page
