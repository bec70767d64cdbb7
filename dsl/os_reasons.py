"""What the operating system says when it will not, in the reader's language."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping

from dsl.catalogue import MESSAGES, Language

_NAMES = {os.strerror(number): name for number, name in errno.errorcode.items()}


def os_reason(language: Language, why: str | Exception) -> str:
    """A reason of the operating system in words; any other reason stays as it is."""
    reason = why if isinstance(why, str) else getattr(why, "strerror", None) or str(why)
    message = f"errno.{_NAMES.get(reason)}"
    return MESSAGES.say(language, message) if MESSAGES.has(language, message) else reason


def in_words(values: Mapping[str, str], language: Language) -> dict[str, str]:
    """The values of a message; one that is called `reason` may be the operating system's."""
    found = dict(values)
    if "reason" in found:
        found["reason"] = os_reason(language, found["reason"])
    return found
