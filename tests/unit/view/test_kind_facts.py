import json

import pytest

from app.oci import media_type as types
from app.oci.manifest import Manifest
from app.view.kind_facts import kind_facts
from app.view.markup import render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import CHART, LANDING, MANIFEST, REPOSITORY, at, digest, fetched

FACTS = {
    "name": "tide-gauge",
    "version": "2.4.1",
    "appVersion": "2.0.0",
    "description": "Measures tides",
    "home": "https://tide.example/",
    "maintainers": [{"name": "Ada", "email": "ada@tide.example"}],
    "dependencies": [{"name": "redis", "version": "7", "repository": "https://charts.example"}],
    "deprecated": False,
}
WASM = fetched(
    {
        "schemaVersion": 2,
        "mediaType": types.OCI_MANIFEST,
        "config": {"mediaType": types.WASM_CONFIG, "digest": str(digest("c")), "size": 9},
        "layers": [{"mediaType": types.WASM, "digest": str(digest("w")), "size": 40}],
    },
    types.OCI_MANIFEST,
)


def shown(facts: object, of: object = CHART.document) -> Node | None:
    assert isinstance(of, Manifest)
    content = facts if isinstance(facts, bytes) else json.dumps(facts).encode()
    found = kind_facts(at(MANIFEST, LANDING), of, content)
    return read(render(found)) if found is not None else None


def test_a_chart_says_what_its_chart_yaml_says() -> None:
    node = shown(FACTS)
    assert node is not None
    said = dict(zip((name.words for name in node.all("dt")), (what.words for what in node.all("dd")), strict=True))
    assert said["Version"] == "2.4.1"
    assert said["Maintainers"] == "Ada ada@tide.example"
    assert said["Dependencies"] == "redis 7 https://charts.example"
    assert said["Deprecated"] == "no"
    assert node.all("a", href="https://tide.example/")


def test_the_files_of_a_chart_are_in_its_layer() -> None:
    node = shown(FACTS)
    assert node is not None
    links = {link.words: link["href"].partition("?")[0] for link in node.one("p.row").all("a")}
    layer = f"{REPOSITORY}/-/layer/{digest('chart')}"
    assert links == {
        "Chart.yaml": f"{layer}/tide-gauge/Chart.yaml",
        "values.yaml": f"{layer}/tide-gauge/values.yaml",
        "templates": f"{layer}/tide-gauge/templates",
        "all files": layer,
    }


@pytest.mark.parametrize("name", ["..", "a/b", "", 7, None])
def test_a_name_that_is_no_folder_leads_nowhere(name: object) -> None:
    node = shown({**FACTS, "name": name})
    assert node is not None
    assert node.all("p.row") == []


def test_a_module_says_what_it_is_made_for_and_leads_to_what_it_imports() -> None:
    node = shown(
        {"os": "wasip2", "architecture": "wasm", "component": {"exports": ["wasi:http/handler"]}}, WASM.document
    )
    assert node is not None
    assert [name.words for name in node.all("dt")] == ["Made for", "Architecture", "Exports"]
    link = next(link for link in node.all("a") if link.words == "Imports and exports")
    assert link["href"].startswith(f"{REPOSITORY}/-/blob/{digest('w')}?")
    assert link["href"].endswith("&as=wasm")


@pytest.mark.parametrize("facts", [b"no json", b"[]", b'{"a": 1, "a": 2}'])
def test_a_config_that_cannot_be_read_says_nothing(facts: bytes) -> None:
    assert shown(facts) is None


def test_hostile_facts_are_text() -> None:
    node = shown({"name": "<script>", "description": "\u202e", "keywords": ["<b>"], "home": "javascript:alert(1)"})
    assert node is not None
    assert node.all("script") == node.all("b") == []
    assert [link["href"] for link in node.all("a") if link["href"].startswith("javascript")] == []
