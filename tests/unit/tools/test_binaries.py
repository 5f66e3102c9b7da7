from pathlib import Path

import pytest

from tools import binaries


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty machine: `bin` is on its PATH, `go` holds the Go programs of the project."""
    for name in ("bin", "go", "playwright", "keycloak"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.setattr(binaries, "GO_BIN", tmp_path / "go")
    monkeypatch.setattr(binaries, "KEYCLOAK", tmp_path / "keycloak")
    monkeypatch.setattr(binaries, "MORE_FOLDERS", (tmp_path / "go",))
    return tmp_path


def program(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    return file


def test_an_empty_machine_lacks_all(folders: Path) -> None:
    assert binaries.missing() == list(binaries.PROGRAMS)


def test_a_program_on_the_path_is_found(folders: Path) -> None:
    skopeo = program(folders / "bin" / "skopeo")
    assert binaries.find("skopeo") == skopeo


def test_a_registry_of_unknown_version_on_the_path_is_not_taken(folders: Path) -> None:
    program(folders / "bin" / "registry")
    assert binaries.find("registry") is None


def test_a_registry_built_for_the_project_is_taken(folders: Path) -> None:
    registry = program(folders / "go" / "registry")
    assert binaries.find("registry") == registry


def test_a_keycloak_of_unknown_version_on_the_path_is_not_taken(folders: Path) -> None:
    program(folders / "bin" / "kc.sh")
    assert binaries.find("keycloak") is None


def test_a_keycloak_built_for_the_project_is_taken(folders: Path) -> None:
    keycloak = program(folders / "keycloak" / "bin" / "kc.sh")
    assert binaries.find("keycloak") == keycloak


def test_the_chromium_of_the_machine_comes_before_playwrights(folders: Path) -> None:
    own = program(folders / "playwright" / "chromium-1200" / "chrome-linux64" / "chrome")
    assert binaries.find("chromium") == own
    machines = program(folders / "bin" / "chromium")
    assert binaries.find("chromium") == machines


def test_a_stub_that_asks_for_a_snap_is_no_browser(folders: Path) -> None:
    snap = program(folders / "usr" / "bin" / "snap")
    (folders / "bin" / "chromium").symlink_to(snap)
    assert binaries.find("chromium") is None
