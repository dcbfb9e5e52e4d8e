from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quizzes', '0003_move_answers_and_results'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='attempt',
            name='quizzes_attempt_number_unique',
        ),
        migrations.RemoveConstraint(
            model_name='attempt',
            name='quizzes_attempt_one_open',
        ),
        migrations.RemoveField(
            model_name='attempt',
            name='passed',
        ),
        migrations.RemoveField(
            model_name='attempt',
            name='points',
        ),
        migrations.RemoveField(
            model_name='attempt',
            name='points_possible',
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(fields=('learner', 'quiz_key', 'is_practice', 'number'), name='quizzes_attempt_number_unique'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(condition=models.Q(('submitted_at__isnull', True)), fields=('learner', 'quiz_key', 'is_practice'), name='quizzes_attempt_one_open'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result__isnull', True), ('submit_key__isnull', True), ('submitted_at__isnull', True)), models.Q(('result__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='quizzes_attempt_scored_when_submitted'),
        ),
        migrations.DeleteModel(
            name='ChosenOption',
        ),
        migrations.AlterField(
            model_name='answer',
            name='page_key',
            field=models.UUIDField(verbose_name='translation key of the question’s page'),
        ),
    ]
