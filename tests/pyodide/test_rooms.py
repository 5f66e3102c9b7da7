"""The rooms that need no page, exercised by the Python that the page has."""

import jwt

from tests.pyodide.conftest import Inside

DIGEST = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"  # of b"hello"


def test_a_challenge_is_parsed(inside: Inside) -> None:
    header = 'Bearer realm="https://auth.example/token",service="r, x", Basic realm=a'
    code = f"""
from app.auth.challenge import parse_challenges
[(challenge.scheme, dict(challenge.parameters)) for challenge in parse_challenges({header!r})]
"""
    bearer, basic = inside(code)
    assert bearer == ["bearer", {"realm": "https://auth.example/token", "service": "r, x"}]
    assert basic == ["basic", {"realm": "a"}]


def test_a_reference_is_parsed_and_formatted(inside: Inside) -> None:
    text = f"registry.example:5000/team/app:1.2@{DIGEST}"
    code = f"from app.oci.reference import parse_reference\nstr(parse_reference({text!r}))"
    assert inside(code) == text


def test_a_route_is_made_canonical(inside: Inside) -> None:
    code = "from app.state.route import parse_route\nstr(parse_route('#/redis:7'))"
    assert inside(code).removeprefix("#/") == "docker.io/library/redis:7"


def test_bytes_are_held_against_their_digest(inside: Inside) -> None:
    code = f"""
from app.oci.digest import parse_digest, verify
digest = parse_digest({DIGEST!r})
[verify(digest, b"hello"), verify(digest, b"hellO")]
"""
    assert inside(code) == [True, False]


def test_the_next_page_is_found_in_a_link_header(inside: Inside) -> None:
    code = """
from app.client.link import next_page
next_page("http://r.example/v2/_catalog?n=2", '</v2/_catalog?last=b&n=2>; rel="next"')
"""
    assert inside(code) == "http://r.example/v2/_catalog?last=b&n=2"


def test_the_claims_of_a_token_are_read_without_its_key(inside: Inside) -> None:
    token = jwt.encode({"sub": "sailor", "access": []}, "0123456789abcdef0123456789abcdef", "HS256")
    code = f"import jwt\njwt.decode({token!r}, options={{'verify_signature': False}})['sub']"
    assert inside(code) == "sailor"
