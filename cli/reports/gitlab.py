"""The code quality report that GitLab shows in a merge request: a list of issues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cli.reports.finding import Looked

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def gitlab(looked: Iterable[Looked]) -> list[dict[str, Any]]:
    """The issues, in the order of the files."""
    return [
        {
            "type": "issue",
            "check_name": each.shown["code"],
            "description": each.said,
            "categories": ["Bug Risk" if each.shown["severity"] == "error" else "Clarity"],
            "severity": _SEVERITIES[each.shown["severity"]],
            "fingerprint": each.mark,
            "location": {
                "path": each.path,
                "lines": {"begin": each.place["line"], "end": each.place["end_line"]},
            },
        }
        for one in looked
        for each in one.findings
    ]
