"""The command `baton`: finds the command, runs it, and ends with 0, 1 or 2."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Literal, TextIO, cast

from cli.commands import COMMANDS
from cli.defects import keep, place_of
from cli.failures import WRONG_USE, StopError, explained, wrong_use
from cli.options import Options, wanted_language
from cli.output import Output
from cli.parser import Parser, WrongUseError, say_wrong_use
from dsl.catalogue import Language

SELDOM = 50_000
"""Objects between two looks for cycles of garbage: most that a command makes lives until it ends."""
INTERRUPTED = 130
PIPE_BROKEN = 141

atexit.register(gc.disable)  # what an ending process holds goes with it, uncounted


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words behind `baton`; None for those of the process.

    Returns:
        0 clean, 1 findings or a refusal, 2 wrong use or an internal error, 130 and 141 where the
        reader broke off.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = wanted_language(given, os.environ)
    gc.set_threshold(SELDOM)
    _prepare_streams()
    try:
        status = _guarded(given, language)
        if not sys.stdout.closed:  # the language server closes it
            sys.stdout.flush()
    except BrokenPipeError:
        _drop(sys.stdout)
        return PIPE_BROKEN
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:  # a full disk: what was done is done, but cannot be told
        _drop(sys.stdout)
        return _unheard(language, error)
    return status


def _prepare_streams() -> None:
    """Text that the terminal cannot show is spelt out; what is closed swallows everything."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, io.StringIO())
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _drop(stream: TextIO) -> None:
    """Whatever is still buffered goes nowhere, so that the interpreter's own flush is quiet too."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _unheard(language: Language, error: OSError) -> int:
    try:
        return _refused(Output("text", language), error)
    except OSError:
        _drop(sys.stderr)
        return WRONG_USE


def build_parser(language: Language = "en") -> Parser:
    """The parser of every command; a command is loaded when its words are met."""
    parser = Parser(prog="baton", language=language, text="help.baton")
    words = parser.words()
    for first in dict.fromkeys(command.partition(" ")[0] for command in COMMANDS):
        make = _command if first in COMMANDS else _group
        words.offer(first, parser.say(f"help.{first}"), partial(make, first, language))
    for command in COMMANDS:
        last = command.rpartition(" ")[2]
        parser.deeper[last] = (*parser.deeper.get(last, ()), f"baton {command}")
    return parser


def _group(group: str, language: Language) -> Parser:
    """Words that stand before others."""
    parser = Parser(prog=f"baton {group}", language=language, text=f"help.{group}")
    words = parser.words()
    for command in COMMANDS:
        first, _, word = command.rpartition(" ")
        if first == group:
            text = parser.say(f"help.{group}.{word}")
            words.offer(word, text, partial(_command, command, language))
    return parser


def _command(words: str, language: Language) -> Parser:
    text = f"help.{words.replace(' ', '.')}"
    parser = Parser(prog=f"baton {words}", language=language, text=text)
    command = import_module(COMMANDS[words])
    command.arguments(parser)
    parser.set_defaults(run=command.run)
    return parser


def _run(output: Output, arguments: list[str], language: Language) -> int:
    try:
        _refuse_unreadable(arguments, language)
        parser = build_parser(language)
        given = parser.parse_args(arguments)
        parser.check_format(given)
        if "run" not in given:
            given.shown.print_help()
            return WRONG_USE
        return cast("int", given.run(_options(given, language), given))
    except WrongUseError as error:
        if output.is_json:
            output.stop(wrong_use(language, "C110", problem=error.problem))
        else:
            print(say_wrong_use(language, error), file=sys.stderr)
        return WRONG_USE
    except SystemExit as ended:  # argparse has shown a help text
        return int(ended.code or 0)
    except StopError as stop:
        output.stop(stop)
        return stop.status


def _guarded(arguments: list[str], language: Language) -> int:
    """Runs one command; whatever happens is told with a code."""
    output = Output(_format(arguments), language)
    try:
        return _run(output, arguments, language)
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except OSError as error:
        if error.filename is None:  # the output, which nothing more can be told on
            raise
        return _refused(output, error)
    except Exception as error:  # noqa: BLE001 - nobody shall meet a traceback
        return _internal(output, language, error)


def _refused(output: Output, error: OSError) -> int:
    """What the operating system refuses: a name that is too long, a full disk behind the output."""
    if os.environ.get("BATON_DEBUG") == "1":
        raise error
    file, reason = error.filename, error.strerror or str(error)
    code, values = ("C137", {}) if file is None else ("C136", {"file": os.fsdecode(file)})
    output.stop(wrong_use(output.language, code, **values, reason=reason))
    return WRONG_USE


def _internal(output: Output, language: Language, error: Exception) -> int:
    if os.environ.get("BATON_DEBUG") == "1":
        raise error
    file = keep(error)
    kept = (
        output.say("defect.unkept") if file is None else output.say("defect.kept", file=str(file))
    )
    values = {"error": type(error).__name__, "place": place_of(error), "kept": kept}
    output.stop(StopError(explained(language, "C199", values), WRONG_USE))
    return WRONG_USE


def _refuse_unreadable(arguments: list[str], language: Language) -> None:
    for argument in arguments:
        if any("\ud800" <= char <= "\udfff" for char in argument):
            raise wrong_use(language, "C111", argument=argument)


def _format(arguments: Sequence[str]) -> Literal["text", "json"]:
    """The format that is asked for, also where the rest cannot be understood."""
    joined = "\0".join(arguments)
    return "json" if "--format\0json" in joined or "--format=json" in joined else "text"


def _options(given: Namespace, language: Language) -> Options:
    environment = os.environ
    return Options(
        workspace=getattr(given, "workspace", None) or environment.get("BATON_WORKSPACE") or ".",
        actor=getattr(given, "actor", None) or environment.get("BATON_ACTOR") or None,
        format=getattr(given, "format", "text"),
        language=language,
    )


if __name__ == "__main__":
    sys.exit(main())
