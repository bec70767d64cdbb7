"""The header: who the rulebook is, and the defaults that depend on where it applies.

| not written | then |
|---|---|
| timezone | that of the jurisdiction's capital; Asia/Shanghai for a Chinese text, else UTC |
| currency | that of the jurisdiction; CNY for a Chinese text, else USD |
| calendar | the public holidays of the jurisdiction, if there is one |
"""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from msgspec import Struct

from dsl import nodes
from dsl.diagnostic import Fix
from dsl.layers.ranges import VERSION
from dsl.resolve.desk import Desk
from dsl.resolve.expressions.literals import is_currency
from dsl.resolve.types import titles_of

PLACES = {
    "CN": ("Asia/Shanghai", "CNY"),
    "HK": ("Asia/Hong_Kong", "HKD"),
    "MO": ("Asia/Macau", "MOP"),
    "TW": ("Asia/Taipei", "TWD"),
    "SG": ("Asia/Singapore", "SGD"),
    "JP": ("Asia/Tokyo", "JPY"),
    "KR": ("Asia/Seoul", "KRW"),
    "IN": ("Asia/Kolkata", "INR"),
    "GB": ("Europe/London", "GBP"),
    "DE": ("Europe/Berlin", "EUR"),
    "FR": ("Europe/Paris", "EUR"),
    "US": ("America/New_York", "USD"),
}
"""Time zone (IANA) and currency (ISO 4217) by jurisdiction (ISO 3166-1)."""

COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


class Header(Struct, frozen=True):
    """The resolved header."""

    id: str
    title: dict[str, str]
    version: str
    timezone: str
    currency: str
    jurisdiction: str | None
    calendar: str | None
    maintained_by: str | None


def resolve_header(desk: Desk, node: nodes.Header) -> Header:
    """The header with its defaults; each line that cannot be understood is reported."""
    jurisdiction = _jurisdiction(desk, node.jurisdiction)
    timezone, currency = defaults(desk.book.root, jurisdiction)
    return Header(
        node.id.text,
        titles_of(desk, node.title, node.titles),
        _version(desk, node),
        _timezone(desk, node.timezone) or timezone,
        _currency(desk, node.currency) or currency,
        jurisdiction,
        _calendar(desk, node.calendar) or jurisdiction,
        node.maintained_by.text if node.maintained_by else None,
    )


def defaults(dialect: str, jurisdiction: str | None) -> tuple[str, str]:
    """Timezone and currency of a rulebook whose header does not say them."""
    return PLACES.get(jurisdiction or "", PLACES["CN"] if dialect == "zh" else ("UTC", "USD"))


def _version(desk: Desk, node: nodes.Header) -> str:
    if node.version is None:
        desk.missing("version", node.id, desk.keyword("rulebook"))
        return "0.0.0"
    if not VERSION.fullmatch(node.version.text):
        whole = node.version.text + ".0" * (2 - node.version.text.count("."))
        near = VERSION.fullmatch(whole) and Fix(
            "fix.rename", desk.edit(node.version, whole), {"near": whole}
        )
        values = {"text": node.version.text}
        desk.error("E315", node.version, values, variant="version", fix=near or None)
    return node.version.text


def _jurisdiction(desk: Desk, node: nodes.Name | None) -> str | None:
    if node is None:
        return None
    if not COUNTRY.fullmatch(node.text):
        desk.error("E315", node, {"text": node.text}, variant="jurisdiction")
        return None
    return node.text


def _timezone(desk: Desk, node: nodes.Text | None) -> str | None:
    if node is None:
        return None
    try:
        ZoneInfo(node.text)
    except (LookupError, ValueError, OSError):
        desk.error("E315", node, {"text": node.text}, variant="timezone")
        return None
    return node.text


def _currency(desk: Desk, node: nodes.Name | None) -> str | None:
    if node is None:
        return None
    return node.text if is_currency(desk, node) else None


def _calendar(desk: Desk, node: nodes.Name | None) -> str | None:
    if node is None:
        return None
    declared = desk.book.of("calendar")
    if node.text in declared:
        desk.use("calendar", node)
    elif not COUNTRY.fullmatch(node.text):
        desk.undeclared("calendar", node, [*declared, *sorted(PLACES)])
    return node.text
