"""What the challenges of one registry taught: the scheme, the token service, and the scopes of each kind of request."""

from typing import NamedTuple

from app.auth.errors import Scheme
from app.auth.scope import CATALOG, opaque_scopes, unite
from app.oci.origin import Origin
from app.oci.value import value

# As many requests as remember which scopes their challenge wanted.
_MOST = 1000


@value
class Bearer(NamedTuple):
    """A token service that a challenge named and the policy did not refuse. `realm`: its URL before the parameters."""

    realm: str
    origin: Origin
    service: str | None


@value
class Wanted(NamedTuple):
    """A token to ask for: where, and the scopes in the order to send."""

    bearer: Bearer
    scopes: tuple[str, ...]


class Lessons:
    """Who is signed in does not matter to it: challenges say the same to everybody."""

    __slots__ = ("_bearer", "_wanted", "scheme")

    def __init__(self) -> None:
        self.scheme: Scheme | None = None
        self._bearer: tuple[Bearer, tuple[str, ...]] | None = None
        self._wanted: dict[tuple[str, ...], Wanted] = {}

    @property
    def bearer(self) -> Bearer | None:
        """The token service last named."""
        return None if self._bearer is None else self._bearer[0]

    def wanted_for(self, hint: tuple[str, ...]) -> Wanted | None:
        """The token that a request with this hint needs, as earlier challenges tell (A.8); None when they do not.

        For the catalog only its own challenge tells: `registry:catalog:*` unasked is a 400 at Quay (A.11).
        """
        known = self._wanted.get(hint)
        if known is not None or CATALOG in hint or not hint:
            return known
        return self.guess_for(hint)

    def guess_for(self, hint: tuple[str, ...]) -> Wanted | None:
        """The same where no challenge can be read (A.3): the token service last named, with these scopes."""
        known = self._wanted.get(hint)
        if known is not None or self._bearer is None:
            return known
        bearer, placeholders = self._bearer
        return Wanted(bearer, unite(placeholders, hint))

    def learn_bearer(self, hint: tuple[str, ...], wanted: Wanted) -> None:
        """Keep what a challenge said: its `aws` or `*` for the whole registry, a resource scope for this hint."""
        self.learn_service(wanted.bearer, opaque_scopes(wanted.scopes))
        self._wanted.pop(hint, None)
        while len(self._wanted) >= _MOST:
            del self._wanted[next(iter(self._wanted))]
        self._wanted[hint] = wanted

    def learn_service(self, bearer: Bearer, placeholders: tuple[str, ...] = ()) -> None:
        """Keep that this token service serves the registry."""
        self.scheme = "bearer"
        self._bearer = (bearer, placeholders)

    def learn_basic(self, hint: tuple[str, ...]) -> None:
        """Keep that Basic was the only offer; Harbor makes it for the catalog and has tokens for the rest."""
        self.scheme = "basic"
        self._wanted.pop(hint, None)
        if CATALOG not in hint:
            self._bearer = None

    def __repr__(self) -> str:
        return f"Lessons({self.scheme})"
