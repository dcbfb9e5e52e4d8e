"""Learners may give themselves more time, and the clock finds the attempts whose time is up."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learners", "0001_initial"),
        ("quizzes", "0005_banks"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExtraTime",
            fields=[
                (
                    "learner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="extra_time",
                        serialize=False,
                        to="learners.learner",
                    ),
                ),
                (
                    "factor",
                    models.CharField(
                        choices=[
                            ("1.25", "A quarter more"),
                            ("1.5", "Half as much again"),
                            ("2", "Twice as much"),
                            ("none", "No time limit"),
                        ],
                        max_length=4,
                        verbose_name="factor",
                    ),
                ),
            ],
            options={
                "verbose_name": "extra time",
                "verbose_name_plural": "extra time",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("factor__in", ["1.25", "1.5", "2", "none"])),
                        name="quizzes_extra_time_factor_known",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(
                condition=models.Q(("submitted_at__isnull", True)), fields=["due_at"], name="quizzes_attempt_due"
            ),
        ),
    ]
