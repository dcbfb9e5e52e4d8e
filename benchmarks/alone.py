"""Writes one list in a process of its own, so that its memory is told from everything else's.

    python -m benchmarks.alone csv|csv-raw|xlsx|xlsx-raw KEY_OF_COHORT PATH

Prints what it took as one line of JSON. The database is the one that BENCHMARK_DATABASE names.
"""

import json
import sys
from pathlib import Path

import django


def main() -> None:
    """Write a list, and say what it took."""
    django.setup()
    from benchmarks.lists import write_list  # noqa: PLC0415 - there are models only now

    what, key, path = sys.argv[1:]
    print(json.dumps(write_list(what, key, Path(path))))


if __name__ == "__main__":
    main()
