"""A management command in a process that stops where the test says: python -m tests.stopping_command NAME ..."""

import sys

import django
from django.core.management import call_command

from tests.stopping import watch_statements

if __name__ == "__main__":
    django.setup()
    watch_statements()
    call_command(*sys.argv[1:])
