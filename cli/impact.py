"""What a change would have meant for the past cases of a workspace, as `baton diff --impact` tells it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from cli.options import Options
from cli.output import Output
from cli.reports.markdown import code
from cli.revisions import Revision
from cli.workplace import Workplace, workplace
from engine.identity import refuse_unless_administrator
from engine.impact import Impact, Parting, impact
from engine.publishing import assemble
from engine.store.disk import ReadingDisk


def measured(options: Options, folder: str, old: Revision, new: Revision) -> Telling:
    """Plays the cases of a workspace, which is only read; administrators alone see every case."""
    with workplace(options._replace(workspace=folder), ReadingDisk()) as place:
        refusal = refuse_unless_administrator(place.caller, place.service.administrators)
        if refusal is not None:
            raise place.refused(refusal)
        both = (assemble(old.checked, old.layers), assemble(new.checked, new.layers))
        output = place.output
        found = impact(
            place.service, both, place.language, lambda done, of: _progress(output, done, of)
        )
        return Telling(place, found)


def _progress(output: Output, done: int, cases: int) -> None:
    """On a terminal, how many cases are done, on one line that is written over."""
    if sys.stderr.isatty():
        end = "\n" if done == cases else "\r"
        text = output.say("impact.progress", done=done, cases=cases)
        print(text, end=end, file=sys.stderr, flush=True)


class Telling:
    """The impact for people, for programs, and for a merge request.

    Args:
        place: where the cases are.
        found: what came of them.
    """

    def __init__(self, place: Workplace, found: Impact) -> None:
        self._output = place.output
        self._when = {one: place.local(one.at) for one in found.partings}
        self._found = found

    def tell(self) -> None:
        """Lines for people."""
        output = self._output
        output.line(self._summary(), "strong")
        for one in self._found.partings:
            output.line(f"  {one.case}  {self._moment(one)}", "notice")
            for found in one.differences:
                output.line(
                    f"    {self._kind(found.kind)}: {found.what}: {found.old} → {found.new}"
                )
        for line in self._left():
            output.line(f"  {line}", "quiet")

    def markdown(self) -> Iterator[str]:
        """For a merge request."""
        yield f"\n#### {self._summary()}\n"
        for one in self._found.partings:
            yield f"- {code(one.case)} {code(self._moment(one))}"
            for found in one.differences:
                said = f"{code(found.what)}: {code(found.old)} → {code(found.new)}"
                yield f"  - {self._kind(found.kind)}: {said}"
        for line in self._left():
            yield f"- {code(line)}"

    def document(self) -> dict[str, Any]:
        """What programs read."""
        return {
            "cases": self._found.played,
            "partings": [
                {
                    "case": one.case,
                    "at": one.at,
                    "after": one.after,
                    "by": one.by,
                    "differences": [each._asdict() for each in one.differences],
                }
                for one in self._found.partings
            ],
            "unplayed": [{"case": case, "code": why} for case, why in self._found.unplayed],
        }

    def _summary(self) -> str:
        counts = {"cases": self._found.played, "parted": len(self._found.partings)}
        return self._output.say("impact.summary", **counts)

    def _moment(self, one: Parting) -> str:
        if one.after is None:
            return self._output.say("impact.time", at=self._when[one])
        return self._output.say("impact.act", at=self._when[one], act=one.after, by=one.by)

    def _kind(self, kind: str) -> str:
        return self._output.say(f"impact.kind.{kind}")

    def _left(self) -> Iterator[str]:
        for case, why in self._found.unplayed:
            yield self._output.say("impact.unplayed", case=case, code=why)
