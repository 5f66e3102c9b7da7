"""The registries this tab talks to, and who it is to each."""

from app.auth.errors import LoginPrompt
from app.auth.identity import Identities, RegistryAuth, Standing
from app.auth.prompt import basic_login, bearer_login
from app.auth.realm import Pair
from app.auth.scope import pull
from app.client.registry import RegistryClient
from app.client.session import Session
from app.oci.origin import Origin, OriginError, parse_origin
from app.ports.clock import Clock
from app.ports.transport import Transport


class Connections:
    """Clients by registry, made when first asked for. All of it is memory; `forget` drops it."""

    def __init__(self, transport: Transport, clock: Clock, approvals: tuple[tuple[str, str], ...] = ()) -> None:
        self._transport = transport
        self._clock = clock
        self._identities = Identities(_pairs(approvals))
        self._clients: dict[Origin, RegistryClient] = {}
        self._realms: dict[Origin, str] = {}

    def auth(self, registry: Origin) -> RegistryAuth:
        return self._identities.of(registry)

    def client(self, registry: Origin) -> RegistryClient:
        found = self._clients.get(registry)
        if found is None:
            found = RegistryClient(Session(registry, self._transport, self._clock, self.auth(registry)))
            self._clients[registry] = found
        return found

    def prompt(self, registry: Origin, scopes: tuple[str, ...]) -> LoginPrompt | None:
        """The login that an earlier challenge of this registry leads to; None when it never asked for any."""
        auth = self.auth(registry)
        if auth.scheme == "basic":
            return basic_login(auth, registry, self._realms.get(registry, ""), scopes, "required").prompt
        wanted = auth.wanted_for(scopes)
        if wanted is None:
            # The catalog may never have been asked for, or be hidden; another page's challenge told the token service.
            other = auth.wanted_for((pull("a"),))
            wanted = None if other is None else other._replace(scopes=scopes)
        return None if wanted is None else bearer_login(auth, wanted, "required").prompt

    def asked(self, prompt: LoginPrompt) -> None:
        """A challenge led to this question; should the person ask for it later, the realm is known."""
        if prompt.scheme == "basic" and prompt.realm:
            self._realms[prompt.registry] = prompt.realm

    def standing(self, registry: Origin) -> Standing:
        """How requests to that registry go out now; the time left in whole seconds, as it is shown."""
        auth = self.auth(registry)
        standing = auth.standing(self._clock.monotonic())
        left = None if standing.expires_in is None else float(int(standing.expires_in))
        # A registry that asked for Basic has a scheme to sign in by, though nothing goes out with it yet.
        return standing._replace(scheme=standing.scheme or auth.scheme, expires_in=left)

    def renew(self, registry: Origin) -> None:
        """Drop what was read as somebody else."""
        self._clients.pop(registry, None)

    def forget(self, approvals: tuple[tuple[str, str], ...] = ()) -> None:
        """Sign out everywhere and drop everything that was read."""
        self._identities = Identities(_pairs(approvals))
        self._clients.clear()
        self._realms.clear()


def _pairs(approvals: tuple[tuple[str, str], ...]) -> list[Pair]:
    pairs: list[Pair] = []
    for registry, realm in approvals:
        try:
            pairs.append((parse_origin(registry), parse_origin(realm)))
        except OriginError:
            continue  # kept by an older version, or altered: as if it had never been approved
    return pairs
