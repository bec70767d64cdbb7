"""SARIF 2.1.0, the OASIS standard of analysis results that code hosts and editors read."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from cli.reference import page_of
from cli.reports.finding import Finding, Looked, path_of
from dsl.catalogue import Language
from dsl.render import ShownFix, ShownLabel

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LANGUAGES: dict[Language, str] = {"en": "en-US", "zh": "zh-CN"}


def sarif(looked: Iterable[Looked], language: Language) -> dict[str, Any]:
    """One run, with the page of every code that is met."""
    found = [each for one in looked for each in one.findings]
    codes = sorted({each.shown["code"] for each in found})
    driver = {
        "name": "Baton",
        "semanticVersion": version("batonpass"),
        "rules": [_rule(language, code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "language": _LANGUAGES[language],
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, codes) for each in found],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(language: Language, code: str) -> dict[str, Any]:
    page = page_of(language, code)
    assert page is not None, code  # noqa: S101 - a house rule: every code has a page
    return {
        "id": code,
        "shortDescription": {"text": page.title},
        "help": {"text": page.text, "markdown": page.text},
    }


def _result(finding: Finding, codes: list[str]) -> dict[str, Any]:
    shown = finding.shown
    result: dict[str, Any] = {
        "ruleId": shown["code"],
        "ruleIndex": codes.index(shown["code"]),
        "level": shown["severity"],
        "message": {"text": finding.said},
        "locations": [{"physicalLocation": _place(finding.place)}],
        "partialFingerprints": {"batonFinding/v1": finding.mark},
    }
    others = shown["labels"][1:]
    if others:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _place(label),
                **({"message": {"text": label["text"]}} if label["text"] else {}),
            }
            for number, label in enumerate(others, 1)
        ]
    if "fix" in shown:
        result["fixes"] = [_fix(finding.place["source"], shown["fix"])]
    return result


def _artifact(name: str) -> dict[str, str]:
    path = path_of(name)
    return {"uri": PurePath(path).as_uri() if PurePath(path).is_absolute() else quote(path)}


def _place(label: ShownLabel) -> dict[str, Any]:
    region = {
        "startLine": label["line"],
        "startColumn": label["column"],
        "endLine": label["end_line"],
        "endColumn": label["end_column"],
        "charOffset": label["start"],
        "charLength": label["end"] - label["start"],
    }
    return {"artifactLocation": _artifact(label["source"]), "region": region}


def _fix(name: str, fix: ShownFix) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": {
                "charOffset": edit["start"],
                "charLength": edit["end"] - edit["start"],
            },
            "insertedContent": {"text": edit["text"]},
        }
        for edit in fix["edits"]
    ]
    change = {"artifactLocation": _artifact(name), "replacements": replacements}
    return {"description": {"text": fix["title"]}, "artifactChanges": [change]}
