"""The columns of the people and department files, and the names that they may have.

The first name of a column is its id, the second the Chinese one; an export writes one of the two.
"""

from __future__ import annotations

from difflib import get_close_matches
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from dsl.diagnostic import Terms
from engine.people.directory import name_key
from engine.people.problem import ImportProblem, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.people.sheet import Sheet

Names = tuple[str, ...]
_ALIKE = 0.55
"""How alike a column must be to be suggested: `dept` is `department`."""

PEOPLE: dict[str, Names] = {
    "id": ("id", "工号", "staff number", "员工编号"),
    "name": ("name", "姓名"),
    "department": ("department", "部门"),
    "post": ("post", "岗位", "position", "职位"),
    "level": ("level", "职级", "grade"),
    "manager": ("manager", "上级", "直属上级", "上级工号"),
    "groups": ("groups", "小组"),
    "mail": ("mail", "邮箱", "email", "e-mail"),
    "phone": ("phone", "手机", "电话", "mobile", "手机号"),
    "language": ("language", "语言"),
    "hire_date": ("hire_date", "入职日期", "hire date"),
    "account": ("account", "账号"),
    "may_act_for": ("may_act_for", "可代理", "may act for"),
    "left": ("left", "离职日期", "last day"),
    "timezone": ("timezone", "时区", "time zone"),
    "heads": ("heads", "是否部门负责人"),
}
PEOPLE_REQUIRED = ("id", "name")

DEPARTMENTS: dict[str, Names] = {
    "name": ("name", "部门", "department"),
    "head": ("head", "负责人", "负责人工号"),
    "parent": ("parent", "上级部门", "parent department"),
}
DEPARTMENTS_REQUIRED = ("name",)


class Matched(Struct, frozen=True):
    """Which column of a file holds which field: `names` maps a field's id to the column's name."""

    names: dict[str, str]
    problems: tuple[ImportProblem, ...]


def match_columns(sheet: Sheet, known: Mapping[str, Names], required: tuple[str, ...]) -> Matched:
    """Find the fields of a sheet; width, case and spaces of a name make no difference.

    A column that nobody knows, two for one field and a required one that is missing are problems.
    """
    fields = {name_key(name): field for field, names in known.items() for name in names}
    fields.update({name_key(field): field for field in known})
    found: dict[str, str] = {}
    problems: list[ImportProblem] = []
    there = {fields.get(name_key(column)) for column in sheet.columns}
    for column in sheet.columns:
        field = fields.get(name_key(column))
        if field is None:
            free = {name: known[of] for name, of in fields.items() if of not in there}
            problems.append(_unknown(sheet, column, known, free))
        elif field in found:
            values = {"column": visible(column), "other": visible(found[field])}
            problems.append(ImportProblem("P117", sheet.file, sheet.header, None, values))
        else:
            found[field] = column
    for field in required:
        if field not in found and (sheet.columns or sheet.rows):
            values = {"names": " / ".join(known[field])}
            problems.append(ImportProblem("P115", sheet.file, sheet.header, None, values))
    return Matched(found, tuple(problems))


def _unknown(
    sheet: Sheet, column: str, known: Mapping[str, Names], free: Mapping[str, Names]
) -> ImportProblem:
    """A column that nobody knows, with that of those still `free`, by name, that is probably meant."""
    key, place = name_key(column), (sheet.file, sheet.header, None)
    within = (name for name in sorted(free, key=len, reverse=True) if name in key)
    alike = get_close_matches(key, free, 1, _ALIKE)
    near = next(chain(alike, within), None)
    values: dict[str, str | Terms] = {"column": visible(column)}
    if near is None:
        return ImportProblem("P116", *place, values | {"known": _listed(known)})
    return ImportProblem("P116", *place, values | {"near": " / ".join(free[near][:2])}, "P116.near")


def _listed(known: Mapping[str, Names]) -> Terms:
    return Terms(tuple(" / ".join(names[:2]) for names in known.values()))
