"""Who the person is to each registry: all that a tab remembers of credentials, tokens, challenges and approvals."""

from collections.abc import Iterable
from typing import NamedTuple

from app.auth.cache import TokenCache, TokenKey
from app.auth.credential import Credential
from app.auth.errors import Scheme
from app.auth.realm import KNOWN_PAIRS, Pair, RealmPolicy
from app.auth.scope import CATALOG, canonical_scopes, opaque_scopes, unite
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


@value
class Identity(NamedTuple):
    """Who is signed in. `scheme`: "basic", "bearer", or "" before the first challenge. `expires_in`: seconds of the
    longest living token, None when there is none."""

    username: str
    scheme: str
    expires_in: float | None


@value
class Standing(NamedTuple):
    """How requests to a registry go out now; `username` None is anonymous, `scheme` None without any authorization."""

    scheme: Scheme | None
    username: str | None
    expires_in: float | None


class RegistryAuth:
    """The memory for one registry. `session` counts sign-ins and sign-outs, so that answers to older ones are known."""

    __slots__ = (
        "_bearer", "_proven", "_wanted", "accepted_insecure", "credential", "policy", "refused_username", "registry",
        "scheme", "session", "tokens",
    )  # fmt: skip

    def __init__(self, registry: Origin, policy: RealmPolicy | None = None) -> None:
        self.registry = registry
        self.policy = RealmPolicy() if policy is None else policy
        self.credential: Credential | None = None
        self.refused_username: str | None = None
        self.tokens = TokenCache()
        self.session = 0
        self.scheme: Scheme | None = None
        self.accepted_insecure = False
        self._proven = False
        self._bearer: tuple[Bearer, tuple[str, ...]] | None = None
        self._wanted: dict[tuple[str, ...], Wanted] = {}

    def sign_in(self, credential: Credential) -> None:
        """Use this credential from now on; nothing is sent before a challenge asks for it."""
        self._forget()
        self.credential = credential

    def sign_out(self) -> None:
        """Forget credential and tokens; what the registry's challenges said stays."""
        self._forget()

    def approve(self, realm_origin: Origin) -> None:
        """Let this registry's requests, with credentials too, go to that token service."""
        self.policy = self.policy.approve(self.registry, realm_origin)

    def accept_insecure(self) -> None:
        """Let credentials cross plain http to this registry, in this tab."""
        self.accepted_insecure = True

    def identity(self, now: float) -> Identity | None:
        """Who is signed in, None when nobody; `now` on the monotonic clock."""
        if self.credential is None:
            return None
        return Identity(self.credential.username, self.scheme or "", self._expires_in(now))

    def standing(self, now: float) -> Standing:
        """What goes out with requests now, anonymous tokens included; `now` on the monotonic clock."""
        username = None if self.credential is None else self.credential.username
        scheme = None if self.scheme == "basic" and username is None else self.scheme
        return Standing(scheme, username, self._expires_in(now))

    def key(self, wanted: Wanted) -> TokenKey:
        """The key of the token that this identity would get."""
        identity = "" if self.credential is None else self.credential.username
        scopes = canonical_scopes(wanted.scopes)
        return TokenKey(wanted.bearer.realm, wanted.bearer.service, identity, self.session, scopes)

    def wanted_for(self, hint: tuple[str, ...]) -> Wanted | None:
        """The token that a request with this hint needs, as earlier challenges tell (A.8); None when they do not.

        For the catalog only its own challenge tells: `registry:catalog:*` unasked is a 400 at Quay (A.11).
        """
        known = self._wanted.get(hint)
        if known is not None or self._bearer is None or CATALOG in hint or not hint:
            return known
        bearer, placeholders = self._bearer
        return Wanted(bearer, unite(placeholders, hint))

    def remember_bearer(self, hint: tuple[str, ...], wanted: Wanted) -> None:
        """Keep what a challenge said: its `aws` or `*` for the whole registry, a resource scope for this hint."""
        self.scheme = "bearer"
        self._bearer = (wanted.bearer, opaque_scopes(wanted.scopes))
        self._wanted.pop(hint, None)
        while len(self._wanted) >= _MOST:
            del self._wanted[next(iter(self._wanted))]
        self._wanted[hint] = wanted

    def remember_basic(self, hint: tuple[str, ...]) -> None:
        """Keep that Basic was the only offer; Harbor makes it for the catalog and has tokens for the rest."""
        self.scheme = "basic"
        self._wanted.pop(hint, None)
        if CATALOG not in hint:
            self._bearer = None

    def prove(self, session: int) -> None:
        """The credential of that session was accepted."""
        self._proven = self._proven or session == self.session

    def is_proven(self, session: int) -> bool:
        return self._proven and session == self.session

    def reject(self, session: int) -> None:
        """The credential of that session is wrong: forget it, but for the user name, so that it is not sent again."""
        if session == self.session and self.credential is not None:
            username = self.credential.username
            self._forget()
            self.refused_username = username

    def _forget(self) -> None:
        self.session += 1
        self.credential = None
        self.refused_username = None
        self._proven = False
        self.tokens.clear()

    def _expires_in(self, now: float) -> float | None:
        left = [token.expires_at - now for token in self.tokens if token.expires_at > now]
        return max(left, default=None)

    def __repr__(self) -> str:
        return (
            f"RegistryAuth({self.registry}, {self.scheme}, {'anonymous' if self.credential is None else 'signed in'})"
        )


class Identities:
    """The memory for all registries of a tab. `approved`: pairs the host configured or the person had remembered."""

    __slots__ = ("_approved", "_registries")

    def __init__(self, approved: Iterable[Pair] = ()) -> None:
        self._approved = frozenset(approved)
        self._registries: dict[Origin, RegistryAuth] = {}

    def of(self, registry: Origin) -> RegistryAuth:
        """The memory for this registry, empty the first time."""
        found = self._registries.get(registry)
        if found is None:
            found = RegistryAuth(registry, RealmPolicy(KNOWN_PAIRS, self._approved))
            self._registries[registry] = found
        return found

    def forget(self) -> None:
        """Drop every credential, token, challenge and approval given in this tab."""
        self._registries.clear()

    def __repr__(self) -> str:
        return f"Identities({len(self._registries)} registries)"
