import asyncio
import json

import pytest

from app.auth.errors import LoginRequired
from app.client.endpoints import blob_url, manifest_url, referrers_tag, referrers_url
from app.client.errors import BadDigest, NotFound
from app.oci.descriptor import Descriptor
from app.oci.digest import Digest, digest_of
from app.oci.index import Index
from app.oci.manifest_document import parse_manifest
from app.oci.media_type import OCI_INDEX, OCI_MANIFEST
from app.ports.transport import Request
from app.state.manifest_page import begin, choose, load, load_raw, on_platform
from app.state.model import ManifestPage, Raw
from app.state.route import parse_route
from tests.unit.fake_transport import FakeResponse, challenge
from tests.unit.state.fake_content import (
    REGISTRY,
    REPOSITORY,
    TAGS,
    config_of,
    image_of,
    index_of,
    plan_image,
    plan_manifest,
)
from tests.unit.state.fake_work import FakeWork


def work_for(reference: str = ":1", query: str = "") -> FakeWork:
    route = parse_route(f"{TAGS}{reference}{query}")
    return FakeWork(route, begin(route))


def loaded(work: FakeWork) -> ManifestPage:
    asyncio.run(load(work))
    page = work.page()
    assert isinstance(page, ManifestPage)
    return page


def plan_index(work: FakeWork) -> list[bytes]:
    """An index of two images under the tag 1."""
    images = [plan_image(work.transport, name, name, name) for name in ("amd64", "arm64")]
    plan_manifest(work.transport, index_of((images[0], "amd64"), (images[1], "arm64")), "1")
    return images


def test_the_page_begins_with_the_platform_of_its_address() -> None:
    assert begin(parse_route(f"{TAGS}:1?platform=linux/arm64")).platform == "linux/arm64"


def test_an_image_comes_with_its_config() -> None:
    work = work_for()
    raw = plan_image(work.transport, "1")
    page = loaded(work)
    assert page.fetched is not None
    assert (page.fetched.raw, page.image) == (raw, page.fetched)
    assert page.config is not None
    assert page.config.architecture == "amd64"
    assert page.referrers == ()


def test_the_manifest_is_shown_before_what_it_leads_to() -> None:
    work = work_for()
    plan_image(work.transport, "1")
    loaded(work)
    first = work.shown[1]
    assert isinstance(first, ManifestPage)
    assert first.fetched is not None
    assert (first.config, first.referrers) == (None, None)


@pytest.mark.parametrize(("query", "number"), [("", 0), ("?platform=linux/arm64", 1), ("?platform=plan9/x", 0)])
def test_an_index_shows_the_platform_asked_for_and_reads_all(query: str, number: int) -> None:
    work = work_for(query=query)
    images = plan_index(work)
    page = loaded(work)
    assert [child.fetched.raw for child in page.children if child.fetched] == images
    assert page.image is not None
    assert page.image.raw == images[number]
    assert page.config is not None
    assert page.config.architecture == ("amd64", "arm64")[number]


def test_the_platform_that_is_shown_is_read_first() -> None:
    work = work_for(query="?platform=linux/arm64")
    images = plan_index(work)
    loaded(work)
    read = [url for url in work.transport.urls() if "/manifests/sha256:" in url]
    assert read[0] == manifest_url(REGISTRY, REPOSITORY, digest_of(images[1]))


def test_a_platform_that_cannot_be_read_says_so_and_the_others_are_there() -> None:
    work = work_for(query="?platform=linux/arm64")
    good, bad = plan_image(work.transport, "amd64"), image_of(config_of("bad"))
    plan_manifest(work.transport, index_of((good, "amd64"), (bad, "arm64")), "1")
    page = loaded(work)
    assert page.children[0].fetched is not None
    assert page.children[1].failure is not None
    assert page.children[1].failure.kind == "not-found"
    assert page.config_failure == page.children[1].failure
    assert page.image is None


def test_at_most_four_platforms_are_read_at_a_time() -> None:
    work = work_for()
    images = [(image_of(config_of(str(number))), f"a{number}") for number in range(12)]
    plan_manifest(work.transport, index_of(*images), "1")

    async def stalled(request: Request) -> FakeResponse:
        await asyncio.Event().wait()
        raise AssertionError

    for raw, _ in images:
        work.transport.on("GET", manifest_url(REGISTRY, REPOSITORY, digest_of(raw)), stalled)

    async def run() -> None:
        loading = asyncio.ensure_future(load(work))
        for _ in range(50):
            await asyncio.sleep(0)
        assert sum("/manifests/sha256:" in url for url in work.transport.urls()) == 4
        loading.cancel()
        await asyncio.gather(loading, return_exceptions=True)
        assert len(work.transport.aborted) == 4

    asyncio.run(run())


def test_a_config_that_is_missing_leaves_the_manifest() -> None:
    work = work_for()
    plan_manifest(work.transport, image_of(config_of("1")), "1")
    page = loaded(work)
    assert page.fetched is not None
    assert page.config_failure is not None
    assert page.config_failure.kind == "not-found"


def test_a_config_that_is_no_config_leaves_the_manifest() -> None:
    work = work_for()
    plan_manifest(work.transport, image_of(b"[]"), "1")
    work.transport.on("GET", blob_url(REGISTRY, REPOSITORY, digest_of(b"[]")), FakeResponse(200, b"[]"))
    page = loaded(work)
    assert page.config_failure is not None
    assert page.config_failure.kind == "bad-answer"


def test_referrers_are_listed() -> None:
    work = work_for()
    raw = plan_image(work.transport, "1")
    referrer = {"mediaType": OCI_MANIFEST, "digest": str(digest_of(b"r")), "size": 7, "artifactType": "a/b"}
    body = json.dumps({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [referrer]}).encode()
    url = referrers_url(REGISTRY, REPOSITORY, digest_of(raw))
    work.transport.on("GET", url, FakeResponse(200, body, [("Content-Type", OCI_INDEX)]))
    page = loaded(work)
    assert page.referrers is not None
    assert [str(one.digest) for one in page.referrers] == [str(digest_of(b"r"))]


def test_referrers_that_fail_leave_the_manifest() -> None:
    work = work_for()
    raw = plan_image(work.transport, "1")
    work.transport.on("GET", referrers_url(REGISTRY, REPOSITORY, digest_of(raw)), FakeResponse(500))
    page = loaded(work)
    assert page.referrers_failure is not None
    assert page.config is not None


def test_a_login_for_referrers_alone_does_not_hide_the_image() -> None:
    work = work_for()
    raw = plan_image(work.transport, "1")
    work.transport.on("GET", referrers_url(REGISTRY, REPOSITORY, digest_of(raw)), challenge('Basic realm="r"'))
    page = loaded(work)
    assert page.referrers_failure is not None
    assert page.referrers_failure.kind == "denied"


def test_a_login_for_the_config_is_asked_of_the_person_and_ends_the_rest() -> None:
    work = work_for()
    config = config_of("closed")
    plan_manifest(work.transport, image_of(config), "1")
    work.transport.on("GET", blob_url(REGISTRY, REPOSITORY, digest_of(config)), challenge('Basic realm="r"'))
    with pytest.raises(LoginRequired):
        asyncio.run(load(work))


def test_a_manifest_that_is_not_there_is_the_callers_matter() -> None:
    with pytest.raises(NotFound):
        asyncio.run(load(work_for()))


def test_bytes_of_another_digest_are_shown_nowhere() -> None:
    digest = digest_of(b"good")
    work = work_for(f"@{digest}")
    work.transport.on("GET", manifest_url(REGISTRY, REPOSITORY, digest), FakeResponse(200, image_of(b"{}")))
    with pytest.raises(BadDigest):
        asyncio.run(load(work))
    assert len(work.shown) == 1


def test_another_attempt_asks_only_for_what_is_missing() -> None:
    work = work_for()
    plan_index(work)
    loaded(work)
    again = FakeWork(work.route, work.page(), work.transport)
    work.transport.requests.clear()
    page = loaded(again)
    assert work.transport.urls() == [manifest_url(REGISTRY, REPOSITORY, "1")]
    assert page == work.page()


def test_a_tag_that_was_moved_meanwhile_is_shown_anew() -> None:
    work = work_for()
    plan_index(work)
    loaded(work)
    again = FakeWork(work.route, work.page())
    raw = plan_image(again.transport, "1", "moved")
    page = loaded(again)
    assert page.image is not None
    assert (page.image.raw, page.children) == (raw, ())


def test_another_platform_begins_with_what_is_known_of_it() -> None:
    work = work_for()
    images = plan_index(work)
    page = on_platform(loaded(work), "linux/arm64")
    assert page.image is not None
    assert (page.image.raw, page.config, page.platform) == (images[1], None, "linux/arm64")
    assert all(child.fetched for child in page.children)


def test_the_config_of_another_platform_is_read() -> None:
    work = work_for()
    plan_index(work)
    known = on_platform(loaded(work), "linux/arm64")
    page = loaded(FakeWork(parse_route(f"{TAGS}:1?platform=linux/arm64"), known, work.transport))
    assert page.config is not None
    assert page.config.architecture == "arm64"


def test_the_raw_view_reads_the_manifest_alone() -> None:
    route = parse_route(f"{TAGS}:1/-/raw")
    work = FakeWork(route, Raw(None, loading=True))
    raw = plan_image(work.transport, "1")
    asyncio.run(load_raw(work))
    page = work.page()
    assert isinstance(page, Raw)
    assert page.fetched is not None
    assert (page.fetched.raw, page.loading, len(work.transport.requests)) == (raw, False, 1)


def descriptors(*platforms: tuple[str, str]) -> tuple[Descriptor, ...]:
    manifests = [
        {
            "mediaType": OCI_MANIFEST,
            "digest": str(digest_of(architecture.encode())),
            "size": 1,
            "platform": {"os": os, "architecture": architecture},
        }
        for os, architecture in platforms
    ]
    index = parse_manifest(
        json.dumps({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": manifests}).encode(), None
    )
    assert isinstance(index, Index)
    return index.manifests


@pytest.mark.parametrize(
    ("platforms", "wanted", "found"),
    [
        ((("linux", "a"), ("linux", "b")), "linux/b", "b"),
        ((("linux", "a"), ("linux", "b")), None, "a"),
        ((("unknown", "unknown"), ("linux", "b")), None, "b"),
        ((("unknown", "unknown"),), None, "unknown"),
    ],
)
def test_a_platform_is_chosen(platforms: tuple[tuple[str, str], ...], wanted: str | None, found: str) -> None:
    chosen = choose(descriptors(*platforms), wanted)
    assert chosen is not None
    assert chosen.digest == digest_of(found.encode())


def test_of_nothing_nothing_is_chosen() -> None:
    assert choose((), None) is None


def test_the_tag_of_referrers_is_asked_for_where_there_is_no_api() -> None:
    work = work_for()
    digest: Digest = digest_of(plan_image(work.transport, "1"))
    loaded(work)
    assert manifest_url(REGISTRY, REPOSITORY, referrers_tag(digest)) in work.transport.urls()
