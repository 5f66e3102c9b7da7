"""What a person signs in with. Plain classes: in memory only, silent in every repr, equal only to themselves."""

from base64 import b64encode
from typing import TypeAlias


class Password:
    """A user name with its password, or with the token that many registries take in its place."""

    __slots__ = ("password", "username")

    def __init__(self, username: str, password: str) -> None:
        self.username = username
        self.password = password

    def basic_header(self) -> str:
        """The value of an Authorization header: RFC 7617, UTF-8 (Harbor and docker_auth decode it as such)."""
        return "Basic " + b64encode(f"{self.username}:{self.password}".encode()).decode("ascii")

    def __repr__(self) -> str:
        return f"Password({self.username!r}, …)"


# Identity tokens (refresh tokens) and registry tokens that a person pastes join this union.
Credential: TypeAlias = Password
