"""Faults of CORS itself: one header wrong, or missing from some answers, while everything else is as it should be."""

from functools import partial

from playground.answer import Answer
from playground.calls import Call
from playground.cors import hide, without_cors
from playground.steps import AFTER, Step, after, changing, nothing

ALLOW_ORIGIN = "Access-Control-Allow-Origin"
ALLOW_HEADERS = "Access-Control-Allow-Headers"
EXPOSE_HEADERS = "Access-Control-Expose-Headers"


def set_or_drop(answer: Answer, name: str, text: str) -> Answer:
    """The header with that text, or without a text none of that name."""
    answer.headers.pop(name, None)
    if text:
        answer.headers[name] = text
    return answer


@after("no-cors")
def no_cors(value: str) -> Step:
    """no-cors: none of the headers, on no answer, as most registries are."""
    nothing(value)
    return changing(lambda call, answer: without_cors(answer))


@after("no-cors-on-errors")
def no_cors_on_errors(value: str) -> Step:
    """no-cors-on-errors: the headers on success only, as from nginx when `always` is forgotten."""
    nothing(value)
    return changing(lambda call, answer: without_cors(answer) if answer.status >= 400 else answer)


@after("no-cors-on-preflight")
def no_cors_on_preflight(value: str) -> Step:
    """no-cors-on-preflight: OPTIONS is answered 204, but without any of the headers."""
    nothing(value)
    return changing(lambda call, answer: without_cors(answer) if call.preflight else answer)


@after("no-cors-on-redirects")
def no_cors_on_redirects(value: str) -> Step:
    """no-cors-on-redirects: the headers on everything but 3xx."""
    nothing(value)
    return changing(lambda call, answer: without_cors(answer) if 300 <= answer.status < 400 else answer)


@after("allow-origin")
def allow_origin(value: str) -> Step:
    """allow-origin[=TEXT]: Access-Control-Allow-Origin is that instead, or missing; {page}: the page's own."""

    def say(call: Call, answer: Answer) -> Answer:
        return set_or_drop(answer, ALLOW_ORIGIN, value.replace("{page}", call.shared.page))

    return changing(say)


@after("allow-headers")
def allow_headers(value: str) -> Step:
    """allow-headers[=TEXT]: Access-Control-Allow-Headers of a preflight says that instead, nothing without a text."""
    return changing(lambda call, answer: set_or_drop(answer, ALLOW_HEADERS, value) if call.preflight else answer)


@after("corp")
def corp(value: str) -> Step:
    """corp[=TEXT]: Cross-Origin-Resource-Policy, same-origin unless another is named."""
    return changing(lambda call, answer: set_or_drop(answer, "Cross-Origin-Resource-Policy", value or "same-origin"))


@after("exposes-nothing")
def exposes_nothing(value: str) -> Step:
    """exposes-nothing: no Access-Control-Expose-Headers."""
    nothing(value)
    return changing(lambda call, answer: set_or_drop(answer, EXPOSE_HEADERS, ""))


def hidden(header: str, value: str) -> Step:
    """hidden-…: the header is sent but not exposed to scripts."""
    nothing(value)
    return changing(lambda call, answer: hide(answer, header))


AFTER["hidden-challenge"] = partial(hidden, "WWW-Authenticate")
AFTER["hidden-content-range"] = partial(hidden, "Content-Range")
AFTER["hidden-digest"] = partial(hidden, "Docker-Content-Digest")
AFTER["hidden-link"] = partial(hidden, "Link")
AFTER["hidden-retry-after"] = partial(hidden, "Retry-After")
