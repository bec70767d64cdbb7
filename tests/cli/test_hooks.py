"""What other people's CI runs: the hooks of pre-commit, the action for GitHub, the template for GitLab.

The form of each is held against its own tool or schema, and its shell lines run as they stand.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.house.reading import ROOT

HOOKS = ROOT / ".pre-commit-hooks.yaml"
ACTION = ROOT / "action.yml"
TEMPLATE = ROOT / "templates" / "baton.yml"
BIN = Path(sys.executable).parent
GOOD = (ROOT / "rulebooks" / "growing_company.rulebook").read_text(encoding="utf-8")
BAD = GOOD.replace("version 1", "vresion 1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with a rulebook in a folder whose name has a space, and one that looks like an option."""
    place = tmp_path / "our rules"
    place.mkdir()
    (place / "good.rulebook").write_text(GOOD, encoding="utf-8")
    (tmp_path / "-x.rulebook").write_text(GOOD, encoding="utf-8")
    return tmp_path


def documents(path: Path) -> list[Any]:
    return list(YAML(typ="safe").load_all(path.read_text(encoding="utf-8")))


def shell(script: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A script as a runner starts it: bash, ending at the first line that fails."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **more}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_manifest_of_hooks_is_valid() -> None:
    ran = run(str(BIN / "pre-commit"), "validate-manifest", str(HOOKS))
    assert ran.returncode == 0, ran.stdout


def test_the_hooks_find_what_is_wrong(folder: Path) -> None:
    good, bad = folder / "our rules" / "good.rulebook", folder / "bad.rulebook"
    bad.write_text(BAD, encoding="utf-8")
    (hooks,) = documents(HOOKS)
    assert [hook["id"] for hook in hooks] == ["baton-check", "baton-fmt", "baton-test"]
    for hook in hooks:
        entry = f'{hook["entry"]} "$FILE"'
        assert shell(entry, folder, FILE=str(good)).returncode == 0
        assert shell(entry, folder, FILE=str(bad)).returncode == 1


@pytest.mark.parametrize(("schema", "path"), [("vendor.github-actions", ACTION)], ids=["github"])
def test_the_form_is_what_the_host_reads(schema: str, path: Path) -> None:
    ran = run(str(BIN / "check-jsonschema"), "--builtin-schema", schema, str(path))
    assert ran.returncode == 0, ran.stdout


def test_the_template_of_gitlab_is_a_pipeline(tmp_path: Path) -> None:
    header, jobs = documents(TEMPLATE)
    assert set(header["spec"]["inputs"]) == {"files", "fail-level", "min-coverage", "package"}
    pipeline = tmp_path / "gitlab-ci.json"
    pipeline.write_text(json.dumps(jobs), encoding="utf-8")
    ran = run(str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.gitlab-ci", str(pipeline))
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize(("text", "status"), [(GOOD, 0), (BAD, 1)], ids=["good", "bad"])
def test_the_action_shows_what_is_wrong_beside_the_line(
    folder: Path, text: str, status: int
) -> None:
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "other.rulebook").write_text(text, encoding="utf-8")
    (action,) = documents(ACTION)
    defaults = {name: str(each["default"]) for name, each in action["inputs"].items()}
    for step in action["runs"]["steps"][1:]:
        given = {
            name: defaults[value.removeprefix("${{ inputs.").removesuffix(" }}")]
            for name, value in step["env"].items()
        }
        ran = shell(step["run"], folder, **given)
        assert ran.returncode == status, ran.stderr
        if step["name"] == "Check":
            assert ("::error file=deep/er/other.rulebook,line=" in ran.stdout) is bool(status)


def test_the_action_plays_the_scenarios_after_a_check_that_fails() -> None:
    """A step without a condition, or with one that asks for no status, runs after successes alone."""
    (action,) = documents(ACTION)
    install, check, test = action["runs"]["steps"]
    assert not {"if", "continue-on-error"} & check.keys()
    assert "continue-on-error" not in test
    said = test["if"].removeprefix("${{").removesuffix("}}").split("&&")
    assert [one.strip() for one in said] == [
        "!cancelled()",
        f"steps.{install['id']}.outcome == 'success'",
    ]


@pytest.mark.parametrize(("text", "status"), [(GOOD, 0), (BAD, 1)], ids=["good", "bad"])
def test_the_template_writes_both_reports(folder: Path, text: str, status: int) -> None:
    (folder / "other.rulebook").write_text(text, encoding="utf-8")
    header, jobs = documents(TEMPLATE)
    inputs = header["spec"]["inputs"]
    given = {
        name: str(inputs[value.removeprefix("$[[ inputs.").removesuffix(" ]]")]["default"])
        for name, value in jobs["baton"]["variables"].items()
    }
    ran = shell("\n".join(jobs["baton"]["script"]), folder, **given)
    assert ran.returncode == status, ran.stderr
    found = json.loads((folder / "baton-quality.json").read_text(encoding="utf-8"))
    assert {each["location"]["path"] for each in found} == ({"other.rulebook"} if status else set())
    tests = (folder / "baton-tests.xml").read_text(encoding="utf-8")
    assert '<testsuite name="our rules/good.rulebook"' in tests


@pytest.mark.parametrize("file", ["github.yml", "gitlab.yml"])
def test_the_lines_of_a_new_project_check_every_rulebook(folder: Path, file: str) -> None:
    (jobs,) = documents(ROOT / "cli" / "templates" / file)
    if file == "github.yml":
        lines = [step["run"] for step in jobs["jobs"]["rulebook"]["steps"] if "run" in step]
    else:
        lines = jobs["rulebook"]["script"]
    lines = [line for line in lines if line.startswith("baton ")]
    (folder / "bad.rulebook").write_text(BAD, encoding="utf-8")
    ran = [shell(line, folder) for line in lines]
    assert [one.returncode for one in ran] == [1, 1], ran
    assert "E103" in ran[0].stdout
