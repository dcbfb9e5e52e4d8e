"""What learners' records tell other apps."""

from django.dispatch import Signal

# Events were added to a learner's record: `learner`, `events` in their order. Sent in the transaction that adds them,
# with the learner's row locked and what follows from them stored; what a receiver does stands or falls with them.
recorded = Signal()
