"""JUnit's XML: suites of cases that have passed or failed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree as ET

from cli.reports.finding import RANKS, Finding, Looked
from dsl.diagnostic import Severity
from dsl.visible import visible

_UNHELD = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
"""What is left of those that a document of XML 1.0 cannot hold, once controls have been spelt out."""


class Case(NamedTuple):
    """One thing that was tried.

    Attributes:
        name: of the case, in its suite.
        failure: why it has failed, in one line; empty if it has passed.
        kind: of the failure.
        detail: the failure at length.
        beside: what else is to be told.
    """

    name: str
    failure: str = ""
    kind: str = ""
    detail: str = ""
    beside: str = ""


class Suite(NamedTuple):
    """The cases of one file."""

    name: str
    cases: tuple[Case, ...]


def junit(suites: Iterable[Suite]) -> str:
    """The document."""
    root = ET.Element("testsuites", name="baton")
    for suite in suites:
        failed = sum(bool(case.failure) for case in suite.cases)
        counts = {"tests": f"{len(suite.cases)}", "failures": f"{failed}", "errors": "0"}
        element = ET.SubElement(root, "testsuite", {"name": _clean(suite.name), **counts})
        for case in suite.cases:
            _add(element, suite, case)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def checked(looked: Iterable[Looked], level: Severity) -> tuple[Suite, ...]:
    """A suite per file: what is as grave as the level has failed; the rest stands beside.

    A file without a failure is one case that has passed.
    """
    return tuple(Suite(one.file, _cases(one, level)) for one in looked)


def _cases(looked: Looked, level: Severity) -> tuple[Case, ...]:
    grave = [each for each in looked.findings if RANKS[each.shown["severity"]] >= RANKS[level]]
    others = [each for each in looked.findings if each not in grave]
    beside = "\n".join(f"{_name(each)}: {each.said}" for each in others)
    failed = tuple(
        Case(_name(each), each.shown["title"], each.shown["code"], each.said) for each in grave
    )
    passed = () if failed and not beside else (Case("baton check", beside=beside),)
    return (*failed, *passed)


def _name(finding: Finding) -> str:
    place = finding.place
    return f"{finding.shown['code']} {finding.path}:{place['line']}:{place['column']}"


def _add(suite: ET.Element, above: Suite, case: Case) -> None:
    names = {"classname": _clean(above.name), "name": _clean(case.name)}
    element = ET.SubElement(suite, "testcase", names)
    if case.failure:
        failure = ET.SubElement(
            element, "failure", message=_clean(case.failure), type=_clean(case.kind)
        )
        failure.text = _lines(case.detail)
    if case.beside:
        ET.SubElement(element, "system-out").text = _lines(case.beside)


def _lines(text: str) -> str:
    return "\n".join(_clean(line) for line in text.split("\n"))


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _UNHELD.sub("\N{REPLACEMENT CHARACTER}", visible(text))
