"""Whether a browser asks before it sends: Fetch, "CORS-preflight fetch", which no page can observe."""

from typing import Literal

from app.oci.origin import Origin, OriginError, origin_of
from app.ports.transport import Request

PreflightReason = Literal["method", "authorization", "accept-length", "accept-characters", "header", "headers-length"]

# Fetch, "CORS-safelisted method" and "CORS-safelisted request-header".
_METHODS = frozenset({"GET", "HEAD", "POST"})
_SAFE_NAMES = frozenset({"accept", "accept-language", "content-language", "content-type", "range"})
_FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
_LONGEST_VALUE = 128
_LONGEST_TOGETHER = 1024
# Fetch, "CORS-unsafe request-header byte": these, and controls but the tab.
_UNSAFE = frozenset('"():<>?@[\\]{}\x7f')


def preflight_reasons(request: Request, page: Origin | None) -> tuple[PreflightReason, ...]:
    """Why a page there must ask by OPTIONS first; () when it need not. `page`: None for an extension, which never asks.

    The browser may have kept an earlier answer for the same URL (Access-Control-Max-Age) and sent nothing.
    """
    try:
        if page is None or origin_of(request.url) == page:
            return ()
    except OriginError:
        return ()
    reasons: list[PreflightReason] = [] if request.method in _METHODS else ["method"]
    together = 0
    for name, text in request.headers:
        reason = _reason(name.lower(), text)
        if reason is None:
            together += len(text.encode())
        elif reason not in reasons:
            reasons.append(reason)
    if together > _LONGEST_TOGETHER:
        reasons.append("headers-length")
    return tuple(reasons)


def _reason(name: str, text: str) -> PreflightReason | None:
    if name == "authorization":
        return "authorization"
    if name not in _SAFE_NAMES:
        return "header"
    if name == "range":
        return None if _is_simple_range(text) else "header"
    if len(text.encode()) > _LONGEST_VALUE:
        return "accept-length" if name == "accept" else "header"
    if any(character in _UNSAFE or (character < " " and character != "\t") for character in text):
        return "accept-characters" if name == "accept" else "header"
    if name == "content-type" and text.partition(";")[0].strip().lower() not in _FORM_TYPES:
        return "header"
    return None


def _is_simple_range(text: str) -> bool:
    # Fetch, "simple range header value": bytes=FIRST- or bytes=FIRST-LAST, and FIRST must be there.
    unit, _, span = text.partition("=")
    first, dash, last = span.partition("-")
    digits = first.isascii() and first.isdigit() and (not last or (last.isascii() and last.isdigit()))
    return unit == "bytes" and bool(dash) and digits
