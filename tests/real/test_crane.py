"""crane's registry behind nginx: JSON that is called text/plain, lists without a Link, no authentication."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.real.asking import ask
from tests.real.explorer import Explorer
from tests.real.shore import CLASSIC, INDEX
from tests.servers.crane_registry import crane_registry
from tests.servers.images import Image
from tests.servers.pushing import Crane, Skopeo


@pytest.fixture(scope="module")
def host(programs: None, image: Image, logs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("crane")
    with crane_registry(folder / "registry", logs) as host:
        assert Skopeo(host, folder / "skopeo").push(image, INDEX) == image.digest
        Crane(host, folder / "crane").append({"hold/cargo": b"soundings"}, CLASSIC)
        yield host


@pytest.mark.parametrize("path", ["/v2/_catalog?n=1", "/v2/lab/harbour/tags/list?n=1"])
def test_its_lists_are_called_text_and_have_no_link(host: str, path: str) -> None:
    answer = ask(host, path)
    assert answer.status == 200
    assert answer.one("Content-Type").startswith("text/plain")
    assert answer.all("Link") == []


def test_the_catalog_lists_what_was_pushed(explorer: Explorer, host: str) -> None:
    explorer.open(host)
    explorer.awaits("registry", "shown", host)
    for reference in (INDEX, CLASSIC):
        expect(explorer.links_to(f"{host}/{reference.partition(':')[0]}").first).to_be_visible()


def test_a_repository_lists_its_tags(explorer: Explorer, host: str) -> None:
    explorer.open(f"{host}/lab/harbour")
    explorer.awaits("repository", "shown", f"{host}/lab/harbour")
    expect(explorer.links_to(f"{host}/{INDEX}").first).to_be_visible()


def test_an_image_is_shown_with_its_digest_and_platforms(explorer: Explorer, host: str, image: Image) -> None:
    explorer.open(f"{host}/{INDEX}")
    explorer.awaits("manifest", "shown", f"{host}/{INDEX}")
    expect(explorer.main).to_contain_text(image.digest)
    for platform in image.platforms:
        expect(explorer.main).to_contain_text(platform)


def test_a_docker_schema_2_image_is_shown(explorer: Explorer, host: str) -> None:
    explorer.open(f"{host}/{CLASSIC}")
    explorer.awaits("manifest", "shown", f"{host}/{CLASSIC}")


def test_a_tag_that_is_not_there_is_said_to_be_not_there(explorer: Explorer, host: str) -> None:
    explorer.open(f"{host}/lab/harbour:none")
    explorer.awaits("manifest", "failed", problem="not-found")
