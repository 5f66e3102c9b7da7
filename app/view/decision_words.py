"""Why a request was sent as it was, in sentences. The codes are those of `Why` in app/auth/step.py."""

from collections.abc import Mapping

_RESOURCE: Mapping[str, str] = {
    "first-contact": "Asked without credentials: nobody is signed in, or it is not known yet how this registry asks.",
    "known-basic": "Sent with user name and password at once: an earlier challenge asked for Basic.",
    "known-bearer": "Sent with a token: an earlier challenge named the token service, so none was waited for.",
    "challenge-basic": "Sent again with user name and password, as the Basic challenge asks.",
    "challenge-bearer": "Sent again with the token that the Bearer challenge asks for.",
    "registry-token": "Sent with the pasted registry token, as it is.",
    "retry-bare": "Sent once more without credentials: what was sent before was refused without a way to do better.",
    "fresh-token": "Sent again with a fresh token: the one from memory was refused.",
    "forbidden-retry": "Sent once more with a fresh credential: this registry answers an expired one like a denial.",
    "new-scope": "Sent again with a token for the scope that the challenge added.",
    "hidden-challenge": "Sent again on what is known of this registry: its challenge could not be read.",
    "ping": "Asked the API's root, to see whether the challenge shows there.",
    "redirected": "The registry sent the request on, and where it went wants an anonymous token.",
    "anonymous-retry": "Asked again without the credentials, which were refused: reading may work without.",
    "catalog-scope": "Sent again with a token without the catalog's scope, which the token service does not know.",
    "renewal": "Sent with a token renewed in the background.",
    "after-wait": "Sent again after the pause.",
    "not-before": "Sent again: a fresh token may have come from a clock that is ahead.",
}
_TOKEN: Mapping[str, str] = {
    "first-contact": "Asked for a token.",
    "known-bearer": "Asked for a token ahead of any challenge: an earlier one named this token service.",
    "challenge-bearer": "Asked the token service that the challenge names, for the scope that it names.",
    "fresh-token": "Asked for a fresh token: the one from memory was refused.",
    "forbidden-retry": "Asked for a fresh token: this registry answers an expired one like a denial.",
    "new-scope": "Asked for a token with the scope that the challenge added.",
    "hidden-challenge": "Asked the token service that is known of this registry: its challenge could not be read.",
    "redirected": "Asked for an anonymous token for the place that the registry redirected to.",
    "refresh-token": "Asked for a token by a form with the refresh or identity token.",
    "password-grant": "Asked for a token by a form with user name and password, as the settings allow.",
    "exchange": "Exchanged a token of the directory for a refresh token of the registry.",
    "fall-back-get": "Asked again by GET: the token service took no form.",
    "fall-back-post": "Asked again by a form: the token service took no GET.",
    "catalog-scope": "Asked once more without a scope: the token service knows no scope for the list.",
    "anonymous-retry": "Asked for an anonymous token: the credentials were refused, and reading may work without.",
    "renewal": "Asked for a new token in the background, before the one in use ends.",
    "after-wait": "Asked again after the pause.",
}
_WAIT: Mapping[str, str] = {
    "rate-limited": "Waited: the answer was 429, too many requests.",
    "not-before": "Waited a moment: the token is so new that the registry's clock may not have reached it.",
}
_SENT: Mapping[str, str] = {
    "none": "without credentials",
    "basic": "with user name and password (Basic)",
    "bearer": "with a token (Bearer)",
    "form": "with a secret in a form",
}
_PREFLIGHT: Mapping[str, str] = {
    "method": "the method is none of GET, HEAD and POST",
    "authorization": "it carries Authorization",
    "accept-length": "Accept is longer than 128 bytes",
    "accept-characters": "Accept holds characters that are not plain",
    "header": "it carries a header that is not plain",
    "headers-length": "its headers are longer than 1,024 bytes together",
}
_FAILURES: Mapping[str, str] = {
    "network": "No readable answer: refused, offline, or kept back by the browser for want of CORS headers. "
    "A page cannot tell which.",
    "timeout": "No answer in time.",
    "truncated": "The answer broke off.",
    "too-large": "The answer is larger than such an answer may be.",
    "abandoned": "Given up before the answer came.",
    "html": "It answered with a page for people, not with a token.",
    "not-json": "Its answer cannot be read.",
    "no-token": "Its answer holds no token.",
    "bad-token": "The token in its answer cannot be sent.",
}


def decision_words(why: str, purpose: str) -> str:
    """The sentence for a decision; a code that is not known stands for itself."""
    words = {"resource": _RESOURCE, "token": _TOKEN, "wait": _WAIT}.get(purpose, _RESOURCE)
    return words.get(why) or _RESOURCE.get(why) or _TOKEN.get(why) or f"Sent because of: {why}."


def sent_words(authorization: str) -> str:
    """What went along with a request."""
    return _SENT.get(authorization, authorization)


def preflight_words(reasons: tuple[str, ...]) -> str:
    """Why the browser had to ask by OPTIONS first, as the end of a sentence."""
    return ", ".join(_PREFLIGHT.get(reason, reason) for reason in reasons)


def failure_words(reason: str) -> str:
    """Why there is no usable answer."""
    return _FAILURES.get(reason, f"No usable answer: {reason}.")
