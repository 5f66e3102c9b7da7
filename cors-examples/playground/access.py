"""Who there is, and who may do what."""

import base64
import binascii
import hmac
from collections.abc import Mapping
from typing import NamedTuple

# The sample's users and passwords: they guard nothing.
USERS: Mapping[str, str] = {"sailor": "harbour", "admin": "lighthouse"}

PUBLIC_NAMESPACE = "sample/"
ADMIN_ONLY = frozenset({"private/chartroom"})


class Resource(NamedTuple):
    """Docker's token specification, "Resource scope grammar", without its actions; class is kept but means nothing."""

    type: str
    name: str


CATALOG = Resource("registry", "catalog")


def password_matches(user: str, password: str) -> bool:
    """Whether there is such a user with such a password."""
    return hmac.compare_digest(USERS.get(user, "\0").encode(), password.encode("utf-8", "surrogatepass"))


def allowed_actions(user: str | None, resource: Resource) -> frozenset[str]:
    """What a user, or anybody at all for None, may do. Nobody may push: the registry is read only."""
    if resource == CATALOG:
        return frozenset({"*"}) if user else frozenset()
    if resource.type != "repository":
        return frozenset()
    if resource.name in ADMIN_ONLY:
        return frozenset({"pull"}) if user == "admin" else frozenset()
    return frozenset({"pull"}) if user or resource.name.startswith(PUBLIC_NAMESPACE) else frozenset()


def split_authorization(header: str) -> tuple[str, str]:
    """RFC 9110 section 11.4: scheme in lower case and the rest, two empty strings for no header."""
    scheme, _, rest = header.strip().partition(" ")
    return scheme.lower(), rest.strip()


def basic_user(header: str) -> str | None:
    """The user of a right Basic Authorization header (RFC 7617, UTF-8), None for any other header."""
    scheme, rest = split_authorization(header)
    if scheme != "basic":
        return None
    try:
        user, colon, password = base64.b64decode(rest, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return user if colon and password_matches(user, password) else None
