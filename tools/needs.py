"""Installs the programs that the tests run and that are missing: from Debian, Playwright, Go and Maven."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tools.binaries import GO_BIN, PROGRAMS, missing
from tools.keycloak import install_keycloak
from tools.steps import StepFailed, finish

# Fonts for the pictures and the measurements of text in the browser, where there is none at all.
FONTS = ("fonts-dejavu-core", Path("/usr/share/fonts/truetype/dejavu"))

# Installs Debian packages ($@) without starting the services some of them bring: policy-rc.d is how Debian asks.
INSTALL_DEBIAN = """
set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  printf '#!/bin/sh\\nexit 101\\n' > $policy
  chmod 755 $policy
  trap 'rm -f $policy' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "$@"
if [ -d /run/systemd/system ]; then
  for brings in docker-registry:docker-registry nginx-light:nginx caddy:caddy haproxy:haproxy apache2:apache2; do
    case " $* " in *" ${brings%:*} "*) systemctl disable --quiet --now "${brings#*:}" || true ;; esac
  done
fi
"""


def install(names: tuple[str, ...], say: Callable[[str], None]) -> list[str]:
    """Installs what is missing of these programs as far as this machine allows; returns those still missing.

    What could not be installed, and why, is said; nothing is raised for it.
    """
    for step in (install_debian, install_browser, install_go, install_keycloak):
        absent = missing(names)
        try:
            step(absent, say)
        except StepFailed as failed:
            say(f"portolan: {failed}")
    return missing(names)


def install_debian(absent: list[str], say: Callable[[str], None]) -> None:
    packages = [PROGRAMS[name].debian for name in absent if PROGRAMS[name].debian]
    if not is_debian():
        # Ubuntu has the servers as packages too, but its chromium is a snap: there Playwright's own is taken.
        packages = [package for package in packages if package != "chromium"]
    package, folder = FONTS
    if absent and not folder.exists():
        packages.append(package)
    root = as_root()
    if not packages or shutil.which("apt-get") is None or root is None:
        return
    say(f"Installing Debian packages: {' '.join(packages)} …")
    finish([*root, "sh", "-c", INSTALL_DEBIAN, "sh", *packages], "installing Debian packages")


def install_browser(absent: list[str], say: Callable[[str], None]) -> None:
    if "chromium" not in absent:
        return
    say("Installing Playwright's own Chromium …")
    # Its system libraries come along where that needs no password.
    extra = ["--with-deps"] if as_root() is not None and shutil.which("apt-get") else []
    finish([sys.executable, "-m", "playwright", "install", *extra, "chromium"], "installing Playwright's Chromium")


def install_go(absent: list[str], say: Callable[[str], None]) -> None:
    sources = [PROGRAMS[name].go for name in absent if PROGRAMS[name].go]
    if not sources:
        return
    if shutil.which("go") is None:
        raise StepFailed("Go is not installed; it builds registry, crane and regctl for the tests with real servers")
    env = {**os.environ, "GOBIN": str(GO_BIN), "CGO_ENABLED": "0"}
    for source in sources:
        say(f"Building {source} (a minute or two) …")
        finish(["go", "install", "-ldflags=-s -w", source], f"building {source}", env)


def as_root() -> list[str] | None:
    """What to put before a command to run it as root: nothing, `sudo -n`, or None where neither works."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def is_debian() -> bool:
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False
