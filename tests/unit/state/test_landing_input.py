import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.state.landing_input import InputMistake, parse_input

SHA = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("text", "route"),
    [
        # what the address itself may hold
        ("redis", "#/docker.io/library/redis"),
        ("ghcr.io", "#/ghcr.io"),
        ("registry:5000/", "#/registry:5000/"),
        ("localhost:5000/a/b:1", "#/localhost:5000/a/b:1"),
        (f"ghcr.io/a@{SHA}", f"#/ghcr.io/a@{SHA}"),
        # what comes along when pasting
        ("  redis:7\n", "#/docker.io/library/redis:7"),
        ("\u200b“redis:7”\ufeff", "#/docker.io/library/redis:7"),
        ("`ghcr.io/a`", "#/ghcr.io/a"),
        ("<https://ghcr.io/a>", "#/ghcr.io/a"),
        # links
        ("#/ghcr.io/a:1/-/raw", "#/ghcr.io/a:1/-/raw"),
        ("https://portolan.example/x/#/ghcr.io/a?sort=asc", "#/ghcr.io/a?sort=asc"),
        ("http://127.0.0.1:8000/index.html#/redis", "#/docker.io/library/redis"),
        # URLs, transports
        ("https://ghcr.io/a/b", "#/ghcr.io/a/b"),
        ("http://host:5000/", "#/http://host:5000"),
        ("https://registry.example/v2/name/manifests/tag", "#/registry.example/name:tag"),
        ("registry.example/v2/_catalog", "#/registry.example"),
        ("docker://quay.io/a/b:1", "#/quay.io/a/b:1"),
        ("OCI://ghcr.io/org/chart", "#/ghcr.io/org/chart"),
        ("https://hub.docker.com/_/redis", "#/docker.io/library/redis"),
        # lines
        ("docker pull redis:7", "#/docker.io/library/redis:7"),
        ('docker pull "ghcr.io/a:1"', "#/ghcr.io/a:1"),
        ("helm pull oci://ghcr.io/org/chart --version 1.2.3+build", "#/ghcr.io/org/chart:1.2.3_build"),
        ("helm pull oci://ghcr.io/org/chart:1.0 --version 1.2", "#/ghcr.io/org/chart:1.0"),
        ("crane catalog registry:5000", "#/registry:5000/"),
        ("docker login index.docker.io", "#/docker.io"),
    ],
)
def test_what_a_person_types_or_pastes_is_understood(text: str, route: str) -> None:
    assert str(parse_input(text)) == route


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("", 0, "missing"),
        (" \u200b ", 3, "missing"),
        ("  Redis", 2, "lower case"),
        ("ghcr.io/Org/app", 8, "lower case"),
        ("docker pull ghcr.io/Org/app", 20, "lower case"),
        ('docker pull "ghcr.io/Org/app"', 21, "lower case"),
        ("skopeo inspect docker://ghcr.io/Org/app", 32, "lower case"),
        ("https://ghcr.io/v2/Org/app/tags/list", 19, "lower case"),
        ("https://portolan.example/#/ghcr.io/Org", 35, "lower case"),
        ("https://hub.docker.com/r/Org/app", 25, "lower case"),
        ("https://hub.docker.com/search", 22, "Docker Hub"),
        ("re\u200bdis", 2, "U+200B"),
        ("redis 7", 5, "a space"),
        ("redis:7:8", 7, "“:”"),
        ("redis;7", 5, "“;”"),
        ("ghcr.io:x/a", 8, "port"),
        ("ghcr.io/a@sha256:xyz", 17, "64"),
        ("ftp://ghcr.io/a", 0, "http"),
        ("docker pull", 11, "no image"),
        ("docker pull $IMAGE", 12, "“$”"),
        ("helm pull oci://ghcr.io/a --version ^1", 36, "tag"),
    ],
)
def test_a_mistake_is_placed_in_the_text_as_typed(text: str, position: int, reason: str) -> None:
    with pytest.raises(InputMistake) as caught:
        parse_input(text)
    assert caught.value.position == position
    assert reason in caught.value.reason
    assert caught.value.text == text


@pytest.mark.parametrize(
    "text",
    [
        "user:secret@ghcr.io/a",
        "https://user:secret@ghcr.io/v2/",
        "docker pull user:secret@ghcr.io/a",
        "skopeo inspect --creds user:secret docker://ghcr.io/A",
        "docker login -u user -p secret GHCR.io/x",
        "docker login --password=secret ghcr.io/x",
    ],
)
def test_a_password_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(InputMistake) as caught:
        parse_input(text)
    assert "secret" not in f"{caught.value} {caught.value!r} {caught.value.text}"
    assert len(caught.value.text) == len(text)


words = st.sampled_from(
    ["docker", "pull", "--platform", "-p", "ghcr.io/a", "https://", "/v2/", "oci://", "#/", '"', "@", ":"]
)


@given(
    st.text(max_size=60)
    | st.lists(words | st.text(max_size=4), max_size=6).map(" ".join)
    | st.lists(words).map("".join)
)
def test_any_text_is_a_route_or_an_input_mistake(text: str) -> None:
    try:
        position = 0 if str(parse_input(text)) else -1
    except InputMistake as error:
        position = error.position
    assert 0 <= position <= len(text)


@pytest.mark.parametrize(
    "part", ["a", " ", "a ", "-", "-- ", '"', "' \"", "/manifests/", "@", "#/", "https://", "--p=x ", "\u200b"]
)
@pytest.mark.parametrize("prefix", ["", "docker pull ", "https://a.b/v2/", "a.b/v2/"])
def test_long_texts_take_linear_time(prefix: str, part: str) -> None:
    start = time.perf_counter()
    try:
        position = 0 if parse_input(prefix + part * (100_000 // len(part))) else -1
    except InputMistake as error:
        position = error.position
    assert position <= 110_000
    assert time.perf_counter() - start < 1
