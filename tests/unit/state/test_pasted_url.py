import pytest

from app.oci.grammar import GrammarError
from app.oci.origin import Origin
from app.state.pasted_url import api_path_at, parse_api_path, parse_url

SHA = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("url", "route"),
    [
        ("https://ghcr.io", "#/ghcr.io"),
        ("https://ghcr.io/?a#b", "#/ghcr.io"),
        ("HTTPS://GHCR.io/a/b:1?x=1", "#/ghcr.io/a/b:1"),
        ("http://127.0.0.1:5000/v2", "#/127.0.0.1:5000"),
        ("http://127.0.0.1:5000/v2/", "#/127.0.0.1:5000"),
        ("http://127.0.0.1:5000/v2/_catalog?n=100", "#/127.0.0.1:5000"),
        ("https://h.example/v2/a/b/tags/list?n=1&last=x", "#/h.example/a/b"),
        ("https://h.example/v2/a/b/manifests/1.0", "#/h.example/a/b:1.0"),
        (f"https://h.example/v2/a/b/manifests/{SHA}", f"#/h.example/a/b@{SHA}"),
        ("https://h.example/v2/a/b/manifests/" + SHA.replace(":", "%3A"), f"#/h.example/a/b@{SHA}"),
        (f"https://h.example/v2/a/b/blobs/{SHA}", f"#/h.example/a/b/-/blob/{SHA}"),
        (f"https://h.example/v2/a/b/referrers/{SHA}", f"#/h.example/a/b@{SHA}/-/referrers"),
        ("https://h.example/v2/manifests/manifests/tags", "#/h.example/manifests:tags"),
        ("https://h.example/v2/a/b", "#/h.example/a/b"),
        ("https://h.example/v2x/b", "#/h.example/v2x/b"),
        ("https://registry-1.docker.io/v2/library/redis/tags/list", "#/docker.io/library/redis"),
        ("https://hub.docker.com/", "#/docker.io"),
        ("https://hub.docker.com/_/redis?tab=tags", "#/docker.io/library/redis"),
        ("https://hub.docker.com/r/bitnami/redis/tags", "#/docker.io/bitnami/redis"),
        ("https://hub.docker.com/repository/docker/me/app/general", "#/docker.io/me/app"),
        ("https://hub.docker.com/layers/library/redis/7/images/sha256-0", "#/docker.io/library/redis"),
    ],
)
def test_a_url_leads_to_its_route(url: str, route: str) -> None:
    assert str(parse_url(url)) == route


@pytest.mark.parametrize(
    ("url", "position"),
    [
        ("https://", 8),
        ("https://h!/v2/", 9),
        ("https://user:secret@h/v2/", 19),
        ("https://h.example/v2/A/manifests/1", 21),
        ("https://h.example/v2/a/manifests/-1", 33),
        ("https://h.example/v2/a/blobs/latest", 35),
        (f"https://h.example/v2/a/manifests/{SHA}0", 104),
        ("https://h.example/A", 18),
        ("https://hub.docker.com/u/someone", 22),
        ("https://hub.docker.com/r/A/b", 25),
    ],
)
def test_a_mistake_is_placed_in_the_url(url: str, position: int) -> None:
    with pytest.raises(GrammarError) as caught:
        parse_url(url)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("h.example/v2/", 9),
        ("h.example:5000/v2/_catalog", 14),
        ("h.example/v2/a/tags/list", 9),
        (f"h.example/v2/a/blobs/{SHA}", 9),
        ("h.example/v2/a", None),
        ("h.example/v2", None),
        ("h.example/a/v2/_catalog", None),
        ("/v2/_catalog", None),
    ],
)
def test_an_endpoint_without_a_scheme_is_known_by_its_path(text: str, path: int | None) -> None:
    assert api_path_at(text) == path


def test_an_endpoint_belongs_to_the_registry_it_is_given() -> None:
    text = "h.example/v2/a/tags/list"
    assert str(parse_api_path(text, Origin("http", "h.example", None), 9, len(text))) == "#/http://h.example/a"
