"""Validators that are not ours, and each of them on a broken file as well, or its word would mean nothing."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from .conftest import ROOT, environment, read, tool

MEGA_LINTER = "raw.githubusercontent.com/megalinter/megalinter/main/megalinter/descriptors/schemas"
PLUGIN = "integrations/mega-linter-plugin-healthlint/healthlint.megalinter-descriptor.yml"
# Whoever copies the block names a commit of their own; of everybody else a commit is named.
ZIZMOR = "rules: {unpinned-uses: {config: {policies: {OWNER/*: ref-pin, '*': hash-pin}}}}\n"


def run(*command: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, env=environment(), text=True, capture_output=True, check=False)


def refused(folder: Path, name: str, old: str, new: str) -> str:
    """Return the path of a copy in which something is wrong."""
    text = (ROOT / name).read_text("utf-8")
    assert old in text
    copy = folder / Path(name).name
    copy.write_text(text.replace(old, new), "utf-8")
    return str(copy)


@pytest.mark.parametrize(
    ("name", "schema", "wrong"),
    [
        pytest.param("action.yml", ["vendor.github-actions"], ("using: composite", "using: compost"), id="the action"),
        pytest.param(
            "integrations/github.yml", ["vendor.github-workflows"], ("runs-on", "runs-off"), id="the workflow"
        ),
        pytest.param(
            "templates/healthlint.yml",
            ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"],
            ("when: always", "when: ever"),
            id="the job of GitLab",
        ),
        pytest.param(
            "integrations/azure-pipelines.yml",
            ["vendor.azure-pipelines", "--data-transform", "azure-pipelines", "--regex-variant", "nonunicode"],
            ("- bash:", "- bush:"),
            id="the pipeline of Azure",
        ),
    ],
)
def test_it_keeps_the_schema_of_its_platform(name, schema, wrong, tmp_path) -> None:
    command = (tool("check-jsonschema"), "--no-cache", "--builtin-schema", *schema)
    done = run(*command, name)
    assert done.returncode == 0, done.stdout
    assert run(*command, refused(tmp_path, name, *wrong)).returncode == 1


@pytest.mark.parametrize(
    ("name", "schema", "wrong"),
    [
        pytest.param(PLUGIN, f"{MEGA_LINTER}/megalinter-descriptor.jsonschema.json", ("list_of_files", "files"), id="the plugin"),
        pytest.param("integrations/mega-linter.yml", f"{MEGA_LINTER}/megalinter-configuration.jsonschema.json", ("  - ", "  a: "), id="MegaLinter"),
        pytest.param("integrations/pre-commit-config.yaml", "pre-commit-config.json", ("repos:", "ropes:"), id="pre-commit"),
        pytest.param(".pre-commit-hooks.yaml", "pre-commit-hooks.json", ("entry:", "enter:"), id="the hook"),
    ],
)  # fmt: skip
def test_it_keeps_its_schema_of_the_schema_store(name, schema, wrong, tmp_path) -> None:
    store = os.environ.get("SCHEMASTORE", "")
    if not store:
        pytest.skip("SCHEMASTORE names no folder of schemas; scripts/validate-integrations fetches them")
    command = (tool("check-jsonschema"), "--schemafile", f"{store}/{schema}")
    done = run(*command, name)
    assert done.returncode == 0, done.stdout
    assert run(*command, refused(tmp_path, name, *wrong)).returncode == 1


def test_zizmor_finds_nothing_unsafe(tmp_path) -> None:
    (tmp_path / "zizmor.yml").write_text(ZIZMOR)
    command = (tool("zizmor"), "--offline", "--no-progress", "--config", str(tmp_path / "zizmor.yml"))
    done = run(*command, "action.yml", "integrations/github.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    injected = refused(tmp_path, "action.yml", '"$bin/healthlint" "${words[@]}"', "$bin/healthlint ${{ inputs.args }}")
    assert "template-injection" in run(*command, injected).stdout
    unpinned = refused(tmp_path, "integrations/github.yml", "@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7")
    assert "unpinned-uses" in run(*command, unpinned).stdout


def test_actionlint_finds_nothing_wrong(tmp_path) -> None:
    done = run(tool("actionlint"), "integrations/github.yml")
    assert (done.returncode, done.stdout) == (0, "")
    assert run(tool("actionlint"), refused(tmp_path, "integrations/github.yml", "runs-on", "runs-off")).returncode == 1


def test_hadolint_finds_nothing_wrong(tmp_path) -> None:
    done = run(tool("hadolint"), "Dockerfile")
    assert (done.returncode, done.stdout) == (0, "")
    assert run(tool("hadolint"), refused(tmp_path, "Dockerfile", "# hadolint ignore=DL3008\n", "")).returncode == 1


def scripts() -> dict[str, str]:
    """Return every script of shell that we ship, by what it is, with the line that says which shell reads it."""
    steps = [step for step in read("action.yml")["runs"]["steps"] if "run" in step]
    lines = [step["bash"] for step in read("integrations/azure-pipelines.yml")["steps"] if "bash" in step]
    job = read("templates/healthlint.yml")["healthlint"]["script"]
    return {
        **{f"action: {step['name']}": "#!/usr/bin/env bash\nset -eo pipefail\n" + step["run"] for step in steps},
        **{f"azure {number}": f"#!/usr/bin/env bash\n{text}" for number, text in enumerate(lines)},
        "gitlab": "#!/bin/sh\nset -e\n" + "\n".join(job),
        "check.sh": "#!/bin/sh\n" + (ROOT / "integrations/check.sh").read_text("utf-8"),
        **{f"{path.parent.name}/{path.name}": path.read_text("utf-8") for path in (ROOT / ".ci/run", *shell_scripts())},
    }


def shell_scripts() -> list[Path]:
    return [
        path for path in (ROOT / "scripts").iterdir() if path.is_file() and path.read_text("utf-8").startswith("#!/")
    ]


# Meant as they stand: paths parted at blanks (2086), steps called by their names (2329), curved quotes (1111), and what is
# in single quotes (2016).
KNOWN = {"gitlab": "SC2086", ".ci/run": "SC2329,SC1111", "scripts/validate-formats": "SC2329,SC2016"}


@pytest.mark.parametrize("name", scripts())
def test_shellcheck_finds_nothing_wrong(name, tmp_path) -> None:
    (tmp_path / "script").write_text(scripts()[name], "utf-8")
    command = [tool("shellcheck"), "--exclude", KNOWN.get(name, "SC9999"), str(tmp_path / "script")]
    done = run(*command)
    assert done.returncode == 0, done.stdout
    (tmp_path / "script").write_text(scripts()[name] + "\nrm $undefined_name\n", "utf-8")
    assert re.search("SC2154", run(*command[:1], command[-1]).stdout)
