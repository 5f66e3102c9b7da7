"""Config: which listeners to open, in what mode, with which faults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

MODES = ("anonymous", "basic", "bearer", "token", "storage")
DEFAULT_LISTENERS = MODES  # one listener of each, named as its mode
BOARD = "scenarios"  # the name of the origin beside the scenarios


class ConfigError(ValueError):
    """What was asked for cannot be served; the text says what and which words are known."""


class FaultSpec(NamedTuple):
    """name, the endpoint it is limited to ("" for all), and its value as written ("" for its own default)."""

    name: str
    endpoint: str = ""
    value: str = ""


class ListenerSpec(NamedTuple):
    """One origin: its name in the list of origins, mode, faults, and for bearer the token listener it names."""

    name: str
    mode: str
    faults: tuple[FaultSpec, ...] = ()
    realm: str = "token"


@dataclass(frozen=True)
class Config:
    """Everything that can be chosen; the defaults are what `python -m playground` starts.

    ports: name of a listener to port, where 0 or nothing lets the system choose.
    only: the default listeners wanted, None for all of them; `listeners` are served in any case, and one that has
    the name of a default listener replaces it.
    token_expiry in seconds, token_certificate a file to write for registries that are to trust the tokens, delay in
    milliseconds before every answer, content "full" or "small". scenarios: those of scenarios.toml too, and the board.
    """

    ports: Mapping[str, int] = field(default_factory=dict)
    only: Sequence[str] | None = None
    listeners: Sequence[ListenerSpec] = ()
    token_expiry: int = 300
    token_certificate: str = ""
    delay: int = 0
    content: str = "full"
    scenarios: bool = False


def parse_listener(text: str) -> ListenerSpec:
    """NAME:MODE[,FAULT[@ENDPOINT][=VALUE]…], and for bearer `realm=NAME` of a token listener; raises ConfigError."""
    head, *words = text.split(",")
    name, colon, mode = head.partition(":")
    if not (name and colon):
        raise ConfigError(f"{text!r} is not NAME:MODE[,FAULT[@ENDPOINT][=VALUE]…]")
    if mode not in MODES:
        raise ConfigError(f"unknown mode {mode!r} of listener {name!r}; known are {', '.join(MODES)}")
    realm, faults = "token", []
    for word in words:
        if word.startswith("realm="):
            realm = word.removeprefix("realm=")
        else:
            faults.append(parse_fault(name, word))
    return ListenerSpec(name, mode, tuple(faults), realm)


def parse_fault(name: str, word: str) -> FaultSpec:
    """FAULT[@ENDPOINT][=VALUE] of the listener of that name; raises ConfigError."""
    from playground.faults import FAULTS, explain  # faults look at calls, and calls at this module
    from playground.routes import KINDS

    key, _, value = word.partition("=")
    key, _, endpoint = key.partition("@")
    if key not in FAULTS:
        raise ConfigError(f"unknown fault {key!r} of listener {name!r}; known are {', '.join(sorted(FAULTS))}")
    if endpoint and endpoint not in KINDS:
        raise ConfigError(f"unknown endpoint {endpoint!r} in {word!r}; known are {', '.join(sorted(KINDS))}")
    try:
        FAULTS[key](value)
    except ValueError:
        raise ConfigError(f"{word!r} of listener {name!r} is not {explain(key)}") from None
    return FaultSpec(key, endpoint, value)


def wanted_listeners(config: Config) -> list[ListenerSpec]:
    """The listeners to open, with the token and storage listeners they cannot do without; raises ConfigError."""
    from playground.scenarios import scenario_specs

    given = {spec.name: spec for spec in (*config.listeners, *(scenario_specs() if config.scenarios else ()))}
    names = DEFAULT_LISTENERS if config.only is None else tuple(config.only)
    if unknown := [name for name in names if name not in DEFAULT_LISTENERS and name not in given]:
        raise ConfigError(f"no listener {unknown[0]!r}; the default ones are {', '.join(DEFAULT_LISTENERS)}")
    chosen = {name: given.get(name) or ListenerSpec(name, name) for name in names}
    chosen |= given
    for spec in list(chosen.values()):
        for needed, mode in needs(spec):
            if needed not in chosen and needed in DEFAULT_LISTENERS:
                chosen[needed] = ListenerSpec(needed, needed)
            if needed not in chosen or chosen[needed].mode != mode:
                raise ConfigError(f"listener {spec.name!r} needs a {mode} listener named {needed!r}")
    if unknown := [name for name in config.ports if name not in chosen and not (config.scenarios and name == BOARD)]:
        raise ConfigError(f"a port for {unknown[0]!r}, which is not among {', '.join(chosen)}")
    return list(chosen.values())


def needs(spec: ListenerSpec) -> list[tuple[str, str]]:
    """Name and mode of the listeners that this one sends its clients to."""
    needed = [(spec.realm, "token")] if spec.mode == "bearer" else []
    redirects = [fault.value or "storage" for fault in spec.faults if fault.name == "redirect-blobs"]
    return needed + [(name, "storage") for name in redirects]
