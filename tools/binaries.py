"""Where the programs are that the tests run: `python -m tools.binaries` prints what is found, as JSON."""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from tools.paths import CACHE

GO_BIN = CACHE / "go" / "bin"
KEYCLOAK = CACHE / "keycloak-26.4.0"

# Places outside an ordinary PATH: Debian's web servers are root's, the Go programs are the project's own.
MORE_FOLDERS = (GO_BIN, Path("/usr/sbin"), Path("/usr/local/sbin"))


class Program(NamedTuple):
    """A program of the tests: the names it goes by, and what installs it (at most one of these, "" for none)."""

    names: tuple[str, ...]
    debian: str
    go: str
    maven: str = ""


PROGRAMS = {
    "chromium": Program(("chromium", "chromium-browser", "google-chrome"), "chromium", ""),
    "docker-registry": Program(("docker-registry",), "docker-registry", ""),
    "registry": Program(("registry",), "", "github.com/distribution/distribution/v3/cmd/registry@v3.1.2"),
    "crane": Program(("crane",), "", "github.com/google/go-containerregistry/cmd/crane@v0.22.1"),
    "regctl": Program(("regctl",), "", "github.com/regclient/regclient/cmd/regctl@v0.11.7"),
    "nginx": Program(("nginx",), "nginx-light", ""),
    "caddy": Program(("caddy",), "caddy", ""),
    "haproxy": Program(("haproxy",), "haproxy", ""),
    "apache2": Program(("apache2",), "apache2", ""),
    "htpasswd": Program(("htpasswd",), "apache2-utils", ""),
    "skopeo": Program(("skopeo",), "skopeo", ""),
    "umoci": Program(("umoci",), "umoci", ""),
    "java": Program(("java",), "default-jre-headless", ""),
    "mvn": Program(("mvn",), "maven", ""),
    "keycloak": Program(("kc.sh",), "", "", "org.keycloak:keycloak-quarkus-dist:26.4.0:zip"),
}


def find(name: str) -> Path | None:
    """The program of one of PROGRAMS' names, or None; for chromium also the browser that Playwright installed."""
    path = os.pathsep.join([*map(str, MORE_FOLDERS), os.environ.get("PATH", "")])
    # A registry of another version may be on the PATH; only the one that was installed for the tests will do.
    if PROGRAMS[name].go:
        path = str(GO_BIN)
    elif PROGRAMS[name].maven:
        path = str(KEYCLOAK / "bin")
    for candidate in PROGRAMS[name].names:
        found = shutil.which(candidate, path=path)
        # Ubuntu's chromium-browser is a stub that asks for a snap.
        if found and not os.path.realpath(found).endswith("/snap"):
            return Path(found)
    return playwrights_own() if name == "chromium" else None


def playwrights_own() -> Path | None:
    """The Chromium in Playwright's cache, the newest if there are several."""
    home = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folders = (
        [Path(home)] if home else [Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright"]
    )
    patterns = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
    found = [
        file for folder in folders for pattern in patterns for file in folder.glob(pattern) if os.access(file, os.X_OK)
    ]
    return max(found, key=lambda file: file.stat().st_mtime, default=None)


def missing(names: tuple[str, ...] = tuple(PROGRAMS)) -> list[str]:
    return [name for name in names if find(name) is None]


def main() -> int:
    print(json.dumps({name: str(find(name) or "") for name in PROGRAMS}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
