"""`baton new`: a rulebook that tailors one of the library, with a scenario and files for CI."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from string import Formatter

from cli.failures import FINDINGS, wrong_use
from cli.options import Options
from cli.output import Output
from cli.parser import Parser
from cli.rulebooks import tell_problems
from cli.shelf import Shelf, shipped
from cli.started import started
from cli.texts import MESSAGES
from dsl.dialects import dialect
from dsl.formatter.flattening import effective
from dsl.layers.ranges import version_of
from dsl.model import AnyoneIn, EveryoneIn, HeadOfDepartment, HolderOfPost, Rulebook, ThePerson
from dsl.pipeline import Outcome, check_source
from dsl.source import Source
from engine.drafting.suggesting import suggestions
from engine.publishing import assemble
from engine.scenarios.coverage import coverage_of

TEMPLATES = Path(__file__).parents[1] / "templates"
BESIDE = {
    "baton.toml": "baton.toml",
    ".gitlab-ci.yml": "gitlab.yml",
    ".github/workflows/rulebook.yml": "github.yml",
}
"""The files besides the rulebook, and the templates that they are copies of."""

BY_NAME = (HeadOfDepartment, HolderOfPost, AnyoneIn, EveryoneIn, ThePerson)
"""People whom a rulebook finds by what they are called outside it."""


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("folder", about="new_folder", metavar="DIR")
    known = MESSAGES.say(parser.language, "list.joint").join(shipped())
    parser.take(
        "--from",
        about="new_from",
        values={"known": known},
        metavar="NAME",
        required=True,
        dest="base",
    )
    parser.take("--dry-run", about="new_dry_run", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Makes the folder; the exit code."""
    output = Output(options.format, options.language)
    folder = Path(given.folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise wrong_use(options.language, "C173", folder=given.folder)
    shelf = Shelf(options)
    base = _base(options, shelf, folder, given.base)
    outcome = check_source(base, shelf)
    if outcome.checked is None:
        tell_problems(output, base, outcome)
        return FINDINGS
    name = f"our_{given.base}.rulebook"
    files = {name: _rulebook(options, outcome, name)}
    files |= {file: (TEMPLATES / of).read_text("utf-8") for file, of in BESIDE.items()}
    if not given.dry_run:
        _write(options, folder, files)
    if output.is_json:
        output.json({"folder": str(folder), "files": sorted(files), "dry_run": given.dry_run})
        return 0
    for file in files:
        output.line(str(folder / file))
    output.line(output.say("new.next", file=str(folder / name)), "quiet")
    return 0


def _base(options: Options, shelf: Shelf, folder: Path, name: str) -> Source:
    """The nearest place's highest version of the base."""
    found = shelf(name, Source(str(folder / "x"), ""))
    if not found.offers:
        joint = MESSAGES.say(options.language, "list.joint")
        known = joint.join(_nearest_first(name, found.known)) or "—"
        raise wrong_use(options.language, "C174", name=name, known=known)
    nearest = [one.source for one in found.offers if one.place == found.offers[0].place]
    return max(nearest, key=_version)


def _nearest_first(name: str, known: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys((*get_close_matches(name, known), *known)))


def _version(source: Source) -> tuple[int, ...]:
    layers = check_source(source).layers
    return version_of(layers[0].version) or () if layers else ()


def _rulebook(options: Options, outcome: Outcome, file: str) -> str:
    """The text of the rulebook in the reader's language, with the paragraphs that the base gives reason for."""
    if outcome.checked is None:
        raise AssertionError
    base = outcome.checked.rulebook
    title = base.title.get(options.language) or next(iter(base.title.values()))
    item, role = next((one.id for one in base.items), None), _role(base)
    values = {
        "title": title.replace('"', ""),
        "base": base.id,
        "version": base.version,
        "file": file,
        "id": f"our_{base.id}",
        "range": _range(base.version),
        "process": base.processes[0].id,
        "role": role,
        "item": item,
        # Where the base has no item, its process comes to none.
        "giver": item and base.roles[0].id,
        "receiver": item and (role or base.roles[-1].id),
        "scenario": _scenario(options, outcome, base),
    }
    template = (TEMPLATES / f"new.{options.language}.rulebook").read_text("utf-8")
    return "\n\n".join(_filled(template.strip().split("\n\n"), values)) + "\n"


def _filled(paragraphs: Iterable[str], values: Mapping[str, str | None]) -> Iterator[str]:
    """The paragraphs with their values, without those of which one is missing."""
    for paragraph in paragraphs:
        wanted = {name for _, name, _, _ in Formatter().parse(paragraph) if name}
        if all(values[name] is not None for name in wanted):
            yield paragraph.format(**values)


def _role(base: Rulebook) -> str | None:
    """The last role that a group can fill as well: whoever leaves or is named in a case stays who that is."""
    open_ = (one for one in reversed(base.roles) if not one.final)
    return next((one.id for one in open_ if isinstance(one.resolvers[0], BY_NAME)), None)


def _range(version: str) -> str:
    """What promises to stay compatible: the versions of the same first number, of 0.x the second."""
    first, second, _ = version.split(".")
    return f"{first}.x" if first != "0" else f"0.{second}.x"


def _scenario(options: Options, outcome: Outcome, base: Rulebook) -> str | None:
    """The first scenario of the base under another name, or one that leads through its process."""
    if outcome.stack is None or outcome.composed is None or outcome.checked is None:
        return None
    if not base.scenarios:
        artefact = assemble(outcome.checked, outcome.layers)
        reached = coverage_of(artefact, ())
        found = next(suggestions(artefact, (), reached, options.language), None)
        return None if found is None else "\n  ".join(found.lines)
    known = dialect(options.language)
    first = base.scenarios[0].id
    told = started(outcome.composed, base, first, options.language)
    head, *lines = effective(outcome.stack, told, ("scenario", first), known)
    text = head.text.replace(first, f"our_{first}", 1)
    return "\n".join([text, *(line.text for line in lines)])


def _write(options: Options, folder: Path, files: dict[str, str]) -> None:
    try:
        for file, text in files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as new:
                new.write(text)
    except OSError as error:
        reason = error.strerror or str(error)
        raise wrong_use(options.language, "C172", file=str(folder), reason=reason) from error
