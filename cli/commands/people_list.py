"""`baton people list`: the directory."""

from __future__ import annotations

from argparse import Namespace

from cli.options import Options
from cli.output import Output
from cli.parser import Parser
from cli.tables import print_table
from cli.workplace import workplace
from engine.people.directory import Person, name_key

COLUMNS = ("id", "name", "department", "post", "manager", "groups", "account")


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--department", about="department", metavar="NAME")
    parser.take("--group", about="group", metavar="NAME")


def run(options: Options, given: Namespace) -> int:
    """Shows the people; the exit code."""
    with workplace(options) as place:
        place.known()
        output = place.output
        found = [one for one in place.directory.persons.values() if _is_wanted(one, given)]
        if output.is_json:
            output.json(found)
            return 0
        print_table(
            [output.say(f"column.{name}") for name in COLUMNS], (_row(output, one) for one in found)
        )
        output.line(output.say("people.count", count=len(found)), "quiet")
    return 0


def _is_wanted(person: Person, given: Namespace) -> bool:
    department, group = given.department, given.group
    if department is not None and name_key(person.department or "") != name_key(department):
        return False
    return group is None or name_key(group) in map(name_key, person.groups)


def _row(output: Output, person: Person) -> list[str]:
    parts = (
        person.id,
        person.name,
        person.department,
        person.post,
        person.manager,
        output.listed(person.groups),
        person.account,
    )
    return [part or "" for part in parts]
