"""What to answer to a 401: a generator that says what to send next, and is given the answers.

The driver sends each `Send` and gives back its `Reply`; nothing here touches a network, so tests play the registry.
Anything but a 401 ends the flow; a 401 leads to a token, to Basic, to one bare try, or to an error that says what is
missing. Numbers such as A.8 are those of tests/unit/auth/RULES.md.
"""

from collections.abc import Callable, Generator
from typing import Literal, NamedTuple, NoReturn

from app.auth.bearer_token import Token
from app.auth.cache import TokenKey
from app.auth.challenge import Challenge, parse_challenges
from app.auth.errors import (
    AccessDenied,
    ApprovalRequired,
    ChallengeHidden,
    LoginReason,
    LoginRequired,
    RealmRefused,
    UnusableChallenge,
)
from app.auth.exchange import ask_token
from app.auth.identity import Bearer, RegistryAuth, Wanted
from app.auth.prompt import basic_login, bearer_login, is_open
from app.auth.realm import judge_realm, shown_realm
from app.auth.scope import CATALOG, canonical_scopes, split_scopes, unite
from app.auth.step import Reply, Send, Step
from app.oci.error import parse_errors, scopes_in_detail
from app.oci.origin import OriginError, origin_of
from app.ports.transport import Request

__all__ = ["Reply", "Send", "Step", "authorize"]

# A.20: containerd allows itself five; an expired token, then a bare try, then a fresh token are three.
_MOST_SENDS = 3


class _Attempt(NamedTuple):
    """How the resource is asked for: bare, by Basic, or by the token of `key`. `session`: whose credential it was."""

    kind: Literal["bare", "basic", "token"]
    session: int
    token: Token | None = None
    key: TokenKey | None = None
    wanted: Wanted | None = None

    def __repr__(self) -> str:
        return f"_Attempt({self.kind})"


def authorize(
    request: Request, auth: RegistryAuth, scopes: tuple[str, ...], now: Callable[[], float]
) -> Generator[Step, Reply, Reply]:
    """Send `request` with what it needs; returns the first answer that is not a 401.

    `scopes`: what a token should grant: `pull(repository)`, or CATALOG, meant only if the challenge names none.
    `now`: the monotonic clock. Raises the errors of app.auth.errors.
    """
    return (yield from _Flow(request, auth, canonical_scopes(scopes), now).run())


class _Flow:
    __slots__ = (
        "auth",
        "basic_refused",
        "hint",
        "now",
        "origin",
        "request",
        "sends",
        "spent",
        "tried_bare",
        "unanswered",
    )

    def __init__(self, request: Request, auth: RegistryAuth, hint: tuple[str, ...], now: Callable[[], float]) -> None:
        self.request = request
        self.auth = auth
        self.hint = hint
        self.now = now
        self.origin = origin_of(request.url)
        self.sends = 0
        self.tried_bare = False
        self.basic_refused = False
        # Keys whose fresh token was asked for here: when the resource refuses it, another would be the same (A.20).
        self.spent: set[TokenKey] = set()
        # The token service refused an anonymous request made before any challenge of this resource.
        self.unanswered: tuple[TokenKey, LoginRequired] | None = None

    def run(self) -> Generator[Step, Reply, Reply]:
        attempt = yield from self._first()
        while True:
            self.tried_bare = self.tried_bare or attempt.kind == "bare"
            reply = yield self._send(self._dressed(attempt))
            if reply.status != 401:
                # A.22: a 403 is final. The registries that mean an expired credential by it (ECR) would be met here.
                if attempt.kind == "basic" and (reply.status < 400 or reply.status in (403, 404)):
                    self.auth.prove(attempt.session)
                return reply
            if not self._is_ours(reply):
                # A.24: the 401 of a storage behind a redirect is no question of this registry and gets nothing.
                self._deny(None, reply)
            if attempt.token is not None and attempt.key is not None:
                self.auth.tokens.evict(attempt.key, attempt.token)
            if self.sends >= _MOST_SENDS:
                if attempt.kind == "basic":
                    self._refuse_basic("", attempt.session, reply)
                self._deny(attempt.wanted, reply)
            attempt = yield from self._next(attempt, reply)

    def _send(self, request: Request) -> Send:
        self.sends += 1
        return Send(request, "resource", None)

    def _dressed(self, attempt: _Attempt) -> Request:
        if attempt.token is not None:
            return self.request.with_header("Authorization", f"Bearer {attempt.token.value}")
        if attempt.kind == "basic" and self.auth.credential is not None:
            return self.request.with_header("Authorization", self.auth.credential.basic_header())
        return self.request

    def _first(self) -> Generator[Step, Reply, _Attempt]:
        """The first send: what earlier challenges of this registry taught (A.8), bare at first contact (A.2)."""
        wanted = self.auth.wanted_for(self.hint)
        if wanted is not None:
            try:
                return (yield from self._with_token(wanted))
            except ApprovalRequired:
                pass  # this resource may need no token; its own challenge will bring the question
            except LoginRequired as error:
                if self.auth.credential is not None and error.prompt.reason != "insecure":
                    raise
                # Red Hat's token service wants a login although some resources are open to everybody: see first.
                self.unanswered = self.auth.key(wanted), error
        elif self.auth.scheme == "basic" and self._may_send_basic():
            return _Attempt("basic", self.auth.session)
        return _Attempt("bare", self.auth.session)

    def _next(self, attempt: _Attempt, reply: Reply) -> Generator[Step, Reply, _Attempt]:
        """The send after a 401."""
        challenges = parse_challenges(reply.headers.get("WWW-Authenticate") or "")
        if challenges:
            return (yield from self._answer(challenges, attempt, reply))
        return (yield from self._without_challenge(attempt, reply))

    def _answer(
        self, challenges: tuple[Challenge, ...], attempt: _Attempt, reply: Reply
    ) -> Generator[Step, Reply, _Attempt]:
        usable = [challenge for challenge in challenges if challenge.broken is None]
        # A.6: Bearer before Basic, with credentials or without.
        bearer = next((each for each in usable if each.scheme == "bearer" and each.parameters.get("realm")), None)
        if bearer is not None:
            return (yield from self._answer_bearer(bearer, attempt, reply))
        basic = next((each for each in usable if each.scheme == "basic"), None)
        if basic is not None:
            return self._answer_basic(basic.parameters.get("realm", ""), attempt, reply)
        schemes = tuple(challenge.scheme for challenge in challenges)
        raise UnusableChallenge(self.auth.registry, schemes, _why_unusable(challenges))

    def _answer_bearer(self, challenge: Challenge, attempt: _Attempt, reply: Reply) -> Generator[Step, Reply, _Attempt]:
        realm = challenge.parameters["realm"]
        judgement = judge_realm(self.auth.registry, realm, self.auth.policy, self.origin)
        if judgement.outcome == "refused" or judgement.origin is None:
            raise RealmRefused(self.auth.registry, shown_realm(realm), judgement.reason)
        bearer = Bearer(judgement.url, judgement.origin, challenge.parameters.get("service") or None)
        named = split_scopes(challenge.parameters.get("scope", ""))
        if CATALOG in self.hint:
            # A.11: the challenge's own scope as it is; zot takes no other for its catalog.
            wanted = Wanted(bearer, named or self.hint)
        else:
            # A.9, A.20: all that was asked for so far, what the challenge names first.
            earlier = attempt.wanted.scopes if attempt.wanted and attempt.wanted.bearer == bearer else ()
            wanted = Wanted(bearer, unite(named, (*earlier, *self.hint)))
        self.auth.remember_bearer(self.hint, wanted)
        return (yield from self._with_token(wanted, reply))

    def _answer_basic(self, realm: str, attempt: _Attempt, reply: Reply) -> _Attempt:
        if attempt.kind == "token":
            # A.21: Harbor answers Basic to any request with an Authorization field, whatever it would take.
            if self.tried_bare:
                self._deny(attempt.wanted, reply)
            return _Attempt("bare", self.auth.session)
        self.auth.remember_basic(self.hint)
        if attempt.kind == "basic" and attempt.session == self.auth.session:
            self._refuse_basic(realm, attempt.session, reply)
        if not self._may_send_basic():
            raise self._basic_login(realm, "required")
        return _Attempt("basic", self.auth.session)

    def _refuse_basic(self, realm: str, session: int, reply: Reply) -> NoReturn:
        if self.auth.is_proven(session):
            if CATALOG in self.hint:
                self._deny(None, reply)  # Harbor's catalog is for administrators
            raise self._basic_login(realm, "expired")
        error = self._basic_login(realm, "wrong-password")
        self.auth.reject(session)
        raise error

    def _without_challenge(self, attempt: _Attempt, reply: Reply) -> Generator[Step, Reply, _Attempt]:
        """A 401 whose challenge is hidden or was not sent (A.3)."""
        if not self.tried_bare:
            # zot answers an expired token, and Basic where it wants a token, by a 401 alone: ask once bare.
            self.basic_refused = attempt.kind == "basic"
            return _Attempt("bare", self.auth.session)
        if attempt.kind == "basic" or self.basic_refused:
            self._refuse_basic("", attempt.session, reply)
        # What is known of this registry may do, and the body may name the scope.
        named = scopes_in_detail(reply.body)
        wanted = attempt.wanted or self.auth.wanted_for(self.hint)
        if wanted is not None:
            return (yield from self._with_token(Wanted(wanted.bearer, unite(named, wanted.scopes)), reply))
        if self.auth.scheme == "basic":
            if self._may_send_basic():
                return _Attempt("basic", self.auth.session)
            raise self._basic_login("", "required")
        hint = unite(named, self.hint)
        ping = f"{self.origin}/v2/"
        if self.request.url != ping:
            # A.2: gcr.io has sent its challenge on /v2/ alone.
            pong = yield self._send(Request("GET", ping))
            challenges = parse_challenges(pong.headers.get("WWW-Authenticate") or "")
            if pong.status == 401 and challenges and self._is_ours(pong):
                self.hint = hint
                return (yield from self._answer(challenges, attempt, pong))
        raise ChallengeHidden(self.auth.registry, self.request.method, self.request.url, hint)

    def _with_token(self, wanted: Wanted, refusal: Reply | None = None) -> Generator[Step, Reply, _Attempt]:
        """The attempt with a token for this, from the cache or fresh. `refusal`: the 401 that led here."""
        key = self.auth.key(wanted)
        if refusal is not None and key in self.spent:
            self._deny(wanted, refusal)
        token = self.auth.tokens.get(key, self.now())
        if token is None:
            if self.unanswered is not None and self.unanswered[0] == key:
                raise self.unanswered[1]
            token = yield from ask_token(wanted, self.auth, self.request, self.now)
            self.spent.add(key)
            if token.asked != wanted.scopes:
                wanted = Wanted(wanted.bearer, token.asked)
                self.auth.remember_bearer(self.hint, wanted)
            key = self.auth.key(wanted)
            self.spent.add(key)
        return _Attempt("token", self.auth.session, token, key, wanted)

    def _is_ours(self, reply: Reply) -> bool:
        try:
            return not reply.url or origin_of(reply.url) == self.origin
        except OriginError:
            return False

    def _may_send_basic(self) -> bool:
        return self.auth.credential is not None and (not is_open(self.origin) or self.auth.accepted_insecure)

    def _basic_login(self, realm: str, reason: LoginReason) -> LoginRequired:
        return basic_login(self.auth, self.origin, realm, self.hint, reason)

    def _deny(self, wanted: Wanted | None, reply: Reply) -> NoReturn:
        """The end: a login where a token service knows only an anonymous visitor, otherwise a denial."""
        auth, request = self.auth, self.request
        if wanted is not None and auth.credential is None:
            raise bearer_login(auth, wanted, "required")
        identity = None if auth.credential is None else auth.credential.username
        scopes = self.hint if wanted is None else wanted.scopes
        raise AccessDenied(auth.registry, scopes, identity, request.method, request.url, parse_errors(reply.body))


def _why_unusable(challenges: tuple[Challenge, ...]) -> str:
    broken = next((challenge.broken for challenge in challenges if challenge.broken is not None), None)
    if broken is not None:
        return broken
    return "no realm" if any(challenge.scheme == "bearer" for challenge in challenges) else "unknown scheme"
