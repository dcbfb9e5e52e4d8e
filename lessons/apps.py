"""The course as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LessonsConfig(AppConfig):
    """Course, lessons and units."""

    name = "lessons"
    verbose_name = _("Lessons")

    def ready(self) -> None:
        """Register content checks, what templates are given, and the outline that records are read against."""
        from lessons import contexts  # noqa: PLC0415 - models must be ready
        from lessons.ageing.declaring import declare_checks  # noqa: PLC0415
        from lessons.checks import register_checks  # noqa: PLC0415
        from lessons.facilitating import notes_context  # noqa: PLC0415
        from lessons.glossary import glossary_context  # noqa: PLC0415
        from lessons.local_cases import case_context, cases_context  # noqa: PLC0415
        from lessons.models import (  # noqa: PLC0415
            CasePage,
            CasesPage,
            CoursePage,
            FacilitatorNotesPage,
            GlossaryPage,
            LessonPage,
            PartPage,
            UnitPage,
        )
        from lessons.outline import current_outline, live_pages  # noqa: PLC0415
        from lessons.pack.course_pages import register_course_pages  # noqa: PLC0415
        from lessons.reporting import reported_pages  # noqa: PLC0415
        from lessons.rereading import place_of  # noqa: PLC0415
        from lessons.searching import register_readers  # noqa: PLC0415
        from lessons.self_checks import (  # noqa: PLC0415
            answer_keys_of_self_checks,
            floor_of_self_checks,
            touched_by_self_checks,
        )
        from openmuseums.delivery.languages import register_live_pages  # noqa: PLC0415
        from openmuseums.delivery.pages import register_context  # noqa: PLC0415
        from openmuseums.editorial.changes import register_floor, register_touched  # noqa: PLC0415
        from openmuseums.learners.outline import register_outline  # noqa: PLC0415
        from openmuseums.reports.places import register_pages  # noqa: PLC0415
        from openmuseums.segments.editions import register_answer_keys  # noqa: PLC0415
        from quizzes.attempts.rereading import register_rereading  # noqa: PLC0415
        from quizzes.models import QuizPage  # noqa: PLC0415

        register_checks()
        declare_checks()
        register_course_pages()
        register_outline(current_outline)
        register_live_pages(live_pages)
        register_rereading(place_of)
        register_pages(reported_pages)
        register_readers()
        register_floor(UnitPage, floor_of_self_checks)
        register_touched(UnitPage, touched_by_self_checks)
        register_answer_keys(UnitPage, answer_keys_of_self_checks)
        register_context(CoursePage, contexts.course_context)
        for model in (LessonPage, PartPage, QuizPage):
            register_context(model, contexts.chapter_context)
        register_context(UnitPage, contexts.unit_context)
        register_context(GlossaryPage, glossary_context)
        register_context(FacilitatorNotesPage, notes_context)
        register_context(CasesPage, cases_context)
        register_context(CasePage, case_context)
