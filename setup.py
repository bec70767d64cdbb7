"""The build: compiles catalogues, grammar and codes of currencies, so that a wheel carries them ready to use."""

import subprocess
import sys
from pathlib import Path

from babel.core import get_global
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithData(build_py):
    """Writes the `.mo` of every `.po`, the parse tables and the currencies before the package data are listed."""

    def finalize_options(self) -> None:
        """Compile first: setuptools lists the data files long before `run`."""
        for source in sorted(Path().glob("*/locales/*/LC_MESSAGES/*.po")):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text, locale=source.parts[-3]))
        codes = "\n".join(present_currencies())
        Path("dsl/currencies.txt").write_text(f"{codes}\n", encoding="ascii")
        subprocess.run([sys.executable, "dsl/parser/tables.py"], check=True)
        super().finalize_options()


def present_currencies() -> list[str]:
    """The codes of ISO 4217 in which somebody is paid today, in some territory of CLDR."""
    uses = (use for some in get_global("territory_currencies").values() for use in some)
    return sorted({code for code, _, until, is_tender in uses if until is None and is_tender})


setup(cmdclass={"build_py": BuildWithData})
