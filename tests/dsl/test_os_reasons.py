"""What the operating system says is told in the reader's language."""

import errno
import os

import pytest

from dsl.catalogue import MESSAGES
from dsl.os_reasons import in_words, os_reason
from tests.house.reading import catalogue


@pytest.mark.parametrize("name", ["ENOENT", "EACCES", "ENOSPC", "EROFS", "EISDIR", "ENOTDIR"])
def test_a_reason_of_the_operating_system_is_told_in_the_readers_language(name: str) -> None:
    error = OSError(getattr(errno, name), os.strerror(getattr(errno, name)), "file")
    assert os_reason("en", error) == os.strerror(getattr(errno, name))
    told = os_reason("zh", error)
    assert told == MESSAGES.say("zh", f"errno.{name}")
    assert not told.isascii()


def test_any_other_reason_stays_as_it_is() -> None:
    assert os_reason("zh", "[rulebooks] path") == "[rulebooks] path"
    assert os_reason("zh", ValueError("embedded null byte")) == "embedded null byte"
    assert in_words({"file": "No such file or directory"}, "zh") == {
        "file": "No such file or directory"
    }


def test_every_reason_that_has_words_is_one_of_the_operating_system() -> None:
    names = [name for name in catalogue("dsl", "en") if name.startswith("errno.")]
    known = {f"errno.{name}" for name in errno.errorcode.values()}
    assert set(names) <= known
