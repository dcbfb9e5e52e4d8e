"""Ways to the public that no form leads, each as code would take it."""

from wagtail.models import Page

from lessons.models import Outcome, UnitPage
from tests.translation.gate.spoiling import force


def by_revision(page: UnitPage) -> None:
    page.save_revision().publish()


def by_saving_live(page: UnitPage) -> None:
    UnitPage.objects.filter(pk=page.pk).update(live=False)
    page.live = True
    page.save()


def by_adding_live(page: UnitPage) -> None:
    key, parent, outcomes = page.translation_key, page.get_parent(), [outcome.text for outcome in page.outcomes.all()]
    keys = [outcome.translation_key for outcome in page.outcomes.all()]
    UnitPage.objects.get(pk=page.pk).delete()
    made = UnitPage(title=page.title, slug=page.slug, key=page.key, lead=page.lead, facets=page.facets, body=page.body)
    made.translation_key, made.locale, made.live = key, page.locale, True
    made.outcomes = [
        Outcome(text=text, translation_key=key, locale=page.locale) for text, key in zip(outcomes, keys, strict=True)
    ]
    Page.objects.get(pk=parent.pk).add_child(instance=made)


def by_alias(page: UnitPage) -> None:
    force(page).create_alias(update_slug="alias")


def by_update_of_aliases(page: UnitPage) -> None:
    UnitPage.objects.get(pk=page.pk).create_alias(update_slug="alias")
    page.update_aliases()


WAYS = [by_revision, by_saving_live, by_adding_live, by_alias, by_update_of_aliases]
