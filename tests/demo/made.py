"""The demo's group, for tests that need one with everything in it."""

from openmuseums.demo.groups import KEY, make_group
from openmuseums.people.models import User
from openmuseums.trainers.models import Cohort


def demo_group(trainer: User) -> Cohort:
    """Make the demo's group, which a trainer answers for."""
    make_group(trainer=trainer)
    return Cohort.objects.get(key=KEY)
