"""`baton diff`: what one rulebook means otherwise than another."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cli.failures import FINDINGS
from cli.options import Options
from cli.output import Output
from cli.parser import Parser
from cli.reports.markdown import code, fenced
from cli.revisions import NOTHING, Revision, revision
from dsl.catalogue import MESSAGES
from dsl.comparing import EFFECTS, Change, compare

if TYPE_CHECKING:
    from cli.impact import Telling

_STYLES = {"cases": "bad", "tailored": "bad", "behaviour": "notice", "wording": "quiet"}
SHOWN = 6
"""Of one change so many lines are shown to people."""
Typed = Callable[[str], str]
"""What becomes of a text that somebody typed."""


def _plain(text: str) -> str:
    return text


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("old", about="diff_old", metavar="OLD")
    parser.take("new", about="diff_new", metavar="NEW")
    parser.take("--fail-on", about="diff_fail_on", choices=EFFECTS)
    parser.take("--impact", about="diff_impact", metavar="WORKSPACE")
    parser.take("--markdown", about="diff_markdown", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Shows the changes, the worst first; the exit code is 1 if one is as bad as `--fail-on`."""
    output = Output(options.format, options.language)
    old, new = revision(options, given.old), revision(options, given.new)
    changes = _changes(old, new)
    for one in (old, new):
        if one.apart:
            apart = output.say("list.joint").join(sorted(one.apart))
            output.note(output.say("diff.apart", name=one.name, scenarios=apart))
    cases = None if given.impact is None else _cases(options, given.impact, old, new)
    if output.is_json:
        more = {} if cases is None else {"impact": cases.document()}
        output.json(_document(old, new, changes) | more)
    elif given.markdown:
        also = () if cases is None else cases.markdown()
        print("\n".join((*_markdown(output, old, new, changes), *also)))
    else:
        _tell(output, old, new, changes)
        if cases is not None:
            output.line()
            cases.tell()
    if given.fail_on is None:
        return 0
    limit = EFFECTS.index(given.fail_on)
    return FINDINGS if any(EFFECTS.index(one.effects[0]) <= limit for one in changes) else 0


def _changes(old: Revision, new: Revision) -> tuple[Change, ...]:
    """What has changed, but for scenarios that one of them leaves out: they are not gone."""
    apart = {f"scenario.{id_}" for id_ in old.apart | new.apart}
    found = compare(old.checked.rulebook, new.checked.rulebook)
    return tuple(one for one in found if one.difference.declaration not in apart)


def _cases(options: Options, folder: str, old: Revision, new: Revision) -> Telling:
    # By name: whoever compares texts alone waits for no engine.
    told: Telling = import_module("cli.impact").measured(options, folder, old, new)
    return told


def _tell(output: Output, old: Revision, new: Revision, changes: tuple[Change, ...]) -> None:
    for effect, some in groupby(changes, key=lambda one: one.effects[0]):
        output.line(output.say(f"diff.{effect}"), "strong")
        for change in some:
            output.line(f"  {_head(output, old, new, change)}", _STYLES[effect])
            lines = _lines(old, new, change)
            for sign, line in lines[:SHOWN]:
                output.line(f"    {sign} {line}", "bad" if sign == "-" else "good")
            if len(lines) > SHOWN:
                output.line(f"    … +{len(lines) - SHOWN}", "quiet")
        output.line()
    output.line(_summary(output, old, new, changes))


def _markdown(
    output: Output, old: Revision, new: Revision, changes: tuple[Change, ...]
) -> Iterator[str]:
    """For a merge request."""
    yield f"### {_summary(output, old, new, changes, code)}"
    for effect, some in groupby(changes, key=lambda one: one.effects[0]):
        yield f"\n#### {output.say(f'diff.{effect}')}\n"
        for change in some:
            yield f"- {_head(output, old, new, change, code)}"
            lines = [f"{sign} {line}" for sign, line in _lines(old, new, change)]
            if lines:
                yield "\n".join(f"  {each}" for each in fenced(lines, "diff"))


def _head(
    output: Output, old: Revision, new: Revision, change: Change, typed: Typed = _plain
) -> str:
    """What has changed, in one line: kind, id, title, and what it asks for."""
    found = change.difference
    kind, _, id_ = found.declaration.partition(".")
    named = MESSAGES.say(output.language, f"term.kind.{kind}") if id_ else output.say("diff.header")
    title = _title(output, new, found.declaration) or _title(output, old, found.declaration)
    first = f"{named} {typed(id_)}" if id_ else named
    # Fields and ids take turns; the lines below show the field.
    whole = " · ".join((first, *(typed(part) for part in (title, *found.path[1::2]) if part)))
    asks = [output.say(f"diff.direction.{change.direction}")] if change.direction != "other" else []
    also = [
        output.say(f"diff.also.{effect}") for effect in change.effects[1:] if effect == "tailored"
    ]
    told = output.say("list.joint").join((*asks, *also))
    return f"{whole} ({told})" if told else whole


def _title(output: Output, side: Revision, declaration: str) -> str:
    kind, _, id_ = declaration.partition(".")
    rulebook = side.checked.rulebook
    for field in (f"{kind}s", f"{kind}es"):
        for one in getattr(rulebook, field, ()):
            if one.id == id_:
                titles: dict[str, str] = one.title
                return titles.get(output.language) or next(iter(titles.values()))
    return ""


def _lines(old: Revision, new: Revision, change: Change) -> list[tuple[str, str]]:
    """The lines that say it, before and after; what both say is left out.

    Where one of them has a line for it, the other one says nothing of it: its whole declaration would.
    """
    found = change.difference
    layered = max(len(old.layers), len(new.layers)) > 1
    to = new.layers[0].rulebook.dialect if layered else None
    before = old.lines(found.declaration, found.path, to) if found.field != "+" else NOTHING
    after = new.lines(found.declaration, found.path, to) if found.field != "-" else NOTHING
    if before.said and after.said and before.whole != after.whole:
        before, after = (NOTHING if one.whole else one for one in (before, after))
    return [
        *(("-", line) for line in _but(before.said, after.said)),
        *(("+", line) for line in _but(after.said, before.said)),
    ]


def _but(lines: tuple[str, ...], others: tuple[str, ...]) -> Iterator[str]:
    """Lines that are not among others, however wide their columns are."""
    known = {tuple(line.split()) for line in others}
    return (line for line in lines if tuple(line.split()) not in known)


def _summary(
    output: Output,
    old: Revision,
    new: Revision,
    changes: tuple[Change, ...],
    typed: Typed = _plain,
) -> str:
    versions = {"old": old.checked.rulebook.version, "new": new.checked.rulebook.version}
    rulebook = typed(new.checked.rulebook.id)
    if not changes:
        return output.say("diff.same", rulebook=rulebook, **versions)
    return output.say("diff.summary", rulebook=rulebook, **versions, **_counts(changes))


def _counts(changes: tuple[Change, ...]) -> dict[str, int]:
    """How many changes have each effect; one of several effects counts for each of them."""
    found: dict[str, int] = {"changes": len(changes)}
    return found | {effect: sum(effect in one.effects for one in changes) for effect in EFFECTS}


def _document(old: Revision, new: Revision, changes: tuple[Change, ...]) -> dict[str, Any]:
    """What programs read."""
    return {
        "old": {"name": old.name, "version": old.checked.rulebook.version},
        "new": {"name": new.name, "version": new.checked.rulebook.version},
        "counts": _counts(changes),
        "changes": [
            {
                "declaration": one.difference.declaration,
                "path": ".".join(one.difference.path),
                "effects": one.effects,
                "direction": one.direction,
                "old": [line for sign, line in _lines(old, new, one) if sign == "-"],
                "new": [line for sign, line in _lines(old, new, one) if sign == "+"],
            }
            for one in changes
        ],
    }
