"""Both languages say everything, with the same values, and nothing that no code asks for."""

import re

import pytest

from tests.house.reading import (
    CODE,
    MESSAGE,
    PACKAGES,
    catalogue,
    codes_in_code,
    domains,
    lines_with,
    name_of,
    patterns_of,
    placeholders,
    python_files,
    strings_of,
    twice_written,
)


@pytest.mark.parametrize("domain", domains())
def test_both_languages_have_the_same_messages(domain: str) -> None:
    assert set(catalogue(domain, "en")) == set(catalogue(domain, "zh"))


@pytest.mark.parametrize("domain", domains())
def test_both_languages_ask_for_the_same_values(domain: str) -> None:
    english, chinese = catalogue(domain, "en"), catalogue(domain, "zh")
    assert {
        message: (english[message], chinese[message])
        for message in sorted(set(english) & set(chinese))
        if placeholders(english[message]) != placeholders(chinese[message])
    } == {}


@pytest.mark.parametrize("domain", domains())
def test_placeholders_are_names(domain: str) -> None:
    texts = [*catalogue(domain, "en").items(), *catalogue(domain, "zh").items()]
    assert [
        message
        for message, text in texts
        if not all(re.fullmatch(r"[a-z_]\w*", name) for name in placeholders(text))
    ] == []


@pytest.mark.parametrize("domain", domains())
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_message_has_a_text_and_stands_once(domain: str, language: str) -> None:
    assert [message for message, text in catalogue(domain, language).items() if not text] == []
    assert twice_written(domain, language) == []


def test_no_two_domains_share_a_message() -> None:
    owners: dict[str, list[str]] = {}
    for domain in domains():
        for message in catalogue(domain, "en"):
            owners.setdefault(message, []).append(domain)
    assert {message: owner for message, owner in owners.items() if len(owner) > 1} == {}


def test_every_message_is_asked_for() -> None:
    literals = {text for path in python_files(*PACKAGES) for _, text in strings_of(path)}
    patterns = [re.compile(one) for path in python_files(*PACKAGES) for one in patterns_of(path)]
    codes = codes_in_code()

    def asked(message: str) -> bool:
        code = CODE.fullmatch(message.partition(".")[0])
        if message in literals or (code is not None and code[0] not in codes):
            return message in literals
        return any(pattern.fullmatch(message) for pattern in patterns)

    assert [
        f"{domain}: {message}"
        for domain in domains()
        for message in catalogue(domain, "en")
        if not asked(message)
    ] == []


def test_every_message_asked_for_by_name_is_there() -> None:
    known = {message for domain in domains() for message in catalogue(domain, "en")}
    first = {message.partition(".")[0] for message in known if "." in message}
    assert [
        f"{name_of(path)}:{line}: {text}"
        for path in python_files(*PACKAGES)
        for line, text in strings_of(path)
        if MESSAGE.fullmatch(text) and text.partition(".")[0] in first and text not in known
    ] == []


COMMAS = (
    "cli/parser.py",
    "engine/drafting/",
    "engine/graph/conditions.py",
    "tui/widgets/fields.py",
)
"""Where a list is no part of a message of ours: argparse's own, which is read again, text of rulebooks, the
short signs of a drawing, names of columns."""


def test_lists_in_messages_are_joined_as_the_language_joins_them() -> None:
    files = [path for path in python_files(*PACKAGES) if not name_of(path).startswith(COMMAS)]
    assert list(lines_with(r"[\"'][,;] [\"']\.join", files)) == []
