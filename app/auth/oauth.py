"""The requests to a token service, in the order to try them (A.13 to A.15).

A GET has the credential in its Authorization field, which a redirect to another origin takes away (Fetch, HTTP-redirect
fetch). A form has it in its body, which a 307 carries on to wherever it points: such a request follows no redirect.
"""

from typing import NamedTuple
from urllib.parse import quote, urlencode

from app.auth.cache import Grant
from app.auth.credential import AadToken, Credential, IdentityToken, Password, Secret, basic_header
from app.auth.grants import Way
from app.auth.lessons import Wanted
from app.auth.realm import token_url
from app.auth.step import Why
from app.ports.transport import Request

CLIENT = "portolan"
"""The client_id of forms (docs/spec/auth/oauth.md); it need not be registered anywhere."""

# Azure's name for whoever comes with a refresh token (Azure/acr, docs/AAD-OAuth.md).
_NULL_GUID = "00000000-0000-0000-0000-000000000000"

_FORM = (("Content-Type", "application/x-www-form-urlencoded"),)
_ISSUE = "/oauth2/token"
_EXCHANGE = "/oauth2/exchange"


class Asking(NamedTuple):
    """One way to ask for a token; its request holds a secret, so that a repr shows the grant alone."""

    way: Way
    grant: Grant
    why: Why
    request: Request

    def __repr__(self) -> str:
        return f"Asking({self.grant})"


def anonymous_request(wanted: Wanted) -> Request:
    """A GET without any header, which needs no preflight (A.13)."""
    return Request("GET", token_url(wanted.bearer.realm, wanted.bearer.service, wanted.scopes))


def ways_to_ask(
    wanted: Wanted,
    credential: Credential,
    refresh_token: Secret | None,
    why: Why,
    *,
    worked: Way | None,
    offline: bool,
    password_grant: bool,
) -> tuple[Asking, ...]:
    """One way or two, the second for when the first is refused. `worked`: the way that did at this realm.

    A form with a refresh token comes before a GET, a GET before a form with a password. () for a credential that is
    for no token service.
    """
    get, post = _get(wanted, credential, refresh_token, why, offline), None
    if refresh_token is not None:
        fields = [("grant_type", "refresh_token"), ("refresh_token", refresh_token.text)]
        post = Asking("post", "refresh-token", "refresh-token", _form(wanted, fields, offline))
    elif isinstance(credential, Password) and password_grant:
        fields = [("grant_type", "password"), ("username", credential.username), ("password", credential.password)]
        post = Asking("post", "password", "password-grant", _form(wanted, fields, offline))
    first = worked or ("get" if refresh_token is None else "post")
    if get is None or post is None:
        return tuple(asking for asking in (get, post) if asking is not None)
    if first == "get":
        return get, post if post.grant == "refresh-token" else post._replace(why="fall-back-post")
    return post, get._replace(why="fall-back-get")


def falls_back(asking: Asking, status: int, worked: Way | None) -> bool:
    """Whether this refusal may mean the way of asking and not the credential (A.15).

    Of a GET that has worked before only the statuses that name the method: a wrong password is not sent twice.
    """
    if asking.way == "post":
        return status in (400, 401, 404, 405)
    return status in ((404, 405) if worked == "get" else (401, 404, 405))


def exchange_request(wanted: Wanted, credential: AadToken) -> Request | None:
    """Azure's exchange of a directory's token for a refresh token; None at a realm that has no such exchange."""
    path, _, query = wanted.bearer.realm.partition("?")
    if not path.endswith(_ISSUE):
        return None
    fields = [
        ("grant_type", "access_token"),
        ("service", wanted.bearer.service or wanted.bearer.origin.netloc),
        ("access_token", credential.token),
    ]
    if credential.tenant:
        fields.append(("tenant", credential.tenant))
    url = path.removesuffix(_ISSUE) + _EXCHANGE
    return Request("POST", f"{url}?{query}" if query else url, _FORM, _encoded(fields), "error")


def _get(
    wanted: Wanted, credential: Credential, refresh_token: Secret | None, why: Why, offline: bool
) -> Asking | None:
    match credential:
        case Password():
            authorization = credential.basic_header()
        case IdentityToken() if credential.username:
            token = credential.token if refresh_token is None else refresh_token.text
            authorization = basic_header(credential.username, token)
        case AadToken() if refresh_token is not None:
            authorization = basic_header(_NULL_GUID, refresh_token.text)
        case _:
            return None
    # docs/spec/auth/token.md: offline_token asks for a refresh token; only when the person wants one (A.18).
    asks_more = offline and isinstance(credential, Password) and refresh_token is None
    more = (("offline_token", "true"), ("client_id", CLIENT)) if asks_more else ()
    # `account` is left out: docker_auth refuses any that is not the user (A.14).
    url = token_url(wanted.bearer.realm, wanted.bearer.service, wanted.scopes, more=more)
    return Asking("get", "get", why, Request("GET", url, (("Authorization", authorization),)))


def _form(wanted: Wanted, fields: list[tuple[str, str]], offline: bool) -> Request:
    if wanted.bearer.service:
        fields.append(("service", wanted.bearer.service))
    fields.append(("client_id", CLIENT))
    if offline:
        fields.append(("access_type", "offline"))
    if wanted.scopes:
        # docs/spec/auth/oauth.md: one parameter, blanks between the scopes.
        fields.append(("scope", " ".join(wanted.scopes)))
    return Request("POST", wanted.bearer.realm, _FORM, _encoded(fields), "error")


def _encoded(fields: list[tuple[str, str]]) -> bytes:
    return urlencode(fields, quote_via=quote, errors="replace").encode("ascii")
