"""Scenarios: what scenarios.toml says of each, as the listeners that play it.

A scenario is a registry with one thing wrong. `faults` are what is wrong, and go when the fix is on; `kept` are how the
registry is, and stay. A token service and a storage of its own come with it where they are part of the story.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from playground.config import FaultSpec, ListenerSpec, parse_fault

FILE = Path(__file__).with_name("scenarios.toml")

# The parts of a scenario: the mode of the listener that plays it. "other" is where a registry that moved sends one.
ROLES = {"registry": "", "token": "token", "storage": "storage", "other": "anonymous"}


@dataclass(frozen=True)
class Scenario:
    """id and group as in the file; faults and kept by role. `address`: the URL to examine while the fix is off, with
    {netloc} for the registry's; "" for its origin. `live`: False for what cannot be played on loopback."""

    id: str
    group: str
    mode: str = "anonymous"
    live: bool = True
    address: str = ""
    faults: Mapping[str, Sequence[FaultSpec]] = field(default_factory=dict)
    kept: Mapping[str, Sequence[FaultSpec]] = field(default_factory=dict)

    @property
    def roles(self) -> dict[str, str]:
        """The listeners it needs: role to name."""
        wanted = {"registry"} | set(self.faults) | set(self.kept) | ({"token"} if self.mode == "bearer" else set())
        return {role: self.id if role == "registry" else f"{self.id}-{role}" for role in ROLES if role in wanted}

    def spec(self, role: str, fixed: bool) -> ListenerSpec:
        """The listener of that role, with the fix or without."""
        names = self.roles
        faults = [*self.kept.get(role, ()), *(() if fixed else self.faults.get(role, ()))]
        if role == "registry" and "storage" in names:
            faults.insert(0, FaultSpec("redirect-blobs", "", names["storage"]))
        if role == "registry" and "other" in names:
            faults.insert(0, FaultSpec("redirect-ping", "", names["other"]))
        return ListenerSpec(names[role], ROLES[role] or self.mode, tuple(faults), names.get("token", "token"))

    def specs(self) -> list[ListenerSpec]:
        """All its listeners, as they begin: with what is wrong."""
        return [self.spec(role, fixed=False) for role in self.roles] if self.live else []


@cache
def load_scenarios() -> tuple[Scenario, ...]:
    """All of them, in the order of the file. Raises ConfigError for a fault that there is not."""
    document = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(parse_scenario(entry) for entry in document["scenario"])


def parse_scenario(entry: Mapping[str, Any]) -> Scenario:
    """One entry; what is only for people to read is left to the page."""
    name = entry["id"]
    return Scenario(
        name,
        entry["group"],
        entry.get("mode", "anonymous"),
        entry.get("live", True),
        entry.get("address", ""),
        faults_by_role(name, entry.get("faults", {})),
        faults_by_role(name, entry.get("kept", {})),
    )


def faults_by_role(name: str, written: Mapping[str, Sequence[str]]) -> dict[str, tuple[FaultSpec, ...]]:
    """Role to faults, each written as for --listener; a comma needs no care here."""
    return {role: tuple(parse_fault(name, word) for word in words) for role, words in written.items()}


def scenario_specs() -> list[ListenerSpec]:
    """The listeners of every scenario that is played here."""
    return [spec for scenario in load_scenarios() for spec in scenario.specs()]
