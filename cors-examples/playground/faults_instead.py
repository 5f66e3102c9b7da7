"""Faults that may answer in place of the listener; what they answer gets CORS headers like anything else."""

import re
import socket
import struct
from http import HTTPStatus

from playground.answer import Answer, error, page_not_found
from playground.calls import Call
from playground.guard import challenge
from playground.steps import Proceed, Step, changing, failing, instead, nothing, number
from playground.store import OCI_INDEX, sha256

# SECONDS, xTIMES, or both.
COUNT = re.compile(r"(\d{0,6})(?:x(\d{1,6}))?")


@instead("rate-limited")
def rate_limited(value: str) -> Step:
    """rate-limited[=SECONDS][xTIMES]: 429 with Retry-After, always or so many times ("2x3": three times, 2 s each)."""
    parts = COUNT.fullmatch(value)
    if parts is None:
        raise ValueError(value)
    retry_after = parts[1] or "1"
    return failing(lambda: error("TOOMANYREQUESTS", Retry_After=retry_after), int(parts[2]) if parts[2] else None)


@instead("server-error")
def server_error(value: str) -> Step:
    """server-error[=TIMES]: 500 with the error body of the specification."""
    return failing(lambda: error("UNKNOWN"), number(value, 0) or None)


@instead("manifests-fail")
def manifests_fail(value: str) -> Step:
    """manifests-fail[=TIMES]: 500 for manifests only, so that lists work and what belongs to their rows does not."""
    return failing(lambda: error("UNKNOWN"), number(value, 0) or None, "manifests")


@instead("html-error")
def html_error(value: str) -> Step:
    """html-error[=TIMES]: 502 with a page for people, as proxies send it."""
    page = b"<!DOCTYPE html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>\n"
    return failing(lambda: Answer(502, {"Content-Type": "text/html"}, page), number(value, 0) or None)


@instead("no-catalog")
def no_catalog(value: str) -> Step:
    """no-catalog: there is no such endpoint."""
    nothing(value)
    return failing(lambda: error("UNSUPPORTED", status=404), None, "catalog")


@instead("no-referrers")
def no_referrers(value: str) -> Step:
    """no-referrers: 404 in plain text, and the index that older registries have under the tag sha256-… instead."""
    nothing(value)

    def fall_back(call: Call, answer: Answer) -> Answer:
        # Distribution-spec, "Referrers Tag Schema": the subject's digest with - for :, as clients push it themselves.
        if call.endpoint.kind == "referrers" and not call.preflight:
            return page_not_found()
        subject = call.endpoint.reference.replace("-", ":", 1)
        repository = call.shared.store.repositories.get(call.endpoint.name)
        if answer.status != 404 or repository is None or subject not in repository.referrers:
            return answer
        index = repository.referrers_index(subject)
        return Answer(200, {"Content-Type": OCI_INDEX, "Docker-Content-Digest": sha256(index)}, index)

    return changing(fall_back)


@instead("catalog-denied")
def catalog_denied(value: str) -> Step:
    """catalog-denied: 401 with insufficient_scope for whoever has signed in, as at Docker Hub."""
    nothing(value)

    def deny(call: Call, answer: Answer) -> Answer:
        listed = call.endpoint.kind == "catalog" and answer.status == 200
        return challenge(call, "insufficient_scope") if listed else answer

    return changing(deny)


@instead("catalog-forbidden")
def catalog_forbidden(value: str) -> Step:
    """catalog-forbidden: 403 DENIED."""
    nothing(value)
    return failing(lambda: error("DENIED"), None, "catalog")


@instead("preflight-401")
def preflight_401(value: str) -> Step:
    """preflight-401: OPTIONS needs signing in too, as in distribution, so nothing with Authorization ever works."""
    nothing(value)

    async def step(call: Call, proceed: Proceed) -> Answer:
        return challenge(call) if call.preflight else await proceed()

    return step


@instead("preflight")
def preflight(value: str) -> Step:
    """preflight=STATUS: OPTIONS is answered so, with CORS; a 3xx leads to a page for people to sign in."""
    status = number(value, 0)
    if not 300 <= status < 600:
        raise ValueError(value)

    async def step(call: Call, proceed: Proceed) -> Answer:
        if not call.preflight:
            return await proceed()
        if status == 401:
            return challenge(call)
        if status < 400:
            return Answer(status, {"Location": "/login"})
        return error("UNKNOWN", status=status, message=HTTPStatus(status).phrase)

    return step


@instead("reset")
def reset(value: str) -> Step:
    """reset: the connection is broken off before anything is answered."""
    nothing(value)

    async def step(call: Call, proceed: Proceed) -> Answer:
        if (transport := call.request.transport) is not None:
            # Without lingering the system says RST: the peer sees "connection reset", not an end.
            connection = transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        return error("UNKNOWN")

    return step


@instead("closed")
def closed(value: str) -> Step:
    """closed: nothing listens on this port, as long as the fault is on."""
    nothing(value)
    return changing(lambda call, answer: answer)  # the server does it: no request gets as far as this


@instead("redirect-ping")
def redirect_ping(value: str) -> Step:
    """redirect-ping=LISTENER: /v2/ is at another origin, as when a host has moved."""

    def redirect(call: Call, answer: Answer) -> Answer:
        if call.endpoint.kind != "ping" or call.preflight:
            return answer
        return Answer(307, {"Location": call.shared.origins[value] + call.request.path_qs})

    return changing(redirect)


@instead("hang")
def hang(value: str) -> Step:
    """hang: never answers, not even a preflight."""
    nothing(value)

    async def step(call: Call, proceed: Proceed) -> Answer:
        await call.shared.wait(None)
        if call.request.transport is not None:  # the server is stopping: not even now is there an answer
            call.request.transport.close()
        return error("UNKNOWN")

    return step


@instead("token-delay")
def token_delay(value: str) -> Step:
    """token-delay=MS: the token endpoint takes its time."""
    seconds = number(value, 1000) / 1000

    async def step(call: Call, proceed: Proceed) -> Answer:
        if call.endpoint.kind == "token" and not call.preflight:
            await call.shared.wait(seconds)
        return await proceed()

    return step


@instead("redirect-blobs")
def redirect_blobs(value: str) -> Step:
    """redirect-blobs[=LISTENER]: 307 to a storage origin, `storage` unless another is named."""

    def redirect(call: Call, answer: Answer) -> Answer:
        if call.endpoint.kind != "blobs" or call.preflight or answer.status not in (200, 206):
            return answer
        location = f"{call.shared.origins[value or 'storage']}/blobs/{call.endpoint.reference}"
        return Answer(307, {"Location": location, "Docker-Content-Digest": call.endpoint.reference})

    return changing(redirect)
