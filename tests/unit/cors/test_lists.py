"""What there is to read, and whether a list goes on."""

import asyncio
import json

import pytest

from app.cors.lists import Lists
from app.oci.origin import parse_origin
from tests.unit.cors.fake_asking import asking_on
from tests.unit.cors.fake_browser import Answer, Arrived, FakeBrowser, Server
from tests.unit.cors.fake_servers import REGISTRY, Cors, FakeRegistry

HIDDEN = Cors(expose="Docker-Content-Digest")


def examine(server: Server, repository: str | None) -> tuple[tuple[str, ...], list[str]]:
    """The verdicts, and what was asked."""
    browser = FakeBrowser({REGISTRY: server})
    asking, _ = asking_on(browser)
    asyncio.run(Lists(asking, parse_origin(REGISTRY)).examine_link(repository))
    return asking.notes.diagnosis.verdicts, [probe.url.removeprefix(f"{REGISTRY}/v2/") for probe in browser.probes]


def first(server: Server) -> str | None:
    asking, _ = asking_on(FakeBrowser({REGISTRY: server}))
    return asyncio.run(Lists(asking, parse_origin(REGISTRY)).repository())


def catalog(*names: object) -> Server:
    def answer(request: Arrived) -> Answer:
        return Cors().answer(request, Answer(200, (), json.dumps({"repositories": names}).encode()))

    return answer


def test_the_first_repository_is_taken() -> None:
    assert first(FakeRegistry()) == "app"


@pytest.mark.parametrize("name", ["..", "a/../b", "", "a//b"])
def test_a_name_that_leads_elsewhere_is_passed_over(name: str) -> None:
    assert first(catalog(name, 7, "good")) == "good"


@pytest.mark.parametrize("body", [b"", b"[]", b'{"repositories": 1}', b"<html>", b'{"tags": null}'])
def test_what_is_no_list_has_no_names(body: bytes) -> None:
    assert first(lambda request: Cors().answer(request, Answer(200, (), body))) is None


def test_a_link_that_can_be_read_is_enough() -> None:
    assert examine(FakeRegistry(), "app") == ((), ["app/tags/list?n=1"])


def test_one_entry_of_two_without_a_link_is_a_hidden_link() -> None:
    verdicts, asked = examine(FakeRegistry(HIDDEN), "app")
    assert verdicts == ("link-not-exposed",)
    assert asked == ["app/tags/list?n=1", "app/tags/list?n=2"]


def test_a_list_of_one_tells_nothing_and_the_other_list_is_asked() -> None:
    verdicts, asked = examine(FakeRegistry(HIDDEN, tags=("1",)), "app")
    assert verdicts == ("link-not-exposed",)
    assert asked == ["app/tags/list?n=1", "app/tags/list?n=2", "_catalog?n=1", "_catalog?n=2"]


def test_two_lists_of_one_tell_nothing() -> None:
    assert examine(FakeRegistry(HIDDEN, tags=("1",), repositories=("app",)), "app")[0] == ()


def test_a_registry_that_ignores_how_many_is_asked_for_no_more() -> None:
    verdicts, asked = examine(FakeRegistry(HIDDEN, paged=False, repositories=("app",)), "app")
    assert verdicts == ()
    assert "app/tags/list?n=2" not in asked


def test_a_list_that_may_not_be_read_tells_nothing() -> None:
    assert examine(FakeRegistry(HIDDEN, auth="basic"), "app")[0] == ()


def test_a_list_is_asked_for_once() -> None:
    browser = FakeBrowser({REGISTRY: FakeRegistry()})
    asking, _ = asking_on(browser)
    lists = Lists(asking, parse_origin(REGISTRY))

    async def all_of_it() -> None:
        assert await lists.repository() == "app"
        assert await lists.tag("app") == "1"
        await lists.examine_link("app")

    asyncio.run(all_of_it())
    assert len(browser.probes) == 2
