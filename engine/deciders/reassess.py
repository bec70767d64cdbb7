"""The directory has changed."""

from __future__ import annotations

from engine.commands import Reassess
from engine.flow.people import reassess_case
from engine.rejection import Refusal
from engine.run import Run


def reassess(run: Run, command: Reassess) -> Refusal | None:
    """Roles of what nobody has touched are filled anew; who is away or has left is stood in for."""
    del command
    reassess_case(run)
    return None
