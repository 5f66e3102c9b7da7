import pytest

from app.state.pasted_command import is_command, target_of

LINES = [
    ("docker pull redis:7", "redis:7"),
    ("$ docker pull redis", "redis"),
    ("sudo docker pull redis", "redis"),
    ("DOCKER_HOST=x docker pull redis", "redis"),
    ("/usr/bin/docker image pull redis", "redis"),
    ("docker pull --platform linux/amd64 redis", "redis"),
    ("docker pull --platform=linux/amd64 -q redis", "redis"),
    ("docker pull pull", "pull"),
    ("docker run --rm -it -p 80:80 -e A=b --name web nginx:alpine sh -c 'echo redis'", "nginx:alpine"),
    ("docker run \\\n  -v /a:/b \\\n  nginx", "nginx"),
    ("docker buildx imagetools inspect redis", "redis"),
    ("docker manifest inspect redis && docker pull nginx", "redis"),
    ("docker tag redis ghcr.io/a/redis", "redis"),
    ("podman pull docker.io/library/redis", "docker.io/library/redis"),
    ("nerdctl pull --namespace k8s.io redis", "redis"),
    ("crane manifest ghcr.io/a:1", "ghcr.io/a:1"),
    ("crane ls ghcr.io/a", "ghcr.io/a"),
    ("skopeo inspect --raw docker://ghcr.io/a", "docker://ghcr.io/a"),
    ("skopeo list-tags docker://ghcr.io/a", "docker://ghcr.io/a"),
    ("oras pull -o out ghcr.io/a:1", "ghcr.io/a:1"),
    ("oras manifest fetch ghcr.io/a:1", "ghcr.io/a:1"),
    ("oras repo tags ghcr.io/a", "ghcr.io/a"),
    ("regctl image digest ghcr.io/a", "ghcr.io/a"),
    ("regctl tag ls ghcr.io/a", "ghcr.io/a"),
    ("helm install name oci://ghcr.io/a/chart", "oci://ghcr.io/a/chart"),
    ("helm pull -d out oci://ghcr.io/a/chart", "oci://ghcr.io/a/chart"),
    ("cosign verify --key k.pub ghcr.io/a", "ghcr.io/a"),
    ("FROM golang:1.22 AS build", "golang:1.22"),
    ("from --platform=$BUILDPLATFORM golang:1.22 as build", "golang:1.22"),
    ("image: nginx:1.25", "nginx:1.25"),
    ('- image: "nginx:1.25"', '"nginx:1.25"'),
    ("curl -H 'Accept: */*' https://ghcr.io/v2/", "https://ghcr.io/v2/"),
]


@pytest.mark.parametrize(("line", "reference"), LINES)
def test_the_reference_is_found_in_a_line(line: str, reference: str) -> None:
    assert is_command(line, 0, len(line))
    target = target_of(line, 0, len(line))
    assert target is not None
    assert line[target.start : target.end] == reference
    assert not target.is_registry


@pytest.mark.parametrize(
    "line",
    [
        "docker login ghcr.io",
        "docker login -u user -p word ghcr.io",
        "oras logout ghcr.io",
        "crane catalog ghcr.io",
        "crane registry catalog ghcr.io",
        "oras repo ls ghcr.io",
        "regctl repo ls ghcr.io",
    ],
)
def test_some_commands_name_a_registry(line: str) -> None:
    target = target_of(line, 0, len(line))
    assert target is not None
    assert line[target.start : target.end] == "ghcr.io"
    assert target.is_registry


@pytest.mark.parametrize(
    "line", ["docker pull", "docker", "docker pull -q", "docker run -p 80:80", "FROM --platform=x", "| docker pull x"]
)
def test_a_line_may_name_nothing(line: str) -> None:
    assert target_of(line, 0, len(line)) is None


@pytest.mark.parametrize("line", ["helm pull oci://a/b --version 1.2", "helm pull --version=1.2 oci://a/b"])
def test_helms_version_is_found(line: str) -> None:
    target = target_of(line, 0, len(line))
    assert target is not None
    assert target.version is not None
    assert line[slice(*target.version)] == "1.2"


@pytest.mark.parametrize("line", ["redis 7", "what is redis", ""])
def test_a_sentence_is_no_command(line: str) -> None:
    assert not is_command(line, 0, len(line))
