"""What is kept of trainers' work: cohorts, who is in them, what they did there, and what was written of it."""

from openmuseums.trainers.models.cohorts import Cohort, Staff
from openmuseums.trainers.models.completion import CompletionEntry, CriterionEntry
from openmuseums.trainers.models.feeds import Feed
from openmuseums.trainers.models.lists import Export, SigningKey
from openmuseums.trainers.models.messages import Addressed, Announcement, AnnouncementText, Invitation
from openmuseums.trainers.models.participations import Participation, ParticipationEntry, Removal, State
from openmuseums.trainers.models.rules import Criterion, RuleVersion
from openmuseums.trainers.models.sessions import AttendanceEntry, Session, SessionTimes, SheetScan

__all__ = [
    "Addressed",
    "Announcement",
    "AnnouncementText",
    "AttendanceEntry",
    "Cohort",
    "CompletionEntry",
    "Criterion",
    "CriterionEntry",
    "Export",
    "Feed",
    "Invitation",
    "Participation",
    "ParticipationEntry",
    "Removal",
    "RuleVersion",
    "Session",
    "SessionTimes",
    "SheetScan",
    "SigningKey",
    "Staff",
    "State",
]
