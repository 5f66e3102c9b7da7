import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from tools import keycloak
from tools.steps import StepFailed


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A distribution of one script, whose hash is the expected one."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("keycloak-26.4.0/bin/kc.sh", "#!/bin/sh\n")
        made.writestr("keycloak-26.4.0/lib/keycloak.jar", "jar")
    monkeypatch.setattr(keycloak, "SHA256", hashlib.sha256(packed.getvalue()).hexdigest())
    return packed.getvalue()


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archive: bytes) -> list[list[str]]:
    """The commands that would be run, on a machine with Java and Maven; Maven brings the archive."""
    ran: list[list[str]] = []

    def record(command: list[str], doing: str) -> str:
        ran.append(command)
        if command[0] == "mvn":
            folder = tmp_path / "maven/org/keycloak/keycloak-quarkus-dist/26.4.0"
            folder.mkdir(parents=True)
            (folder / "keycloak-quarkus-dist-26.4.0.zip").write_bytes(archive)
        return ""

    monkeypatch.setattr(keycloak, "finish", record)
    monkeypatch.setattr(keycloak, "missing", lambda names: [])
    monkeypatch.setattr(keycloak, "KEYCLOAK", tmp_path / "keycloak")
    monkeypatch.setattr(keycloak, "REPOSITORY", tmp_path / "maven")
    return ran


def quiet(_line: str) -> None:
    pass


def test_what_is_there_is_not_installed_again(commands: list[list[str]]) -> None:
    keycloak.install_keycloak(["registry"], quiet)
    assert commands == []


def test_it_is_downloaded_unpacked_and_built(commands: list[list[str]], tmp_path: Path) -> None:
    keycloak.install_keycloak(["keycloak"], quiet)
    [download, build] = commands
    assert download[-1] == "-Dartifact=org.keycloak:keycloak-quarkus-dist:26.4.0:zip"
    assert build == [str(tmp_path / ".keycloak.new/bin/kc.sh"), *keycloak.BUILD]
    assert (tmp_path / "keycloak/bin/kc.sh").stat().st_mode & 0o111
    assert (tmp_path / "keycloak/lib/keycloak.jar").read_text() == "jar"


def test_what_maven_brought_does_not_stay(commands: list[list[str]], tmp_path: Path) -> None:
    keycloak.install_keycloak(["keycloak"], quiet)
    assert not (tmp_path / "maven").exists()


def test_an_archive_of_other_bytes_is_not_unpacked(
    commands: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keycloak, "SHA256", "0" * 64)
    with pytest.raises(StepFailed, match="not the one expected"):
        keycloak.install_keycloak(["keycloak"], quiet)
    assert not (tmp_path / "keycloak").exists()


def test_without_java_and_maven_it_says_what_is_missing(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keycloak, "missing", list)
    with pytest.raises(StepFailed, match="java and mvn not installed; Keycloak"):
        keycloak.install_keycloak(["keycloak"], quiet)
    assert commands == []
