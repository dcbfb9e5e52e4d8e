"""What is kept of the work on translations."""

from openmuseums.translation.models.partners import PartnerPage
from openmuseums.translation.models.seats import Seat
from openmuseums.translation.models.teams import Team

__all__ = ["PartnerPage", "Seat", "Team"]
