"""Where the programs are: those built for this project first, then those of the machine."""

import os
import shutil
from pathlib import Path

from tools.binaries import GO_BIN, KEYCLOAK

ROOT = Path(__file__).resolve().parents[2]
BUILT = (GO_BIN, KEYCLOAK / "bin")
SYSTEM = os.pathsep.join(("/usr/sbin", "/sbin"))  # where Debian keeps nginx, not on everybody's PATH


class BinaryMissing(Exception):
    """A program that a test needs is not on this machine."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is missing")
        self.name = name


def find_binary(name: str) -> str:
    """The path of a program; raises BinaryMissing."""
    path = os.pathsep.join((*map(str, BUILT), os.environ.get("PATH", os.defpath), SYSTEM))
    found = shutil.which(name, path=path)
    if found is None:
        raise BinaryMissing(name)
    return found
