"""The config of an image: how a container of it starts."""

from collections.abc import Iterable

from app.oci.config import Healthcheck, ImageConfig
from app.oci.manifest import Manifest
from app.state.model import AppState, ManifestPage
from app.state.route import Route
from app.view import frame, links
from app.view.components import digest_link, pairs, section, skeleton
from app.view.format import duration
from app.view.markup import Element, Node, el, foreign
from app.view.pull import quoted

_FOLDERS = 100
_CUT = 4000
"""Characters of one value that are shown; the JSON has all."""


def config_section(state: AppState, page: ManifestPage, document: Manifest) -> Element | None:
    """The section of an image's config; what failed to be read says so in its place."""
    descriptor = document.config
    if descriptor is None:
        return None
    href = links.config(state.route, descriptor)
    link = digest_link(descriptor.digest, href, "config digest")
    if page.config is not None:
        card = el("div.card.card-body", None, _entries(page.config, state.route))
        return section("config", "Config", card, aside=link)
    if page.config_failure is not None:
        return section("config", "Config", frame.failure(state, page.config_failure, "config", level="h3"), aside=link)
    bars = [el("p", None, skeleton("The config is being read" if number == 0 else "")) for number in range(4)]
    return section("config", "Config", el("div.card.card-body.flow", None, bars), aside=link)


def _entries(config: ImageConfig, route: Route) -> Element:
    entries: list[tuple[Node, Node]] = []

    def add(name: str, *shown: Node) -> None:
        if any(shown):
            entries.append((name, shown))

    add("Entrypoint", _command(config.entrypoint))
    add("Cmd", _command(config.cmd))
    add("Working dir", _place(route, config.working_dir))
    add("User", _code(config.user))
    add("Ports", _spaced(config.exposed_ports))
    add("Volumes", _lines(config.volumes))
    add("Env", _listed(_variable(route, text) for text in config.env))
    add("Labels", _lines(f"{name}={text}" for name, text in config.labels.items()))
    add("Stop signal", _code(config.stop_signal))
    add("Shell", _command(config.shell))
    add("Healthcheck", _healthcheck(config.healthcheck))
    add("Author", foreign(config.author) if config.author else None)
    add("Platform", _platform(config))
    if not entries:
        return el("p.muted", None, "The config sets nothing.")
    return pairs(entries)


def _platform(config: ImageConfig) -> Node:
    parts = "/".join(part for part in (config.os, config.architecture, config.variant) if part)
    return _code(f"{parts} {config.os_version}" if config.os_version else parts)


def _code(text: str) -> Node:
    if not text:
        return None
    return el("code", None, foreign(text if len(text) <= _CUT else f"{text[:_CUT]}…"))


def _command(words: tuple[str, ...] | None) -> Node:
    return _code(" ".join(map(quoted, words))) if words else None


def _spaced(texts: tuple[str, ...]) -> Node:
    return [(_code(text), " ") for text in texts]


def _lines(texts: Iterable[str]) -> Node:
    return _listed(map(_code, texts))


def _listed(found: Iterable[Node]) -> Node:
    shown = [el("li", None, one) for one in found]
    return el("ul", None, shown) if shown else None


def _place(route: Route, path: str) -> Node:
    """A folder of the image, as a link to what is in it."""
    if not path.startswith("/") or len(path) > _CUT:
        return _code(path)
    return el("a", {"href": links.files(route, path)}, _code(path))


def _variable(route: Route, text: str) -> Node:
    """A variable; of PATH each folder is a link."""
    name, equals, said = text.partition("=")
    if name != "PATH" or not equals or len(text) > _CUT:
        return _code(text)
    parts: list[Node] = ["PATH="]
    for number, folder in enumerate(said.split(":")[:_FOLDERS]):
        parts += [":" if number else "", _to_folder(route, folder)]
    return el("code", None, parts)


def _to_folder(route: Route, folder: str) -> Node:
    if not folder.startswith("/"):
        return foreign(folder)
    return el("a", {"href": links.files(route, folder)}, foreign(folder))


def _healthcheck(check: Healthcheck | None) -> Node:
    if check is None or not check.test:
        return None
    if check.test[0] == "NONE":
        return "switched off"
    words = check.test[1:] if check.test[0] in ("CMD", "CMD-SHELL") else check.test
    text = " ".join(words) if check.test[0] == "CMD-SHELL" else " ".join(map(quoted, words))
    every = f" every {duration(check.interval / 1e9)}" if check.interval else ""
    return (_code(text), every)
