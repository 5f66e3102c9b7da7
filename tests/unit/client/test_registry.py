from urllib.parse import parse_qs, urlsplit

import pytest

from app.client.errors import BadAnswer, BadDigest, NotFound, ServerFailed, Unreachable, Unsupported
from app.client.paging import Page
from app.oci.digest import Digest, digest_of
from app.oci.media_type import OCI_INDEX, OCI_MANIFEST
from app.oci.origin import parse_origin
from app.ports.transport import FailureReason, Request
from tests.unit.client.fake_registry import BASE, DIGEST, MANIFEST, client_of, run
from tests.unit.fake_transport import FakeResponse, FakeTransport, challenge, error_response, json_response

CATALOG = f"{BASE}/v2/_catalog?n=1000"
TAGS = f"{BASE}/v2/lab/tags/list?n=1000"
BLOB = f"{BASE}/v2/lab/blobs/{digest_of(b'blob')}"
REFERRERS = f"{BASE}/v2/lab/referrers/{DIGEST}"
FALLBACK = f"{BASE}/v2/lab/manifests/sha256-{DIGEST.encoded}"


def planned(url: str, *answers: FakeResponse | FailureReason) -> FakeTransport:
    transport = FakeTransport()
    transport.on("GET", url, *answers)
    return transport


def catalog_page(*names: object, link: str | None = None) -> FakeResponse:
    return json_response({"repositories": names}, headers=() if link is None else (("Link", link),))


def tags_page(*names: object, link: str | None = None) -> FakeResponse:
    return json_response({"name": "lab", "tags": names}, headers=() if link is None else (("Link", link),))


def catalog(transport: FakeTransport, next: str | None = None) -> Page:  # noqa: A002
    return run(client_of(transport).catalog(next))


def tags(transport: FakeTransport) -> Page:
    return run(client_of(transport).tags("lab"))


async def all_tags(transport: FakeTransport) -> list[Page]:
    client = client_of(transport)
    pages = [await client.tags("lab")]
    while pages[-1].next is not None:
        pages.append(await client.tags("lab", pages[-1].next))
    return pages


# Listings.


def test_the_catalog_is_the_repositories_in_the_registrys_order() -> None:
    assert catalog(planned(CATALOG, catalog_page("b", "a/c"))) == Page(("b", "a/c"), None)


def test_the_tags_are_those_of_the_repository() -> None:
    assert tags(planned(TAGS, tags_page("v1", "v2"))) == Page(("v1", "v2"), None)


def test_a_repository_whose_tags_are_null_has_none() -> None:
    assert tags(planned(TAGS, json_response({"name": "lab", "tags": None}))) == Page((), None)


def test_a_listing_sent_as_text_is_read() -> None:
    body = FakeResponse(200, b'{"repositories":["a"]}', [("Content-Type", "text/plain; charset=utf-8")])
    assert catalog(planned(CATALOG, body)).items == ("a",)


def test_the_next_page_is_where_the_link_says() -> None:
    link = '</v2/_catalog?last=b&n=1000>; rel="next"'
    assert catalog(planned(CATALOG, catalog_page("a", "b", link=link))).next == f"{BASE}/v2/_catalog?last=b&n=1000"


def test_the_next_page_is_asked_for_as_it_was_given() -> None:
    url = f"{BASE}/v2/_catalog?next_page=gAAA%3D%3d"
    assert catalog(planned(url, catalog_page("c")), url).items == ("c",)


def test_a_next_page_of_another_origin_ends_the_listing() -> None:
    assert catalog(planned(CATALOG, catalog_page("a", link='<https://evil/v2/_catalog>; rel="next"'))).next is None


@pytest.mark.parametrize(
    ("link", "cut"),
    [
        ('<https://evil/v2/_catalog>; rel="next"', True),
        (f'<{BASE.replace("https", "http")}/v2/_catalog?last=a>; rel="next"', True),
        ('</v2/_catalog?last=a>; rel="next"', False),
        ('</v2/_catalog>; rel="first"', False),
    ],
)
def test_a_listing_that_ends_at_a_refused_link_is_said_to_be_cut(link: str, cut: bool) -> None:
    assert (catalog(planned(CATALOG, catalog_page("a", link=link))).cut is not None) is cut


def test_a_listing_redirected_to_another_origin_does_not_go_on_there() -> None:
    body = json_response(
        {"tags": ["a"]}, headers=[("Link", '</v2/x/tags/list?last=a>; rel="next"')], url="https://else.example/v2/x"
    )
    assert tags(planned(TAGS, body)) == Page(("a",), None, cut=TAGS)


def test_a_next_page_of_another_origin_is_never_asked_for() -> None:
    transport = FakeTransport(lambda request: catalog_page("a"))
    with pytest.raises(ValueError, match="not a URL of"):
        catalog(transport, "https://evil.example/v2/_catalog")
    assert transport.requests == []


def test_pages_that_repeat_names_bring_each_once() -> None:
    transport = planned(TAGS, tags_page("a", "b", link='<?last=b>; rel="next"'))
    transport.on("GET", f"{BASE}/v2/lab/tags/list?last=b", tags_page("b", "c"))
    assert [page.items for page in run(all_tags(transport))] == [("a", "b"), ("c",)]


def test_a_link_on_the_last_page_ends_with_an_empty_one() -> None:
    transport = planned(TAGS, tags_page("a", link='<?last=a>; rel="next"'))
    transport.on("GET", f"{BASE}/v2/lab/tags/list?last=a", tags_page(link='<?last=a&n=2>; rel="next"'))
    assert [page.items for page in run(all_tags(transport))] == [("a",), ()]


def test_a_registry_that_ignores_where_to_go_on_is_asked_twice() -> None:
    transport = FakeTransport(lambda request: tags_page("a", "b", link=f'<?last={len(request.url)}>; rel="next"'))
    assert [page.items for page in run(all_tags(transport))] == [("a", "b"), ()]


def test_a_page_that_failed_can_be_asked_for_again() -> None:
    following = f"{BASE}/v2/lab/tags/list?last=b"
    transport = planned(TAGS, tags_page("a", "b", link='<?last=b>; rel="next"'))
    transport.on("GET", following, "network", tags_page("b", "c"))

    async def retried() -> Page:
        client = client_of(transport)
        first = await client.tags("lab")
        with pytest.raises(Unreachable):
            await client.tags("lab", first.next)
        return await client.tags("lab", first.next)

    assert run(retried()) == Page(("c",), None)


def test_the_first_page_asked_for_again_has_all_its_names() -> None:
    async def twice() -> Page:
        client = client_of(planned(TAGS, tags_page("a", "b")))
        await client.tags("lab")
        return await client.tags("lab")

    assert run(twice()).items == ("a", "b")


def test_a_full_page_without_a_readable_link_goes_on_after_its_last_name() -> None:
    names = [f"t{number:04}" for number in range(1000)]
    transport = planned(TAGS, tags_page(*names))
    transport.on("GET", f"{TAGS}&last=t0999", tags_page("u"))
    assert [len(page.items) for page in run(all_tags(transport))] == [1000, 1]


def test_more_than_a_full_page_without_a_link_is_all_there_is() -> None:
    assert tags(planned(TAGS, tags_page(*map(str, range(1001))))).next is None


def test_a_full_last_page_after_readable_links_is_the_last() -> None:
    transport = planned(TAGS, tags_page("a", link='<?last=a>; rel="next"'))
    transport.on("GET", f"{BASE}/v2/lab/tags/list?last=a", tags_page(*map(str, range(1000))))
    assert run(all_tags(transport))[-1].next is None


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_registry_without_a_catalog_says_unsupported(status: int) -> None:
    with pytest.raises(Unsupported):
        catalog(planned(CATALOG, FakeResponse(status)))


def test_the_tags_of_an_unknown_repository_are_not_found() -> None:
    with pytest.raises(NotFound) as caught:
        tags(planned(TAGS, error_response(404, "NAME_UNKNOWN")))
    assert caught.value.codes[0].code == "NAME_UNKNOWN"


@pytest.mark.parametrize(
    ("body", "reason", "path"),
    [
        (b"<html>hello</html>", "html", ""),
        (b"hello", "json", ""),
        (b"", "json", ""),
        (b'{"tags":["a"', "json", ""),
        (b"\xff\xfe", "json", ""),
        (b"[" * 100_000, "json", ""),
        (b'["a"]', "shape", ""),
        (b"{}", "shape", "tags"),
        (b'{"tags":"a"}', "shape", "tags"),
        (b'{"tags":{"a":1}}', "shape", "tags"),
    ],
)
def test_an_answer_of_another_shape_is_bad_and_says_where(body: bytes, reason: str, path: str) -> None:
    with pytest.raises(BadAnswer) as caught:
        tags(planned(TAGS, FakeResponse(200, body)))
    assert (caught.value.reason, caught.value.path, caught.value.status) == (reason, path, 200)


def test_a_page_of_a_listing_over_sixteen_mebibytes_is_a_bad_answer() -> None:
    with pytest.raises(BadAnswer) as caught:
        tags(planned(TAGS, FakeResponse(200, b" " * (16 * 1024 * 1024 + 1))))
    assert (caught.value.reason, caught.value.limit) == ("too-large", 16 * 1024 * 1024)


def test_a_token_for_the_catalog_has_the_scope_of_its_challenge() -> None:
    def respond(request: Request) -> FakeResponse:
        if "/token" in request.url:
            return json_response({"token": "t"})
        if request.header("Authorization"):
            return catalog_page("a")
        return challenge(f'Bearer realm="{BASE}/token",scope="repository::pull"')

    transport = FakeTransport(respond)
    catalog(transport)
    assert parse_qs(urlsplit(transport.urls()[1]).query) == {"scope": ["repository::pull"]}


def test_a_token_for_tags_has_the_scope_of_the_repository() -> None:
    def respond(request: Request) -> FakeResponse:
        if "/token" in request.url:
            return json_response({"token": "t"})
        return tags_page("a") if request.header("Authorization") else challenge(f'Bearer realm="{BASE}/token"')

    transport = FakeTransport(respond)
    tags(transport)
    assert parse_qs(urlsplit(transport.urls()[1]).query) == {"scope": ["repository:lab:pull"]}


# Ping.


def test_a_registry_answers_the_ping() -> None:
    transport = planned(f"{BASE}/v2/", json_response({}))
    run(client_of(transport).ping())
    assert transport.urls() == [f"{BASE}/v2/"]


def test_a_web_server_that_answers_a_page_is_no_registry() -> None:
    with pytest.raises(BadAnswer) as caught:
        run(client_of(planned(f"{BASE}/v2/", FakeResponse(200, b"<!doctype html>"))).ping())
    assert caught.value.reason == "html"


# Blobs.


def blob(transport: FakeTransport, limit: int = 100) -> bytes:
    return run(client_of(transport).blob("lab", digest_of(b"blob"), limit))


def test_a_blob_is_its_bytes() -> None:
    assert blob(planned(BLOB, FakeResponse(200, b"blob"))) == b"blob"


def test_a_blob_from_a_storage_of_another_origin_is_read() -> None:
    assert blob(planned(BLOB, FakeResponse(200, b"blob", url="https://s3.example/x?sig=1"))) == b"blob"


def test_a_blob_of_other_bytes_is_refused() -> None:
    with pytest.raises(BadDigest) as caught:
        blob(planned(BLOB, FakeResponse(200, b"other")))
    assert (caught.value.expected, caught.value.size) == (digest_of(b"blob"), 5)


def test_a_blob_of_other_bytes_is_not_kept() -> None:
    transport = planned(BLOB, FakeResponse(200, b"other"), FakeResponse(200, b"blob"))

    async def twice() -> bytes:
        client = client_of(transport)
        with pytest.raises(BadDigest):
            await client.blob("lab", digest_of(b"blob"), 100)
        return await client.blob("lab", digest_of(b"blob"), 100)

    assert run(twice()) == b"blob"


def test_a_blob_that_breaks_off_is_unreachable() -> None:
    with pytest.raises(Unreachable) as caught:
        blob(planned(BLOB, FakeResponse(200, b"bl", fails="truncated")))
    assert caught.value.reason == "truncated"


def test_a_blob_over_the_limit_is_a_bad_answer() -> None:
    with pytest.raises(BadAnswer) as caught:
        blob(planned(BLOB, FakeResponse(200, b"blob")), 3)
    assert (caught.value.reason, caught.value.limit) == ("too-large", 3)


def test_a_blob_that_was_read_is_not_asked_for_again() -> None:
    transport = planned(BLOB, FakeResponse(200, b"blob"))

    async def twice() -> bytes:
        client = client_of(transport)
        await client.blob("lab", digest_of(b"blob"), 100)
        return await client.blob("lab", digest_of(b"blob"), 100)

    assert run(twice()) == b"blob"
    assert len(transport.requests) == 1


def test_a_blob_that_is_kept_still_has_the_limit_of_its_caller() -> None:
    async def twice() -> bytes:
        client = client_of(planned(BLOB, FakeResponse(200, b"blob")))
        await client.blob("lab", digest_of(b"blob"), 100)
        return await client.blob("lab", digest_of(b"blob"), 3)

    with pytest.raises(BadAnswer):
        run(twice())


def test_a_missing_blob_is_not_found() -> None:
    with pytest.raises(NotFound):
        blob(planned(BLOB, error_response(404, "BLOB_UNKNOWN")))


def test_a_storage_that_refuses_is_named() -> None:
    def respond(request: Request) -> FakeResponse:
        return FakeResponse(403, b"<Error/>", url="https://s3.example/x?sig=1")

    with pytest.raises(Exception, match="403") as caught:
        blob(FakeTransport(respond))
    assert getattr(caught.value, "answered_by") == parse_origin("https://s3.example")  # noqa: B009


# Referrers.


def index_of(*digests: Digest, link: str | None = None) -> FakeResponse:
    manifests = [{"mediaType": OCI_MANIFEST, "digest": str(digest), "size": 7} for digest in digests]
    document = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": manifests}
    fields = [("Content-Type", OCI_INDEX), *([] if link is None else [("Link", link)])]
    return json_response(document, headers=fields)


def referrers(transport: FakeTransport) -> list[Digest] | None:
    found = run(client_of(transport).referrers("lab", DIGEST))
    return None if found is None else [descriptor.digest for descriptor in found.descriptors]


ONE, TWO = digest_of(b"1"), digest_of(b"2")


def test_referrers_are_those_of_the_api() -> None:
    assert referrers(planned(REFERRERS, index_of(ONE, TWO))) == [ONE, TWO]


def test_a_manifest_without_referrers_has_none() -> None:
    assert referrers(planned(REFERRERS, index_of())) == []


def test_referrers_are_asked_for_with_the_smallest_accept() -> None:
    transport = planned(REFERRERS, index_of())
    referrers(transport)
    assert transport.requests[0].header("Accept") == OCI_INDEX


def test_pages_of_referrers_are_read_to_the_end() -> None:
    transport = planned(REFERRERS, index_of(ONE, link=f'<{REFERRERS}?page=2>; rel="next"'))
    transport.on("GET", f"{REFERRERS}?page=2", index_of(ONE, TWO))
    assert referrers(transport) == [ONE, TWO]


def test_pages_of_referrers_that_go_in_a_circle_end() -> None:
    assert referrers(planned(REFERRERS, index_of(ONE, link=f'<{REFERRERS}>; rel="next"'))) == [ONE]


@pytest.mark.parametrize("missing", [FakeResponse(404), FakeResponse(405), FakeResponse(200, b"<html>"), "network"])
def test_without_the_api_referrers_are_those_of_the_tag(missing: FakeResponse | FailureReason) -> None:
    transport = planned(REFERRERS, missing)
    transport.on("GET", FALLBACK, index_of(ONE))
    assert referrers(transport) == [ONE]


@pytest.mark.parametrize("missing", [FakeResponse(404), "network"])
def test_without_api_and_tag_nobody_knows(missing: FakeResponse | FailureReason) -> None:
    transport = planned(REFERRERS, missing)
    transport.on("GET", FALLBACK, FakeResponse(404))
    assert referrers(transport) is None


def test_a_missing_referrers_tag_costs_one_request() -> None:
    transport = planned(REFERRERS, FakeResponse(404))
    transport.on("GET", FALLBACK, FakeResponse(404))
    referrers(transport)
    assert transport.urls() == [REFERRERS, FALLBACK]


def test_a_referrers_tag_that_is_no_index_says_nothing() -> None:
    transport = planned(REFERRERS, FakeResponse(404))
    transport.on("GET", FALLBACK, FakeResponse(200, MANIFEST, [("Content-Type", OCI_MANIFEST)]))
    assert referrers(transport) is None


def test_a_broken_answer_of_the_api_is_bad_where_the_tag_does_not_help() -> None:
    transport = planned(REFERRERS, json_response({"manifests": [{"size": 1}]}))
    transport.on("GET", FALLBACK, FakeResponse(404))
    with pytest.raises(BadAnswer) as caught:
        referrers(transport)
    assert caught.value.path.startswith("manifests[0]")


@pytest.mark.parametrize("reason", ["timeout", "truncated"])
def test_an_api_that_breaks_off_is_not_asked_for_by_tag(reason: FailureReason) -> None:
    transport = planned(REFERRERS, reason)
    with pytest.raises(Unreachable):
        referrers(transport)
    assert len(transport.requests) == 1


def test_an_unreachable_registry_is_unreachable_by_tag_too() -> None:
    transport = planned(REFERRERS, "network")
    transport.on("GET", FALLBACK, "network")
    with pytest.raises(Unreachable):
        referrers(transport)


def test_a_failed_api_is_not_asked_for_by_tag() -> None:
    with pytest.raises(ServerFailed):
        referrers(planned(REFERRERS, FakeResponse(500)))
