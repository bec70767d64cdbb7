"""`baton task waive`: the case does without an item or a gate."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments
from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.commands import Waive

GATE_WORDS = ("gate", "门")
WORDS_OF_A_GATE = 3


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("what", about="waived", nargs="+", metavar="TASK | CASE gate ID")
    parser.take("--reason", about="reason", metavar="TEXT", required=True)
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Waives; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        what = given.what
        if len(what) == WORDS_OF_A_GATE and what[1] in GATE_WORDS:
            case, _, name = what
            program = place.scope(case, acting.viewer).program
            gates = (one.id for one in program.gates.values() if name in one.title.values())
            gate = name if name in program.gates else next(gates, name)
            return acting.carry_out(case, Waive(f"gate:{gate}", given.reason))
        if len(what) != 1:
            raise wrong_use(options.language, "C131")
        reader, task = acting.task(what[0])
        return acting.carry_out(reader.scope.state.id, Waive(task.id, given.reason))
