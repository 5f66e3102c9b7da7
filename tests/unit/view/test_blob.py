import json

import pytest

from app.client.errors import BadDigest
from app.oci import media_type as types
from app.state.model import Blob
from app.view import screen
from tests.unit.view.reading import Node
from tests.unit.view.states import CONFIG_JSON, REPOSITORY, URL, at, digest, failed, keys, shown

DIGEST = digest("x")
HASH = f"{REPOSITORY}/-/blob/{DIGEST}"


def page(content: bytes | None, media_type: str | None = None, query: str = "", **fields: object) -> Node:
    return shown(at(HASH + query, Blob(DIGEST, media_type, None, content, False), **fields))


def test_json_is_shown_as_json_whatever_its_type_says() -> None:
    node = page(CONFIG_JSON, "application/octet-stream")
    assert node.by_id("content").words == "JSON"
    assert node.all("div.json")


def test_digests_of_a_config_without_a_type_lead_nowhere() -> None:
    node = page(f'{{"diff_ids": ["{digest("a")}"]}}'.encode())
    assert [link for link in node.one("div.json").all("a") if "only" not in link.classes] == []


def test_descriptors_in_a_blob_lead_on() -> None:
    node = page(f'{{"mediaType": "{types.OCI_MANIFEST}", "digest": "{digest("a")}", "size": 5}}'.encode())
    assert node.all("a", href=f"{REPOSITORY}@{digest('a')}")


def test_text_is_shown_with_line_numbers() -> None:
    assert len(page(b"one\ntwo\n").one("pre.source").all("span.line")) == 2


@pytest.mark.parametrize("content", [b"text\x00binary", b"\xff\xd9\x00\x01"])
def test_bytes_are_dumped(content: bytes) -> None:
    assert page(content).one("pre.dump").text.startswith(f"00000000  {content[0]:02x}")


def test_a_dump_of_a_part_leads_on() -> None:
    node = page(bytes(10_000))
    assert "Bytes 0 to 4,095 of 10,000" in node.text
    link = next(link for link in node.all("a") if link.words == "Next")
    assert link["href"] == f"{HASH}?as=hex&at=4096"


def test_anything_can_be_seen_as_bytes() -> None:
    node = page(CONFIG_JSON, query="?as=hex")
    assert node.one("pre.dump").text.startswith("00000000  7b")
    assert node.all("div.json") == []


def test_an_archive_leads_to_its_files() -> None:
    node = page(b"\x1f\x8b\x08\x00" + bytes(20), "application/x")
    assert node.one("div.notice--plain").one("h3").words == "This is an archive (gzip)"
    link = next(link for link in node.all("a") if link.words == "Show its files")
    assert link["href"] == f"{REPOSITORY}/-/layer/{DIGEST}?type=application%2Fx&size=24"


def test_broken_json_is_shown_as_text() -> None:
    assert page(b'{"a": 1, "a": 2}').one("pre.source").text.strip() == '{"a": 1, "a": 2}'


ENVELOPE = (
    b'{"payloadType": "application/vnd.in-toto+json", "payload": "eyJwcmVkaWNhdGVUeXBlIjoiaHR0cHM6Ly94LmV4YW1wbGUvMSI'
    b'sInN1YmplY3QiOltdLCJwcmVkaWNhdGUiOnsiYSI6MX19", "signatures": []}'
)


def test_what_vouches_for_an_image_is_decoded() -> None:
    node = page(ENVELOPE, types.DSSE)
    assert "in-toto statement" in node.text
    assert [link.words for link in node.one("nav.choices").all("a")] == ["decoded", "JSON", "text", "bytes"]


def test_its_json_shows_the_payload_where_it_stands() -> None:
    node = page(ENVELOPE, types.DSSE, query="?as=json")
    assert "payload, decoded from base64" in node.one("details.inside").all("summary")[0].words
    assert '"predicateType"' in node.one("details.inside").text


def test_a_search_shows_the_json_and_not_what_it_says() -> None:
    assert page(ENVELOPE, types.DSSE, query="?search=predicateType").all("mark")


def test_an_empty_blob_says_so() -> None:
    assert page(b"").one("div.notice").one("h2").words == "This blob is empty"


def test_a_blob_that_is_too_large_says_what_it_is() -> None:
    state = at(HASH, Blob(DIGEST, types.OCI_LAYER_GZIP, 29_126_484, None, True))
    notice = shown(state).one("div.notice--plain")
    assert notice.one("h2").words == "This blob is too large to show here"
    assert "It has 29.1 MB." in notice.text
    assert "a compressed archive of files" in notice.text
    hrefs = {link.words: link["href"] for link in notice.all("a")}
    assert hrefs["Show its files"].startswith(f"{REPOSITORY}/-/layer/{DIGEST}?type=")
    assert hrefs["First bytes"] == f"{HASH}?as=hex"
    assert notice.all("button", data_command="download")


def test_a_part_of_a_large_blob_says_where_it_is_and_that_it_is_not_verified() -> None:
    blob = Blob(DIGEST, "application/x", 5_000_000, None, True, part=(4096, b"a" * 4096))
    node = shown(at(f"{HASH}?as=hex&at=4096", blob))
    assert node.one("pre.dump").text.startswith("00001000  61")
    assert "Bytes 4,096 to 8,191 of 5,000,000" in node.text
    assert "not verified" in node.text
    assert [link.words for link in node.one("section.section").all("a")] == ["Before", "Next"]


def test_a_registry_without_ranges_is_said_to_be_one() -> None:
    blob = Blob(DIGEST, "application/x", 5_000_000, None, True, part=(0, None))
    assert "This registry sends whole blobs only" in shown(at(f"{HASH}?as=hex", blob)).text


def test_a_download_under_way_says_how_far_it_is_and_can_be_cancelled() -> None:
    node = shown(at(HASH, Blob(DIGEST, None, 10_000_000, None, True, received=2_500_000)))
    assert "2.5 MB of 10.0 MB" in node.text
    assert node.one("progress")["value"] == "2500000"
    assert node.all("button", data_command="cancel-download")


def test_what_is_shown_was_verified_and_can_be_downloaded() -> None:
    node = page(b"x")
    assert node.one("span.verified").words == "verified"
    assert node.all("button", data_command="download")


def test_a_mismatch_is_an_alarm_and_nothing_is_shown() -> None:
    node = page(None, failure=failed(BadDigest("GET", URL, DIGEST, digest("y"), 4)))
    assert node.all("div.notice--alarm")
    assert node.all("span.verified") == node.all("pre") == node.all("span.skeleton") == []


def test_while_it_is_awaited_there_is_a_frame() -> None:
    assert page(None).all("span.skeleton")


def test_a_known_type_is_named() -> None:
    assert page(None, types.OCI_CONFIG).one("p.facts").words.startswith("OCI image config")


def test_it_is_announced_and_titled_by_its_digest() -> None:
    found = screen.render(at(HASH, Blob(DIGEST, None, None, b"x", False)))
    assert found.announce == f"Blob sha256:{DIGEST.short} in harbour/tide-gauge"
    assert found.title == f"sha256:{DIGEST.short} in harbour/tide-gauge · Portolan"


def test_the_key_changes_once_it_was_read() -> None:
    before = keys(at(HASH, Blob(DIGEST, None, None, None, False)))["main"]
    assert keys(at(HASH, Blob(DIGEST, None, None, b"x", False)))["main"] != before


def test_the_subject_of_a_statement_leads_to_its_manifest() -> None:
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "predicateType": "https://tide.example/1",
        "subject": [{"name": "x", "digest": {"sha256": DIGEST.encoded}}],
        "predicate": {},
    }
    node = page(json.dumps(statement).encode(), types.IN_TOTO)
    assert node.all("a", href=f"{REPOSITORY}@{DIGEST}")
