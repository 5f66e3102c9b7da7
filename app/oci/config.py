"""Image configs: how a container starts, and the history that made its layers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.oci.descriptor import Descriptor, digest_in
from app.oci.digest import Digest
from app.oci.document import (
    EMPTY,
    InvalidDocument,
    Json,
    as_object,
    at,
    decode,
    items,
    keys,
    member,
    optional_integer,
    optional_text,
    text_map,
    texts,
)
from app.oci.history import History, instruction, read_history
from app.oci.value import value

__all__ = [
    "Healthcheck",
    "History",
    "ImageConfig",
    "Step",
    "counts_match",
    "instruction",
    "layer_history",
    "parse_config",
]


@value
class Healthcheck(NamedTuple):
    """Docker's `Healthcheck`; durations in nanoseconds, None where the runtime's default holds."""

    test: tuple[str, ...]
    interval: int | None
    timeout: int | None
    start_period: int | None
    start_interval: int | None
    retries: int | None


@value
class ImageConfig(NamedTuple):
    """image-spec config.md; `created` as written (RFC 3339), `env` as `NAME=value`, `exposed_ports` as `80/tcp`."""

    created: str | None
    author: str | None
    architecture: str
    os: str
    variant: str
    os_version: str
    user: str
    exposed_ports: tuple[str, ...]
    env: tuple[str, ...]
    entrypoint: tuple[str, ...] | None
    cmd: tuple[str, ...] | None
    volumes: tuple[str, ...]
    working_dir: str
    labels: Mapping[str, str]
    stop_signal: str
    shell: tuple[str, ...] | None
    healthcheck: Healthcheck | None
    diff_ids: tuple[Digest, ...]
    history: tuple[History, ...]


def parse_config(data: bytes) -> ImageConfig:
    """Parse an image config. Raises InvalidDocument."""
    try:
        return _read(as_object(decode(data, "config"), ""))
    except InvalidDocument as error:
        raise InvalidDocument("config", error.path, error.reason) from None


def _read(found: Mapping[str, Json]) -> ImageConfig:
    inner = member(found, "config", "") or {}
    path = "config"
    rootfs = member(found, "rootfs", "") or {}
    return ImageConfig(
        created=optional_text(found, "created", ""),
        author=optional_text(found, "author", ""),
        architecture=optional_text(found, "architecture", "") or "",
        os=optional_text(found, "os", "") or "",
        variant=optional_text(found, "variant", "") or "",
        os_version=optional_text(found, "os.version", "") or "",
        user=optional_text(inner, "User", path) or "",
        exposed_ports=tuple(keys(inner, "ExposedPorts", path)),
        env=texts(inner, "Env", path),
        entrypoint=_words(inner, "Entrypoint", path),
        cmd=_words(inner, "Cmd", path),
        volumes=tuple(keys(inner, "Volumes", path)),
        working_dir=optional_text(inner, "WorkingDir", path) or "",
        labels=text_map(inner, "Labels", path) or EMPTY,
        stop_signal=optional_text(inner, "StopSignal", path) or "",
        shell=_words(inner, "Shell", path),
        healthcheck=_healthcheck(inner, path),
        diff_ids=tuple(digest_in(item, place) for item, place in items(rootfs, "diff_ids", "rootfs")),
        history=tuple(read_history(as_object(item, place), place) for item, place in items(found, "history", "")),
    )


def _words(parent: Mapping[str, Json], key: str, path: str) -> tuple[str, ...] | None:
    # Docker's own parser takes a single string for a list of one; early images have it.
    found = parent.get(key)
    if isinstance(found, str):
        return (found,)
    return None if found is None else texts(parent, key, path)


def _healthcheck(parent: Mapping[str, Json], path: str) -> Healthcheck | None:
    found = member(parent, "Healthcheck", path)
    if found is None:
        return None
    path = at(path, "Healthcheck")
    return Healthcheck(
        _words(found, "Test", path) or (),
        optional_integer(found, "Interval", path),
        optional_integer(found, "Timeout", path),
        optional_integer(found, "StartPeriod", path),
        optional_integer(found, "StartInterval", path),
        optional_integer(found, "Retries", path),
    )


@value
class Step(NamedTuple):
    """A line of history with the layer it made; `number` counts layers from 1.

    A line without a layer whose `empty_layer` is false, and a layer without a line, show that the counts differ.
    """

    history: History | None
    layer: Descriptor | None
    number: int | None


def layer_history(config: ImageConfig, layers: Sequence[Descriptor]) -> tuple[Step, ...]:
    """Pair each line of history with its layer, in order (image-spec config.md, `history`)."""
    steps: list[Step] = []
    used = 0
    for line in config.history:
        if line.empty_layer or used == len(layers):
            steps.append(Step(line, None, None))
        else:
            steps.append(Step(line, layers[used], used + 1))
            used += 1
    steps += [Step(None, layer, used + index + 1) for index, layer in enumerate(layers[used:])]
    return tuple(steps)


def counts_match(config: ImageConfig, layers: Sequence[Descriptor]) -> bool:
    """Whether the config's history tells of exactly as many layers as there are."""
    return sum(not line.empty_layer for line in config.history) == len(layers)
