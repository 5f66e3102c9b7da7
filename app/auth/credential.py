"""What a person signs in with. Plain classes: in memory only, silent in every repr, equal only to themselves."""

from base64 import b64encode
from typing import Literal, TypeAlias

CredentialKind = Literal["password", "identity-token", "registry-token", "aad-token"]


def basic_header(username: str, password: str) -> str:
    """The value of an Authorization header: RFC 7617, UTF-8 (Harbor and docker_auth decode it as such)."""
    # Half a surrogate pair, which a page's input may hold, has no UTF-8; the error would show the password.
    return "Basic " + b64encode(f"{username}:{password}".encode(errors="replace")).decode("ascii")


def is_sendable(token: str) -> bool:
    """Whether a field can carry it: RFC 6750 section 2.1 is narrower, but registries read whatever they issued."""
    return token != "" and all("!" <= character <= "~" for character in token)


class Secret:
    """A text that no repr shows, not even that of a container or of a traceback's variables."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return "Secret(…)"


class Password:
    """A user name with its password, or with the token that many registries take in its place."""

    __slots__ = ("password", "username")
    kind: CredentialKind = "password"

    def __init__(self, username: str, password: str) -> None:
        self.username = username
        self.password = password

    def basic_header(self) -> str:
        return basic_header(self.username, self.password)

    def __repr__(self) -> str:
        return f"Password({self.username!r}, …)"


class IdentityToken:
    """A refresh token (`identitytoken` of docker's configuration), for the token service alone, never for a registry.

    `username`: whom it stands for, None when nobody said.
    """

    __slots__ = ("token", "username")
    kind: CredentialKind = "identity-token"

    def __init__(self, username: str | None, token: str) -> None:
        self.username = username
        self.token = token.strip()

    def __repr__(self) -> str:
        return f"IdentityToken({self.username!r}, …)"


class RegistryToken:
    """A token that the registry itself takes, as it is (`registrytoken` of docker's configuration)."""

    __slots__ = ("token",)
    kind: CredentialKind = "registry-token"
    username: str | None = None

    def __init__(self, token: str) -> None:
        self.token = token.strip()

    def bearer_header(self) -> str:
        return f"Bearer {self.token}"

    def __repr__(self) -> str:
        return "RegistryToken(…)"


class AadToken:
    """An access token of Microsoft's directory, which an Azure registry exchanges for a refresh token of its own.

    `tenant`: the directory, None to let the registry read it from the token.
    """

    __slots__ = ("tenant", "token")
    kind: CredentialKind = "aad-token"
    username: str | None = None

    def __init__(self, token: str, tenant: str | None = None) -> None:
        self.token = token.strip()
        self.tenant = tenant

    def __repr__(self) -> str:
        return "AadToken(…)"


Credential: TypeAlias = Password | IdentityToken | RegistryToken | AadToken


def name_of(credential: Credential) -> str:
    """What to call an identity that was given no name: its user name, else the kind of its credential."""
    return credential.kind if credential.username is None else credential.username
