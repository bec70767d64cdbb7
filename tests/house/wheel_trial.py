"""Run by the Python of a fresh environment: everything that the wheel must carry is there and works.

Takes the checkout's path, only to be sure that nothing is read from it.
"""

import subprocess
import sys
import sysconfig
from importlib import import_module
from pathlib import Path

from dsl.catalogue import Catalogue

SITE = Path(sysconfig.get_path("purelib"))
CHECKOUT = Path(sys.argv[1])
DATA = (
    "dsl/**/*.lark",
    "dsl/parser/tables.msgpack",
    "*/locales/en/LC_MESSAGES/*.mo",
    "*/locales/zh_CN/LC_MESSAGES/*.mo",
    "cli/pages/en/*.md",
    "cli/pages/zh/*.md",
    "rulebooks/*.rulebook",
    "rulebooks/sample_company/*.csv",
    "schemas/*.json",
)


def carried(pattern: str) -> None:
    """Every file of the checkout that fits the pattern is in the environment, byte for byte."""
    there = [path.relative_to(CHECKOUT) for path in CHECKOUT.glob(pattern)]
    assert there, f"the checkout has no {pattern}"
    for path in there:
        assert (SITE / path).is_file(), f"the wheel lacks {path}"


def packages_come_from_the_wheel() -> None:
    """No package is imported from the checkout."""
    for name in ("cli", "tui", "engine", "dsl"):
        source = import_module(name).__file__
        assert source is not None, name
        assert Path(source).is_relative_to(SITE), source


def catalogues_speak() -> None:
    """Every catalogue has its messages in both languages."""
    for folder in SITE.glob("*/locales"):
        if (folder / "en").is_dir():
            domain = folder.parent.name
            source = (CHECKOUT / domain / "locales/en/LC_MESSAGES" / f"{domain}.po").read_text(
                "utf-8"
            )
            message = next(
                line.split('"')[1]
                for line in source.splitlines()
                if line.startswith("msgid") and not line.endswith('""')
            )
            for language in ("en", "zh"):
                assert Catalogue(domain, folder).has(language, message), (domain, language, message)


def baton(*arguments: str) -> None:
    """The command runs and ends clean."""
    command = [str(Path(sys.executable).with_name("baton")), *arguments]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, (arguments, ended.returncode, ended.stdout, ended.stderr)


def main() -> None:
    """Each trial in turn; the first that fails ends the run."""
    for pattern in DATA:
        carried(pattern)
    packages_come_from_the_wheel()
    catalogues_speak()
    baton("--help")
    for rulebook in sorted((SITE / "rulebooks").glob("*.rulebook")):
        baton("check", str(rulebook))
        baton("test", str(rulebook))
    print("the installed wheel works")


main()
