import json

from app.oci import media_type as types
from app.oci.schema1 import Schema1
from app.view.markup import render
from app.view.schema1 import schema1
from tests.unit.view.reading import Node, read
from tests.unit.view.states import LANDING, MANIFEST, REPOSITORY, at, digest, fetched


def page(**more: object) -> Node:
    history = [{"v1Compatibility": json.dumps({"container_config": {"Cmd": ["/bin/sh -c #(nop) ADD file:a in /"]}})}]
    given = {"schemaVersion": 1, "name": "library/old", "tag": "1", "architecture": "amd64", "history": history}
    found = fetched({**given, "fsLayers": [{"blobSum": str(digest("l"))}], **more}, types.DOCKER_SCHEMA1)
    assert isinstance(found.document, Schema1)
    return read(render(schema1(at(MANIFEST, LANDING), found.document)))


def test_it_is_shown_as_what_it_is() -> None:
    node = page().one("div.notice--warn")
    assert "schema 1" in node.one("h2").words
    assert "It calls itself library/old:1, for amd64." in node.text.replace("\n", " ")


def test_its_layers_stand_beside_their_history() -> None:
    cells = [node for node in page().one("tbody").one("tr").children if isinstance(node, Node)]
    assert [cell.words for cell in cells[:2]] == ["1", "ADD file:a in /"]
    assert cells[2].one("a")["href"].startswith(f"{REPOSITORY}/-/layer/{digest('l')}")


def test_layers_without_history_are_shown_all_the_same() -> None:
    assert "no history" in page(history=[]).one("tbody").text


def test_what_it_calls_itself_may_be_hostile() -> None:
    assert "<b>\\u202e" in page(name="<b>\u202e").text
