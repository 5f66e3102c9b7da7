"""What a browser needs from a registry, a token endpoint and a blob storage. This file is the reference example.

Four rules, each of which real servers break:

1. Access-Control-Allow-Origin is on EVERY answer: 200, but also 304, 307, 401, 404, 429 and 500. Without it on the 401
   a page cannot even read that it has to sign in; without it on a 307 a page cannot follow to the storage.
2. A script sees only the few headers that are safelisted, unless Access-Control-Expose-Headers names the others.
3. A request with Authorization is preceded by a preflight: an OPTIONS request that never carries credentials. It has to
   be answered 2xx BEFORE any authentication, or nobody ever signs in.
4. Realm, registry and storage are origins of their own. Each needs all of this.
"""

from playground.answer import Answer

# "*" suffices although requests carry Authorization, as long as the page fetches with `credentials: 'omit'`.
# Exactly one value, sent once: "a, b", "*, *" (a proxy adding to what the registry sent), a trailing slash, or the
# header twice are each refused by browsers. Storage behind a redirect must say "*": the browser arrives there with
# `Origin: null`. Someone who answers one origin only must add `Vary: Origin`; with "*" nothing varies.
ALLOW_ORIGIN = "*"

EXPOSED = (
    "WWW-Authenticate",  # how to sign in: without it a 401 is a dead end
    "Link",  # the next page of catalog, tags and referrers
    "Docker-Content-Digest",  # what a tag points to, the only answer of a HEAD
    "Docker-Distribution-Api-Version",
    "OCI-Subject",
    "OCI-Filters-Applied",  # whether referrers were filtered by the server
    "Content-Range",  # which part of a blob this is
    "Accept-Ranges",
    "ETag",
    "Retry-After",  # how long a 429 wants us to wait
    "Warning",
)

# Authorization must be named: "*" does not cover it. Accept must be named because four manifest types are longer than
# the 128 bytes that a browser sends without asking; Range because of suffix and multiple ranges.
ALLOWED_HEADERS = ("Authorization", "Accept", "Range")

ALLOWED_METHODS = ("GET", "HEAD", "OPTIONS")

# Without it a browser asks again after 5 seconds, for every single URL. 7200 is the most that Chromium honours.
MAX_AGE = 7200

PREFIX = "access-control-"


def with_cors(answer: Answer) -> Answer:
    """Make the answer readable by pages of any origin (rules 1 and 2); call it last, on every answer there is."""
    answer.headers["Access-Control-Allow-Origin"] = ALLOW_ORIGIN
    answer.headers["Access-Control-Expose-Headers"] = ", ".join(EXPOSED)
    return answer


def preflight(*more_methods: str) -> Answer:
    """The answer to any OPTIONS request (rule 3): no authentication, no look at the path, no body."""
    return with_cors(
        Answer(
            204,
            {
                "Access-Control-Allow-Methods": ", ".join((*ALLOWED_METHODS, *more_methods)),
                "Access-Control-Allow-Headers": ", ".join(ALLOWED_HEADERS),
                "Access-Control-Max-Age": str(MAX_AGE),
            },
        )
    )


def without_cors(answer: Answer) -> Answer:
    """Take all of it away again, for the listeners that show what a registry without CORS looks like."""
    answer.headers = {name: text for name, text in answer.headers.items() if not name.lower().startswith(PREFIX)}
    return answer


def hide(answer: Answer, header: str) -> Answer:
    """Send the header, but do not expose it: curl sees it, a page does not."""
    exposed = answer.headers.get("Access-Control-Expose-Headers", "").split(", ")
    answer.headers["Access-Control-Expose-Headers"] = ", ".join(name for name in exposed if name != header)
    return answer
