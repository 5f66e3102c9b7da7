import pytest

from app.view.errand import errand

HOST = "https://registry.example.net"
DIGEST = f"sha256:{'ab' * 32}"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/v2/", "The API's root"),
        ("/v2/_catalog?n=100", "List of repositories"),
        ("/v2/a/b/tags/list?n=100", "Tags of a/b"),
        ("/v2/a/b/manifests/2.4", "Manifest a/b:2.4"),
        (f"/v2/a/manifests/{DIGEST}", "Manifest a@sha256:abababababab"),
        (f"/v2/a/manifests/{DIGEST.replace(':', '%3A')}", "Manifest a@sha256:abababababab"),
        (f"/v2/a/blobs/{DIGEST}", "Blob sha256:abababababab of a"),
        (f"/v2/a/referrers/{DIGEST}", "Referrers of a@sha256:abababababab"),
    ],
)
def test_the_endpoints_of_the_specification_have_names(path: str, words: str) -> None:
    assert errand("GET", HOST + path) == words


@pytest.mark.parametrize("path", ["", "/", "/token?scope=a", "/v2", "/v2/a/other/b", "/v1/search"])
def test_another_address_is_shown_as_it_is(path: str) -> None:
    assert errand("GET", HOST + path).startswith(("GET registry.example.net", "The API"))


def test_a_method_that_does_more_than_read_is_said() -> None:
    assert errand("DELETE", f"{HOST}/v2/a/manifests/1") == "Manifest a:1 (DELETE)"


def test_what_is_invisible_in_an_address_is_made_visible() -> None:
    assert "\u202e" not in errand("GET", f"{HOST}/v2/a%E2%80%AE/tags/list")
