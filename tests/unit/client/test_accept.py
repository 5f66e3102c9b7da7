import pytest

from app.client.accept import ALL_FOUR, DOCKER_PAIR, OCI_PAIR, SAFELISTED, accept_of, asked_for, media_type_of
from app.oci.media_type import DOCKER_LIST, DOCKER_MANIFEST, DOCKER_SCHEMA1_SIGNED, OCI_INDEX, OCI_MANIFEST


@pytest.mark.parametrize(("accept", "size"), [(OCI_PAIR, 83), (DOCKER_PAIR, 110)])
def test_a_pair_needs_no_preflight(accept: str, size: int) -> None:
    assert len(accept.encode()) == size <= SAFELISTED


@pytest.mark.parametrize("accept", [OCI_PAIR, DOCKER_PAIR, ALL_FOUR])
def test_an_accept_has_no_byte_that_fetch_calls_unsafe(accept: str) -> None:
    assert not set(accept) & set('"():<>?@[\\]{}\x7f') and accept.isprintable()  # noqa: PT018


@pytest.mark.parametrize("media_type", [OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST])
def test_all_four_types_are_asked_for_at_once(media_type: str) -> None:
    assert asked_for(ALL_FOUR, media_type)


def test_a_type_of_the_other_pair_was_not_asked_for() -> None:
    assert not asked_for(OCI_PAIR, DOCKER_MANIFEST)


def test_a_known_type_is_asked_for_alone() -> None:
    assert accept_of(DOCKER_SCHEMA1_SIGNED) == DOCKER_SCHEMA1_SIGNED


def test_a_type_of_128_bytes_is_still_asked_for() -> None:
    media_type = "application/" + "x" * 116
    assert accept_of(media_type) == media_type


def test_a_type_of_129_bytes_would_need_a_preflight() -> None:
    assert accept_of("application/" + "x" * 117) is None


@pytest.mark.parametrize(
    "text", [None, "", "json", "a/b, */*", "*/*", "a/b\r\nX: y", 'a/"b"', "a/b;q=1", "é/b", "a/b/c"]
)
def test_what_is_no_media_type_is_not_asked_for(text: str | None) -> None:
    assert accept_of(text) is None


@pytest.mark.parametrize("text", [OCI_INDEX, f"{OCI_INDEX}; charset=utf-8", f" {OCI_INDEX.upper()} ;x"])
def test_a_content_type_counts_without_case_and_parameters(text: str) -> None:
    assert media_type_of(text) == OCI_INDEX


@pytest.mark.parametrize(
    "text", [None, "", "text/plain; charset=utf-8", "application/json", "application/octet-stream", "?"]
)
def test_a_content_type_that_says_nothing_is_none(text: str | None) -> None:
    assert media_type_of(text) is None
