"""All that a tab remembers for one registry: identities, tokens, challenges and approvals."""

from app.auth.bearer_token import Token
from app.auth.cache import TokenCache, TokenKey
from app.auth.credential import Credential
from app.auth.errors import AuthError, RealmRefused, Scheme
from app.auth.grants import Grants
from app.auth.lessons import Bearer, Lessons, Wanted
from app.auth.realm import RealmPolicy, judge_realm, shown_realm
from app.auth.roster import ANONYMOUS, Roster, Signed
from app.auth.scope import canonical_scopes
from app.auth.standing import AnonymousRead, Identity, Standing
from app.oci.origin import Origin, origin_of

_MOST_TURNED_DOWN = 1000


class RegistryAuth:
    """The memory for one registry.

    `lifetime`: seconds that tokens are kept; None as long as they say, 0 not at all: each request asks for its own.
    `offline_tokens`: ask token services for a refresh token, to sign in with in the place of the password (A.18).
    `password_grant`: let user name and password go in a form where a GET with them fails (A.15).
    `read_anonymously`: what was last read without the identity in use, None when all went with it.
    """

    __slots__ = (
        "_roster", "_turned_down", "accepted_insecure", "grants", "lessons", "lifetime", "offline_tokens",
        "password_grant", "policy", "read_anonymously", "refused_name", "refused_username", "registry", "tokens",
    )  # fmt: skip

    def __init__(self, registry: Origin, policy: RealmPolicy | None = None) -> None:
        self.registry = registry
        self.policy = RealmPolicy() if policy is None else policy
        self.lifetime: float | None = None
        self.offline_tokens = False
        self.password_grant = False
        self.accepted_insecure = False
        self.refused_name: str | None = None
        self.refused_username: str | None = None
        self.read_anonymously: AnonymousRead | None = None
        self.tokens = TokenCache()
        self.grants = Grants()
        self.lessons = Lessons()
        self._roster = Roster()
        self._turned_down: dict[TokenKey, AuthError] = {}

    # Identities.

    def sign_in(self, credential: Credential, name: str | None = None, *, stored: bool = False) -> None:
        """Add an identity, or replace the one of that name, and use it; nothing is sent before a challenge asks for it.

        `name`: by default the user name, else the kind of the credential. `stored`: imported, not typed just now: where
        it is refused, reading goes on without it (A.23).
        """
        replaced = self._roster.add(credential, name, stored)
        if replaced is not None:
            self._drop(replaced)
        self._changed()

    def use(self, name: str | None) -> None:
        """Use another identity, None for nobody; each keeps its tokens. KeyError: there is none of that name."""
        self._roster.use(name)
        self._changed()

    def sign_out(self, name: str | None = None) -> None:
        """Forget one identity with its tokens, or all of them and the anonymous tokens; challenges stay known."""
        if name is None:
            self._roster.clear()
            self.tokens.clear()
            self.grants.clear()
            self._turned_down.clear()
        else:
            removed = self._roster.remove(name)
            if removed is not None:
                self._drop(removed)
        self._changed()

    def identity(self, now: float) -> Identity | None:
        """The one in use, None when nobody is; `now` on the monotonic clock."""
        signed = self.signed
        return None if signed is None else self._described(signed, now)

    def identities(self, now: float) -> tuple[Identity, ...]:
        """All of them, in the order in which they signed in."""
        return tuple(self._described(signed, now) for signed in self._roster)

    @property
    def signed(self) -> Signed | None:
        """The identity in use."""
        return self._roster.current

    @property
    def credential(self) -> Credential | None:
        """The credential in use."""
        signed = self.signed
        return None if signed is None else signed.credential

    @property
    def name(self) -> str | None:
        """The name of the identity in use."""
        signed = self.signed
        return None if signed is None else signed.name

    @property
    def session(self) -> int:
        """The number of the sign-in in use, ANONYMOUS when nobody is."""
        return self._roster.session

    def prove(self, session: int) -> None:
        """The credential of that session was accepted."""
        signed = self._roster.of_session(session)
        if signed is not None:
            signed.proven = True

    def is_proven(self, session: int) -> bool:
        signed = self._roster.of_session(session)
        return signed is not None and signed.proven

    def reject(self, session: int) -> None:
        """The credential of that session is wrong: forget it, but for the user name, so that it is not sent again."""
        signed = self._roster.of_session(session)
        if signed is not None:
            in_use = signed is self.signed
            self.sign_out(signed.name)
            if in_use:
                self.refused_name, self.refused_username = signed.name, signed.credential.username

    # What a person allowed or said.

    def approve(self, realm_origin: Origin) -> None:
        """Let this registry's requests, with credentials too, go to that token service."""
        self.policy = self.policy.approve(self.registry, realm_origin)

    def accept_insecure(self) -> None:
        """Let credentials cross plain http to this registry, in this tab."""
        self.accepted_insecure = True

    def enter_challenge(self, realm: str, service: str | None) -> None:
        """Take a person's word for the challenge that the page cannot read (A.3). Raises RealmRefused.

        The policy for realms holds for it as for any other: approval of the origin is asked for when it is needed.
        """
        realm = realm.strip()
        judgement = judge_realm(self.registry, realm, self.policy)
        if judgement.outcome == "refused" or judgement.origin is None:
            raise RealmRefused(self.registry, shown_realm(realm), judgement.reason)
        service = None if service is None else service.strip().encode(errors="replace").decode() or None
        self.lessons.learn_service(Bearer(judgement.url, judgement.origin, service))

    # Challenges: what they taught.

    @property
    def scheme(self) -> Scheme | None:
        return self.lessons.scheme

    def wanted_for(self, hint: tuple[str, ...]) -> Wanted | None:
        return self.lessons.wanted_for(hint)

    def remember_bearer(self, hint: tuple[str, ...], wanted: Wanted) -> None:
        self.lessons.learn_bearer(hint, wanted)

    def remember_basic(self, hint: tuple[str, ...]) -> None:
        self.lessons.learn_basic(hint)

    # Tokens.

    def standing(self, now: float) -> Standing:
        """What goes out with requests now, anonymous tokens included; `now` on the monotonic clock."""
        scheme = None if self.scheme == "basic" and self.credential is None else self.scheme
        credential = self.credential
        username = None if credential is None else credential.username or self.name
        return Standing(scheme, username, self.tokens.left(self.session, now, self.lifetime))

    def key(self, wanted: Wanted, anonymous: bool = False) -> TokenKey:
        """The key of the token that this identity would get, or nobody."""
        signed = None if anonymous else self.signed
        name, session = ("", ANONYMOUS) if signed is None else (signed.name, signed.session)
        return TokenKey(wanted.bearer.realm, wanted.bearer.service, name, session, canonical_scopes(wanted.scopes))

    def held(self, key: TokenKey, now: float) -> Token | None:
        """The token in memory, None when there is none that lives or none is to be kept."""
        return None if self.lifetime == 0 else self.tokens.get(key, now, self.lifetime)

    def keep(self, key: TokenKey, token: Token) -> None:
        """Keep a token, unless none is to be kept or its identity has gone."""
        if self.lifetime != 0 and (key.session == ANONYMOUS or self._roster.of_session(key.session) is not None):
            self.tokens.put(key, token)

    def renewals(self, now: float) -> tuple[Wanted, ...]:
        """The tokens of the identity in use that were taken lately and are about to end (A.17)."""
        ending = self.tokens.ending(self.session, now, self.lifetime) if self.lifetime != 0 else ()
        return tuple(Wanted(Bearer(key.realm, origin_of(key.realm), key.service), token.asked) for key, token in ending)

    def begin_renewal(self, wanted: Wanted, now: float) -> None:
        """Name that token no more among the renewals: a try that fails is not repeated in the background."""
        token = self.held(self.key(wanted), now)
        if token is not None:
            token.renewed = True

    def turn_down(self, key: TokenKey, error: AuthError) -> None:
        """Remember that the token service refused this identity, so that the anonymous token is used while it lives."""
        if len(self._turned_down) >= _MOST_TURNED_DOWN:
            self._turned_down.clear()
        self._turned_down[key] = error.with_traceback(None)

    def turned_down(self, key: TokenKey) -> AuthError | None:
        return self._turned_down.get(key)

    def accepted(self, key: TokenKey) -> None:
        """The token service gave this identity what it refused before."""
        self._turned_down.pop(key, None)

    def _drop(self, signed: Signed) -> None:
        self.tokens.drop(signed.session)
        self.grants.forget(signed.session)
        self._turned_down = {key: error for key, error in self._turned_down.items() if key.session != signed.session}

    def _changed(self) -> None:
        self.refused_name = self.refused_username = None
        self.read_anonymously = None

    def _described(self, signed: Signed, now: float) -> Identity:
        return Identity(
            signed.name,
            signed.credential.kind,
            signed.credential.username,
            signed is self.signed,
            signed.proven,
            self.scheme or "",
            self.tokens.left(signed.session, now, self.lifetime),
        )

    def __repr__(self) -> str:
        return (
            f"RegistryAuth({self.registry}, {self.scheme}, {'anonymous' if self.credential is None else 'signed in'})"
        )
