"""What the commands share that copy a workspace: where a copy goes, and how its end is told."""

from __future__ import annotations

from pathlib import Path

from cli.failures import FINDINGS, StopError
from cli.options import Options
from cli.output import Output
from cli.workplace import Workplace, engine_words
from engine.store.port import Damage
from engine.workspace import Problem, open_workspace


def only_administrators(place: Workplace) -> None:
    """Ends the command for everybody else: a copy holds what is private too."""
    refusal = place.administration.refuse()
    if refusal is not None:
        raise place.refused(refusal)


def stop_at(options: Options, damage: Damage | None, **also: str) -> None:
    """Ends the command if there is no copy."""
    if damage is not None:
        words = engine_words(options, damage.code, {**damage.values, **also})
        raise StopError(words, FINDINGS)


def tell_foreseen(options: Options, folder: Path) -> int:
    """That a copy was made and checked in thought; the exit code."""
    output = Output(options.format, options.language)
    if output.is_json:
        output.json({"folder": str(folder), "dry_run": True})
    else:
        output.line(output.say("copy.foreseen", folder=str(folder)), "good")
    return 0


def tell_copy(options: Options, folder: Path, message: str) -> int:
    """What the new workspace holds, by its own word; the exit code."""
    output = Output(options.format, options.language)
    made = open_workspace(folder)
    if isinstance(made, Problem):
        raise StopError(engine_words(options, made.code, made.values), FINDINGS)
    summary = made.store.summary()
    made.store.close()
    if output.is_json:
        output.json({"folder": str(folder), "summary": summary})
    else:
        output.line(output.say(message, folder=str(folder), events=summary.events), "good")
        output.line(output.say("verify.hash", hash=summary.last_hash), "quiet")
    return 0
