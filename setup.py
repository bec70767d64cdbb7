"""The build: compiles the message catalogues, so that a wheel carries them ready to use."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithCatalogues(build_py):
    """Writes the `.mo` of every `.po` before the package data are listed."""

    def finalize_options(self) -> None:
        """Compile first: setuptools lists the data files long before `run`."""
        for source in sorted(Path().glob("*/locales/*/LC_MESSAGES/*.po")):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text, locale=source.parts[-3]))
        super().finalize_options()


setup(cmdclass={"build_py": BuildWithCatalogues})
