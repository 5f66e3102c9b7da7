"""The lock files: every package with its hash, and nothing of where it came from or of the machine that wrote them."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tools.paths import REQUIREMENTS, ROOT

LOCKS = sorted(REQUIREMENTS.glob("*.txt"))


def packages(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_address_and_no_path(lock: Path) -> None:
    assert re.findall(r"\S*(?:://|find-links|index-url|^/| /|\.whl)\S*", lock.read_text(), re.MULTILINE) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_of_a_lock_has_a_hash(lock: Path) -> None:
    blocks = re.split(r"\n(?=\S)", lock.read_text().strip())
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_every_dependency_group_has_its_lock() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    assert {lock.stem for lock in LOCKS} == {*groups, "browser"}


def test_a_package_has_the_same_version_in_all_locks() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in packages(lock).items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_the_page_and_this_machine_have_the_same_pyjwt() -> None:
    assert packages(REQUIREMENTS / "browser.txt")["pyjwt"] == packages(REQUIREMENTS / "run.txt")["pyjwt"]


def test_the_lock_of_npm_names_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert [name for name, facts in lock["packages"].items() if "resolved" in facts] == []
    assert "://" not in (ROOT / "package-lock.json").read_text()


def test_javascript_packages_are_named_by_exact_version() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    versions = [*package["dependencies"].values(), *package["devDependencies"].values()]
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
