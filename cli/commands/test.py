"""`baton test`: the scenarios of rulebooks."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from cli.covered_lines import page
from cli.failures import FINDINGS, wrong_use
from cli.options import Options
from cli.output import Output
from cli.parser import Parser, WrongUseError, between
from cli.reports.junit import junit
from cli.rulebooks import SUFFIX, check_file, files_of
from cli.texts import MESSAGES
from cli.trials import Reach, Trial, suites
from cli.updating import updated


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("names", about="scenarios", nargs="+", metavar="FILE|FOLDER|SCENARIO")
    parser.take("--coverage", about="coverage", action="store_true")
    parser.take("--min-coverage", about="min_coverage", type=between(0, 100), metavar="PERCENT")
    parser.take("--suggest", about="suggest", action="store_true")
    parser.take("--annotated", about="annotated", action="store_true")
    parser.take("--update", about="test_update", action="store_true")
    parser.take("--accept", about="test_accept", action="store_true")
    parser.take_formats("junit", "html")


def run(options: Options, given: Namespace) -> int:
    """Plays the scenarios; the exit code is 1 if one does not hold, or something asked for is not reached."""
    files = [name for name in given.names if _is_file(name)]
    wanted = frozenset(name for name in given.names if not _is_file(name))
    if not files:
        raise wrong_use(options.language, "C123", name=given.names[0])
    if given.accept and not given.update:
        raise WrongUseError("", MESSAGES.say(options.language, "use.required", names="--update"))
    output = Output(options.format, options.language)
    trial = Trial(options, output, wanted, reach=_reach(options, given))
    for file in files_of(options, files):
        if given.update:
            found = updated(options, output, file, wanted, accepts=given.accept)
            trial.judge(found.source, found.outcome)
            trial.documents[-1]["updates"] = found.document
        else:
            trial.judge(*check_file(options, file))
    if wanted and trial.sound and not trial.held + trial.failed:
        raise wrong_use(options.language, "C124", names=output.listed(sorted(wanted)))
    _tell(options, output, trial)
    return 0 if trial.clean else FINDINGS


def _reach(options: Options, given: Namespace) -> Reach | None:
    """How far the scenarios shall reach; None where nobody asks."""
    told = given.coverage or given.annotated or given.suggest or options.format == "html"
    measured = told or given.min_coverage is not None
    least = given.min_coverage if given.coverage or given.min_coverage is not None else 0
    return Reach(given.coverage, least, given.annotated, given.suggest) if measured else None


def _tell(options: Options, output: Output, trial: Trial) -> None:
    """How it went in the end, in the form that is wanted."""
    if output.is_json:
        output.json(trial.documents)
    elif options.format == "html":
        output.block(page(options.language, trial.covered))
    elif output.for_programs:
        output.block(junit(suites(trial.documents)))
    else:
        for line in trial.summary():
            output.line(line, "good" if trial.clean else "bad")


def _is_file(name: str) -> bool:
    if name.endswith(SUFFIX) or "/" in name:
        return True
    try:
        return Path(name).exists()
    except OSError:  # too long for the name of a file
        return False
