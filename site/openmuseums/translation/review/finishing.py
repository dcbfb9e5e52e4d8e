"""What happens at the end of a review: the version goes before the public that was reviewed, and no other.

Wagtail publishes the latest version of a page when its review ends, whichever was read. Nothing here is imported
before it is called: Wagtail names this module while its own models are being made.
"""

from typing import Any


def publish_reviewed(workflow_state: Any, user: Any = None) -> None:
    """Publish what was approved. What is no translation is published as Wagtail does it.

    Raises ReviewMovedOn where another version waits for a review by now, and NotFitToPublish.
    """
    from wagtail.workflows import publish_workflow_state  # noqa: PLC0415

    from openmuseums.translation.review.outcomes import is_translation, publish_approved  # noqa: PLC0415

    if is_translation(workflow_state.content_object):
        publish_approved(workflow_state, user)
    else:
        publish_workflow_state(workflow_state, user=user)
