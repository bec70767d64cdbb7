"""Builds the wheel, installs it outside the checkout and tries what it must carry.

With `--borrow` the new environment reads the dependencies of the running one, which takes seconds;
without it they are installed afresh from the wheel's own list.
"""

import argparse
import subprocess
import sys
import sysconfig
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TRIAL = Path(__file__).with_name("wheel_trial.py")


def build(folder: Path) -> Path:
    """The wheel, made from a copy of the tree that git would hand out."""
    source = folder / "source"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source))
    return next(folder.glob("batonpass-*.whl"))


def pip(*arguments: str) -> None:
    """Runs the pip of this environment."""
    common = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", *arguments, *common], check=True)


def install(wheel: Path, folder: Path, *, borrow: bool) -> Path:
    """A new environment with the wheel in it; returns its Python."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip("--python", str(python), "install", *(["--no-deps"] if borrow else []), str(wheel))
    if borrow:
        packages = sysconfig.get_path("purelib")
        target = next((folder / "lib").glob("python*/site-packages"))
        (target / "borrowed.pth").write_text(f"{packages}\n", encoding="utf-8")
    return python


def main() -> int:
    """Returns the trial's exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--borrow", action="store_true", help="share this environment's packages")
    borrow = parser.parse_args().borrow
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = install(build(folder), folder / "environment", borrow=borrow)
        elsewhere = folder / "elsewhere"
        elsewhere.mkdir()
        trial = elsewhere / "trial.py"
        trial.write_bytes(TRIAL.read_bytes())
        command = [str(python), "-I", str(trial), str(ROOT)]
        return subprocess.run(command, cwd=elsewhere, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
