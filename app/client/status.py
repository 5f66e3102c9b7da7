"""From the status of an answer to the error that it is."""

import re
from urllib.parse import urlsplit

from app.auth.retry_after import parse_retry_after
from app.client.errors import (
    BadAnswer,
    ClientError,
    Forbidden,
    NotFound,
    RateLimited,
    Refused,
    ServerFailed,
    Unreachable,
    Unsupported,
)
from app.oci.error import parse_errors
from app.oci.origin import Origin, origin_of
from app.ports.transport import Headers, Request, TransportError

_MARKUP = re.compile(rb"[\s\xef\xbb\xbf]*<")


def status_error(
    request: Request,
    status: int,
    url: str,
    headers: Headers,
    body: bytes,
    now: float,
) -> ClientError:
    """The error of an answer that is not 2xx.

    `url`: where the answer came from; `body`: as far as it was read; `now`: seconds since 1970, for a Retry-After date.
    """
    codes = () if looks_like_html(headers, body) else parse_errors(body)
    named = {info.code.upper() for info in codes}
    answered_by = _elsewhere(request.url, url)
    authorized = request.header("Authorization") is not None
    if status == 429:
        return RateLimited(
            request.method,
            request.url,
            status,
            codes,
            retry_after=parse_retry_after(headers.get("Retry-After"), now),
            answered_by=answered_by,
            authorized=authorized,
        )
    kind: type[ClientError]
    # No registry has to have a catalog, and those without one say so with a plain 404 (registry.k8s.io).
    catalog = urlsplit(request.url).path == "/v2/_catalog"
    if status in (405, 501) or (400 <= status < 500 and "UNSUPPORTED" in named) or (catalog and status == 404):
        kind = Unsupported
    elif status == 404:
        kind = NotFound
    elif status in (401, 403):
        kind = Forbidden
    elif 400 <= status < 500:
        if looks_like_html(headers, body):  # some web server that is no registry
            return BadAnswer(request.method, request.url, "html", status)
        kind = Refused
    elif status >= 500:
        kind = ServerFailed
    else:
        # 1xx and 3xx never reach a page; 0 is what Fetch makes of a redirect that it was told not to follow.
        return BadAnswer(request.method, request.url, "status", status)
    return kind(request.method, request.url, status, codes, answered_by=answered_by, authorized=authorized)


def transport_error(
    error: TransportError, request: Request, status: int | None = None, limit: int | None = None
) -> ClientError:
    """The error of a request that brought no usable answer; `status`: of the answer whose body could not be read."""
    if error.reason == "too-large":
        return BadAnswer(request.method, request.url, "too-large", status, limit=limit)
    return Unreachable(request.method, request.url, error.reason, status)


def looks_like_html(headers: Headers, body: bytes) -> bool:
    """Whether an answer is a page for people: no JSON begins with `<`, and proxies send pages as text/plain too."""
    content_type = (headers.get("Content-Type") or "").lower()
    return content_type.startswith(("text/html", "application/xhtml")) or _MARKUP.match(body) is not None


def _elsewhere(asked: str, answered: str) -> Origin | None:
    try:
        origin = origin_of(answered)
        return None if origin == origin_of(asked) else origin
    except ValueError:
        return None
