"""The screens of Wagtail's admin on an editor's and a translator's path, and somebody who may open them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import yaml
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Task, Workflow, WorkflowPage

from lessons.models import UnitPage
from openmuseums.people.models import User
from openmuseums.uploads.models import Attachment, Picture
from tests.factories import NOW, FixtureCourse, make_course, make_translation, make_user, with_second_factor
from tests.files import make_document, make_picture


@dataclass
class Desk:
    """What somebody who edits and translates has before them."""

    course: FixtureCourse
    unit: UnitPage
    in_review: UnitPage
    locked: UnitPage
    translated: Page
    picture: Picture
    document: Attachment
    client: Client
    editor: User
    content: str = ""

    def is_content(self, text: str) -> bool:
        """Return whether a text is what somebody wrote, and no word of the interface."""
        return json.dumps(text, ensure_ascii=False)[1:-1] in self.content


def prepare() -> Desk:
    """Make the course, pages in the states that have screens of their own, and their editor."""
    course = make_course()
    editor = make_user(username="eugenia", name="Eugenia Q. Tester", is_superuser=True)
    unit, in_review, locked = list(course.units.values())[:3]
    workflow = Workflow.objects.get(name="Moderators approval")
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
    unit.save_revision(user=editor)
    in_review.save_revision(user=editor)
    workflow.start(in_review, editor)
    locked.locked, locked.locked_by, locked.locked_at = True, editor, NOW
    locked.save()
    translated = make_translation(unit, "nl")
    client = Client()
    client.force_login(editor)
    with_second_factor(client)
    desk = Desk(
        course,
        unit,
        in_review,
        locked,
        translated,
        make_picture(),
        make_document("plan-of-the-tour.csv"),
        client,
        editor,
    )
    made = [page.serializable_data() for page in Page.objects.specific()]
    names = [editor.name, editor.username, editor.email, desk.picture.title, desk.document.title, workflow.name]
    names += list(Task.objects.values_list("name", flat=True))
    guide = yaml.safe_load((files("openmuseums.competences") / "guide.yaml").read_text(encoding="utf-8"))
    desk.content = json.dumps([made, names, guide], ensure_ascii=False, default=str)
    return desk


def screens(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield name and address of each screen."""
    unit, pages = desk.unit.pk, "wagtailadmin_pages:"
    yield "dashboard", reverse("wagtailadmin_home")
    for name, page in (("root", desk.course.home), ("lesson", desk.course.lessons[0])):
        yield f"explorer {name}", reverse("wagtailadmin_explore", args=[page.pk])
    for name, page in (
        ("unit", desk.unit),
        ("in review", desk.in_review),
        ("locked", desk.locked),
        ("home", desk.course.home),
        ("lesson", desk.course.lessons[0]),
        ("quiz", desk.course.quizzes["marketing"]),
        ("translation", desk.translated),
    ):
        yield f"edit {name}", reverse(f"{pages}edit", args=[page.pk])
    yield "add", reverse(f"{pages}add", args=["lessons", "unitpage", desk.course.lessons[0].pk])
    yield "add subpage", reverse(f"{pages}add_subpage", args=[desk.course.lessons[0].pk])
    for act in ("delete", "unpublish", "copy", "move", "history", "usage", "set_privacy", "workflow_history"):
        yield act, reverse(f"{pages}{act}", args=[unit])
    revisions = list(desk.unit.revisions.order_by("pk").values_list("pk", flat=True))
    yield "compare", reverse(f"{pages}revisions_compare", args=[unit, revisions[0], revisions[-1]])
    yield "revert", reverse(f"{pages}revisions_revert", args=[unit, revisions[0]])
    task = desk.in_review.current_workflow_task_state
    for act in ("approve", "reject"):
        yield act, reverse(f"{pages}workflow_action", args=[desk.in_review.pk, act, task.pk])
    yield "cancel workflow", reverse(f"{pages}confirm_workflow_cancellation", args=[desk.in_review.pk])
    key = desk.unit.translation_key
    # Not the form of a team: it lists countries, many of which have one name in several languages.
    for name in ("dashboard", "teams"):
        yield f"translations {name}", reverse(f"translation_admin:{name}")
    for name in ("desk", "changes", "share", "desk-pictures"):
        yield f"translations {name}", reverse(f"translation_admin:{name}", args=["nl", key])
    yield "translations upload", reverse("translation_admin:upload", args=["nl"])
    yield "search", reverse(f"{pages}search") + "?q=nothing-like-it"
    for kind in ("", "_external_link", "_email_link", "_phone_link", "_anchor_link"):
        yield f"choose page{kind}", reverse(f"wagtailadmin_choose_page{kind}")
    yield "pictures", reverse("wagtailimages:index")
    yield "add pictures", reverse("wagtailimages:add_multiple")
    yield "edit picture", reverse("wagtailimages:edit", args=[desk.picture.pk])
    yield "delete picture", reverse("wagtailimages:delete", args=[desk.picture.pk])
    yield "choose picture", reverse("wagtailimages_chooser:choose")
    yield "documents", reverse("wagtaildocs:index")
    yield "add documents", reverse("wagtaildocs:add_multiple")
    yield "edit document", reverse("wagtaildocs:edit", args=[desk.document.pk])
    yield "delete document", reverse("wagtaildocs:delete", args=[desk.document.pk])
    yield "choose document", reverse("wagtaildocs_chooser:choose")
    for report in ("locked_pages", "workflow", "workflow_tasks", "site_history"):
        yield f"report {report}", reverse(f"wagtailadmin_reports:{report}")
    yield "account", reverse("wagtailadmin_account")
    for act in ("publish", "unpublish", "delete", "move"):
        yield f"bulk {act}", reverse("wagtail_bulk_action", args=["wagtailcore", "page", act]) + f"?id={unit}"
