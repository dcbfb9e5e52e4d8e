"""The command runs, and a page costs no more queries among more people. What takes long is measured at night."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.PROJECT_DIR)


# It makes a database of its own, on the server that the tests are run on.
@pytest.mark.database
def test_pages_cost_the_same_queries_among_more_people(tmp_path: Path) -> None:
    command = [sys.executable, "benchmarks/run.py", "--small-course", "--only", "pages", "--rounds", "2"]
    command += ["--enrolments", "50", "150", "--output", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "results.json").read_text())
    few, many = (
        {each["workload"]: (each["beside"], each["sql"], each["ratio"] is not None) for each in size["pages"]}
        for size in told["sizes"]
    )
    assert few == many
    assert [size["rows"]["participation"] for size in told["sizes"]] == [50, 150]
    measured = {name for name, (beside, _sql, _has_ratio) in few.items() if beside}
    assert {few[name][2] for name in measured} == {True}
    assert {"W1: unit page, public", "W3: unit page, signed in", "W4: quiz handed in", "my learning"} < measured
    assert done.stdout == (tmp_path / "results.md").read_text() + "\n"
