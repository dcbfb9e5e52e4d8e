"""When the options that were chosen last were chosen follows from the events, as all that is kept beside them."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    """Take the time of the last answer that notes options; where none does, that of the first answer."""
    answers = apps.get_model("learners", "Event").objects.filter(
        kind="question-answered",
        learner=OuterRef("learner"),
        page_key=OuterRef("page_key"),
        item_id=OuterRef("item_id"),
    ).exclude(chosen=[])
    last = answers.order_by("-occurred_at", "-id").values("occurred_at")[:1]
    apps.get_model("learners", "AnswerState").objects.update(
        chosen_at=Coalesce(Subquery(last), F("answered_at"))
    )


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0004_note_when_options_were_chosen"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
