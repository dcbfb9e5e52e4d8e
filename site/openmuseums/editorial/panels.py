"""What an editor sees of the content checks: a panel at the top of the form, and a count in its tab."""

from typing import Any

from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.panels import ObjectList, Panel, TabbedInterface
from wagtail.models import Page

from openmuseums.editorial.checks import Finding, Level, findings_of
from openmuseums.editorial.kinds import ChangeKind

# The buttons of Wagtail's form that ask what kind of change it is, and the field in which the answer is sent.
ASKING_ACTIONS = ("action-publish", "action-submit", "action-restart-workflow")
CHOSEN_KIND = "kind-of-change"


class GuardedPageForm(WagtailAdminPageForm):
    """An editor's form. A new page is a draft until its first revision is published.

    Wagtail would add it as live and publish the revision afterwards: a refusal between the two would lose what was
    written. What kind of change it is comes with the form where that is published or submitted.
    """

    def save(self, commit: bool = True) -> Page:
        """Return the page, with the kind of change that was chosen; a new one is a draft."""
        if self.instance._state.adding:
            self.instance.live = False
        kind = self.data.get(CHOSEN_KIND, "")
        if kind in ChangeKind.values and any(action in self.data for action in ASKING_ACTIONS):
            self.instance.chosen_kind = ChangeKind(kind)
        return super().save(commit=commit)


class FindingsPanel(Panel):
    """Lists what the checks found in the latest saved version, each with a link to its place in the form."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("What the checks found"))
        kwargs.setdefault("icon", "circle-check")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "editorial/findings_panel.html"

        @cached_property
        def findings(self) -> list[Finding] | None:
            """Return the findings, or None before the first save and where no form is shown (in comparisons)."""
            return None if self.form is None else saved_findings(self.instance, is_posted=self.form.is_bound)

        @cached_property
        def rows(self) -> list[dict[str, Any]]:
            """Return each finding with the place in the form that it links to."""
            handler = self.panel.model.get_edit_handler()
            return [
                {
                    "is_error": finding.level is Level.ERROR,
                    "message": finding.message,
                    "address": finding.address,
                    "field": field_label(self.panel.model, finding.field),
                    "anchor": f"block-{finding.block_id}-section"
                    if finding.block_id
                    else anchor_of(handler, finding.field),
                }
                for finding in self.findings or []
            ]

        @cached_property
        def count(self) -> str:
            """Return how many errors and remarks there are, in words; empty where there are none."""
            return count_in_words(self.findings or [])


class CountedTab(ObjectList):
    """A tab whose label says how much there is to mend."""

    class BoundPanel(ObjectList.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            count = self.findings_panel.count if self.findings_panel else ""
            # The count is renewed by itself after Wagtail's automatic saving, hence the id. A plain space would be lost
            # between the parts of the tab.
            self.heading: Any = format_html(
                '{}<span id="findings-count">{}</span>',
                self.panel.heading,
                f"\N{NO-BREAK SPACE}({count})" if count else "",
            )

        @cached_property
        def findings_panel(self) -> Any:
            """Return the panel of findings in this tab, or None."""
            return next((child for child in self.children if isinstance(child, FindingsPanel.BoundPanel)), None)


def guarded_edit_handler(model: type[Page]) -> Any:
    """Return the edit form of a page model: Wagtail's own, with the count of findings in the first tab."""
    tabs = [
        CountedTab(model.content_panels, heading=_("Content")),
        ObjectList(model.promote_panels, heading=_("Promote")),
        ObjectList(model.settings_panels, heading=_("Settings")),
    ]
    handler = TabbedInterface([tab for tab in tabs if tab.children], base_form_class=model.base_form_class)
    return handler.bind_to_model(model)


def saved_findings(page: Page, *, is_posted: bool) -> list[Finding] | None:
    """Return the findings on a page as it was last saved, or None where it never was.

    is_posted: the page in hand carries what somebody has just sent, which may not have been saved.
    """
    if page.pk is None:
        return None
    saved = type(page).objects.get(pk=page.pk).get_latest_revision_as_object() if is_posted else page
    return findings_of(saved)


def count_in_words(findings: list[Finding]) -> str:
    """Return “2 errors, 1 remark”, or an empty string for none."""
    errors = sum(1 for finding in findings if finding.level is Level.ERROR)
    remarks = len(findings) - errors
    parts = []
    if errors:
        parts.append(ngettext("%(count)s error", "%(count)s errors", errors) % {"count": errors})
    if remarks:
        parts.append(ngettext("%(count)s remark", "%(count)s remarks", remarks) % {"count": remarks})
    return ", ".join(parts)


def field_label(model: type[Model], name: str) -> str:
    """Return a field's name as an editor reads it."""
    field = model._meta.get_field(name)
    related = getattr(field, "related_model", None)
    label = getattr(field, "verbose_name", None) or (related._meta.verbose_name_plural if related else name)
    return capfirst(str(label))


def anchor_of(handler: Any, name: str) -> str:
    """Return the id of the section in which a form shows a field, or an empty string.

    What stands directly in a tab has a section of its own; fields in a group share the group's.
    """
    for tab, tab_identifier in zip(handler.children, handler.child_identifiers, strict=True):
        for panel, identifier in zip(tab.children, tab.child_identifiers, strict=True):
            if _shows(panel, name):
                return f"panel-child-{tab_identifier}-{identifier}-section"
    return ""


def _shows(panel: Any, name: str) -> bool:
    if name in (getattr(panel, "field_name", None), getattr(panel, "relation_name", None)):
        return True
    return any(_shows(child, name) for child in getattr(panel, "children", ()) or ())
