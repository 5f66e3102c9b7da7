import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci.origin import Origin
from app.view.pull import commands, quoted
from tests.unit.view.states import REGISTRY

LAN = Origin("http", "registry.lan", 5000)
DIGEST = "sha256:" + "6" * 64


def lines(
    registry: Origin = REGISTRY, tag: str | None = "2.4.1", digest: str | None = None, kind: str | None = "index"
) -> dict[str, str]:
    return {one.client: one.line for one in commands(registry, "harbour/tide-gauge", tag, digest, kind)}


def test_an_image_is_pulled_by_six_clients() -> None:
    assert lines() == {
        "docker": "docker pull registry.example.net/harbour/tide-gauge:2.4.1",
        "podman": "podman pull registry.example.net/harbour/tide-gauge:2.4.1",
        "crane": "crane pull registry.example.net/harbour/tide-gauge:2.4.1 tide-gauge.tar",
        "oras": "oras copy registry.example.net/harbour/tide-gauge:2.4.1 --to-oci-layout tide-gauge:2.4.1",
        "regctl": "regctl image export registry.example.net/harbour/tide-gauge:2.4.1 tide-gauge.tar",
        "skopeo": "skopeo copy docker://registry.example.net/harbour/tide-gauge:2.4.1 oci:tide-gauge:2.4.1",
    }


def test_a_digest_takes_the_place_of_the_tag() -> None:
    for line in lines(digest=DIGEST).values():
        assert f"harbour/tide-gauge@{DIGEST}" in line
        assert ":2.4.1" not in line


def test_a_registry_on_plain_http_needs_a_flag() -> None:
    found = lines(LAN)
    assert found["podman"] == "podman pull --tls-verify=false registry.lan:5000/harbour/tide-gauge:2.4.1"
    assert found["crane"].startswith("crane pull --insecure ")
    assert found["oras"].startswith("oras copy --from-plain-http ")
    assert found["regctl"].startswith("regctl --host reg=registry.lan:5000,tls=disabled image export ")
    assert found["skopeo"].startswith("skopeo copy --src-tls-verify=false ")


def test_docker_has_no_such_flag_and_says_what_it_needs() -> None:
    (docker,) = (one for one in commands(LAN, "a", "1", None, "image") if one.client == "docker")
    assert docker.note == "The Docker daemon needs “registry.lan:5000” among its insecure-registries."
    assert all(one.note is None for one in commands(REGISTRY, "a", "1", None, "image"))


def test_an_artifact_is_not_pulled_by_engines_that_run_images() -> None:
    found = lines(kind="artifact")
    assert list(found) == ["oras", "crane", "regctl", "skopeo"]
    assert found["oras"] == "oras pull registry.example.net/harbour/tide-gauge:2.4.1"


def test_a_chart_is_pulled_by_helm_with_its_version() -> None:
    assert lines(kind="chart", tag="2.4.1_build.7")["helm"] == (
        "helm pull oci://registry.example.net/harbour/tide-gauge --version 2.4.1+build.7"
    )
    assert lines(LAN, kind="chart")["helm"].startswith("helm pull --plain-http oci://")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_quoted_word_is_one_word_of_a_shell(word: str) -> None:
    assert shlex.split(quoted(word)) == [word]


@pytest.mark.parametrize("kind", ["image", "chart", "artifact"])
@given(tag=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_a_hostile_tag_stays_in_its_word(kind: str, tag: str) -> None:
    for line in lines(tag=tag, kind=kind).values():
        words = shlex.split(line)
        reference = [word for word in words if "tide-gauge" in word]
        assert reference
        assert len(words) <= 8


def test_a_plain_word_is_not_quoted() -> None:
    assert quoted("registry.example/a:1@sha256:0") == "registry.example/a:1@sha256:0"
    assert quoted("") == "''"
