import asyncio

import pytest

from app.client.endpoints import blob_url
from app.client.errors import BadDigest, NotFound
from app.oci.digest import digest_of
from app.state.blob_page import PART, SHOWN, begin, load
from app.state.model import Blob
from app.state.route import parse_route
from tests.unit.fake_transport import FakeResponse
from tests.unit.state.fake_content import REGISTRY, REPOSITORY, TAGS, plan_blob
from tests.unit.state.fake_work import FakeWork

DIGEST = digest_of(b"content")
ADDRESS = f"{TAGS}/-/blob/{DIGEST}"


def work_for(query: str = "") -> FakeWork:
    route = parse_route(ADDRESS + query)
    return FakeWork(route, begin(route))


@pytest.mark.parametrize(
    ("query", "media_type", "size"),
    [
        ("", None, None),
        ("?type=text/plain&size=12", "text/plain", 12),
        ("?size=-1", None, None),
        ("?size=x", None, None),
        (f"?size={'9' * 5000}", None, None),
    ],
)
def test_the_page_begins_with_what_the_link_said(query: str, media_type: str | None, size: int | None) -> None:
    assert begin(parse_route(ADDRESS + query)) == Blob(DIGEST, media_type, size, content=None, too_large=False)


def test_a_small_blob_is_read() -> None:
    work = work_for()
    plan_blob(work.transport, b"content")
    asyncio.run(load(work))
    assert work.page() == Blob(DIGEST, None, None, b"content", too_large=False)


def test_a_blob_that_is_said_to_be_large_is_not_asked_for() -> None:
    work = work_for(f"?size={SHOWN + 1}")
    asyncio.run(load(work))
    assert work.page() == Blob(DIGEST, None, SHOWN + 1, None, too_large=True)
    assert work.transport.requests == []


def test_a_blob_that_is_found_to_be_large_is_not_shown() -> None:
    work = work_for("?size=7")
    work.transport.on("GET", blob_url(REGISTRY, REPOSITORY, DIGEST), FakeResponse(200, bytes(SHOWN + 1)))
    asyncio.run(load(work))
    assert work.page() == Blob(DIGEST, None, 7, None, too_large=True)


def test_bytes_of_another_digest_are_shown_nowhere() -> None:
    work = work_for()
    work.transport.on("GET", blob_url(REGISTRY, REPOSITORY, DIGEST), FakeResponse(200, b"other"))
    with pytest.raises(BadDigest):
        asyncio.run(load(work))
    assert len(work.shown) == 1


def test_a_blob_that_is_not_there_is_the_callers_matter() -> None:
    with pytest.raises(NotFound):
        asyncio.run(load(work_for()))


def large(query: str, *answers: FakeResponse) -> FakeWork:
    work = work_for(f"?size={SHOWN + 1}&as=hex{query}")
    work.transport.on("GET", blob_url(REGISTRY, REPOSITORY, DIGEST), *answers)
    asyncio.run(load(work))
    return work


def test_of_a_large_blob_the_part_that_is_asked_for_is_read() -> None:
    part = FakeResponse(206, b"b" * 5000, [("Content-Range", f"bytes 4096-9095/{SHOWN + 1}")])
    work = large("&at=4100", part)
    page = work.page()
    assert isinstance(page, Blob)
    assert page.part == (4096, b"b" * PART)
    assert page.too_large
    assert work.transport.requests[-1].header("Range") == "bytes=4096-"


def test_a_registry_that_sends_whole_blobs_only_is_not_read_to_the_end() -> None:
    page = large("&at=4096", FakeResponse(200, b"a" * 100)).page()
    assert isinstance(page, Blob)
    assert page.part == (4096, None)
