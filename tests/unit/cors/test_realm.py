"""The token realm: whose it is, whether it may be asked, what it gives to everybody."""

import pytest

from app.auth.realm import RealmPolicy
from app.cors.finding import Finding
from app.cors.notes import Notes
from app.cors.realm import Named, anonymous_token, named_realm, realm_place
from app.cors.subject import Subject
from app.oci.origin import parse_origin
from app.ports.probing import Sight
from app.ports.transport import Headers
from tests.unit.cors.fake_browser import FakeBrowser

SUBJECT = Subject(parse_origin("https://registry.example"), parse_origin("https://portolan.example"))
BEARER = 'Bearer realm="https://auth.example/token",service="registry",scope="repository:x:pull"'


def refusal(challenge: str, status: int = 401) -> Sight:
    return Sight("readable", status, Headers([("WWW-Authenticate", challenge)]))


def place_of(
    realm: str, subject: Subject = SUBJECT, policy: RealmPolicy | None = None
) -> tuple[str | None, Notes, list[Finding]]:
    written: list[Finding] = []
    notes = Notes(FakeBrowser({}), subject, written.append, 8.0, 12)
    place = realm_place(notes, Named(realm, "registry"), policy or RealmPolicy())
    return None if place is None else place.url, notes, written


def test_the_realm_is_that_of_the_challenge() -> None:
    assert named_realm(SUBJECT, refusal(BEARER)) == Named("https://auth.example/token", "registry", "repository:x:pull")


@pytest.mark.parametrize(
    "challenge", ['Basic realm="https://auth.example"', 'Bearer service="x"', "", 'Bearer realm="a",realm="b"']
)
def test_a_challenge_that_names_no_token_service_has_no_realm(challenge: str) -> None:
    assert named_realm(SUBJECT, refusal(challenge)) is None


def test_a_challenge_on_a_200_is_none() -> None:
    assert named_realm(SUBJECT, refusal(BEARER, 200)) is None


def test_a_realm_that_was_given_counts_before_the_challenge_s() -> None:
    subject = SUBJECT._replace(realm="https://other.example/token")
    assert named_realm(subject, refusal(BEARER)) == Named("https://other.example/token")
    assert named_realm(subject, None) == Named("https://other.example/token")


def test_the_service_of_the_challenge_goes_with_the_same_realm() -> None:
    named = named_realm(SUBJECT._replace(realm="https://auth.example/token"), refusal(BEARER))
    assert named is not None
    assert named.service == "registry"


def test_a_token_is_asked_for_as_a_client_would() -> None:
    url, _, _ = place_of("https://auth.example/token", SUBJECT._replace(repository="team/app"))
    assert url == "https://auth.example/token?service=registry&scope=repository:team/app:pull"


@pytest.mark.parametrize(
    ("realm", "meaning"),
    [
        ("https://10.0.0.1/token", "realm-not-asked"),
        ("https://token.corp.internal/", "realm-not-asked"),
        ("https://169.254.169.254/", "realm-refused"),
        ("javascript:alert(1)", "realm-refused"),
        ("//evil.example", "realm-refused"),
        ("https://auth.example/\nx", "realm-refused"),
    ],
)
def test_a_hostile_realm_is_not_asked_and_that_is_said(realm: str, meaning: str) -> None:
    url, notes, written = place_of(realm)
    assert url is None
    assert [finding.meaning for finding in written] == [meaning]
    assert notes.diagnosis.verdicts == ()


def test_a_private_realm_is_asked_when_the_person_approved_it() -> None:
    policy = RealmPolicy().approve(SUBJECT.registry, parse_origin("https://10.0.0.1"))
    assert place_of("https://10.0.0.1/token", policy=policy)[0] == "https://10.0.0.1/token?service=registry"


def test_a_password_in_a_realm_is_a_verdict_and_in_no_text() -> None:
    url, notes, written = place_of("https://me:hush@auth.example/token")
    assert url is None
    assert notes.diagnosis.verdicts == ("token-url-has-credentials",)
    assert "hush" not in repr(notes.diagnosis) + repr(written)


def test_a_realm_by_http_is_mixed_content_for_a_page_by_https() -> None:
    assert place_of("http://auth.example/token")[1].diagnosis.verdicts == ("token-mixed-content",)


def test_a_realm_by_http_of_a_registry_by_https_is_refused_to_a_page_by_http() -> None:
    subject = SUBJECT._replace(page=parse_origin("http://portolan.example"))
    _, notes, written = place_of("http://auth.example/token", subject)
    assert notes.diagnosis.verdicts == ()
    assert [finding.meaning for finding in written] == ["realm-refused"]


@pytest.mark.parametrize(
    ("sight", "authorization"),
    [
        (Sight("readable", 200, body=b'{"token": "abc"}'), "Bearer abc"),
        (Sight("readable", 200, body=b'{"access_token": "abc"}'), "Bearer abc"),
        (Sight("readable", 200, body=b"<html>"), None),
        (Sight("readable", 200, body=b'{"token": "a b\\r\\nX: y"}'), None),
        (Sight("readable", 401, body=b'{"token": "abc"}'), None),
    ],
)
def test_only_a_token_that_came_without_credentials_is_used(sight: Sight, authorization: str | None) -> None:
    assert anonymous_token(sight, 0.0) == authorization
