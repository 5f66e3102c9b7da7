from collections.abc import Sequence

import pytest

from tools import suite
from tools.suite import Installing, name_of, parts_of, run_part


class Installed(Installing):
    """An installation that is over, with these programs still missing."""

    def __init__(self, *missing: str) -> None:
        self.missing = list(missing)

    def wait(self) -> list[str]:
        return self.missing


class Commands:
    """Records what would be run, and lets commands that contain a word fail."""

    def __init__(self, code: int = 0, failing: str = "") -> None:
        self.run: list[str] = []
        self._code = code
        self._failing = failing

    def __call__(self, command: Sequence[str]) -> int:
        self.run.append(name_of(command))
        return self._code if self._failing in name_of(command) else 0


@pytest.fixture(autouse=True)
def _ordinary_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


def test_the_whole_suite_is_all_parts_but_the_measurements() -> None:
    assert parts_of("test") == ["check", "unit", "pyodide", "e2e", "real"]
    assert parts_of("bench") == ["bench"]


def test_a_part_that_passed_has_no_failures() -> None:
    commands = Commands()
    assert run_part("unit", Installed(), commands) == []
    assert commands.run == ["pytest tests/unit"]


@pytest.mark.parametrize("code", [1, 2, 4, 5])
def test_any_code_of_pytest_but_zero_is_a_failure(code: int) -> None:
    assert run_part("unit", Installed(), Commands(code)) == [f"pytest tests/unit ended with {code}"]


def test_a_failed_check_does_not_keep_the_others_from_running() -> None:
    commands = Commands(1, failing="ruff check")
    assert run_part("check", Installed(), commands) == ["ruff check . ended with 1"]
    assert len(commands.run) == len(suite.commands_of("check"))


def test_a_missing_server_is_said_and_the_rest_is_run(capsys: pytest.CaptureFixture[str]) -> None:
    commands = Commands()
    assert run_part("real", Installed("registry"), commands) == []
    assert commands.run == ["pytest tests/real"]
    assert "Missing for the real tests: registry" in capsys.readouterr().out


def test_in_ci_a_missing_server_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert run_part("real", Installed("registry"), Commands()) == ["missing: registry"]


def test_without_a_browser_nothing_that_needs_one_is_run() -> None:
    commands = Commands()
    assert run_part("e2e", Installed("chromium"), commands) == ["missing: chromium"]
    assert commands.run == []


def test_what_one_part_lacks_is_no_failure_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert run_part("e2e", Installed("skopeo"), Commands()) == []
    assert run_part("unit", Installed("skopeo"), Commands()) == []
