"""Installs Keycloak into .cache/: its distribution from Maven, and the build of it that its server starts from."""

import shutil
import zipfile
from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path

from tools.binaries import KEYCLOAK, PROGRAMS, missing
from tools.paths import CACHE
from tools.steps import StepFailed, finish, fresh_folder

SHA256 = "1b6a11a2726ac8a8dc9c91d5fafe989a75ce4f1622d7f7b45c21d5bc16629c0a"

# The protocol by which registries ask for tokens is a feature of its own; the database is one in memory.
BUILD = ("build", "--features=docker", "--db=dev-mem")

# Of our own and for the moment: nothing else on this machine needs what Maven brings for this.
REPOSITORY = CACHE / "maven"


def install_keycloak(absent: list[str], say: Callable[[str], None]) -> None:
    """Does nothing when it is there; raises StepFailed."""
    if "keycloak" not in absent:
        return
    if without := missing(("java", "mvn")):
        raise StepFailed(
            f"{' and '.join(without)} not installed; Keycloak, for the tests with real servers, needs them"
        )
    say("Installing Keycloak (160 MB, and half a minute to build it) …")
    with fresh_folder(KEYCLOAK) as folder:
        unpack(downloaded(PROGRAMS["keycloak"].maven), folder)
        finish([str(folder / "bin" / "kc.sh"), *BUILD], "building Keycloak")
    shutil.rmtree(REPOSITORY)


def downloaded(artifact: str) -> Path:
    """The file of an artifact, group:name:version:type."""
    group, name, version, kind = artifact.split(":")
    file = REPOSITORY.joinpath(*group.split("."), name, version, f"{name}-{version}.{kind}")
    if not file.exists():
        command = ["mvn", "-q", "-B", f"-Dmaven.repo.local={REPOSITORY}", "dependency:get", "-Dtransitive=false"]
        finish([*command, f"-Dartifact={artifact}"], "downloading Keycloak")
    return file


def unpack(archive: Path, folder: Path) -> None:
    """What is in the archive's one folder, once its hash is the one we know."""
    with archive.open("rb") as data:
        found = file_digest(data, "sha256").hexdigest()
    if found != SHA256:
        archive.unlink()  # or it would never be downloaded again
        raise StepFailed(f"{archive.name} is not the one expected: its SHA-256 is {found}")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    [top] = folder.iterdir()
    for entry in top.iterdir():
        entry.replace(folder / entry.name)
    top.rmdir()
    (folder / "bin" / "kc.sh").chmod(0o755)
