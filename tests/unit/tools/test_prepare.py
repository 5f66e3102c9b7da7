import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tools import prepare
from tools.steps import StepFailed


@pytest.mark.parametrize(("answer", "major"), [("v20.19.1", 20), ("v8.0.0", 8), ("", 0), ("node", 0), ("v²0.1", 0)])
def test_the_major_version_of_node_is_read(answer: str, major: int) -> None:
    assert prepare.node_major(answer) == major


def program(folder: Path, name: str, says: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\necho {says}\n")
    file.chmod(0o755)


def test_missing_tools_are_all_named_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StepFailed, match=r"git is not installed.*npm is not installed.*Node\.js is not installed"):
        prepare.check_tools()


def test_an_old_node_is_named_with_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("git", "npm"):
        program(tmp_path, name, "")
    program(tmp_path, "node", "v18.20.0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    with pytest.raises(StepFailed, match=r"Node\.js v18\.20\.0 is too old"):
        prepare.check_tools()


def test_tools_that_are_new_enough_are_passed_in_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("git", "npm"):
        program(tmp_path, name, "")
    program(tmp_path, "node", "v20.0.0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    prepare.check_tools()


def test_an_old_python_is_answered_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert prepare.main() == 1
    assert "needs Python 3.11 or newer, this is 3.9.2" in capsys.readouterr().out


def test_an_old_python_can_parse_the_file_that_says_so() -> None:
    source = Path(prepare.__file__).read_text()
    tree = ast.parse(source, feature_version=(3, 7))
    # And it imports nothing of ours before it has looked at the version.
    imported = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert imported == []


def test_an_environment_without_its_interpreter_does_not_run(tmp_path: Path) -> None:
    assert not prepare.runs(str(tmp_path / "bin" / "python"))
    assert prepare.runs(sys.executable) == (
        subprocess.run([sys.executable, "-c", "import pip"], capture_output=True, check=False).returncode == 0
    )
