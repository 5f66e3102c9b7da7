import asyncio

from app.client.endpoints import blob_url, manifest_url
from app.client.errors import RateLimited
from app.oci.digest import digest_of
from app.oci.manifest import Manifest
from app.oci.manifest_document import parse_manifest
from app.oci.media_type import OCI_INDEX, OCI_MANIFEST
from app.ports.transport import Request
from app.state.model import CHUNK, TagDetail, Tags
from app.state.tag_reader import AT_A_TIME, PLATFORMS, size_of
from tests.unit.fake_transport import FakeResponse, FakeTransport, error_response, json_response
from tests.unit.state.fake_content import (
    HOME,
    REGISTRY,
    REPOSITORY,
    TAGS,
    config_of,
    image_of,
    index_of,
    plan_blob,
    plan_image,
    plan_manifest,
    plan_tags,
)
from tests.unit.state.fake_page import Tab, names, nothing_there, play


def details(tab: Tab) -> dict[str, TagDetail]:
    assert isinstance(tab.state.page, Tags)
    return dict(tab.state.page.details)


def tags_read(transport: FakeTransport) -> list[str]:
    """The tags whose manifests were asked for, once each, in order."""
    start = manifest_url(REGISTRY, REPOSITORY, "x").removesuffix("x")
    asked = [url.removeprefix(start) for url in transport.urls() if url.startswith(start) and "sha256:" not in url]
    return list(dict.fromkeys(asked))


def test_nothing_is_read_of_rows_that_are_not_in_view() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1", "2"])
        await tab.start(TAGS)
        assert tags_read(tab.transport) == []

    play(scene)


def test_the_rows_in_view_are_filled_in() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        raw = plan_image(tab.transport, "1")
        await tab.start(TAGS)
        await tab.see(0)
        size = 1000 + len(config_of("1"))
        assert details(tab) == {
            "1": TagDetail(digest_of(raw), "image", size, ("linux/amd64",), "2026-01-02T03:04:05Z", None)
        }

    play(scene)


def test_an_index_shows_its_platforms_and_their_size_together() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        images = [(plan_image(tab.transport, name, name, name), name) for name in ("amd64", "arm64")]
        raw = index_of(*images)
        plan_manifest(tab.transport, raw, "1")
        await tab.start(TAGS)
        await tab.see(0)
        detail = details(tab)["1"]
        assert detail.platforms == ("linux/amd64", "linux/arm64")
        assert detail.size == 2000 + len(config_of("amd64", "amd64")) + len(config_of("arm64", "arm64"))
        assert detail.created == "2026-01-02T03:04:05Z"
        assert detail.complete

    play(scene)


def test_an_index_of_very_many_platforms_shows_no_size() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        images = [(image_of(config_of(str(number))), f"a{number}") for number in range(PLATFORMS + 1)]
        plan_manifest(tab.transport, index_of(*images), "1")
        await tab.start(TAGS)
        await tab.see(0)
        detail = details(tab)["1"]
        assert (len(detail.platforms), detail.size, detail.complete) == (PLATFORMS + 1, None, True)
        assert len(tab.transport.requests) == 2

    play(scene)


def test_an_index_of_artifacts_is_complete_without_a_size() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        plan_manifest(tab.transport, b'{"schemaVersion":2,"mediaType":"%s","manifests":[]}' % OCI_INDEX.encode(), "1")
        await tab.start(TAGS)
        await tab.see(0)
        assert details(tab)["1"].complete

    play(scene)


def many(tab: Tab, count: int) -> list[str]:
    tags = names("v1.", count)
    plan_tags(tab.transport, tags)
    for tag in tags:
        plan_image(tab.transport, tag)
    return tags


def test_only_the_rows_of_the_chunks_in_view_are_read() -> None:
    async def scene(tab: Tab) -> None:
        newest = many(tab, 4 * CHUNK)[::-1]
        await tab.start(TAGS)
        await tab.see(1)
        assert tags_read(tab.transport) == newest[CHUNK : 2 * CHUNK]

    play(scene)


def test_at_most_four_rows_are_read_at_a_time() -> None:
    async def scene(tab: Tab) -> None:
        many(tab, 2 * CHUNK)
        await tab.start(TAGS)
        tab.transport.most_in_flight = 0
        await tab.see(0, 1)
        assert len(details(tab)) == 2 * CHUNK
        assert tab.transport.most_in_flight == AT_A_TIME == 4

    play(scene)


async def never(request: Request) -> FakeResponse:
    await asyncio.Event().wait()
    raise AssertionError


def test_rows_that_left_the_view_are_given_up_for_those_that_came() -> None:
    async def scene(tab: Tab) -> None:
        tags = names("v1.", 2 * CHUNK)[::-1]
        plan_tags(tab.transport, tags)
        for tag in tags[:CHUNK]:
            tab.transport.on("GET", manifest_url(REGISTRY, REPOSITORY, tag), never)
        for tag in tags[CHUNK:]:
            plan_image(tab.transport, tag)
        await tab.start(TAGS)
        await tab.see(0)
        assert tags_read(tab.transport) == tags[:AT_A_TIME]
        await tab.see(1)
        assert len(tab.transport.aborted) == AT_A_TIME
        assert sorted(details(tab)) == sorted(tags[CHUNK:])

    play(scene)


def test_a_row_given_up_half_read_is_read_to_its_end_when_it_is_back_in_view() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        config = config_of("1")
        plan_manifest(tab.transport, image_of(config), "1")
        url = blob_url(REGISTRY, REPOSITORY, digest_of(config))
        tab.transport.on("GET", url, never, FakeResponse(200, config))
        await tab.start(TAGS)
        await tab.see(0)
        assert (details(tab)["1"].size, details(tab)["1"].complete) == (1000 + len(config), False)
        await tab.see()
        assert [request.url for request in tab.transport.aborted] == [url]
        await tab.see(0)
        assert (details(tab)["1"].created, details(tab)["1"].complete) == ("2026-01-02T03:04:05Z", True)

    play(scene)


def test_rows_in_view_are_read_again_and_again_only_once() -> None:
    async def scene(tab: Tab) -> None:
        many(tab, 3)
        await tab.start(TAGS)
        await tab.see(0)
        before = len(tab.transport.requests)
        await tab.see()
        await tab.see(0)
        assert len(tab.transport.requests) == before

    play(scene)


def test_a_row_that_fails_says_so_and_does_not_stop_the_others() -> None:
    async def scene(tab: Tab) -> None:
        tags = names("v1.", 6)
        plan_tags(tab.transport, [*tags, "gone"])
        for tag in tags:
            plan_image(tab.transport, tag)
        await tab.start(TAGS)
        await tab.see(0)
        failure = details(tab)["gone"].failure
        assert failure is not None
        assert failure.kind == "not-found"
        assert sum(detail.failure is None for detail in details(tab).values()) == 6
        assert tab.facts() == ("repository", "shown", "")

    play(scene)


def test_a_row_with_a_name_that_no_url_can_hold_fails_by_itself() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["..", "1"])
        plan_image(tab.transport, "1")
        await tab.start(TAGS)
        await tab.see(0)
        assert details(tab)[".."].failure is not None
        assert details(tab)["1"].failure is None

    play(scene)


def test_what_is_known_of_a_row_stays_when_the_rest_of_it_fails() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        raw = image_of(config_of("1"))
        plan_manifest(tab.transport, raw, "1")
        await tab.start(TAGS)
        await tab.see(0)
        detail = details(tab)["1"]
        assert detail.failure is not None
        assert detail.digest == digest_of(raw)
        assert detail.complete

    play(scene)


def test_a_row_that_failed_is_not_asked_for_again_before_retry() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        await tab.start(TAGS)
        await tab.see(0)
        before = len(tab.transport.requests)
        await tab.see()
        await tab.see(0)
        assert len(tab.transport.requests) == before

    play(scene)


def test_a_rate_limit_stops_the_rows_and_retry_takes_them_up_again() -> None:
    async def scene(tab: Tab) -> None:
        tags = names("v1.", 10)[::-1]
        plan_tags(tab.transport, tags)
        limited = [True]

        def answer(request: Request) -> FakeResponse:
            if limited:
                return error_response(429, "TOOMANYREQUESTS")
            return FakeResponse(200, raw, [("Content-Type", OCI_MANIFEST)])

        config = config_of("1")
        plan_blob(tab.transport, config)
        raw = image_of(config)
        for tag in tags:
            tab.transport.on("GET", manifest_url(REGISTRY, REPOSITORY, tag), answer)
        await tab.start(TAGS)
        await tab.see(0)
        assert len(tags_read(tab.transport)) <= AT_A_TIME
        assert tab.facts() == ("repository", "partial", "rate-limited")
        assert tab.state.failure is not None
        assert isinstance(tab.state.failure.error, RateLimited)
        limited.clear()
        await tab.press("retry")
        assert tab.facts() == ("repository", "shown", "")
        assert all(detail.failure is None for detail in details(tab).values())
        assert len(details(tab)) == 10

    play(scene)


def test_a_rate_limit_is_still_said_when_the_rest_of_the_list_has_come() -> None:
    opened = asyncio.Event()

    async def later(request: Request) -> FakeResponse:
        await opened.wait()
        return json_response({"tags": ["0"]})

    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"], later)
        tab.transport.on("GET", manifest_url(REGISTRY, REPOSITORY, "1"), error_response(429, "TOOMANYREQUESTS"))
        await tab.start(TAGS)
        await tab.see(0)
        opened.set()
        await tab.settle()
        assert tab.rows() == ["1", "0"]
        assert tab.facts() == ("repository", "partial", "rate-limited")

    play(scene)


def test_rows_half_read_are_finished_when_the_page_comes_back_from_memory() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        config = config_of("1")
        plan_manifest(tab.transport, image_of(config), "1")
        tab.transport.on("GET", blob_url(REGISTRY, REPOSITORY, digest_of(config)), never, FakeResponse(200, config))
        await tab.start(TAGS)
        await tab.see(0)
        await tab.go("#/")
        await tab.go(TAGS)
        await tab.see(0)
        assert details(tab)["1"].complete
        assert details(tab)["1"].failure is None

    play(scene)


def test_leaving_the_page_ends_the_rows_that_are_being_read() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1", "2"])
        for tag in ("1", "2"):
            tab.transport.on("GET", manifest_url(REGISTRY, REPOSITORY, tag), never)
        await tab.start(TAGS)
        await tab.see(0)
        await tab.go(HOME)
        assert len(tab.transport.aborted) == 2
        assert tab.transport.in_flight == 0

    play(scene)


def test_filtering_moves_the_view_to_other_rows() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["one", *names("v1.", 2 * CHUNK)])
        plan_image(tab.transport, "one")
        await tab.start(TAGS)
        await tab.see(0)
        assert "one" not in details(tab)
        await tab.type("filter", "one")
        assert details(tab)["one"].complete

    play(scene, lambda: Tab(FakeTransport(nothing_there)))


def test_the_size_of_a_manifest_is_that_of_its_layers_and_config() -> None:
    config = config_of("x")
    manifest = parse_manifest(image_of(config), None)
    assert isinstance(manifest, Manifest)
    assert size_of(manifest) == 1000 + len(config)
