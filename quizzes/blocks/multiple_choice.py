"""A question with one or more right choices, as editors write it."""

from django.utils.translation import gettext_lazy as _

from openmuseums.competences.facets import Facet
from quizzes.blocks.choice import ChoiceQuestionBlock


class MultipleChoiceBlock(ChoiceQuestionBlock):
    """A question with one or more right choices; it counts when all of them and no other are chosen."""

    position = 2
    takes_many = True

    class Meta:
        icon = "tick-inverse"
        label = _("Multiple choice")
        description = _("A question with several right answers.")
        preview_value = {
            "prompt": _("Which of these does the museum itself decide about?"),
            "choices": [
                {
                    "text": _("The text on its website"),
                    "right": True,
                    "feedback": _("Yes: the site is the museum’s own."),
                },
                {
                    "text": _("The order of posts in a network’s feed"),
                    "right": False,
                    "feedback": _("The network decides, and changes its mind."),
                },
                {
                    "text": _("The newsletter"),
                    "right": True,
                    "feedback": _("Yes: address list and text are the museum’s own."),
                },
            ],
            "facet": Facet.MANAGE,
            "topic": "owned-media",
            "points": 1,
        }


BLOCK = MultipleChoiceBlock
