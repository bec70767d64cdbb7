"""Text to tokens to nodes: the text is cut into declarations, each is read statement by statement.

An error in a statement leaves out that statement alone: the others of the declaration, and all
other declarations, are still read.
"""

from __future__ import annotations

from dsl.parser.parts import MAX_PROBLEMS
from dsl.parser.reading import Parsed, Reader, parse, tokens
from dsl.parser.readings import Statement, Token

__all__ = ["MAX_PROBLEMS", "Parsed", "Reader", "Statement", "Token", "parse", "tokens"]
