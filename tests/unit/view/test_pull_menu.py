from app.oci.digest import Digest
from app.view.markup import render
from app.view.pull_menu import pull_menu
from tests.unit.view.reading import Node, read
from tests.unit.view.states import REGISTRY, digest


def menu(tag: str | None, found: Digest | None) -> Node:
    return read(render(pull_menu(REGISTRY, "harbour/tide-gauge", tag, found, "image")))


def test_every_command_is_copied_as_it_is_shown() -> None:
    for item in menu("1", None).one("ul.commands").all("li"):
        assert item.one("button.copy")["data-copy"] == item.one("code").text
        assert item.one("button.copy")["aria-label"] == f"Copy {item.one('span').words} command"


def test_with_a_tag_and_a_digest_one_can_choose() -> None:
    node = menu("1", digest("x"))
    assert node.one("label.pin").all("input", type_="checkbox")
    assert "tide-gauge:1" in node.one("div.by-tag").text
    assert f"tide-gauge@{digest('x')}" in node.one("div.by-digest").text


def test_with_one_of_them_there_is_nothing_to_choose() -> None:
    for node in (menu("1", None), menu(None, digest("x"))):
        assert node.all("label") == []
        assert len(node.all("ul.commands")) == 1


def test_the_reference_itself_can_be_copied() -> None:
    head = menu("1", None).one("div.card-head")
    assert head.one("button.copy")["data-copy"] == "registry.example.net/harbour/tide-gauge:1"
