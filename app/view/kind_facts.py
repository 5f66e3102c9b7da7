"""What the config of an artifact says of it: a chart's Chart.yaml, what a WebAssembly module is made for."""

from collections.abc import Mapping

from app.oci.document import InvalidDocument, Json, as_object, decode
from app.oci.kind import kind_of
from app.oci.manifest import Manifest
from app.oci.media_type import HELM_CHART, HELM_PROVENANCE, essence
from app.state.model import AppState
from app.state.route import Route
from app.view import links
from app.view.components import maybe_link, pairs, section
from app.view.markup import Element, Node, el, foreign

_CUT = 500
_MOST = 30
_CHART_FIELDS = (
    ("name", "Name"),
    ("version", "Version"),
    ("appVersion", "App version"),
    ("description", "Description"),
    ("type", "Type"),
    ("apiVersion", "API version"),
    ("kubeVersion", "Kubernetes"),
    ("home", "Home"),
    ("icon", "Icon"),
    ("deprecated", "Deprecated"),
)


def kind_facts(state: AppState, document: Manifest, facts: bytes | None) -> Element | None:
    """The section of them; None where there are none. `facts`: the config as it was received."""
    if facts is None:
        return None
    try:
        found = as_object(decode(facts, "config"), "")
    except InvalidDocument:
        return None
    if kind_of(document) == "chart":
        return _chart(state.route, document, found)
    return _wasm(state.route, document, found)


def _chart(route: Route, document: Manifest, found: Mapping[str, Json]) -> Element:
    entries: list[tuple[Node, Node]] = [
        (label, _value(found[key])) for key, label in _CHART_FIELDS if found.get(key) not in (None, "", [])
    ]
    entries += _lists(found)
    return section(
        "chart", "Chart", el("div.card.card-body", None, pairs(entries)), _chart_files(route, document, found)
    )


def _lists(found: Mapping[str, Json]) -> list[tuple[Node, Node]]:
    entries: list[tuple[Node, Node]] = []
    for key, label in (("maintainers", "Maintainers"), ("dependencies", "Dependencies")):
        listed = found.get(key)
        if isinstance(listed, list) and listed:
            entries.append((label, el("ul", None, [el("li", None, _named(one)) for one in listed[:_MOST]])))
    for key, label in (("keywords", "Keywords"), ("sources", "Sources")):
        listed = found.get(key)
        if isinstance(listed, list) and listed:
            entries.append((label, [(_value(one), " ") for one in listed[:_MOST]]))
    return entries


def _named(one: Json) -> Node:
    if not isinstance(one, dict):
        return _value(one)
    parts = [one.get(key) for key in ("name", "version", "email", "repository", "url")]
    return [(_value(part), " ") for part in parts if part]


def _value(found: Json) -> Node:
    if isinstance(found, str):
        return maybe_link(found if len(found) <= _CUT else f"{found[:_CUT]}…")
    if isinstance(found, bool):
        return "yes" if found else "no"
    return foreign(str(found)[:_CUT])


def _chart_files(route: Route, document: Manifest, found: Mapping[str, Json]) -> Node:
    """The files of a chart that people look for first, in the archive that is its layer (helm.sh, "Charts")."""
    layer = next((one for one in document.layers if essence(one.media_type) == HELM_CHART), None)
    name = found.get("name")
    if layer is None or not isinstance(name, str) or not name or "/" in name or name in (".", ".."):
        return None
    items: list[Node] = []
    for path, words in (
        ("Chart.yaml", "Chart.yaml"),
        ("values.yaml", "values.yaml"),
        ("templates", "templates"),
        ("", "all files"),
    ):
        href = links.in_layer(route, layer, f"{name}/{path}" if path else "")
        items.append((el("a", {"href": href}, words), " "))
    proven = any(essence(one.media_type) == HELM_PROVENANCE for one in document.layers)
    return el(
        "p.row",
        None,
        el("span.muted", None, "Files"),
        items,
        el("span.muted.small", None, "It carries a provenance file, which is a signature.") if proven else None,
    )


def _wasm(route: Route, document: Manifest, found: Mapping[str, Json]) -> Element | None:
    entries: list[tuple[Node, Node]] = []
    for key, label in (("os", "Made for"), ("architecture", "Architecture"), ("author", "Author")):
        if isinstance(found.get(key), str):
            entries.append((label, _value(found[key])))
    component = found.get("component")
    if isinstance(component, dict):
        for key, label in (("target", "World"), ("exports", "Exports"), ("imports", "Imports")):
            said = component.get(key)
            if isinstance(said, list):
                entries.append((label, el("ul", None, [el("li", None, _value(one)) for one in said[:_MOST]])))
            elif isinstance(said, str):
                entries.append((label, _value(said)))
    modules = [
        el(
            "a",
            {"href": f"{links.blob(route, one.digest, one.media_type, one.size)}&as=wasm"},
            "Imports and exports",
        )
        for one in document.layers[:5]
        if "wasm" in essence(one.media_type)
    ]
    if not entries and not modules:
        return None
    return section(
        "module",
        "Module",
        el("div.card.card-body", None, pairs(entries)) if entries else None,
        el("p.row", None, modules) if modules else None,
    )
