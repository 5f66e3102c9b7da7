import pytest

from app.client.errors import (
    BadAnswer,
    BadDigest,
    ClientError,
    Forbidden,
    NotFound,
    RateLimited,
    Refused,
    ServerFailed,
    Unreachable,
    Unsupported,
)
from app.oci.digest import digest_of
from app.oci.error import ErrorInfo

URL = "https://r.example/v2/"


@pytest.mark.parametrize("kind", [NotFound, Unsupported, Forbidden, ServerFailed, Refused, RateLimited])
def test_an_error_of_a_status_says_of_which_request(kind: type[ClientError]) -> None:
    error = kind("GET", URL, 400, (ErrorInfo("DENIED", "no", ""),))
    assert (error.method, error.url, error.status, error.codes[0].code) == ("GET", URL, 400, "DENIED")


@pytest.mark.parametrize(
    "error",
    [
        Unreachable("GET", URL, "network"),
        BadAnswer("GET", URL, "html", 200),
        BadDigest("GET", URL, digest_of(b"a"), digest_of(b"b"), 1),
        RateLimited("GET", URL, retry_after=1.0),
    ],
)
def test_every_error_of_the_client_is_one(error: Exception) -> None:
    assert isinstance(error, ClientError)


def test_the_text_of_an_error_names_the_request_and_its_status() -> None:
    assert str(NotFound("GET", URL, 404)) == f"GET {URL}: 404"


def test_the_text_of_an_error_without_an_answer_says_so() -> None:
    assert str(Unreachable("GET", URL, "timeout")) == f"GET {URL}: no answer"


def test_a_rate_limit_says_how_long_to_wait() -> None:
    assert RateLimited("GET", URL, retry_after=30.0).retry_after == 30.0


def test_a_bad_digest_has_both_digests_and_the_size() -> None:
    error = BadDigest("GET", URL, digest_of(b"a"), digest_of(b"b"), 1)
    assert (error.expected, error.actual, error.size) == (digest_of(b"a"), digest_of(b"b"), 1)


def test_a_bad_answer_says_where_it_is_bad() -> None:
    error = BadAnswer("GET", URL, "shape", 200, path="layers[3].digest", detail="is missing")
    assert (error.reason, error.path, error.detail) == ("shape", "layers[3].digest", "is missing")
