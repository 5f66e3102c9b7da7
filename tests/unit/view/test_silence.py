from app.client.errors import Unreachable
from app.view.explanation import Scene
from app.view.silence import silent_reasons, unreachable

SCENE = Scene("catalog", "registry.lan:5000", "", "", None)


def reasons(url: str) -> str:
    return " ".join(unreachable(Unreachable("GET", url, "network"), SCENE).likely)


def test_missing_cors_headers_come_first() -> None:
    for plain in (True, False):
        assert "CORS" in silent_reasons(plain)[0]


def test_a_page_cannot_tell_and_says_so() -> None:
    words = unreachable(Unreachable("GET", "https://registry.lan:5000/v2/", "network"), SCENE)
    assert "A page cannot see why." in words.what
    assert words.request == "GET https://registry.lan:5000/v2/"
    assert words.actions == ("retry", "address")


def test_https_may_lack_a_trusted_certificate() -> None:
    assert "certificate" in reasons("https://registry.lan:5000/v2/")
    assert "certificate" not in reasons("http://registry.lan:5000/v2/")


def test_plain_http_may_be_stopped_by_a_page_on_https() -> None:
    assert "the browser stops such requests" in reasons("http://registry.lan:5000/v2/")
    assert "the browser stops such requests" not in reasons("https://registry.lan:5000/v2/")


def test_blobs_may_come_from_a_storage_without_cors_headers() -> None:
    error = Unreachable("GET", "https://registry.lan:5000/v2/a/blobs/sha256:0", "network")
    assert "its storage" in unreachable(error, SCENE._replace(place="config")).likely[-1]
    assert "its storage" not in " ".join(unreachable(error, SCENE).likely)


def test_in_the_extension_no_headers_are_to_blame() -> None:
    inside = SCENE._replace(place="config", cors=False)
    words = unreachable(Unreachable("GET", "https://registry.lan:5000/v2/a/blobs/sha256:0", "network"), inside)
    assert "CORS" not in " ".join((*words.likely, words.advice or ""))
    assert words.likely


def test_on_this_machine_nothing_may_listen() -> None:
    assert "Nothing listens" in reasons("http://127.0.0.1:5000/v2/")
    assert "the browser stops such requests" not in reasons("http://127.0.0.1:5000/v2/")


def test_too_late_is_not_the_same_as_nothing() -> None:
    late = unreachable(Unreachable("GET", "https://registry.lan:5000/v2/", "timeout"), SCENE)
    assert "in time" in late.what


def test_an_answer_that_broke_off_shows_nothing_of_itself() -> None:
    words = unreachable(Unreachable("GET", "https://registry.lan:5000/v2/", "truncated", 200), SCENE)
    assert words.title == "The answer of registry.lan:5000 broke off"
    assert "Nothing of it is shown." in words.what
