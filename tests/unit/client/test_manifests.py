import base64
import json

import pytest

from app.client.accept import ALL_FOUR, DOCKER_PAIR, OCI_PAIR
from app.client.errors import BadAnswer, BadDigest, NotFound, Refused, Unreachable
from app.client.registry import Fetched, Head
from app.oci.digest import digest_of
from app.oci.manifest_document import Index, Manifest, Schema1, Unknown
from app.oci.media_type import DOCKER_LIST, DOCKER_MANIFEST, DOCKER_SCHEMA1_SIGNED, OCI_INDEX, OCI_MANIFEST
from app.ports.transport import Request
from tests.unit.client.fake_registry import BASE, INDEX, MANIFEST, MANIFEST_DIGEST, auth_of, client_of, run
from tests.unit.fake_transport import FakeResponse, FakeTransport, challenge, error_response, json_response

BY_TAG = f"{BASE}/v2/lab/manifests/v1"
BY_DIGEST = f"{BASE}/v2/lab/manifests/{MANIFEST_DIGEST}"
DOCKER = MANIFEST.replace(OCI_MANIFEST.encode(), DOCKER_MANIFEST.encode())
SCHEMA1 = b'{"schemaVersion":1,"name":"lab","tag":"v1","architecture":"amd64","fsLayers":[],"history":[]}'


def answer(body: bytes, media_type: str | None, *headers: tuple[str, str]) -> FakeResponse:
    return FakeResponse(200, body, (*(() if media_type is None else (("Content-Type", media_type),)), *headers))


def registry(*answers: FakeResponse, method: str = "GET", url: str = BY_TAG) -> FakeTransport:
    transport = FakeTransport()
    transport.on(method, url, *answers)
    return transport


def accepts(transport: FakeTransport) -> list[str | None]:
    return [request.header("Accept") for request in transport.requests]


def by_tag(transport: FakeTransport) -> Fetched:
    return run(client_of(transport).manifest("lab", "v1"))


def by_digest(transport: FakeTransport, expected_type: str | None = None) -> Fetched:
    return run(client_of(transport).manifest("lab", MANIFEST_DIGEST, expected_type))


# Which types are asked for.


def test_by_digest_a_known_type_is_asked_for_alone() -> None:
    transport = registry(answer(MANIFEST, OCI_MANIFEST), url=BY_DIGEST)
    by_digest(transport, OCI_MANIFEST)
    assert accepts(transport) == [OCI_MANIFEST]


def test_by_digest_a_known_type_that_is_not_found_is_not_asked_for_again() -> None:
    transport = registry(FakeResponse(404), url=BY_DIGEST)
    with pytest.raises(NotFound):
        by_digest(transport, OCI_MANIFEST)
    assert len(transport.requests) == 1


@pytest.mark.parametrize("hostile", ["a/b\r\nX-Evil: 1", "application/" + "x" * 117, "*/*, */*"])
def test_by_digest_a_type_that_is_none_is_as_good_as_unknown(hostile: str) -> None:
    transport = registry(answer(MANIFEST, OCI_MANIFEST), url=BY_DIGEST)
    by_digest(transport, hostile)
    assert accepts(transport) == [OCI_PAIR]


def test_by_digest_without_a_known_type_any_verified_answer_counts() -> None:
    transport = FakeTransport()
    transport.on("GET", f"{BASE}/v2/lab/manifests/{digest_of(DOCKER)}", answer(DOCKER, DOCKER_MANIFEST))
    fetched = run(client_of(transport).manifest("lab", digest_of(DOCKER)))
    assert (fetched.media_type, accepts(transport)) == (DOCKER_MANIFEST, [OCI_PAIR])


def test_by_tag_an_anonymous_request_asks_for_the_oci_pair() -> None:
    transport = registry(answer(MANIFEST, OCI_MANIFEST))
    by_tag(transport)
    assert accepts(transport) == [OCI_PAIR]


def test_by_tag_the_type_a_descriptor_named_does_not_count() -> None:
    transport = registry(answer(MANIFEST, OCI_MANIFEST))
    run(client_of(transport).manifest("lab", "v1", DOCKER_MANIFEST))
    assert accepts(transport) == [OCI_PAIR]


@pytest.mark.parametrize("status", [400, 404])
def test_by_tag_what_is_not_there_as_oci_is_asked_for_as_docker(status: int) -> None:
    transport = registry(error_response(status, "MANIFEST_UNKNOWN"), answer(DOCKER, DOCKER_MANIFEST))
    assert by_tag(transport).media_type == DOCKER_MANIFEST
    assert accepts(transport) == [OCI_PAIR, DOCKER_PAIR]


@pytest.mark.parametrize("media_type", [DOCKER_SCHEMA1_SIGNED, DOCKER_MANIFEST, DOCKER_LIST])
def test_by_tag_a_type_not_asked_for_is_given_up_unread(media_type: str) -> None:
    transport = registry(answer(SCHEMA1, media_type), answer(DOCKER, DOCKER_MANIFEST))
    assert by_tag(transport).raw == DOCKER
    assert [response.ended for response in transport.responses] == ["close", "read"]


def test_by_tag_the_answer_to_the_docker_pair_counts_whatever_it_is() -> None:
    transport = registry(answer(SCHEMA1, DOCKER_SCHEMA1_SIGNED))
    fetched = by_tag(transport)
    assert isinstance(fetched.document, Schema1)
    assert (fetched.media_type, len(transport.requests)) == (DOCKER_SCHEMA1_SIGNED, 2)


def test_by_tag_what_is_not_there_as_either_is_not_found() -> None:
    transport = registry(error_response(404, "MANIFEST_UNKNOWN"))
    with pytest.raises(NotFound) as caught:
        by_tag(transport)
    assert (caught.value.codes[0].code, len(transport.requests)) == ("MANIFEST_UNKNOWN", 2)


def test_by_tag_the_second_refusal_is_the_one_that_counts() -> None:
    transport = registry(FakeResponse(404), error_response(400, "MANIFEST_INVALID"))
    with pytest.raises(Refused):
        by_tag(transport)


@pytest.mark.parametrize("status", [403, 405, 500])
def test_by_tag_another_error_is_not_asked_about_again(status: int) -> None:
    transport = registry(FakeResponse(status))
    with pytest.raises(Exception, match=str(status)):
        by_tag(transport)
    assert len(transport.requests) == 1


def test_by_tag_a_network_error_is_not_asked_about_again() -> None:
    transport = FakeTransport()
    transport.on("GET", BY_TAG, "network")
    with pytest.raises(Unreachable):
        by_tag(transport)
    assert len(transport.requests) == 1


def basic_registry(body: bytes, media_type: str, status: int = 200) -> FakeTransport:
    def respond(request: Request) -> FakeResponse:
        if request.header("Authorization") is None:
            return challenge('Basic realm="r"')
        return FakeResponse(status, body, [("Content-Type", media_type)])

    return FakeTransport(respond)


def test_by_tag_an_authorized_request_asks_for_all_four() -> None:
    transport = basic_registry(DOCKER, DOCKER_MANIFEST)
    fetched = run(client_of(transport, auth_of("ada")).manifest("lab", "v1"))
    assert (fetched.media_type, accepts(transport)) == (DOCKER_MANIFEST, [OCI_PAIR, ALL_FOUR])


def test_by_tag_the_second_authorized_request_asks_for_all_four_at_once() -> None:
    transport = basic_registry(DOCKER, DOCKER_MANIFEST)

    async def twice() -> None:
        client = client_of(transport, auth_of("ada"))
        await client.manifest("lab", "v1")
        await client.manifest("lab", "v1")

    run(twice())
    assert accepts(transport)[2:] == [ALL_FOUR]


def test_by_tag_an_authorized_answer_of_another_type_counts() -> None:
    transport = basic_registry(SCHEMA1, DOCKER_SCHEMA1_SIGNED)
    fetched = run(client_of(transport, auth_of("ada")).manifest("lab", "v1"))
    assert (fetched.media_type, len(transport.requests)) == (DOCKER_SCHEMA1_SIGNED, 2)


def test_by_tag_an_authorized_404_is_not_asked_about_again() -> None:
    transport = basic_registry(b"", "text/plain", 404)
    with pytest.raises(NotFound):
        run(client_of(transport, auth_of("ada")).manifest("lab", "v1"))
    assert accepts(transport) == [OCI_PAIR, ALL_FOUR]


def test_by_digest_an_authorized_request_asks_for_the_known_type_alone() -> None:
    transport = basic_registry(MANIFEST, OCI_MANIFEST)
    run(client_of(transport, auth_of("ada")).manifest("lab", MANIFEST_DIGEST, OCI_MANIFEST))
    assert accepts(transport) == [OCI_MANIFEST, OCI_MANIFEST]


# A server that does not say the type.


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/json", "application/octet-stream"])
def test_without_a_telling_content_type_the_document_tells(content_type: str | None) -> None:
    fetched = by_tag(registry(answer(INDEX, content_type)))
    assert isinstance(fetched.document, Index)
    assert fetched.media_type == OCI_INDEX


def test_without_a_telling_content_type_a_docker_document_was_not_asked_for() -> None:
    transport = registry(answer(DOCKER, "text/plain"))
    assert by_tag(transport).media_type == DOCKER_MANIFEST
    assert accepts(transport) == [OCI_PAIR, DOCKER_PAIR]


def test_a_document_that_names_its_type_stands_above_the_content_type() -> None:
    transport = registry(answer(DOCKER, OCI_MANIFEST), url=f"{BASE}/v2/lab/manifests/{digest_of(DOCKER)}")
    fetched = run(client_of(transport).manifest("lab", digest_of(DOCKER), OCI_MANIFEST))
    assert fetched.media_type == DOCKER_MANIFEST


def test_whether_a_type_was_asked_for_is_what_the_content_type_says() -> None:
    transport = registry(answer(DOCKER, OCI_MANIFEST))
    by_tag(transport)
    assert len(transport.requests) == 1


def test_the_known_type_names_a_document_that_nothing_else_does() -> None:
    bare = b'{"schemaVersion":2,"config":{"mediaType":"a/b","digest":"%s","size":2},"layers":[]}' % (
        str(digest_of(b"{}")).encode()
    )
    transport = registry(answer(bare, None), url=f"{BASE}/v2/lab/manifests/{digest_of(bare)}")
    fetched = run(client_of(transport).manifest("lab", digest_of(bare), DOCKER_MANIFEST))
    assert fetched.media_type == DOCKER_MANIFEST


def test_a_document_of_no_known_kind_is_fetched_all_the_same() -> None:
    transport = registry(answer(b'{"hello":1}', "application/vnd.example+json"))
    fetched = by_tag(transport)
    assert isinstance(fetched.document, Unknown)
    assert fetched.media_type == "application/vnd.example+json"


# Digests.


def test_the_digest_is_computed_from_the_bytes_when_the_header_is_hidden() -> None:
    fetched = by_tag(registry(answer(MANIFEST, OCI_MANIFEST)))
    assert (fetched.digest, fetched.stated, fetched.raw) == (MANIFEST_DIGEST, None, MANIFEST)


def test_a_stated_digest_that_agrees_is_kept_beside_the_computed_one() -> None:
    header = ("Docker-Content-Digest", str(MANIFEST_DIGEST))
    fetched = by_tag(registry(answer(MANIFEST, OCI_MANIFEST, header)))
    assert (fetched.digest, fetched.stated) == (MANIFEST_DIGEST, MANIFEST_DIGEST)


def test_by_tag_bytes_that_differ_from_the_stated_digest_are_refused() -> None:
    header = ("Docker-Content-Digest", str(digest_of(b"other")))
    with pytest.raises(BadDigest) as caught:
        by_tag(registry(answer(MANIFEST, OCI_MANIFEST, header)))
    assert (caught.value.expected, caught.value.actual) == (digest_of(b"other"), MANIFEST_DIGEST)


def test_by_digest_other_bytes_are_refused() -> None:
    with pytest.raises(BadDigest) as caught:
        by_digest(registry(answer(INDEX, OCI_INDEX), url=BY_DIGEST), OCI_MANIFEST)
    assert (caught.value.size, caught.value.url) == (len(INDEX), BY_DIGEST)


def test_by_digest_other_bytes_are_not_kept() -> None:
    transport = registry(answer(INDEX, OCI_INDEX), answer(MANIFEST, OCI_MANIFEST), url=BY_DIGEST)

    async def twice() -> bytes:
        client = client_of(transport)
        with pytest.raises(BadDigest):
            await client.manifest("lab", MANIFEST_DIGEST, OCI_MANIFEST)
        return (await client.manifest("lab", MANIFEST_DIGEST, OCI_MANIFEST)).raw

    assert run(twice()) == MANIFEST


def test_by_digest_a_manifest_is_asked_for_once() -> None:
    transport = registry(answer(MANIFEST, OCI_MANIFEST), url=BY_DIGEST)

    async def twice() -> Fetched:
        client = client_of(transport)
        await client.manifest("lab", MANIFEST_DIGEST, OCI_MANIFEST)
        return await client.manifest("lab", MANIFEST_DIGEST)

    assert run(twice()).raw == MANIFEST
    assert len(transport.requests) == 1


def test_what_was_read_by_tag_is_not_asked_for_by_its_digest() -> None:
    transport = registry(answer(MANIFEST, OCI_MANIFEST))

    async def both() -> None:
        client = client_of(transport)
        fetched = await client.manifest("lab", "v1")
        await client.manifest("lab", fetched.digest)

    run(both())
    assert transport.urls() == [BY_TAG]


def test_a_tag_is_asked_for_every_time() -> None:
    transport = registry(answer(MANIFEST, OCI_MANIFEST))

    async def twice() -> None:
        client = client_of(transport)
        await client.manifest("lab", "v1")
        await client.manifest("lab", "v1")

    run(twice())
    assert transport.urls() == [BY_TAG, BY_TAG]


def test_the_same_digest_in_another_repository_is_asked_for_there() -> None:
    transport = registry(answer(MANIFEST, OCI_MANIFEST), url=BY_DIGEST)
    transport.on("GET", BY_DIGEST.replace("lab", "other"), FakeResponse(404))

    async def both() -> None:
        client = client_of(transport)
        await client.manifest("lab", MANIFEST_DIGEST)
        await client.manifest("other", MANIFEST_DIGEST)

    with pytest.raises(NotFound):
        run(both())


def test_what_was_forgotten_is_asked_for_again() -> None:
    transport = registry(answer(MANIFEST, OCI_MANIFEST), url=BY_DIGEST)

    async def twice() -> None:
        client = client_of(transport)
        await client.manifest("lab", MANIFEST_DIGEST)
        client.forget()
        await client.manifest("lab", MANIFEST_DIGEST)

    run(twice())
    assert len(transport.requests) == 2


def signed(payload: bytes) -> bytes:
    """A schema 1 manifest with one signature around that payload."""
    protected = base64.urlsafe_b64encode(b'{"formatLength":%d,"formatTail":"fQ"}' % (len(payload) - 1))
    return payload[:-1] + b',"signatures":[{"protected":"%s"}]}' % protected


def test_a_signed_schema_1_manifest_agrees_with_the_digest_of_its_payload() -> None:
    header = ("Docker-Content-Digest", str(digest_of(SCHEMA1)))
    fetched = by_tag(registry(answer(signed(SCHEMA1), DOCKER_SCHEMA1_SIGNED, header)))
    assert (fetched.digest, fetched.raw) == (digest_of(SCHEMA1), signed(SCHEMA1))


def test_a_member_outside_the_signed_payload_is_not_read() -> None:
    payload = b'{"schemaVersion":1,"name":"lab","fsLayers":[],"history":[]}'
    fetched = by_tag(registry(answer(signed(payload)[:-1] + b',"tag":"smuggled"}', DOCKER_SCHEMA1_SIGNED)))
    assert isinstance(fetched.document, Schema1)
    assert fetched.document.tag == ""


# Answers that are no manifest.


def test_a_page_instead_of_a_manifest_is_a_bad_answer() -> None:
    with pytest.raises(BadAnswer) as caught:
        by_tag(registry(answer(b"<html>", None)))
    assert (caught.value.reason, caught.value.status) == ("html", 200)


def test_bytes_that_are_no_json_are_a_bad_answer() -> None:
    with pytest.raises(BadAnswer) as caught:
        by_tag(registry(answer(b"hello", OCI_MANIFEST)))
    assert caught.value.reason == "json"


def test_a_broken_member_is_a_bad_answer_that_names_it() -> None:
    broken = json.loads(MANIFEST)
    broken["layers"] = [{"mediaType": "a/b", "size": 1}]
    with pytest.raises(BadAnswer) as caught:
        by_tag(registry(json_response(broken, headers=[("Content-Type", OCI_MANIFEST)])))
    assert (caught.value.reason, caught.value.path, caught.value.status) == ("shape", "layers[0].digest", 200)


def test_a_manifest_over_four_mebibytes_is_a_bad_answer() -> None:
    with pytest.raises(BadAnswer) as caught:
        by_tag(registry(answer(b" " * (4 * 1024 * 1024 + 1), OCI_MANIFEST)))
    assert (caught.value.reason, caught.value.limit) == ("too-large", 4 * 1024 * 1024)


def test_a_manifest_that_breaks_off_is_unreachable() -> None:
    with pytest.raises(Unreachable) as caught:
        by_tag(registry(FakeResponse(200, MANIFEST, [("Content-Type", OCI_MANIFEST)], fails="truncated")))
    assert caught.value.reason == "truncated"


def test_a_manifest_from_behind_a_redirect_is_read() -> None:
    redirected = FakeResponse(200, MANIFEST, [("Content-Type", OCI_MANIFEST)], url="https://elsewhere.example/m")
    assert isinstance(by_tag(registry(redirected)).document, Manifest)


# HEAD.


def head(transport: FakeTransport) -> Head:
    return run(client_of(transport).head("lab", "v1"))


def test_a_head_says_digest_type_and_size() -> None:
    fields = [
        ("Content-Type", OCI_INDEX),
        ("Content-Length", "1234"),
        ("Docker-Content-Digest", str(MANIFEST_DIGEST)),
    ]
    transport = registry(FakeResponse(200, headers=fields), method="HEAD")
    assert head(transport) == Head(MANIFEST_DIGEST, OCI_INDEX, 1234)


def test_a_head_whose_digest_is_hidden_says_none() -> None:
    assert head(registry(FakeResponse(200, headers=[("Content-Type", OCI_INDEX)]), method="HEAD")).digest is None


def test_a_head_of_a_docker_image_asks_for_the_docker_pair() -> None:
    docker = FakeResponse(200, headers=[("Content-Type", DOCKER_MANIFEST)])
    schema1 = FakeResponse(200, headers=[("Content-Type", DOCKER_SCHEMA1_SIGNED)])
    transport = registry(schema1, docker, method="HEAD")
    assert head(transport).media_type == DOCKER_MANIFEST
    assert accepts(transport) == [OCI_PAIR, DOCKER_PAIR]


def test_a_head_by_digest_is_sent_once() -> None:
    transport = registry(FakeResponse(200, headers=[("Content-Type", DOCKER_MANIFEST)]), method="HEAD", url=BY_DIGEST)
    assert run(client_of(transport).head("lab", MANIFEST_DIGEST)).media_type == DOCKER_MANIFEST
    assert len(transport.requests) == 1


def test_a_head_leaves_no_body_unread() -> None:
    transport = registry(FakeResponse(200, headers=[("Content-Type", OCI_INDEX)]), method="HEAD")
    head(transport)
    assert [response.ended for response in transport.responses] == ["close"]
