"""What became of a request, in words. The codes are those of app/auth/outcome.py."""

from collections.abc import Mapping
from typing import Literal

from app.view.components import outcome
from app.view.markup import Element, el, hostile

Tone = Literal["ok", "warn", "bad"]

_WORDS: Mapping[str, tuple[Tone, str]] = {
    "ok": ("ok", "answered"),
    "cancelled": ("warn", "given up"),
    "login-required": ("warn", "not signed in"),
    "wrong-password": ("bad", "wrong user name or password"),
    "expired": ("warn", "the sign-in has expired"),
    "insecure": ("warn", "the password would go unencrypted"),
    "realm-not-approved": ("warn", "the token service is not approved yet"),
    "realm-refused": ("bad", "the token service is never contacted"),
    "denied": ("bad", "not allowed"),
    "forbidden": ("bad", "not allowed"),
    "challenge-hidden": ("warn", "the challenge is hidden"),
    "unusable-challenge": ("warn", "asks in a way that is not known"),
    "token-service-unreachable": ("bad", "the token service is unreachable, or sends no CORS headers"),
    "token-service-failed": ("bad", "the token service brought no token"),
    "rate-limited": ("warn", "rate limited"),
    "not-found": ("warn", "not found"),
    "unsupported": ("warn", "not offered"),
    "unreachable": ("bad", "no readable answer"),
    "server-failed": ("bad", "the registry failed"),
    "bad-answer": ("bad", "an answer that cannot be used"),
    "bad-digest": ("bad", "wrong bytes"),
    "refused": ("bad", "declined"),
}


def outcome_words(code: str) -> str:
    """The words for an outcome; a code that is not known stands for itself."""
    return _WORDS.get(code, ("bad", code.replace("-", " ")))[1]


def outcome_mark(code: str | None) -> Element:
    """An outcome with its icon; None: it is still under way."""
    if code is None:
        return el("span.muted", None, "under way")
    return outcome(_WORDS.get(code, ("bad", ""))[0], hostile(outcome_words(code)))
