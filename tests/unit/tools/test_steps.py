import sys
from pathlib import Path

import pytest

from tools.steps import StepFailed, finish, fresh_folder


def test_a_step_returns_what_its_command_printed() -> None:
    assert finish([sys.executable, "-c", "print('done')"], "trying") == "done\n"


def test_a_failed_step_says_what_it_did_and_what_the_command_said() -> None:
    with pytest.raises(StepFailed, match=r"compiling failed:\n.*no such thing"):
        finish([sys.executable, "-c", "raise SystemExit('no such thing')"], "compiling")


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(StepFailed, match="compiling: no-such-program is not installed"):
        finish(["no-such-program"], "compiling")


def test_a_folder_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "pyodide"
    target.mkdir()
    (target / "old").touch()
    with fresh_folder(target) as folder:
        (folder / "new").touch()
    assert [file.name for file in target.iterdir()] == ["new"]


def test_the_old_folder_stays_when_filling_the_new_one_failed(tmp_path: Path) -> None:
    target = tmp_path / "pyodide"
    target.mkdir()
    (target / "old").touch()
    with pytest.raises(StepFailed), fresh_folder(target):
        raise StepFailed("no")
    assert [file.name for file in target.iterdir()] == ["old"]
