"""The build: compiles the message catalogues and the grammar, so that a wheel carries them ready to use."""

import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithData(build_py):
    """Writes the `.mo` of every `.po` and the parse tables before the package data are listed."""

    def finalize_options(self) -> None:
        """Compile first: setuptools lists the data files long before `run`."""
        for source in sorted(Path().glob("*/locales/*/LC_MESSAGES/*.po")):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text, locale=source.parts[-3]))
        subprocess.run([sys.executable, "dsl/parser/tables.py"], check=True)
        super().finalize_options()


setup(cmdclass={"build_py": BuildWithData})
