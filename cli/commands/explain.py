"""`baton explain`: the page of a code, or one declaration of a rulebook with all its layers."""

from __future__ import annotations

from argparse import Namespace

from cli.explained import explain_declaration
from cli.failures import wrong_use
from cli.options import Options
from cli.output import Output
from cli.parser import Parser
from cli.reference import page_of


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("code", about="code", metavar="CODE|FILE#ID")


def run(options: Options, given: Namespace) -> int:
    """Shows the page or the declaration; the exit code."""
    file, hash_sign, name = given.code.rpartition("#")
    if hash_sign and file:
        return explain_declaration(options, file, name)
    output = Output(options.format, options.language)
    page = page_of(options.language, given.code)
    if page is None:
        raise wrong_use(options.language, "C125", code=given.code)
    if output.is_json:
        output.json({"code": page.code, "title": page.title, "page": page.text})
    else:
        output.block(page.text)
    return 0
