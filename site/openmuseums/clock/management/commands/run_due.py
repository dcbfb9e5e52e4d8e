"""The command that does what is due: once, or as the site's clock until it is told to stop."""

import datetime as dt
import logging
import signal
import sys
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from openmuseums.clock.running import Done, UnknownDutyError, run_due

logger = logging.getLogger(__name__)

STROKE = dt.timedelta(minutes=1)


class Command(BaseCommand):
    """Does what is due."""

    help = "Does what is due: pages on schedule, letters, what is to be erased. Safe to run twice at once."
    _is_stopping = False
    _is_idle = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the names of duties, whether they are due or not, and whether to go on for ever."""
        parser.add_argument("names", nargs="*", metavar="DUTY", help="Only these duties. All without any.")
        parser.add_argument("--now", action="store_true", help="Also what is not due yet.")
        parser.add_argument("--forever", action="store_true", help="Go on, each minute, until told to stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due, and say what became of it. As the clock, only what fails is said, in the log."""
        if options["forever"]:
            self._strike_for_ever(options["names"])
            return
        try:
            done = run_due(time=timezone.now, names=options["names"], is_regardless=options["now"])
        except UnknownDutyError as error:
            raise CommandError(f"There is no such duty: {error}.") from error
        for each in done:
            self.stdout.write(f"{each.duty.name}: {each.sentence}")
        if not done:
            self.stdout.write("Nothing is due.")
        if not all(each.is_well for each in done):
            raise CommandError("Not everything went well.")

    def _strike_for_ever(self, names: list[str]) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self._is_stopping:
            self._strike(names)
            if self._is_stopping:
                return
            self._is_idle = True
            time.sleep(_until_next_stroke(timezone.now()))
            self._is_idle = False

    def _strike(self, names: list[str]) -> list[Done]:
        close_old_connections()
        try:
            return run_due(time=timezone.now, names=names, is_stopping=lambda: self._is_stopping)
        except (DatabaseError, InterfaceError) as error:
            # The database comes back, and so does the clock: its text may hold data, its kind does not.
            logger.error("The clock could not do its turn: %s", type(error).__name__)  # noqa: TRY400
            return []
        finally:
            close_old_connections()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """End between two turns, at once; within one, when the duty that is being done is done."""
        self._is_stopping = True
        if self._is_idle:
            sys.exit(0)


def _until_next_stroke(now: dt.datetime) -> float:
    """Return the seconds until the next full minute, at which a clock strikes."""
    return (now.replace(second=0, microsecond=0) + STROKE - now).total_seconds()
