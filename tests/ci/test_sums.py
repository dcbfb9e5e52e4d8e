"""The sums that end a run of .ci/run."""

import subprocess
import sys
from pathlib import Path

import pytest

SUMS = Path(__file__).parents[2] / ".ci" / "sums.py"


def add_up(folder: Path, **logs: str) -> tuple[int, str]:
    for name, text in logs.items():
        (folder / f"{name}.log").write_text(text)
    paths = [str(folder / f"{name}.log") for name in logs]
    result = subprocess.run([sys.executable, str(SUMS), *paths], capture_output=True, text=True, check=False)
    return result.returncode, result.stdout.splitlines()[-1]


def test_sums_of_suites_that_passed(tmp_path: Path) -> None:
    first = "....\n800 passed, 12 deselected in 300.5s (0:05:00)\n"
    second = "==== 12 passed, 1 warning in 45.1s ====\nsomething after it\n"
    assert add_up(tmp_path, first=first, second=second) == (0, "==== 812 passed in 345.6s ====")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1 failed, 3 passed in 1.0s", "==== 1 failed, 5 passed in 2.0s ===="),
        ("3 passed, 1 skipped in 1.0s", "==== 5 passed, 1 skipped in 2.0s ===="),
        ("3 passed, 1 xfailed in 1.0s", "==== 5 passed, 1 xfailed in 2.0s ===="),
        ("3 passed, 2 errors in 1.0s", "==== 5 passed, 2 error in 2.0s ===="),
        ("4 deselected in 1.0s", "==== 2 passed in 2.0s ===="),
        ("no tests ran in 0.1s", "==== 2 passed in 1.0s ===="),
        ("Killed", "==== 2 passed in 1.0s ===="),
    ],
)
def test_sums_with_a_suite_that_did_not_wholly_pass_fail(tmp_path: Path, text: str, line: str) -> None:
    assert add_up(tmp_path, good="2 passed in 1.0s", bad=text) == (1, line)


def test_sums_of_nothing_fail(tmp_path: Path) -> None:
    assert add_up(tmp_path) == (1, "==== no tests ran in 0.0s ====")
