from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learners', '0008_count_parts_of_points'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='event',
            name='learners_event_result_complete',
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('enrolled', 'Enrolled'), ('unit-read', 'Unit marked as read'), ('unit-unread', 'Unit marked as unread'), ('question-answered', 'Question answered'), ('quiz-finished', 'Quiz finished'), ('quiz-regraded', 'Quiz graded again')], max_length=24, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('quiz-finished', 'quiz-regraded')), ('passed__isnull', False), ('points__isnull', False), ('points__lte', models.F('points_possible')), ('points_possible__isnull', False)), models.Q(models.Q(('kind__in', ('quiz-finished', 'quiz-regraded')), _negated=True), ('passed__isnull', True), ('points__isnull', True), ('points_possible__isnull', True)), _connector='OR'), name='learners_event_result_complete'),
        ),
    ]
