from django.db import migrations


def forwards(apps, schema_editor):
    """Keep chosen options as given values, results in rows of their own, and say which questions were asked."""
    Attempt, Answer = apps.get_model("quizzes", "Attempt"), apps.get_model("quizzes", "Answer")
    GivenValue, Result = apps.get_model("quizzes", "GivenValue"), apps.get_model("quizzes", "Result")
    places = {}
    values = []
    for option in apps.get_model("quizzes", "ChosenOption").objects.order_by("pk").iterator():
        place = places.get(option.answer_id, 0)
        places[option.answer_id] = place + 1
        values.append(GivenValue(answer_id=option.answer_id, part="", position=place, value=option.choice_id))
        if len(values) >= 1000:
            GivenValue.objects.bulk_create(values)
            values = []
    GivenValue.objects.bulk_create(values)
    for attempt in Attempt.objects.select_related("version").iterator():
        Answer.objects.filter(attempt=attempt).update(page_key=attempt.quiz_key)
        attempt.asked = [question["id"] for question in attempt.version.structure]
        if attempt.submitted_at is not None:
            attempt.result = Result.objects.create(
                attempt=attempt,
                number=1,
                version=attempt.version,
                points=attempt.points,
                points_possible=attempt.points_possible,
                passed=attempt.passed,
                graded_at=attempt.submitted_at,
            )
        attempt.save(update_fields=["asked", "result"])


def backwards(apps, schema_editor):
    """Put chosen options and results back where they were; parts of points are rounded down."""
    Attempt, ChosenOption = apps.get_model("quizzes", "Attempt"), apps.get_model("quizzes", "ChosenOption")
    ChosenOption.objects.bulk_create(
        ChosenOption(answer_id=given.answer_id, choice_id=given.value[:64])
        for given in apps.get_model("quizzes", "GivenValue").objects.filter(part="").order_by("pk")
    )
    for attempt in Attempt.objects.filter(result__isnull=False).select_related("result"):
        attempt.points, attempt.passed = int(attempt.result.points), attempt.result.passed
        attempt.points_possible, attempt.result = attempt.result.points_possible, None
        attempt.save(update_fields=["points", "points_possible", "passed", "result"])
    apps.get_model("quizzes", "Result").objects.all().delete()
    apps.get_model("quizzes", "GivenValue").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("quizzes", "0002_parts_of_answers_and_results"),
    ]

    operations = [
        migrations.RunPython(forwards, backwards),
    ]
