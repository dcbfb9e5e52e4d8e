"""When the options that were chosen last were chosen follows from the events, as all that is kept beside them."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """Take the time of the last answer to each question; the latest counts, as it will from now on."""
    answers = apps.get_model("learners", "Event").objects.filter(
        kind="question-answered",
        learner=OuterRef("learner"),
        page_key=OuterRef("page_key"),
        item_id=OuterRef("item_id"),
    )
    last = answers.order_by("-occurred_at", "-id").values("occurred_at")[:1]
    apps.get_model("learners", "AnswerState").objects.update(chosen_at=Subquery(last))


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0004_note_when_options_were_chosen"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
