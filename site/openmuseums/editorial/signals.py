"""What the editorial rules tell other apps."""

from django.dispatch import Signal

# A page of the source has come before the public, in the same transaction.
# sender: its model; page: the page; publication: the kept `Publication`, None where no revision was published.
source_published = Signal()
