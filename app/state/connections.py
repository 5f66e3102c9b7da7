"""The registries this tab talks to, and who it is to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.auth.errors import LoginPrompt
from app.auth.identity import Identities, RegistryAuth
from app.auth.lessons import Bearer, Wanted
from app.auth.profiles import profile_of
from app.auth.prompt import basic_login, bearer_login
from app.auth.realm import Pair
from app.auth.scope import pull, unite
from app.auth.standing import Identity, Standing
from app.client.permits import Permits
from app.client.registry import RegistryClient
from app.client.session import Session
from app.oci.origin import Origin, OriginError, origin_of, parse_origin
from app.state.renewals import Renewals

if TYPE_CHECKING:
    from app.auth.credential import Credential
    from app.auth.transcript import Transcript
    from app.ports.clock import Clock
    from app.ports.transport import Transport


class Connections:
    """Clients by registry, made when first asked for. All of it is memory; `forget` drops it.

    `page`: the origin of the page, None where it is no web page.
    """

    def __init__(
        self,
        transport: Transport,
        clock: Clock,
        approvals: tuple[tuple[str, str], ...] = (),
        page: Origin | None = None,
    ) -> None:
        self.permits = Permits()
        self._transport = transport
        self._clock = clock
        self._page = page
        self._identities = Identities(_pairs(approvals))
        self._lifetime: float | None = None
        self._offline = False
        self._clients: dict[Origin, RegistryClient] = {}
        self._realms: dict[Origin, str] = {}
        # Who one was before the sign-in that is being tried, to be it again when that is given up.
        self._before: dict[Origin, str | None] = {}
        self._renewals = Renewals(clock)
        self._transcript: Transcript | None = None

    @property
    def transcript(self) -> Transcript:
        """What was said with all of them; what writes it down is imported with the first registry."""
        if self._transcript is None:
            from app.auth.transcript import Transcript

            self._transcript = Transcript(self._clock.now, self._page)
        return self._transcript

    def auth(self, registry: Origin) -> RegistryAuth:
        auth = self._identities.of(registry)
        auth.offline_tokens = self._offline
        return auth

    def all(self) -> tuple[RegistryAuth, ...]:
        """The memory for each registry that was met."""
        return self._identities.all()

    def client(self, registry: Origin) -> RegistryClient:
        found = self._clients.get(registry)
        if found is None:
            auth, told = self.auth(registry), self.transcript
            session = Session(registry, self._transport, self._clock, auth, recorder=told, permits=self.permits)
            found = self._clients[registry] = RegistryClient(session)
        return found

    def configure(self, lifetime: float | None, offline: bool) -> None:
        """How long tokens are kept and whether refresh tokens are asked for, at every registry from now on."""
        self._lifetime, self._offline = lifetime, offline
        self._identities.set_lifetime(lifetime)
        for auth in self._identities.all():
            auth.offline_tokens = offline

    # Who one is.

    def sign_in(self, registry: Origin, credential: Credential) -> None:
        """Be somebody else there, as long as `give_up` does not follow."""
        auth = self.auth(registry)
        self._before.setdefault(registry, auth.name)
        auth.sign_in(credential)
        self.renew(registry)

    def use(self, registry: Origin, name: str | None) -> bool:
        """Be that identity, None for nobody; False: there is none of that name."""
        try:
            self.auth(registry).use(name)
        except KeyError:
            return False
        self._before.pop(registry, None)
        self.renew(registry)
        return True

    def sign_out(self, registry: Origin, name: str | None = None) -> None:
        """Forget one identity, None for all of that registry."""
        self.auth(registry).sign_out(name)
        self._before.pop(registry, None)
        self.renew(registry)

    def sign_out_all(self) -> None:
        """Forget every credential and token, and what was read with them."""
        for auth in self._identities.all():
            self.sign_out(auth.registry)

    def is_anybody(self) -> bool:
        """Whether there is any credential."""
        return any(auth.identities(self._clock.monotonic()) for auth in self._identities.all())

    def settle(self, registry: Origin) -> None:
        """The sign-in that was tried has come to something."""
        self._before.pop(registry, None)

    def give_up(self, registry: Origin) -> None:
        """Give up the identity in use, whose credential waits for something, and be who one was before."""
        auth = self.auth(registry)
        if auth.name is not None:
            auth.sign_out(auth.name)
        self.back(registry)
        self.renew(registry)

    def back(self, registry: Origin) -> bool:
        """Be who one was before a sign-in that was refused; False: there is nobody to go back to."""
        before = self._before.pop(registry, None)
        return before is not None and self.auth(registry).name is None and self.use(registry, before)

    def standing(self, registry: Origin) -> Standing:
        """How requests to that registry go out now; the time left in whole seconds, as it is shown."""
        auth = self.auth(registry)
        standing = auth.standing(self._clock.monotonic())
        # A registry that asked for Basic has a scheme to sign in by, though nothing goes out with it yet.
        return standing._replace(scheme=standing.scheme or auth.scheme, expires_in=_whole(standing.expires_in))

    def identities(self, registry: Origin) -> tuple[Identity, ...]:
        """Those of that registry; the time left in whole seconds."""
        found = self.auth(registry).identities(self._clock.monotonic())
        return tuple(one._replace(expires_in=_whole(one.expires_in)) for one in found)

    # Questions.

    def prompt(self, registry: Origin, scopes: tuple[str, ...]) -> LoginPrompt | None:
        """The login that an earlier challenge of this registry leads to, or its kind is known for; None without any."""
        auth = self.auth(registry)
        if auth.scheme == "basic":
            return basic_login(auth, registry, self._realms.get(registry, ""), scopes, "required").prompt
        wanted = auth.wanted_for(scopes)
        if wanted is None:
            # The catalog may never have been asked for, or be hidden; another page's challenge told the token service.
            other = auth.wanted_for((pull("a"),))
            wanted = None if other is None else other._replace(scopes=scopes)
        profile = profile_of(registry)
        if wanted is None and profile is not None:
            if profile.scheme == "basic":
                return basic_login(auth, registry, "", scopes, "required").prompt
            bearer = Bearer(profile.realm, origin_of(profile.realm), profile.service)
            wanted = Wanted(bearer, unite(profile.placeholders, scopes))
        return None if wanted is None else bearer_login(auth, wanted, "required").prompt

    def asked(self, prompt: LoginPrompt) -> None:
        """A challenge led to this question; should the person ask for it later, the realm is known."""
        if prompt.scheme == "basic" and prompt.realm:
            self._realms[prompt.registry] = prompt.realm

    # Time and memory.

    def keep_fresh(self, registry: Origin) -> None:
        """Get successors of the tokens in use there that are about to end, in the background."""
        client = self._clients.get(registry)
        if client is not None:
            self._renewals.look(client.session)

    def renew(self, registry: Origin) -> None:
        """Drop what was read as somebody else."""
        self._clients.pop(registry, None)
        self._renewals.drop(registry)

    def forget(self, approvals: tuple[tuple[str, str], ...] = ()) -> None:
        """Sign out everywhere and drop everything that was read."""
        self._renewals.close()
        self._identities = Identities(_pairs(approvals), self._lifetime)
        self._clients.clear()
        self._realms.clear()
        self._before.clear()

    def close(self) -> None:
        """Give up what is under way."""
        self._renewals.close()


def _whole(seconds: float | None) -> float | None:
    return None if seconds is None else float(int(seconds))


def _pairs(approvals: tuple[tuple[str, str], ...]) -> list[Pair]:
    pairs: list[Pair] = []
    for registry, realm in approvals:
        try:
            pairs.append((parse_origin(registry), parse_origin(realm)))
        except OriginError:
            continue  # kept by an older version, or altered: as if it had never been approved
    return pairs
