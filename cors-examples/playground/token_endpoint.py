"""The token endpoint, an origin of its own: GET as in Docker's token specification, POST as in its OAuth2 one."""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qs

from playground.access import basic_user, password_matches
from playground.answer import Answer, Json, error, json_answer
from playground.calls import Call
from playground.tokens import parse_scopes

Parameters = Mapping[str, list[str]]

# RFC 6749 section 5.1: an answer that holds a token is not to be kept.
NO_STORE = "no-store"


async def token_answer(call: Call) -> Answer:
    """GET or POST /token."""
    if call.request.method == "POST":
        return post_token(call, parse_qs(await call.request.text(), keep_blank_values=True))
    if call.request.method == "GET":
        return get_token(call, parse_qs(call.request.query_string, keep_blank_values=True))
    return error("UNSUPPORTED")


def get_token(call: Call, parameters: Parameters) -> Answer:
    """GET /token?service=…&scope=…&scope=…: anonymous without Authorization, a wrong password is 401."""
    user = None
    if call.authorization:
        user = basic_user(call.authorization)
        if user is None:
            return error("UNAUTHORIZED", message="incorrect username or password")
    account = first(parameters, "account")
    if account and user and account != user:
        return error("UNAUTHORIZED", status=400, message="account is not the user of the Authorization header")
    offline = first(parameters, "offline_token") in ("true", "1")
    return grant(call, parameters, user, offline)


def post_token(call: Call, parameters: Parameters) -> Answer:
    """POST /token with a form, grant_type password or refresh_token; errors as in RFC 6749 section 5.2."""
    kind = first(parameters, "grant_type")
    offline = first(parameters, "access_type") == "offline"
    if kind == "password":
        user = first(parameters, "username")
        if not password_matches(user, first(parameters, "password")):
            return oauth_error("invalid_grant", "incorrect username or password")
        return grant(call, parameters, user, offline)
    if kind == "refresh_token":
        token = first(parameters, "refresh_token")
        owner = call.shared.tokens.refresh_user(token)
        if owner is None:
            return oauth_error("invalid_grant", "unknown refresh token")
        return grant(call, parameters, owner, offline=False, refresh_token=token)
    return oauth_error("unsupported_grant_type", "grant_type is password or refresh_token")


def grant(call: Call, parameters: Parameters, user: str | None, offline: bool, refresh_token: str = "") -> Answer:
    """200 with a token for what is allowed of what was asked; both names of the token, as most services send them."""
    service = first(parameters, "service")
    scopes = parse_scopes(parameters.get("scope", []))
    token, issued = call.shared.tokens.issue(user, service, scopes)
    document: dict[str, Json] = {
        "token": token,
        "access_token": token,
        "expires_in": call.shared.tokens.expiry,
        "issued_at": datetime.fromtimestamp(issued, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if call.request.method == "POST":
        document["scope"] = " ".join(parameters.get("scope", []))
    if offline and user:
        refresh_token = call.shared.tokens.issue_refresh(user)
    if refresh_token:
        document["refresh_token"] = refresh_token
    return json_answer(document, Cache_Control=NO_STORE)


def oauth_error(code: str, text: str) -> Answer:
    """RFC 6749 section 5.2."""
    return json_answer({"error": code, "error_description": text}, 400, Cache_Control=NO_STORE)


def first(parameters: Parameters, name: str) -> str:
    """The first value of a parameter, empty when there is none."""
    return parameters.get(name, [""])[0]
