"""Says what Lighthouse found on a page, and fails where accessibility, best practices or SEO is below 100."""

import json
import sys
from pathlib import Path

EXPECTED = ("accessibility", "best-practices", "seo")


def main(path: str) -> int:
    """Print the scores and every audit that lowers one of them, and return the exit code."""
    report = json.loads(Path(path).read_text())
    scores = {name: round(100 * category["score"]) for name, category in report["categories"].items()}
    print(report["finalDisplayedUrl"], ", ".join(f"{name} {score}" for name, score in scores.items()))
    for name in EXPECTED:
        for reference in report["categories"][name]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"  {name}: {audit['id']}: {audit['title']}")
    return 0 if all(scores[name] == 100 for name in EXPECTED) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
