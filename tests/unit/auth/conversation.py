"""A conversation with a registry, recorded: canaries stand for every secret in it."""

import base64
import json
from typing import Literal

import jwt

from app.auth.cache import TokenKey
from app.auth.step import Reply, Send, Wait, Why
from app.auth.transcript import Transcript
from app.oci.origin import parse_origin
from app.ports.transport import Headers, Request

REGISTRY = parse_origin("https://r.example")
PAGE = parse_origin("https://page.example")
URL = "https://r.example/v2/a/manifests/1"
REALM = "https://a.example/token"
SCOPE = "repository:a:pull"
CHALLENGE = f'Bearer realm="{REALM}",service="r",scope="{SCOPE}"'
BASIC = "Basic " + base64.b64encode(b"ann:canary-password").decode()
ACCESS = [{"type": "repository", "name": "a", "actions": ["pull"]}]
TOKEN = jwt.encode({"sub": "canary-subject", "access": ACCESS}, "canary-key" * 7, "HS256")
REFRESH = "canary-refresh"
SIGNED = "https://cdn.example/blob/1?X-Amz-Signature=canary-signature"

CANARIES = ("canary", base64.b64encode(b"ann:canary-password").decode(), *TOKEN.split("."))


class Ticks:
    """A clock that is a second later each time."""

    def __init__(self) -> None:
        self.time = 1_770_802_567.0

    def __call__(self) -> float:
        self.time += 1
        return self.time


def transcript(limit: int = 500) -> Transcript:
    return Transcript(Ticks(), PAGE, limit)


def key(*scopes: str) -> TokenKey:
    return TokenKey(REALM, "r", "ann", 0, scopes)


def request(authorization: str | None = None, url: str = URL) -> Request:
    return Request("GET", url, (("Accept", "application/json"),)).with_header("Authorization", authorization)


def send(
    sent: Request | None = None, why: Why = "first-contact", purpose: Literal["resource", "token"] = "resource"
) -> Send:
    return Send(request() if sent is None else sent, purpose, key(SCOPE) if purpose == "token" else None, why)


def reply(status: int = 200, *fields: tuple[str, str], body: bytes = b"", url: str = URL) -> Reply:
    return Reply(status, url, Headers(fields), body)


def hold(into: Transcript) -> Request:
    """A whole conversation: refused, a token for a password, answered from a signed address elsewhere."""
    caller = request()
    refused = into.sent(send(caller), REGISTRY, caller)
    body = json.dumps({"errors": [{"code": "UNAUTHORIZED", "message": "canary words", "detail": "canary"}]}).encode()
    into.answered(refused, reply(401, ("WWW-Authenticate", CHALLENGE), ("X-Secret", "canary"), body=body), 0.05)
    into.waited(Wait(1.5, "rate-limited"), REGISTRY, caller)
    asking = request(BASIC, f"{REALM}?service=r&scope={SCOPE}&account=canary")
    asked = into.sent(send(asking, "challenge-bearer", "token"), REGISTRY, caller)
    answer = json.dumps({"token": TOKEN, "refresh_token": REFRESH, "expires_in": 300}).encode()
    into.answered(asked, reply(200, ("Content-Type", "application/json"), body=answer, url=asking.url), 0.2)
    again = into.sent(send(request(f"Bearer {TOKEN}"), "challenge-bearer"), REGISTRY, caller)
    into.answered(again, reply(200, ("Content-Length", "42"), ("Location", SIGNED), url=SIGNED), 0.1)
    into.ended(REGISTRY, caller, None)
    return caller
