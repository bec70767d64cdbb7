"""Annotations: the workflow commands that GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from cli.reports.finding import Finding, Looked

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def github(looked: Iterable[Looked]) -> str:
    """One command a line; empty if there is nothing to say."""
    return "".join(_command(each) for one in looked for each in one.findings)


def _command(finding: Finding) -> str:
    place, shown = finding.place, finding.shown
    where = {"file": finding.path, "line": place["line"], "endLine": place["end_line"]}
    if place["line"] == place["end_line"]:  # GitHub knows columns on one line only
        where |= {"col": place["column"], "endColumn": place["end_column"]}
    where["title"] = f"{shown['code']} {shown['title']}"
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in where.items())
    return f"::{_LEVELS[shown['severity']]} {properties}::{_data(finding.said)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
