"""The parser of the command line, in the reader's language; a command is loaded when it is used."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from functools import partial
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from cli.failures import explained, wrong_use_line
from cli.options import FORMATS, LANGUAGES, Format
from cli.texts import MESSAGES
from dsl.catalogue import Language

if TYPE_CHECKING:
    from typing_extensions import override
else:

    def override(method: Any) -> Any:  # noqa: ANN401 - whatever it is
        """The same, without loading all that `typing_extensions` does: help is to be there at once."""
        return method


_COMPLAINTS = {
    "required": r"the following arguments are required: (?P<names>.+)",
    "unknown": r"unrecognized arguments: (?P<names>.+)",
    "one_value": r"argument (?P<name>.+): expected one argument",
    "some_values": r"argument (?P<name>.+): expected at least one argument",
    "choice": r"(?s)argument (?P<name>.+): invalid choice: (?P<value>.+) \(choose from (?P<known>.+)\)",
    "range": r"(?s)argument (?P<name>.+): (?P<value>.+) is not from (?P<low>.+) to (?P<high>.+)",
    "number": r"(?s)argument (?P<name>.+): invalid int value: (?P<value>.+)",
    "together": r"argument (?P<name>.+): not allowed with argument (?P<other>.+)",
    "one_of": r"one of the arguments (?P<names>.+) is required",
    "ambiguous": r"ambiguous option: (?P<name>.+) could match (?P<known>.+)",
    "no_value": r"argument (?P<name>.+): ignored explicit argument (?P<value>.+)",
}
"""What argparse complains of, by the message `use.…` that says it in the reader's language."""
_CHOICE = "argument {}: invalid choice: {} (choose from {})"
_NUMBER = re.compile(r"-\d+|-\d*\.\d+")
_LIKE = 0.75
"""`--fact` is not meant by who writes `--format`, nor `--from`."""


class WrongUseError(Exception):
    """The command line cannot be understood.

    Attributes:
        usage: how the command is used, in one or more lines.
        problem: what is wrong with it, in the reader's language.
    """

    def __init__(self, usage: str, problem: str) -> None:
        super().__init__(problem)
        self.usage = usage
        self.problem = problem


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str, usage_word: str) -> None:
        super().__init__(prog)
        self._usage_word = usage_word

    @override
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, self._usage_word if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks the reader's language.

    Args:
        language: of help and errors.
        text: the message id of what the command does.

    Attributes:
        deeper: by a word that is no command here, the commands behind other words that end with it.
    """

    def __init__(
        self,
        *,
        language: Language,
        text: str,
        **rest: Any,  # noqa: ANN401 - as argparse has it
    ) -> None:
        usage_word = MESSAGES.say(language, "help.usage")
        super().__init__(
            add_help=False,
            allow_abbrev=False,
            description=_escaped(MESSAGES.say(language, text)),
            formatter_class=partial(_Formatter, usage_word=usage_word),
            **rest,
        )
        self.language = language
        self.deeper: dict[str, tuple[str, ...]] = {}
        self._positionals.title = self.say("help.arguments")
        self._optionals.title = self.say("help.options")
        self._add_everywhere()

    def say(self, message: str) -> str:
        """A text of the command line's catalogue."""
        return MESSAGES.say(self.language, message)

    def take(
        self,
        *names: str,
        about: str,
        values: dict[str, str] | None = None,
        **rest: Any,  # noqa: ANN401 - as argparse has it
    ) -> None:
        """Adds an argument or option; `about` ends the message id `argument.…` of its help, with these values."""
        text = MESSAGES.say(self.language, f"argument.{about}", **(values or {}))
        self.add_argument(*names, help=_escaped(text), **rest)

    def take_formats(self, *formats: Format) -> None:
        """Offers more formats than those that every command has."""
        self.set_defaults(formats=(*FORMATS, *formats))
        whole = next(each for each in self._actions if each.dest == "format")
        whole.choices = (*FORMATS, *formats)

    def words(self) -> Words:
        """Takes the words that stand next; without one of them the help is shown.

        Which of all formats there are tells the command, whose words are still to come.
        """
        self.set_defaults(shown=self)
        whole = next(each for each in self._actions if each.dest == "format")
        whole.choices = get_args(Format)
        title, one = self.say("help.commands"), self.say("help.command")
        return Words(self.add_subparsers(title=title, metavar=one, prog=self.prog))

    def check_format(self, given: argparse.Namespace) -> None:
        """Complain of a format that stands before the command, which does not have it."""
        known = getattr(given, "formats", FORMATS)
        chosen = getattr(given, "format", known[0])
        if chosen not in known:
            self.error(_CHOICE.format("--format", repr(chosen), ", ".join(map(repr, known))))

    @override
    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:  # noqa: ANN401 - as argparse has it
        """The values of an argument; argparse takes the `--` of `--reason=--` for the end of options."""
        if action.option_strings and action.nargs is None and arg_strings == ["--"]:
            value = self._get_value(action, "--")
            self._check_value(action, value)
            return value
        return super()._get_values(action, arg_strings)

    @override
    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 - as argparse has it
        """What a command does not know is told before what it lacks, and with its own usage."""
        if self._subparsers is not None:
            return super().parse_known_args(args, namespace)
        unknown = [one for one in takewhile(lambda one: one != "--", args) if self._is_unknown(one)]
        found, more = (
            (None, unknown) if unknown else super().parse_known_args(self._parted(args), namespace)
        )
        if more:
            self.error(f"unrecognized arguments: {' '.join(more)}")
        return found, more

    def _parted(self, args: Sequence[str]) -> list[str]:
        """The same with the options before the arguments: argparse takes the arguments in one go.

        It would take one that may be left out for left out where an option stands before it.
        """
        options: list[str] = []
        words: list[str] = []
        rest = iter(args)
        for one in rest:
            name, equals, _ = one.partition("=")
            action = self._option_string_actions.get(name)
            if one == "--":
                words.extend(rest)
            elif action is not None:
                takes = action.nargs is None and not equals
                options.extend((one, *islice(rest, int(takes))))
            else:
                # Numbers below nothing are arguments; what else begins so is an option that nobody knows.
                looks = one.startswith("-") and one != "-" and " " not in one
                (options if looks and not _NUMBER.fullmatch(one) else words).append(one)
        return [*options, "--", *words] if words else options

    def _is_unknown(self, word: str) -> bool:
        """True of what looks like an option and is none; with a space in it, it is a value."""
        name = word.partition("=")[0]
        known = name in self._option_string_actions
        return word.startswith("--") and " " not in word and not known

    @override
    def format_help(self) -> str:
        """The help; below it an example, or how to ask for the help of a command."""
        if self._subparsers is not None:
            return f"{super().format_help()}\n{MESSAGES.say(self.language, 'help.more', words=self.prog)}\n"
        example = self.say(f"example.{self.prog.removeprefix('baton ').replace(' ', '.')}")
        return f"{super().format_help()}\n{self.say('help.example')}:\n  {example}\n"

    @override
    def error(self, message: str) -> NoReturn:
        """Complain in the reader's language."""
        raise WrongUseError(self.format_usage(), self._complaint(message))

    def _complaint(self, message: str) -> str:
        for name, pattern in _COMPLAINTS.items():
            found = re.fullmatch(pattern, message)
            if found is not None:
                joint = self.say("list.joint")
                values = found.groupdict()
                known = re.findall(r"'([^']*)'", values.get("known") or "")
                if name == "choice":
                    values |= {"value": values["value"].strip("'"), "known": joint.join(known)}
                if name == "required":
                    values["names"] = values["names"].replace(", ", joint)
                near = joint.join(f"“{one}”" for one in self._near(name, values, known))
                told = f"use.{name}_near" if near else f"use.{name}"
                return MESSAGES.say(self.language, told, **values, near=near)
        return MESSAGES.say(self.language, "use.other", message=message)

    def _near(self, name: str, values: dict[str, str], known: list[str]) -> Sequence[str]:
        """What was probably meant by a choice or an option that is none; empty where nothing is like it."""
        if name == "choice":
            value = values["value"]
            return self.deeper.get(value) or get_close_matches(value, known, 1)
        word = values["names"].partition("=")[0] if name == "unknown" else ""
        if not word.startswith("--"):
            return ()
        options = [one for one in self._option_string_actions if one.startswith("--")]
        begun = [one for one in options if one.startswith(word)]
        value = word.removeprefix("--")
        chosen = [
            f"{action.option_strings[0]} {value}"
            for action in self._actions
            if action.option_strings and value in (action.choices or ())
        ]
        return begun or chosen or get_close_matches(word, options, 1, _LIKE)

    def _add_everywhere(self) -> None:
        """Global options, before or after the command; what is not given leaves no trace."""
        self.take("-h", "--help", about="help", action="help")
        whole = self.add_argument_group(self.say("help.everywhere"))
        for name, about, rest in (
            ("--workspace", "workspace", {"metavar": "DIR"}),
            ("--as", "as", {"metavar": "PERSON", "dest": "actor"}),
            ("--format", "format", {"choices": FORMATS}),
            ("--lang", "lang", {"choices": LANGUAGES, "dest": "language"}),
        ):
            text = _escaped(self.say(f"argument.{about}"))
            whole.add_argument(name, default=argparse.SUPPRESS, help=text, **rest)


class _Offers(dict[str, Any]):
    """Parsers by their words. What is put makes one, when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, Parser] = {}

    @override
    def __getitem__(self, word: str) -> Parser:
        if word not in self._made:
            self._made[word] = super().__getitem__(word)()
        return self._made[word]


class Words:
    """The words that may stand in a place; what stands behind each is made when it is met."""

    def __init__(self, below: argparse._SubParsersAction[Parser]) -> None:
        self._below = below
        self._offers = below._name_parser_map = below.choices = _Offers()  # noqa: SLF001

    def offer(self, word: str, about: str, make: Callable[[], Parser]) -> None:
        """One more word, and what it is about."""
        shown = self._below._ChoicesPseudoAction(word, (), _escaped(about))  # noqa: SLF001 - argparse makes every parser at once
        self._below._choices_actions.append(shown)  # noqa: SLF001
        self._offers[word] = make


def between(low: int, high: int) -> Callable[[str], int]:
    """The type of a whole number from one to another."""

    def number(text: str) -> int:
        """The number; what is none is no integer to argparse, which says so."""
        if not low <= int(text) <= high:
            problem = f"{text} is not from {low} to {high}"
            raise argparse.ArgumentTypeError(problem)
        return int(text)

    number.__name__ = "int"
    return number


def _escaped(text: str) -> str:
    """The text as argparse wants it, which reads a percent sign as a placeholder."""
    return text.replace("%", "%%")


def say_wrong_use(language: Language, error: WrongUseError) -> str:
    """The usage, then one line with the code."""
    found = explained(language, "C110", {"problem": error.problem})
    return f"{error.usage}{wrong_use_line(language, found)}"
