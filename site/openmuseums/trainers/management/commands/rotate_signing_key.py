"""manage.py rotate_signing_key: lists are signed with a new key from now on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from openmuseums.trainers.lists.keys import rotate


class Command(BaseCommand):
    """Makes a new key to sign completion lists with. What the old one signed can be verified as before."""

    help = "Makes a new key to sign completion lists with; lists that were signed with the old one stay verifiable."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the key. Raises CommandError where its file cannot be written."""
        try:
            signer = rotate(now=timezone.now())
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        self.stdout.write(f"Lists are signed with the key {signer.key_id} from now on.")
