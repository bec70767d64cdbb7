"""Layers that cannot be put together, with their exact diagnostics, in both languages.

Each folder of `tests/cases/layers` has a `top.rulebook`, the bases that it may find beside it, and what
is said in `en.txt` and `zh.txt`. `python tests/dsl/test_layered_cases.py` writes all of them anew.
"""

import pytest

from dsl.pipeline import check_source
from dsl.render import render_text
from tests.dsl.shelves import CASES, SHARED, folders, load

FOLDERS = sorted(path for path in CASES.iterdir() if path.is_dir() and path != SHARED)


def outcome(folder):
    source = load(folder / "top.rulebook")
    return source, check_source(source, folders(folder, SHARED))


def rendered(folder, language):
    source, found = outcome(folder)
    return render_text(found.diagnostics, found.sources(source), language)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_layers_that_do_not_fit_are_explained_like_this(folder, language):
    expected = (folder / f"{language}.txt").read_text(encoding="utf-8")
    assert rendered(folder, language) == expected


@pytest.mark.parametrize(
    "folder", [one for one in FOLDERS if one.name[1:4].isdigit()], ids=lambda path: path.name
)
def test_the_code_in_the_name_is_the_only_one(folder):
    assert {each.code for each in outcome(folder)[1].diagnostics} == {folder.name[:4]}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_nothing_comes_of_them(folder):
    assert outcome(folder)[1].checked is None


if __name__ == "__main__":
    for case in FOLDERS:
        for reader in ("en", "zh"):
            (case / f"{reader}.txt").write_text(rendered(case, reader), encoding="utf-8")
