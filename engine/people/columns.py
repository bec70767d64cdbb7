"""The columns of the people and department files, and the names that they may have.

The first name of a column is its id, the second the Chinese one; an export writes one of the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from engine.people.directory import name_key
from engine.people.problem import ImportProblem, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.people.sheet import Sheet

Names = tuple[str, ...]

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
    for column in sheet.columns:
        field = fields.get(name_key(column))
        if field is None:
            values = {"column": visible(column), "known": _listed(known)}
            problems.append(ImportProblem("P116", sheet.file, sheet.header, None, values))
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


def _listed(known: Mapping[str, Names]) -> str:
    return ", ".join(" / ".join(names[:2]) for names in known.values())
