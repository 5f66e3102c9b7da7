"""A session with a transcript: what a registry does to it, and that no secret stays, whatever the registry repeats."""

import asyncio
import base64
import json
from urllib.parse import quote, urlsplit

import pytest

from app.auth.credential import Credential, IdentityToken, Password, RegistryToken
from app.auth.har import to_har, to_text
from app.auth.identity import RegistryAuth
from app.auth.scope import pull
from app.auth.transcript import Transcript
from app.client.session import Session
from app.oci.origin import parse_origin
from app.ports.transport import Request
from tests.unit.fake_transport import FakeClock, FakeResponse, FakeTransport, json_response

REGISTRY = parse_origin("https://r.example")
PAGE = parse_origin("https://page.example")
TAGS = "https://r.example/v2/lab/tags/list"
REALM = "https://r.example/token"
CREDENTIALS = (
    Password("ann", "canary:pass word+é"),
    IdentityToken("ann", "canary-identity/token+="),
    RegistryToken("canary-registry-token"),
)


def echoing(scheme: str) -> FakeTransport:
    """A registry that repeats all that it is sent in every field and body, and wants more than it gets at first."""

    def answer(request: Request) -> FakeResponse:
        sent, form = request.header("Authorization") or "", (request.body or b"").decode()
        heard = f"{sent} {form}"
        credential = sent.partition(" ")[2]
        if heard.startswith("Basic "):
            heard += base64.b64decode(credential).decode()
        repeated = quote(heard)
        fields = (("Link", f'<https://x.example/{repeated}>; rel="next"'), ("Warning", heard), ("X-All", heard))
        if urlsplit(request.url).path == "/token":
            tokens = {"token": "canary-token", "refresh_token": "canary-refresh", "error": credential}
            return json_response(tokens, 200, fields)
        if request.header("Authorization") is None or "canary-token" not in heard:
            challenge = f'{scheme} realm="{REALM}",service="s",scope="repository:lab:pull",error="{repeated}"'
            errors = {"errors": [{"code": credential, "message": heard, "detail": heard}]}
            return json_response(errors, 401, (("WWW-Authenticate", challenge), *fields))
        signed = f"https://cdn.example/x?sig=canary-signature&t={repeated}"
        return FakeResponse(200, b"{}", (("Location", signed), *fields), url=signed)

    return FakeTransport(answer)


def talk(transport: FakeTransport, credential: Credential | None) -> Transcript:
    """What is recorded of one request by whoever has that credential, whatever becomes of it."""
    clock = FakeClock()
    transcript, auth = Transcript(clock.now, PAGE), RegistryAuth(REGISTRY)
    if credential is not None:
        auth.sign_in(credential)
        auth.approve(REGISTRY)

    async def ask() -> None:
        session = Session(REGISTRY, transport, clock, auth, recorder=transcript)
        await asyncio.gather(session.open(Request("GET", TAGS), (pull("lab"),)), return_exceptions=True)

    asyncio.run(ask())
    return transcript


@pytest.mark.parametrize("credential", [None, *CREDENTIALS], ids=["nobody", "password", "identity", "registry"])
@pytest.mark.parametrize("scheme", ["Bearer", "Basic"])
def test_whatever_a_registry_repeats_no_secret_is_recorded(credential: Credential | None, scheme: str) -> None:
    transcript = talk(echoing(scheme), credential)
    recorded = repr(transcript.exchanges()) + to_text(transcript) + to_har(transcript, "1").decode()
    assert len(transcript.exchanges()) >= 1
    assert "canary" not in recorded
    assert base64.b64encode("ann:canary:pass word+é".encode()).decode() not in recorded


def test_a_login_by_token_is_one_group_of_three_that_ended_well() -> None:
    transcript = talk(echoing("Bearer"), CREDENTIALS[0])
    (group,) = transcript.groups()
    assert [(each.purpose, each.why, each.authorization) for each in group.exchanges] == [
        ("resource", "first-contact", "none"),
        ("token", "challenge-bearer", "basic"),
        ("resource", "challenge-bearer", "bearer"),
    ]
    assert group.ended is not None
    assert group.ended.code == "ok"


def test_a_wrong_password_ends_its_group_as_such() -> None:
    def answer(request: Request) -> FakeResponse:
        if urlsplit(request.url).path == "/token":
            return json_response({"errors": [{"code": "UNAUTHORIZED"}]}, 401)
        return json_response({}, 401, (("WWW-Authenticate", f'Bearer realm="{REALM}"'),))

    (group,) = talk(FakeTransport(answer), CREDENTIALS[0]).groups()
    assert group.ended is not None
    assert (group.ended.code, group.exchanges[-1].codes) == ("wrong-password", ("UNAUTHORIZED",))


def test_the_har_of_a_session_can_be_read() -> None:
    log = json.loads(to_har(talk(echoing("Bearer"), CREDENTIALS[0]), "1"))["log"]
    assert [entry["response"]["status"] for entry in log["entries"]] == [401, 200, 200]
