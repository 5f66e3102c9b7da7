"""Where a decision of the flow is written down: the section of a specification behind each code."""

from types import MappingProxyType

_HTTP_CHALLENGE = "RFC 9110 section 11.6.1 (WWW-Authenticate)"
_HTTP_CREDENTIALS = "RFC 9110 section 11.6.2 (Authorization)"
_BASIC = "RFC 7617 section 2 (Basic)"
_ASKING = "distribution token specification, requesting a token"
_SCOPE = "distribution token specification, scope"
_OAUTH = "distribution token specification, OAuth2 (RFC 6749 section 6)"
_BEARER_ERROR = "RFC 6750 section 3.1 (error codes)"
_RETRY = "RFC 9110 section 10.2.3 (Retry-After), RFC 6585 section 4 (429)"

_SECTIONS = MappingProxyType({
    # A.2: a challenge is asked for by asking for the resource itself.
    "first-contact": "RFC 9110 section 11.1 (challenge and response)",
    "known-basic": "RFC 7617 section 2.2 (reusing credentials)",
    "known-bearer": _SCOPE,
    "challenge-basic": _BASIC,
    "challenge-bearer": _ASKING,
    "retry-bare": _HTTP_CREDENTIALS,
    "hidden-challenge": "Fetch, CORS protocol (Access-Control-Expose-Headers)",
    "fresh-token": _BEARER_ERROR,
    "renewal": "distribution token specification, expires_in",
    "new-scope": _BEARER_ERROR,
    "redirected": "distribution-spec, Pulling blobs (no Authorization to another host); Fetch, HTTP-redirect fetch",
    "ping": "distribution-spec, Endpoints (end-1, API version check)",
    "refresh-token": _OAUTH,
    "password-grant": "distribution token specification, OAuth2 (RFC 6749 section 4.3)",
    "exchange": "Azure Container Registry, AAD-OAuth.md (oauth2/exchange)",
    "registry-token": "RFC 6750 section 2.1 (Authorization field)",
    "anonymous-retry": _ASKING,
    "catalog-scope": "distribution token specification, scope (registry:catalog:*)",
    "fall-back-get": _ASKING,
    "fall-back-post": _OAUTH,
    "forbidden-retry": "RFC 9110 section 15.5.4 (403)",
    "after-wait": _RETRY,
    "rate-limited": _RETRY,
    "not-before": "RFC 7519 section 4.1.5 (nbf)",
})  # fmt: skip


def decision_section(why: str) -> str:
    """The section that a code of `Send.why` or `Wait.why` rests on; RFC 9110's on challenges for an unknown code."""
    return _SECTIONS.get(why, _HTTP_CHALLENGE)
