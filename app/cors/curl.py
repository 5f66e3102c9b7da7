"""The command whose answer tells what a page cannot: for a POSIX shell, never with a credential in it."""

from urllib.parse import quote

from app.cors.verdict import cause_of
from app.oci.origin import Origin

# What a URL may hold (RFC 3986, 2.2 and 2.3, and percent signs of its own); the rest is encoded, so that nothing
# invisible and no other direction of writing gets into a terminal.
_PLAIN = ":/?#[]@!$&'()*+,;=-._~%"

_ANSWER = "curl -gsS -o /dev/null -D -"
_HEADS = {
    "no-usable-allow-origin": _ANSWER,
    "cors-only-on-success": _ANSWER,
    "challenge-not-exposed": _ANSWER,
    "digest-not-exposed": "curl -gsSI",
    "link-not-exposed": _ANSWER,
    "blob-endpoint-without-cors": _ANSWER,
    # The browser sends "Origin: null" to where another origin redirects, and no Authorization.
    "redirect-target-without-cors": f"{_ANSWER} -L",
    "blob-redirect-without-cors": f"{_ANSWER} -L",
    "blob-storage-unreachable": f"{_ANSWER} -Lv --max-time 20",
    "timeout": f"{_ANSWER} -v --max-time 20",
    "local-network-pending": f"{_ANSWER} -v --max-time 20",
    "wrong-scheme-or-tls": f"{_ANSWER} -v --max-time 20",
    "unreachable": f"{_ANSWER} -v --max-time 20",
}
_ASKED = {
    "preflight-refused": "authorization",
    "allow-headers-missing": "accept,authorization",
    "allow-headers-lacks-authorization": "authorization",
    "allow-headers-lacks-accept": "accept",
}


def command_for(
    verdict: str, url: str, page: Origin | None, accept: str | None = None, authorized: bool = False
) -> str | None:
    """The command; None where no answer of a server would tell more. `accept`: the Accept that the request had.

    `authorized`: the request needed credentials, which the shell's variable AUTHORIZATION then has to hold.
    """
    cause = cause_of(verdict)
    origin = f"Origin: {'null' if page is None else page}"
    if cause in _ASKED:
        command = f"{_ANSWER} -X OPTIONS"
        fields = [origin, "Access-Control-Request-Method: GET", f"Access-Control-Request-Headers: {_ASKED[cause]}"]
    elif cause in _HEADS:
        command = _HEADS[cause]
        fields = ["Origin: null" if "redirect" in cause or "storage" in cause else origin]
        fields += [] if accept is None else [f"Accept: {accept}"]
    else:
        return None
    words = [command, *(f"-H {quoted(field)}" for field in fields)]
    if authorized and cause not in _ASKED:
        words.append('-H "Authorization: $AUTHORIZATION"')
    return " ".join((*words, quoted(quote(url, safe=_PLAIN))))


def quoted(text: str) -> str:
    """One word of a POSIX shell (Shell Command Language, 2.2.2 Single-Quotes), whatever is in it."""
    return "'" + text.replace("'", "'\\''") + "'"
