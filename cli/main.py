"""The command `baton`: finds the command, runs it, and ends with 0, 1 or 2."""

from __future__ import annotations

import io
import os
import sys
from argparse import Namespace
from argparse import _SubParsersAction as SubParsersAction
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Literal, TextIO, TypeAlias, cast

from cli.commands import COMMANDS
from cli.failures import WRONG_USE, StopError, explained, wrong_use
from cli.options import Options, wanted_language
from cli.output import Output
from cli.parser import Parser, WrongUseError, say_wrong_use
from dsl.catalogue import Language

if TYPE_CHECKING:
    _Below: TypeAlias = SubParsersAction[Parser]

INTERRUPTED = 130
PIPE_BROKEN = 141


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
    _prepare_streams()
    try:
        status = _run(given, language)
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
        return _internal(Output("text", language), language, error)
    except OSError:
        _drop(sys.stderr)
        return WRONG_USE


def build_parser(language: Language = "en") -> Parser:
    """The parser of every command; each command's own arguments are added when it is used."""
    parser = Parser(prog="baton", language=language, text="help.baton")
    below = {"": _below(parser)}
    for words, module in COMMANDS.items():
        group, _, word = words.rpartition(" ")
        if group not in below:
            below[group] = _group(below[""], group, parser)
        text = f"help.{words.replace(' ', '.')}"
        below[group].add_parser(
            word,
            language=language,
            text=text,
            help=parser.say(text),
            prog=f"baton {words}",
            fill=partial(_fill, module),
        )
    parser.set_defaults(shown=parser)
    return parser


def _group(above: _Below, group: str, parser: Parser) -> _Below:
    """The words of a group stand before others; alone they show what there is."""
    text = f"help.{group}"
    one = above.add_parser(
        group, language=parser.language, text=text, help=parser.say(text), prog=f"baton {group}"
    )
    one.set_defaults(shown=one)
    return _below(one)


def _below(parser: Parser) -> _Below:
    return parser.add_subparsers(
        title=parser.say("help.commands"), metavar=parser.say("help.command")
    )


def _fill(module: str, parser: Parser) -> None:
    command = import_module(module)
    command.arguments(parser)
    parser.set_defaults(run=command.run)


def _run(arguments: list[str], language: Language) -> int:
    output = Output(_format(arguments), language)
    try:
        _refuse_unreadable(arguments, language)
        given = build_parser(language).parse_args(arguments)
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
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 - nobody shall meet a traceback
        return _internal(output, language, error)


def _internal(output: Output, language: Language, error: Exception) -> int:
    if os.environ.get("BATON_DEBUG") == "1":
        raise error
    kind = f"{type(error).__name__}: {error}"
    output.stop(StopError(explained(language, "C199", {"error": kind}), WRONG_USE))
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
