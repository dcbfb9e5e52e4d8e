from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0005_fill_when_options_were_chosen"),
    ]

    operations = [
        migrations.AlterField(
            model_name="answerstate",
            name="chosen_at",
            field=models.DateTimeField(verbose_name="options chosen at"),
        ),
    ]
