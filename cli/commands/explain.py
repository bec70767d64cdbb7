"""`baton explain`: the page of a code, or one declaration of a rulebook with all its layers."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from cli.explained import explain_declaration
from cli.failures import wrong_use
from cli.options import Options
from cli.output import Output
from cli.parser import Parser

PAGES = Path(__file__).parents[1] / "pages"


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("code", about="code", metavar="CODE|FILE#ID")


def run(options: Options, given: Namespace) -> int:
    """Shows the page or the declaration; the exit code."""
    file, hash_sign, name = given.code.rpartition("#")
    if hash_sign and file:
        return explain_declaration(options, file, name)
    output = Output(options.format, options.language)
    pages = {page.stem: page for page in (PAGES / options.language).glob("*.md")}
    page = pages.get(given.code.strip().upper())
    if page is None:
        raise wrong_use(options.language, "C125", code=given.code)
    text = page.read_text(encoding="utf-8")
    if output.is_json:
        title = text.split("\n", 1)[0].partition(" · ")[2]
        output.json({"code": page.stem, "title": title, "page": text})
    else:
        output.block(text)
    return 0
