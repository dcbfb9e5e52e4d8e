"""Adds up what several runs of pytest printed, and fails where a test failed, was skipped or none ran."""

import re
import sys
from collections import Counter
from pathlib import Path

WORDS = ("failed", "passed", "skipped", "xfailed", "xpassed", "error")
LINE = re.compile(r"^(?:=+ )?((?:\d+ [a-z]+(?:, )?)+) in (\d+(?:\.\d+)?)s(?: \([\d:, a-z]+\))?(?: =+)?$")


def main(logs: list[str]) -> int:
    """Print the sums as pytest prints its own and return the exit code."""
    sums: Counter[str] = Counter()
    seconds = 0.0
    complete = bool(logs)
    for log in map(Path, logs):
        found = [match for line in log.read_text().splitlines() if (match := LINE.match(line.strip()))]
        if not found:
            complete = False
            print(f"{log.stem}: no line with results")
            continue
        counts = {word.removesuffix("s"): int(number) for number, word in re.findall(r"(\d+) ([a-z]+)", found[-1][1])}
        sums.update(counts)
        seconds += float(found[-1][2])
        complete = complete and counts.get("passed", 0) > 0
        print(f"{log.stem}: {found[-1][1]} in {found[-1][2]}s")
    if sums["skipped"] or sums["xfailed"]:
        print("A test that does not run protects nothing: none may be skipped here.")
    text = ", ".join(f"{sums[word]} {word}" for word in WORDS if sums[word]) or "no tests ran"
    print(f"==== {text} in {seconds:.1f}s ====")
    return 0 if complete and set(sums) <= {"passed", "deselected", "warning"} else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
