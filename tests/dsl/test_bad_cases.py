"""Bad texts with their exact diagnostics, in both languages.

Each `tests/cases/bad/NAME.rulebook` has `NAME.en.txt` and `NAME.zh.txt` beside it. After a wanted
change of a text, `python tests/dsl/test_bad_cases.py` writes all of them anew; read the difference.
"""

from pathlib import Path

import pytest

from dsl.pipeline import check_source
from dsl.render import render_text
from dsl.source import of_bytes

CASES = Path(__file__).parent.parent / "cases" / "bad"
TEXTS = sorted(CASES.glob("*.rulebook"))


def rendered(path, language):
    source = of_bytes(path.name, path.read_bytes())
    return render_text(check_source(source).diagnostics, {source.name: source}, language)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_bad_text_is_explained_like_this(path, language):
    expected = path.with_suffix(f".{language}.txt").read_text(encoding="utf-8")
    assert rendered(path, language) == expected


@pytest.mark.parametrize(
    "path", [path for path in TEXTS if path.stem[1:4].isdigit()], ids=lambda path: path.stem
)
def test_the_code_in_the_name_is_the_only_one(path):
    source = of_bytes(path.name, path.read_bytes())
    assert {each.code for each in check_source(source).diagnostics} == {path.stem[:4]}


if __name__ == "__main__":
    for text in TEXTS:
        for reader in ("en", "zh"):
            text.with_suffix(f".{reader}.txt").write_text(rendered(text, reader), encoding="utf-8")
