"""The documents: in both languages, with the same parts, and true."""

import re
from pathlib import Path

import pytest

from tests.house.reading import ROOT, name_of

DOCS = ROOT / "docs"
ENGLISH = sorted(path for path in DOCS.rglob("*.md") if "zh" not in path.relative_to(DOCS).parts)
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
HEADING = re.compile(r"^(#+) ", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def prose(path: Path) -> str:
    """A document without its fenced parts."""
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def twin(path: Path) -> Path:
    """The Chinese form of an English document."""
    return DOCS / "zh" / path.relative_to(DOCS)


def test_every_document_is_there_in_both_languages() -> None:
    chinese = sorted((DOCS / "zh").rglob("*.md"))
    assert [name_of(path) for path in ENGLISH if twin(path) not in chinese] == []
    assert [name_of(path) for path in chinese if path not in map(twin, ENGLISH)] == []


@pytest.mark.parametrize("path", ENGLISH, ids=name_of)
def test_both_languages_have_the_same_parts(path: Path) -> None:
    """The same headings in the same order of depth, and as many examples."""
    english, chinese = prose(path), prose(twin(path))
    assert HEADING.findall(english) == HEADING.findall(chinese)
    fences = [FENCE.findall(one.read_text(encoding="utf-8")) for one in (path, twin(path))]
    assert len(fences[0]) == len(fences[1])


@pytest.mark.parametrize("path", [*sorted(DOCS.rglob("*.md")), *READMES], ids=name_of)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = [link for link in LINK.findall(prose(path)) if "://" not in link]
    targets = [link.partition("#")[0] for link in links]
    assert [link for link in targets if link and not (path.parent / link).exists()] == []


def linked(path: Path) -> set[Path]:
    """The documents that a document leads to."""
    links = (link.partition("#")[0] for link in LINK.findall(prose(path)))
    targets = {(path.parent / link).resolve() for link in links if link.endswith(".md")}
    return {target for target in targets if target.is_file()}


def test_every_document_can_be_found_from_the_index() -> None:
    reached: set[Path] = set()
    next_ones = {DOCS / "index.md"}
    while next_ones:
        reached |= next_ones
        next_ones = {target for path in next_ones for target in linked(path)} - reached
    assert [name_of(path) for path in ENGLISH if path not in reached] == []


def test_the_changelog_says_what_is_not_released_yet() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(
        r"^## Unreleased\n\n### (Added|Changed|Fixed|Removed)\n\n- ", text, re.MULTILINE
    )


def test_each_readme_leads_to_the_documents_in_both_languages() -> None:
    texts = [path.read_text(encoding="utf-8") for path in READMES]
    for text, other in zip(texts, reversed(READMES), strict=True):
        assert "docs/index.md" in text
        assert "docs/zh/index.md" in text
        assert "make demo" in text
        assert f"]({other.name})" in text
    assert HEADING.findall(texts[0]) == HEADING.findall(texts[1])
