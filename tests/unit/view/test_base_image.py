import json

import pytest

from app.state.base_model import BaseCheck
from app.view.base_image import BaseImage, base_entry, base_image
from app.view.markup import render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import MANIFEST, at, digest, image_page

NAME = "org.opencontainers.image.base.name"
DIGEST = "org.opencontainers.image.base.digest"
BASE = BaseImage("debian:12", digest("base"))


def entry(check: BaseCheck | None = None, base: BaseImage = BASE) -> Node:
    page = image_page(base=check)
    return read(render(base_entry(at(MANIFEST, page), page, base)))


def test_the_first_that_names_a_base_counts() -> None:
    assert base_image({}, {NAME: "a:1"}, {NAME: "b:1"}) == BaseImage("a:1", None)
    assert base_image({NAME: "debian:12", DIGEST: str(digest("base"))}) == BASE
    assert base_image({DIGEST: str(digest("base"))}) is None


def test_it_leads_to_the_image_at_its_own_registry_and_offers_to_ask() -> None:
    node = entry()
    assert node.all("a")[0]["href"] == f"#/docker.io/library/debian@{digest('base')}"
    button = node.one("button", data_command="base-check")
    assert json.loads(button["data-args"]) == {"name": "debian:12"}


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (BaseCheck("debian:12", "asking", None), "Asking its registry"),
        (BaseCheck("debian:12", "known", digest("base")), "unchanged"),
        (BaseCheck("debian:12", "known", digest("new")), "moved on: the tag now names"),
        (BaseCheck("debian:12", "known", None), "does not say which digest"),
        (BaseCheck("debian:12", "private", None), "private host"),
        (BaseCheck("debian:12", "login", None), "wants a login"),
        (BaseCheck("debian:12", "failed", None, "it answered 404"), "it answered 404"),
    ],
)
def test_what_became_of_the_question_is_said(check: BaseCheck, said: str) -> None:
    node = entry(check)
    assert said in node.words
    assert node.all("button", data_command="base-check") == []


def test_the_answer_for_another_base_is_not_shown() -> None:
    assert entry(BaseCheck("alpine:3", "known", digest("base"))).all("button", data_command="base-check")


def test_without_a_digest_of_then_only_that_of_now_is_told() -> None:
    node = entry(BaseCheck("debian:12", "known", digest("new")), BaseImage("debian:12", None))
    assert "It is now" in node.words
    assert "unchanged" not in node.words


def test_what_is_no_reference_is_text_and_nobody_is_asked() -> None:
    node = entry(base=BaseImage("no reference", None))
    assert node.all("a") == node.all("button") == []
