"""A code that Baton can show has texts in both languages, a page in both, and a case that shows it."""

import pytest

from tests.house.reading import CODE, ROOT, catalogue, codes_in_code, domains

CODES = sorted(codes_in_code())
LANGUAGE_CODES = [code for code in CODES if code[0] in "EW"]
OTHER_CODES = [code for code in CODES if code[0] not in "EW"]


def shown_by(*folders: str) -> set[str]:
    """The codes that stand in the files of folders below tests/."""
    found: set[str] = set()
    for folder in folders:
        for path in (ROOT / "tests" / folder).rglob("*"):
            if path.suffix in {".py", ".txt", ".json", ".jsonl", ".md"}:
                found.update(CODE.findall(path.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_code_has_a_page(language: str) -> None:
    folder = ROOT / "cli" / "pages" / language
    assert [code for code in CODES if not (folder / f"{code}.md").is_file()] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_of_a_code_and_says_so(language: str) -> None:
    pages = sorted((ROOT / "cli" / "pages" / language).glob("*.md"))
    assert [page.name for page in pages if page.stem not in CODES] == []
    assert [
        page.name
        for page in pages
        if not page.read_text(encoding="utf-8").startswith(f"# {page.stem} · ")
    ] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_about_rulebook_text_shows_it(language: str) -> None:
    folder = ROOT / "cli" / "pages" / language
    pages = [folder / f"{code}.md" for code in LANGUAGE_CODES]
    assert [
        page.name
        for page in pages
        if page.is_file() and "```" not in page.read_text(encoding="utf-8")
    ] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_code_has_its_texts(language: str) -> None:
    said = {
        message.partition(".")[0] for domain in domains() for message in catalogue(domain, language)
    }
    assert [code for code in CODES if code not in said] == []


def test_every_text_of_a_code_has_its_code() -> None:
    texts = [message for domain in domains() for message in catalogue(domain, "en")]
    coded = [text for text in texts if CODE.fullmatch(text.partition(".")[0])]
    assert [text for text in coded if text.partition(".")[0] not in CODES] == []


def test_every_code_of_the_language_has_a_bad_case() -> None:
    shown = shown_by("cases/bad", "cases/syntax", "cases/encoding", "cases/layers", "dsl")
    assert [code for code in LANGUAGE_CODES if code not in shown] == []


def test_every_other_code_has_a_test() -> None:
    shown = shown_by("engine", "cli", "tui", "cases")
    assert [code for code in OTHER_CODES if code not in shown] == []
