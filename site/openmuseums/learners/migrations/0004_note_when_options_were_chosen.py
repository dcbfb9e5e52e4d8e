from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0003_keep_records_of_visitors"),
    ]

    operations = [
        migrations.AddField(
            model_name="answerstate",
            name="chosen_at",
            field=models.DateTimeField(null=True, verbose_name="options chosen at"),
        ),
    ]
