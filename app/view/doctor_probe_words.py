"""What each step of an examination asked and what its outcome means, and how a command tells causes apart."""

from collections.abc import Mapping
from typing import Literal

Tone = Literal["ok", "warn", "bad", "skip", "now"]

QUESTIONS: Mapping[str, tuple[str, str]] = {
    "address": ("Is the address sound?", "nothing is sent"),
    "network": ("Is there a network?", "nothing is sent"),
    "read": ("May a page read it?", "no extra headers"),
    "reach": ("Is anything there?", "sent without reading the answer"),
    "redirect": ("Is it a redirect?", "sent without following it"),
    "read-with-credentials": ("May a page read it, signed in?", "with your credentials, as you allowed"),
    "other-scheme": ("Does the other scheme answer?", "http in place of https, or the other way round"),
    "challenge": ("Can the page see how to sign in?", "WWW-Authenticate, from the answer above"),
    "preflight-authorization": ("May a page sign in?", "with an Authorization of nobody"),
    "preflight-accept": ("May a page ask for every kind of manifest?", "with an Accept of more than 128 bytes"),
    "preflight-options-authorization": (
        "Is it the preflight that is refused?",
        "OPTIONS with an Authorization of nobody",
    ),
    "preflight-options": ("What does OPTIONS answer?", "no extra headers"),
    "preflight-forced": ("Does any preflight pass?", "one that asks for no header"),
    "realm": ("May the token service be asked?", "nothing is sent"),
    "catalog": ("Is there something to read?", "the list of repositories, anonymously"),
    "tags": ("Which tags are there?", "anonymously"),
    "digest": ("Can the page see a digest?", "Docker-Content-Digest"),
    "manifest": ("Which blobs are there?", "anonymously"),
    "blob": ("May a page read a blob?", "its first bytes"),
    "blob-redirect": ("Is the blob sent from elsewhere?", "sent without following a redirect"),
    "blob-reach": ("Does that place answer?", "sent without reading the answer"),
    "error": ("May a page read a refusal too?", "a tag that no registry has"),
    "link": ("Does a list say that it goes on?", "the Link header, from answers above"),
    "link-one": ("Does a list say that it goes on?", "a part with one entry"),
    "link-two": ("Does the list go on?", "a part with two entries"),
}

_TONES: Mapping[str, Tone] = {
    "asking": "now",
    "fine": "ok",
    "readable": "ok",
    "hidden": "warn",
    "silent": "bad",
    "timed-out": "bad",
    "redirected": "warn",
    "not-redirected": "skip",
    "refused": "skip",
    "absent": "skip",
    "forbidden-by-policy": "bad",
    "forbidden-by-address": "bad",
    "offline": "bad",
    "permission-denied": "bad",
    "permission-pending": "warn",
    "header-readable": "ok",
    "header-hidden": "bad",
    "preflight-passed": "ok",
    "preflight-failed": "bad",
    "inconclusive": "skip",
    "realm-not-asked": "skip",
    "realm-refused": "bad",
    "requests-spent": "skip",
}

_MEANINGS: Mapping[str, str] = {
    "asking": "Waiting for what the browser lets this page see.",
    "fine": "Nothing here stands in the way.",
    "readable": "The browser shows the answer to this page.",
    "hidden": "Something answered, and the browser hides what from this page.",
    "silent": "Nothing came that this page may see. The browser does not say why.",
    "timed-out": "No answer came in the time given to it.",
    "redirected": "The answer sends the browser on to another address.",
    "not-redirected": "It is no redirect, or the redirect itself may not be seen.",
    "refused": "It is not open to everybody, so this was not learnt without signing in.",
    "absent": "It is not there, or there is nothing in it.",
    "forbidden-by-policy": "This copy's own Content-Security-Policy stopped the request; it never left.",
    "forbidden-by-address": "The browser would not send this: the address itself is the reason.",
    "offline": "The browser knows of no network.",
    "permission-denied": "The browser denies this page access to your own network.",
    "permission-pending": "The browser may still be asking you whether this page may reach your own network.",
    "header-readable": "The header can be read.",
    "header-hidden": "The header is not exposed to pages, or was not sent. From here both look alike.",
    "preflight-passed": "The browser asked first, and was allowed to send it.",
    "preflight-failed": "The browser asked first, and got no permission to send it.",
    "inconclusive": "This does not tell one way or the other.",
    "realm-not-asked": "It is on your own network, and is asked only after you approved it or named it below.",
    "realm-refused": "The registry names an address that is never asked.",
    "requests-spent": "Not asked: enough requests have gone to this server.",
}

_UNREAD = "Either no header allows this page to read it, or no connection came about: the next probe tells."
_REFUSED = "The browser shows refusals to this page too."

_AT: Mapping[tuple[str, str], str] = {
    ("reach", "hidden"): "The name resolves, and a server replied. What it says is hidden from this page.",
    ("read", "silent"): _UNREAD,
    ("read", "hidden"): _UNREAD,
    ("error", "absent"): _REFUSED,
    ("error", "refused"): _REFUSED,
    ("error", "silent"): "The refusal may not be read, though other answers may.",
    ("redirect", "redirected"): "It is a redirect; where it leads, no header allows this page to read.",
    ("read-with-credentials", "readable"): "Signed in, it can be read: only refusals lack the headers.",
    ("other-scheme", "hidden"): "Something answers there: the scheme is wrong, or the certificate is not trusted.",
    ("other-scheme", "silent"): "Nothing there either.",
    ("challenge", "header-readable"): "The page knows where and how to sign in.",
    ("preflight-authorization", "preflight-passed"): "The browser asked first, and may send Authorization.",
    ("preflight-options", "readable"): "OPTIONS itself is answered and may be read.",
    ("blob-redirect", "redirected"): "The registry sends blobs from its storage, another address.",
    ("blob-reach", "hidden"): "The storage answers, and the browser hides what from this page.",
    ("blob-reach", "silent"): "Nothing there answers this browser.",
    ("realm", "fine"): "It may be asked without credentials.",
}

# What a command prints, and what then is the matter. {page}: the origin of this page; {header}: what is looked for.
ALTERNATIVES: Mapping[str, tuple[str, str]] = {
    "allow-origin-missing": ("no access-control-allow-origin", "the header is not sent at all"),
    "allow-origin-wrong": (
        "access-control-allow-origin with another value than * or {page}",
        "it allows somebody else; a slash at its end or “null” counts for nothing too",
    ),
    "allow-origin-duplicated": (
        "access-control-allow-origin twice, or two values in it",
        "the registry and a proxy both add it: one of them has to stop",
    ),
    "allow-origin-pinned": (
        "access-control-allow-origin: {page} where the redirect leads",
        "after a redirect browsers send “Origin: null”, so only * will do there",
    ),
    "only-on-success": (
        "HTTP 401 or another error without the header",
        "the header is sent with successful answers alone; errors need it too",
    ),
    "permission-pending": ("an answer at once", "the browser holds the request back until you answer its question"),
    "hung": ("nothing for a long time, though it connected", "the server takes the request and does not answer"),
    "filtered": ("curl: (28), no connection in time", "something on the way drops the connection"),
    "wrong-scheme": (
        "curl: (35), or an answer by the other scheme",
        "the server speaks the other of http and https here",
    ),
    "tls": ("curl: (60) or (35)", "the certificate is not trusted, has expired, or is for another name"),
    "refused": ("curl: (7)", "nothing listens at that port"),
    "reset": ("curl: (52) or (56)", "the server drops the connection without an answer"),
    "dns": ("curl: (6)", "the name is not known on your network"),
    "resource-policy": (
        "an answer with cross-origin-resource-policy",
        "the server forbids other sites to load it: “cross-origin” is needed there",
    ),
    "not-exposed": (
        "{header}, and access-control-expose-headers without its name",
        "it is sent, and has to be exposed",
    ),
    "not-sent": ("no {header}", "it is not sent at all; exposing it will not help"),
    "preflight-status": (
        "HTTP 401, 403, 404, 405 or 5xx to the OPTIONS",
        "it is asked to sign in, which browsers never do there, or OPTIONS is not known",
    ),
    "preflight-without-allow-origin": (
        "HTTP 2xx to the OPTIONS, no access-control-allow-origin",
        "the header is missing there",
    ),
    "preflight-redirected": ("HTTP 3xx to the OPTIONS", "a preflight must not be redirected"),
    "preflight-hung": ("nothing for a long time", "OPTIONS is not answered"),
    "allow-headers-absent": ("no access-control-allow-headers", "the header is not sent"),
    "allow-headers-without-both": ("access-control-allow-headers with neither name", "both names have to be added"),
    "refusal-without-allow-origin": (
        "HTTP 401 to the GET without access-control-allow-origin",
        "the preflight passes and the refusal behind it may not be read",
    ),
    "redirect-target-unreachable": (
        "an error after a “location:”",
        "the place that the redirect leads to is not reached",
    ),
    "redirect-mixed-content": (
        "location: http://…",
        "the redirect leads from https to plain http, which browsers stop",
    ),
    "bad-port": ("an answer, or none", "browsers never connect to that port, whoever listens there"),
    "insecure-page": ("an answer", "this page came by plain http, and such a page may not reach a private network"),
}


_HEADERS = {
    "challenge-not-exposed": "www-authenticate",
    "digest-not-exposed": "docker-content-digest",
    "link-not-exposed": "link",
}


def question(key: str) -> tuple[str, str]:
    """The question, and how it was put."""
    return QUESTIONS.get(key, (key, ""))


def meaning(question_key: str, key: str) -> str:
    """What came of it, for a person."""
    return _AT.get((question_key, key)) or _MEANINGS.get(key, key)


def tone(question_key: str, key: str) -> Tone:
    """Whether that is good."""
    if question_key == "error" and key in ("absent", "refused"):
        return "ok"  # a refusal was asked for
    return _TONES.get(key, "skip")


def alternative(key: str, page: str = "", verdict: str = "") -> tuple[str, str]:
    """What the command prints then, and what it means. `verdict`: which one it explains."""
    prints, then = ALTERNATIVES.get(key, (key, ""))
    header = _HEADERS.get(verdict.removeprefix("token-"), "such header")
    return prints.replace("{page}", page or "this page's origin").replace("{header}", header), then
