import inspect

import pytest

from app.auth import errors as auth
from app.auth.errors import ApprovalPrompt, AuthError
from app.client import errors as client
from app.client.errors import ClientError
from app.oci.document import InvalidDocument
from app.oci.error import ErrorInfo
from app.oci.origin import Origin
from app.view.explanation import Place, Scene
from app.view.problem import brief, explain
from tests.unit.view.states import PROMPT, REGISTRY, URL, digest

REALM = Origin("https", "auth.example.org", None)
CODES = (ErrorInfo("DENIED", "requested access is denied", ""),)
APPROVAL = ApprovalPrompt(REGISTRY, REALM, "bearer", None, (), False, "other-origin")
ALL: list[Exception] = [
    client.NotFound("GET", URL, 404, (ErrorInfo("MANIFEST_UNKNOWN", "manifest unknown", ""),)),
    client.Unsupported("GET", URL, 405),
    client.Forbidden("GET", URL, 403, CODES),
    client.ServerFailed("GET", URL, 502),
    client.Refused("GET", URL, 400),
    client.RateLimited("GET", URL, retry_after=42),
    client.Unreachable("GET", URL, "network"),
    client.BadAnswer("GET", URL, "html", 200),
    client.BadDigest("GET", URL, digest("a"), digest("b"), 9),
    auth.LoginRequired(PROMPT),
    auth.ApprovalRequired(APPROVAL),
    auth.AccessDenied(REGISTRY, ("repository:harbour/tide-gauge:pull",), "alice", "GET", URL, CODES),
    auth.ChallengeHidden(REGISTRY, "GET", URL, ()),
    auth.TokenServiceBusy(REALM, "https://auth.example.org/token", 429, "status", 7),
    auth.TokenServiceFailed(REALM, "https://auth.example.org/token", 500, "status", None),
    auth.RealmRefused(REGISTRY, "http://auth.example.org/token", "downgrade"),
    auth.UnusableChallenge(REGISTRY, ("negotiate",), "unknown scheme"),
    InvalidDocument("config", "history[2]", "is a number, not an object"),
    ZeroDivisionError("secret=hunter2"),
]
PLACES: tuple[Place, ...] = ("catalog", "tags", "manifest", "raw", "blob", "config", "referrers", "row")


def scene(place: Place, username: str | None = None) -> Scene:
    return Scene(place, "registry.example.net", "harbour/tide-gauge", "2.4.1", username)


def subclasses(module: object, base: type[Exception]) -> set[type[Exception]]:
    return {
        found
        for _, found in inspect.getmembers(module, inspect.isclass)
        if issubclass(found, base) and found is not base
    }


def test_every_error_of_client_and_auth_is_among_the_tested() -> None:
    wanted = subclasses(client, ClientError) | subclasses(auth, AuthError)
    assert wanted <= {type(error) for error in ALL}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("username", [None, "alice"])
@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
def test_every_error_is_explained_everywhere(error: Exception, username: str | None, place: Place) -> None:
    words = explain(error, scene(place, username))
    assert words.title[0].isupper() or words.title.startswith(("alice", "harbour", "registry"))
    assert words.what.endswith(".")
    assert words.actions
    assert "None" not in " ".join((words.title, words.what, *words.likely, words.advice or ""))
    assert all(reason.endswith(".") for reason in words.likely)


@pytest.mark.parametrize("error", ALL[:-2], ids=lambda error: type(error).__name__)
def test_no_error_that_is_foreseen_is_called_a_mistake_of_the_program(error: Exception) -> None:
    assert "Portolan went wrong" not in explain(error, scene("manifest")).title


def test_an_error_nobody_foresaw_does_not_tell_its_own_text() -> None:
    assert "hunter2" not in repr(explain(ALL[-1], scene("manifest")))


def test_the_request_and_the_answer_are_quoted_as_they_were() -> None:
    words = explain(ALL[2], scene("manifest"))
    assert words.request == f"GET {URL}"
    assert words.answer == "403 DENIED “requested access is denied”"


def test_an_endless_message_of_a_registry_is_cut() -> None:
    error = client.Forbidden("GET", URL, 403, (ErrorInfo("DENIED", "x" * 100_000, ""),) * 50)
    assert len(explain(error, scene("manifest")).answer or "") < 1000


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
def test_every_error_has_two_or_three_words_for_a_row(error: Exception) -> None:
    assert 2 <= len(brief(error).replace("-", " ").split()) <= 3


def test_a_document_that_cannot_be_read_says_where() -> None:
    words = explain(ALL[-2], scene("config"))
    assert words.title == "This config cannot be read"
    assert "history[2]" in words.what
