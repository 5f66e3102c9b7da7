"""The people one is to a registry: several identities, one of them in use, or nobody."""

from collections.abc import Iterator

from app.auth.credential import Credential, name_of

ANONYMOUS = 0
"""The session of requests without a credential."""


class Signed:
    """One identity. `session`: a number no other sign-in of this registry has. `stored`: not typed just now, but
    imported. `proven`: the credential was accepted once. `realm`: the token service that took an identity token."""

    __slots__ = ("credential", "name", "proven", "realm", "session", "stored")

    def __init__(self, name: str, credential: Credential, session: int, stored: bool) -> None:
        self.name = name
        self.credential = credential
        self.session = session
        self.stored = stored
        self.proven = False
        self.realm: str | None = None

    def __repr__(self) -> str:
        return f"Signed({self.name!r}, {self.credential.kind})"


class Roster:
    """Identities by name, in the order in which they signed in."""

    __slots__ = ("_count", "_signed", "_used")

    def __init__(self) -> None:
        self._signed: dict[str, Signed] = {}
        self._used: str | None = None
        self._count = ANONYMOUS

    @property
    def current(self) -> Signed | None:
        """The identity in use; None: nobody."""
        return None if self._used is None else self._signed[self._used]

    @property
    def session(self) -> int:
        current = self.current
        return ANONYMOUS if current is None else current.session

    def add(self, credential: Credential, name: str | None, stored: bool) -> Signed | None:
        """Add an identity and use it; returns the one of the same name that it replaces."""
        self._count += 1
        signed = Signed(name_of(credential) if name is None else name, credential, self._count, stored)
        replaced = self._signed.pop(signed.name, None)
        self._signed[signed.name] = signed
        self._used = signed.name
        return replaced

    def use(self, name: str | None) -> None:
        """Use another identity, or nobody. KeyError: there is none of that name."""
        if name is not None and name not in self._signed:
            raise KeyError(name)
        self._used = name

    def remove(self, name: str) -> Signed | None:
        """Drop an identity; when it was in use, nobody is."""
        if self._used == name:
            self._used = None
        return self._signed.pop(name, None)

    def clear(self) -> None:
        self._signed.clear()
        self._used = None

    def of_session(self, session: int) -> Signed | None:
        return next((signed for signed in self._signed.values() if signed.session == session), None)

    def __iter__(self) -> Iterator[Signed]:
        return iter(tuple(self._signed.values()))

    def __repr__(self) -> str:
        return f"Roster({len(self._signed)} identities)"
