"""`baton check`: the problems of rulebooks, and with `--fix` their repair."""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module
from typing import Any

from cli.failures import FINDINGS
from cli.options import Options
from cli.output import Output
from cli.parser import Parser, WrongUseError
from cli.reports.finding import RANKS, Looked, findings
from cli.reports.github import github
from cli.reports.gitlab import gitlab
from cli.reports.junit import checked, junit
from cli.rewriting import agreed, show_changes, write
from cli.rulebooks import STANDARD, files_of, read_source
from cli.shelf import Shelf
from cli.texts import MESSAGES
from dsl.diagnostic import Diagnostic
from dsl.fixing import Fixed, Made, fixed
from dsl.pipeline import Checker
from dsl.render import Shown, fix_title, render_json, render_text
from dsl.source import Source


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("files", about="check_files", nargs="+", metavar="FILE|FOLDER")
    parser.take("--fix", about="check_fix", action="store_true")
    parser.take("--ask", about="check_ask", action="store_true")
    parser.take("--diff", about="check_diff", action="store_true")
    parser.take("--dry-run", about="check_dry_run", action="store_true")
    parser.take("--people", about="check_people", metavar="FILE")
    parser.take("--departments", about="departments_file", metavar="FILE")
    parser.take(
        "--fail-level", about="check_fail_level", choices=tuple(reversed(RANKS)), default="error"
    )
    parser.take_formats("github", "gitlab", "junit", "sarif")


def run(options: Options, given: Namespace) -> int:
    """Shows every problem of every file that is left; the exit code is 1 if one is grave enough."""
    output = Output(options.format, options.language)
    crew = None
    if given.departments and not given.people:
        problem = MESSAGES.say(options.language, "use.required", names="--people")
        raise WrongUseError("", problem)
    if given.people:
        crew = import_module("cli.staffing").crew_of(options, given.people, given.departments)
        if crew is None:
            return FINDINGS
    checker = Checker(Shelf(options))
    done = [
        (file, *_checked(options, output, checker, file, given))
        for file in files_of(options, given.files)
    ]
    if crew is not None:
        done = [(file, before, crew.beside(after)) for file, before, after in done]
    _report(options, output, given, [after for _, _, after in done])
    for file, before, after in done:
        _tell(output, given, before, after)
        if after.made and not (given.diff or given.dry_run or file == STANDARD):
            write(options, file, before, after.source.original)
    found = [each for _, _, after in done for each in after.outcome.diagnostics]
    errors = sum(each.severity == "error" for each in found)
    failed = any(RANKS[each.severity] >= RANKS[given.fail_level] for each in found)
    if not output.for_programs:
        counts = {"files": len(done), "errors": errors, "warnings": len(found) - errors}
        output.line(output.say("check.summary", **counts), "bad" if failed else "good")
    return FINDINGS if failed else 0


def _report(options: Options, output: Output, given: Namespace, done: list[Fixed]) -> None:
    """Everything in one document, in the form that a program wants."""
    if options.format == "text":
        return
    if options.format == "json":
        output.json(_document(output, given, done))
        return
    looked = _looked(output, done)
    match options.format:
        case "github":
            output.block(github(looked))
        case "gitlab":
            output.json(gitlab(looked))
        case "junit":
            output.block(junit(checked(looked, given.fail_level)))
        case _:  # the last one that is offered
            # It asks what is installed, and that takes long.
            sarif = import_module("cli.reports.sarif").sarif
            output.json(sarif(looked, options.language))


def _looked(output: Output, done: list[Fixed]) -> list[Looked]:
    seen: dict[str, int] = {}
    return [
        Looked(
            each.source.name,
            findings(
                _problems(output, each), each.outcome.sources(each.source), seen, output.language
            ),
        )
        for each in done
    ]


def _checked(
    options: Options, output: Output, checker: Checker, file: str, given: Namespace
) -> tuple[Source, Fixed]:
    """A file's text, and what is left to tell of it."""
    source = read_source(options, file)
    if not (given.fix or given.diff or given.ask):
        return source, Fixed(source, checker.check(source))
    asks = given.ask and not output.for_programs
    return source, fixed(source, _asking(output) if asks else None, Shelf(options))


def _asking(output: Output) -> Any:  # noqa: ANN401 (a closure over the output)
    def asked(source: Source, diagnostic: Diagnostic) -> bool:
        """Shows a problem and asks for its fix; whoever says nothing has said no."""
        output.block(render_text([diagnostic], {source.name: source}, output.language))
        return agreed(output, "check.ask")

    return asked


def _tell(output: Output, given: Namespace, before: Source, after: Fixed) -> None:
    """What was changed in one file, and the problems that it still has."""
    if output.for_programs:
        return
    if given.diff:
        show_changes(output, before, after.source.original)
    for made in after.made:
        output.line(_made(output, made), "notice")
    found = after.outcome.diagnostics
    if found:
        output.block(render_text(found, after.outcome.sources(after.source), output.language))
        output.line()
    left = sum(each.fix is not None for each in found)
    if left and given.fix and not given.ask:
        output.line(output.say("check.left", count=left, file=before.name), "notice")


def _made(output: Output, made: Made) -> str:
    source, diagnostic = made
    place = source.position(diagnostic.primary.span.start)
    return output.say(
        "check.fixed",
        place=f"{source.name}:{place.line}:{place.column}",
        code=diagnostic.code,
        fix=fix_title(diagnostic, output.language),
    )


def _document(output: Output, given: Namespace, done: list[Fixed]) -> Any:  # noqa: ANN401 (JSON)
    """What programs read: the problems; with fixes, per file what was fixed and what is left."""
    if not (given.fix or given.diff or given.ask):
        return [one for each in done for one in _problems(output, each)]
    return [
        {
            "file": each.source.name,
            "fixed": [
                one
                for before, diagnostic in each.made
                for one in render_json([diagnostic], {before.name: before}, output.language)
            ],
            "text": each.source.original,
            "diagnostics": _problems(output, each),
        }
        for each in done
    ]


def _problems(output: Output, each: Fixed) -> list[Shown]:
    sources = each.outcome.sources(each.source)
    return render_json(each.outcome.diagnostics, sources, output.language)
