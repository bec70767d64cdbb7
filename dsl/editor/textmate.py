"""A TextMate grammar of both dialects, made from their keyword tables: `python -m dsl.editor.textmate FILE`.

It colours a text before the language server has answered, and where there is none.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from dsl.dialects import NAMES, DialectName, dialect


def grammar() -> dict[str, Any]:
    """The grammar as its JSON value. Patterns are those of Oniguruma."""
    return {
        "name": "Baton",
        "scopeName": "source.baton",
        "fileTypes": ["rulebook"],
        "patterns": [
            {"name": "comment.line.number-sign.baton", "match": "[#＃].*$"},
            {
                "name": "string.quoted.double.baton",
                "match": r'"(?:[^"\\]|\\["\\])*"|“[^”]*”|「[^」]*」',
            },
            {"name": "variable.other.quoted.baton", "match": "`[^`]+`"},
            {"name": "constant.numeric.date.baton", "match": r"\d{4}-\d{1,2}-\d{1,2}"},
            {"name": "constant.numeric.time.baton", "match": r"\d{1,2}:\d{2}"},
            {"name": "constant.numeric.baton", "match": r"\d+(?:\.\d+)*%?"},
            *({"name": "storage.type.baton", "match": _keywords(name)} for name in NAMES),
            {"name": "variable.other.baton", "match": r"[\p{L}_][\p{L}\p{N}_]*"},
        ],
    }


def _keywords(name: DialectName) -> str:
    known = dialect(name)
    spellings = {text for text in (*known.written.values(), *known.also.values()) if text}
    words = sorted(
        (text for text in spellings if text[0].isalpha()), key=lambda text: (-len(text), text)
    )
    either = "|".join(r"\s+".join(re.escape(word) for word in text.split()) for text in words)
    return rf"(?<![\p{{L}}_])(?:{either})(?![\p{{L}}\p{{N}}_])"


def written() -> str:
    """The grammar as the text of its file."""
    return json.dumps(grammar(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(written(), encoding="utf-8")
