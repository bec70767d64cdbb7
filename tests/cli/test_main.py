"""The frame of every command: languages, wrong use, exit codes, formats, quiet ends."""

from __future__ import annotations

import fcntl
import os
import re
import shlex
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import TextIO

import pytest

from cli.commands import COMMANDS
from cli.main import build_parser, main
from cli.options import wanted_language
from cli.texts import MESSAGES
from tests.cli.conftest import ROOT, SMALL, Baton

BATON = [sys.executable, "-m", "cli.main"]


def test_help_lists_every_command_in_both_languages(baton: Baton) -> None:
    english, chinese = baton("--help"), baton("--help", "--lang", "zh")
    assert english.status == chinese.status == 0
    assert "usage: baton" in english.out
    assert "用法：baton" in chinese.out
    for words in COMMANDS:
        assert re.search(rf"^    {words.partition(' ')[0]}\b", english.out, re.MULTILINE)


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_explains_itself(baton: Baton, words: str, language: str) -> None:
    ran = baton(*words.split(), "--help", "--lang", language)
    assert ran.status == 0
    assert f"baton {words}" in ran.out
    assert "--workspace" in ran.out
    typed = shlex.split(ran.out.splitlines()[-1].partition(" > ")[0])
    given = build_parser(language).parse_args(typed[1:])
    assert given.run.__module__ == COMMANDS[words], "the example is of this command"


HELP_NEEDS_NOT = {
    "asyncio", "datetime", "engine", "inspect", "jsonschema", "lark", "msgspec", "networkx", "rich",
    "subprocess", "textual", "tinydb", "tui", "typing_extensions", "wcwidth",
}  # fmt: skip


@pytest.mark.parametrize("words", [["--help"], ["case", "--help"]])
def test_help_is_there_at_once(words: list[str]) -> None:
    script = (
        f"import sys, cli.main; cli.main.main({words}); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = set(ran.stdout.splitlines()[-1].split())
    assert "argparse" in loaded
    assert not loaded & HELP_NEEDS_NOT


def test_a_command_is_loaded_alone() -> None:
    script = (
        "import sys, cli.main; cli.main.main(['case', 'list', '--help']); "
        "print(*sorted(name for name in sys.modules if name.startswith('cli.commands.')))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ran.stdout.splitlines()[-1] == "cli.commands.case_list"


def test_without_a_command_the_help_is_shown(baton: Baton) -> None:
    assert baton().status == 2
    assert baton("case").status == 2
    assert "withdraw" in baton("case").out


WRONG = {
    "missing": (["check"], "Missing: FILE|FOLDER.", "缺少：FILE|FOLDER。"),
    "unknown option": (["verify", "--loud"], "--loud", "无法识别：--loud。"),
    "no value": (["case", "list", "--as"], "--as needs a value", "--as 需要一个值"),
    "choice": (["case", "list", "--status", "odd"], "is no choice for --status", "--status 不能是"),
    "number": (["graph", str(SMALL), "--width", "x"], "a whole number", "应为整数"),
    "surplus": (["verify", "--help=1"], "takes no value", "不带值"),
    "command": (["chekc"], "is no choice", "不能是"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_is_told_in_the_readers_language(baton: Baton, case: str) -> None:
    arguments, english, chinese = WRONG[case]
    for language, wanted in (("en", english), ("zh", chinese)):
        ran = baton("--lang", language, *arguments)
        assert ran.status == 2
        assert ran.out == ""
        assert wanted in ran.err
        assert "baton: C110: " in ran.err
        assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "unknown", "near"),
    [
        (
            ["case", "change", "2026-0001", "--facts", "last_day=x", "--reason=--odd"],
            "--facts",
            "--fact",
        ),
        (["case", "open", "offboarding", "--for=Li", "--subject", "Li"], "--for=Li", "--format"),
        (["case", "show", "2026-0001", "2026-0002"], "2026-0002", ""),
    ],
    ids=["something lacks too", "with a value", "a word too many"],
)
def test_what_a_command_does_not_know_is_told_with_its_own_usage(
    baton: Baton, arguments: list[str], unknown: str, near: str
) -> None:
    ran = baton(*arguments)
    assert ran.status == 2
    told = "use.unknown_near" if near else "use.unknown"
    said = MESSAGES.say("en", told, names=unknown, near=f"“{near}”")
    assert said in ran.err
    assert " ".join(("usage: baton", *arguments[:2])) in ran.err.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["show"], ("baton case show", "baton task show")),
        (["aprove"], ()),
        (["approve"], ("baton task approve",)),
        (["case", "shw"], ("show",)),
        (["case", "list", "--overdue"], ("--status overdue",)),
        (["case", "list", "--stat"], ("--status",)),
        (["task", "provide", "x", "--fact", "a=b"], ()),
    ],
    ids=lambda one: " ".join(one) or "nothing",
)
def test_what_was_probably_meant_is_told(
    baton: Baton, arguments: list[str], near: tuple[str, ...]
) -> None:
    ran = baton(*arguments)
    assert ran.status == 2
    assert all(f"“{one}”" in ran.err for one in near)
    assert bool(near) == ("robably" in ran.err)


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_is_a_document_for_programs(baton: Baton, case: str) -> None:
    ran = baton("--format", "json", *WRONG[case][0])
    assert ran.status == 2
    assert ran.err == ""
    assert ran.document["error"]["code"] == "C110"


@pytest.mark.usefixtures("sandbox")
def test_global_options_stand_before_or_after_the_command(baton: Baton) -> None:
    before = baton("--format", "json", "--as", "li", "case", "list")
    after = baton("case", "list", "--as", "li", "--format", "json")
    assert before.out == after.out == "[]\n"


@pytest.mark.parametrize(
    "words",
    [
        ["W", "R", "--subject", "P", "--fact", "a=-1"],
        ["W", "--subject", "P", "R", "--fact", "a=-1"],
        ["--subject=P", "W", "--fact=a=-1", "--", "R"],
        ["--fact", "a=-1", "W", "--subject", "P", "--", "R"],
    ],
    ids=["arguments first", "between", "with a sign", "behind all options"],
)
def test_options_stand_between_arguments_that_may_be_left_out(words: list[str]) -> None:
    given = build_parser("en").parse_args(["warning", "plan", *words])
    assert (given.warning, given.rulebook, given.subject) == ("W", "R", "P")
    assert given.fact == ["a=-1"]


def test_the_format_of_one_command_stands_before_it_or_after(baton: Baton) -> None:
    before = baton("--format", "sarif", "check", str(SMALL))
    after = baton("check", str(SMALL), "--format", "sarif")
    assert (before.status, before.out) == (0, after.out)
    other = baton("--format", "sarif", "--lang", "en", "fmt", str(SMALL))
    assert (other.status, other.out) == (2, "")
    told = MESSAGES.say("en", "use.choice", name="--format", value="sarif", known="text, json")
    assert told in other.err


@pytest.mark.parametrize("percent", ["101", "-1", "x"])
def test_a_share_is_from_0_to_100(baton: Baton, percent: str) -> None:
    ran = baton("test", "--min-coverage", percent, str(SMALL), "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert f"{percent}" in ran.err
    assert "C110" in ran.err


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_language_follows_the_locale(environment: dict[str, str], language: str) -> None:
    assert wanted_language([], environment) == language
    assert wanted_language(["--lang", "en"], environment) == "en"
    assert wanted_language(["x", "--lang=zh"], environment) == "zh"
    assert wanted_language(["--lang", "zh", "x", "--lang=en"], environment) == "en"


def test_lang_is_read_from_the_environment_of_a_process() -> None:
    environment = {**os.environ, "LANG": "zh_CN.UTF-8"}
    for name in ("LC_ALL", "LC_MESSAGES"):
        environment.pop(name, None)
    ran = subprocess.run(
        [*BATON, "explain", "r101"],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert ran.stdout.startswith("# R101 · 无权办理")


def test_a_reader_that_breaks_off_ends_it_quietly() -> None:
    with subprocess.Popen(
        [*BATON, "schema", "model"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize("redirection", [">/dev/full", ">/dev/full 2>/dev/full"])
@pytest.mark.parametrize("words", ["explain R101", "explain nothing", "schema people"])
def test_an_output_that_cannot_be_written_ends_it_without_a_traceback(
    words: str, redirection: str
) -> None:
    command = f"{shlex.join(BATON)} {words} {redirection}"
    ran = subprocess.run(
        ["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr


def test_a_closed_output_does_not_matter() -> None:
    command = f"{shlex.join(BATON)} explain R101 >&- 2>&-"
    assert subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, check=False).returncode == 0


def test_control_c_ends_it_quietly(baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cli.commands.explain.run", interrupt)
    ran = baton("explain", "R101")
    assert (ran.status, ran.out, ran.err) == (130, "", "")


def test_a_defect_is_one_line_that_names_a_file_without_anybodys_data(
    baton: Baton, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("a salary of 900")

    monkeypatch.setattr("cli.commands.explain.run", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ran = baton("explain", "R101")
    assert ran.status == 2
    assert ran.err.startswith("baton: C199: ")
    assert ran.err.count("\n") == 1
    (file,) = tmp_path.glob("baton-*.txt")
    assert str(file) in ran.err
    assert file.stat().st_mode & 0o777 == 0o600
    details = file.read_text("utf-8")
    assert details.startswith("ZeroDivisionError\n")
    assert "raise ZeroDivisionError" in details
    assert "900" not in ran.err
    monkeypatch.setattr("cli.main.keep", lambda _error: None)
    assert "BATON_DEBUG=1" in baton("explain", "R101").err
    monkeypatch.setenv("BATON_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["explain", "R101"])


def test_an_argument_that_is_no_text_is_refused(baton: Baton) -> None:
    ran = baton("explain", "R10\udcff")
    assert ran.status == 2
    assert "C111" in ran.err
    assert "<U+DCFF>" in ran.err


def test_what_was_typed_is_never_interpreted(baton: Baton) -> None:
    ran = baton("explain", "{code}%s\x1b[31m\u202e")
    assert ran.status == 2
    assert "{code}%s<U+001B>[31m<U+202E>" in ran.err


def test_errors_are_documents_for_programs(baton: Baton) -> None:
    ran = baton("schema", "a\u202eb", "--format", "json")
    assert ran.status == 2
    assert ran.err == ""
    assert ran.document["error"]["code"] == "C126"
    assert "\u202e" not in ran.out


def test_every_command_has_help_in_the_catalogue() -> None:
    assert build_parser("zh").prog == "baton"
    for words in COMMANDS:
        assert MESSAGES.has("zh", f"help.{words.replace(' ', '.')}")


def in_terminal(columns: int, *arguments: str, **environment: str) -> str:
    """What a command writes to a terminal of that width."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    surroundings = {**os.environ, "TERM": "xterm", **environment}
    subprocess.run([*BATON, *arguments], stdout=slave, cwd=ROOT, env=surroundings, check=False)
    os.close(slave)
    with os.fdopen(master, encoding="utf-8") as terminal:
        lines = []
        while (line := _line(terminal)) is not None:
            lines.append(line)
    return "".join(lines)


def _line(terminal: TextIO) -> str | None:
    """The next line; None where the other end is closed."""
    try:
        return terminal.readline() or None
    except OSError:
        return None


@pytest.mark.usefixtures("case")
def test_a_terminal_gets_colours_and_its_own_width() -> None:
    shown = in_terminal(72, "people", "list")
    assert "\033[1m" in shown
    bare = re.sub(r"\033\[\d+m", "", shown)
    assert max(len(line.rstrip()) for line in bare.splitlines()) <= 72
    assert "\033" not in in_terminal(72, "people", "list", NO_COLOR="1")
    assert "\033" not in in_terminal(72, "people", "list", TERM="dumb")


@pytest.mark.usefixtures("case")
def test_an_output_without_unicode_gets_plain_signs() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ran = subprocess.run(
        [*BATON, "task", "list", "--as", "boss"],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "* open" in ran.stdout
    assert ran.stdout.isascii()
