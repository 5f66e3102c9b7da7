"""The guard: lets a request pass or answers 401 with a challenge, as distribution does."""

from playground.access import ADMIN_ONLY, CATALOG, Resource, basic_user, split_authorization
from playground.answer import Answer, Json, error
from playground.calls import Call
from playground.tokens import InvalidToken

BASIC_REALM = "Portolan sample registry"


def refusal(call: Call) -> Answer | None:
    """None if the request may pass, else the answer it gets instead."""
    if call.spec.mode == "basic":
        return basic_refusal(call)
    if call.spec.mode == "bearer":
        return bearer_refusal(call)
    return None


def basic_refusal(call: Call) -> Answer | None:
    """RFC 7617. Everything needs a user; a user who is known but not welcome gets 403, as from zot."""
    user = basic_user(call.authorization)
    if user is None:
        return challenge(call)
    if call.endpoint.name in ADMIN_ONLY and user != "admin":
        return error("DENIED", detail={"name": call.endpoint.name})
    return None


def bearer_refusal(call: Call) -> Answer | None:
    """Token specification, "Using the Bearer token". Too little access is 401 with insufficient_scope, never 403."""
    scheme, token = split_authorization(call.authorization)
    if scheme != "bearer" or not token:
        return challenge(call)
    try:
        granted = call.shared.tokens.verify(token, call.service)
    except InvalidToken:
        return challenge(call, "invalid_token")
    wanted = wanted_access(call)
    if wanted is None or any(scope.resource == wanted[0] and wanted[1] in scope.actions for scope in granted):
        return None
    return challenge(call, "insufficient_scope")


def wanted_access(call: Call) -> tuple[Resource, str] | None:
    """The resource and action that this request needs; None where any valid token will do."""
    if call.endpoint.kind == "catalog":
        return CATALOG, "*"
    if call.endpoint.name:
        return Resource("repository", call.endpoint.name), "pull"
    return None


def challenge(call: Call, problem: str = "") -> Answer:
    """401 with WWW-Authenticate in distribution's form, whatever is then done about CORS.

    The parameters of Bearer come in the order realm, service, scope, error; scope and error only where there is one.
    """
    if call.spec.mode == "basic":
        return error("UNAUTHORIZED", WWW_Authenticate=f'Basic realm="{BASIC_REALM}"')
    if call.spec.mode != "bearer":
        return error("UNAUTHORIZED")
    text = f'Bearer realm="{call.realm}",service="{call.service}"'
    detail: Json = None
    if wanted := wanted_access(call):
        resource, action = wanted
        text += f',scope="{resource.type}:{resource.name}:{action}"'
        detail = [{"Type": resource.type, "Class": "", "Name": resource.name, "Action": action}]
    if problem:
        text += f',error="{problem}"'
    return error("UNAUTHORIZED", detail=detail, WWW_Authenticate=text)
