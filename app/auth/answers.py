"""What to send after a 401, as its challenges say: a token, Basic, nothing, or an error that says what is missing.

Numbers such as A.8 are those of tests/unit/auth/RULES.md.
"""

from collections.abc import Callable, Generator

from app.auth.attempt import Attempt, with_token
from app.auth.cache import TokenKey
from app.auth.challenge import Challenge, parse_challenges
from app.auth.credential import Password, RegistryToken, is_sendable
from app.auth.ending import Ending
from app.auth.errors import ChallengeHidden, LoginRequired, RealmRefused, UnusableChallenge
from app.auth.exchange import Exchange
from app.auth.lessons import Bearer, Wanted
from app.auth.prompt import is_open
from app.auth.realm import judge_realm, shown_realm
from app.auth.refusal import is_early, lacking, why_unusable
from app.auth.registry_auth import RegistryAuth
from app.auth.scope import CATALOG, contains, split_scopes, unite
from app.auth.step import Reply, Send, Step, Wait, Why
from app.oci.error import scopes_in_detail
from app.oci.origin import Origin, OriginError, origin_of
from app.ports.transport import Request


class Answers:
    """The decisions of one caller's request to `origin`. `hint`: the scopes it needs. `lapsed`: its credential, sent
    with every request, has expired."""

    __slots__ = (
        "_basic_refused", "_spent", "_waited", "_wall", "auth", "end", "exchange", "hint", "lapsed", "origin",
        "request", "tried_bare", "unanswered",
    )  # fmt: skip

    def __init__(
        self,
        request: Request,
        auth: RegistryAuth,
        hint: tuple[str, ...],
        origin: Origin,
        now: Callable[[], float],
        wall: Callable[[], float] | None,
    ) -> None:
        self.request = request
        self.auth = auth
        self.hint = hint
        self.origin = origin
        self.exchange = Exchange(auth, request, now, wall)
        self.end = Ending(auth, request, hint, origin, wall)
        self.tried_bare = self.lapsed = self._basic_refused = self._waited = False
        self._wall = wall
        # Keys whose fresh token was asked for here: when the resource refuses it, another would be the same (A.20).
        self._spent: set[TokenKey] = set()
        # The token service refused an anonymous request made before any challenge of this resource.
        self.unanswered: tuple[TokenKey, LoginRequired] | None = None

    def after(self, attempt: Attempt, reply: Reply) -> Generator[Step, Reply, Attempt]:
        """The send after a 401."""
        if attempt.kind == "own":
            self.end.refuse_own(attempt, reply)
        challenges = parse_challenges(reply.headers.get("WWW-Authenticate") or "")
        if challenges:
            return (yield from self._answer(challenges, attempt, reply))
        return (yield from self._without_challenge(attempt, reply))

    def _answer(
        self, challenges: tuple[Challenge, ...], attempt: Attempt, reply: Reply
    ) -> Generator[Step, Reply, Attempt]:
        usable = [challenge for challenge in challenges if challenge.broken is None]
        # A.6: Bearer before Basic, with credentials or without.
        bearer = next((each for each in usable if each.scheme == "bearer" and each.parameters.get("realm")), None)
        if bearer is not None:
            return (yield from self._answer_bearer(bearer, attempt, reply))
        basic = next((each for each in usable if each.scheme == "basic"), None)
        if basic is not None:
            return self._answer_basic(basic.parameters.get("realm", ""), attempt, reply)
        schemes = tuple(challenge.scheme for challenge in challenges)
        raise UnusableChallenge(self.auth.registry, schemes, why_unusable(challenges))

    def _answer_bearer(self, challenge: Challenge, attempt: Attempt, reply: Reply) -> Generator[Step, Reply, Attempt]:
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
        if isinstance(self.auth.credential, RegistryToken):
            return self.own(wanted)
        return (yield from self._after_refusal(wanted, attempt, reply))

    def _answer_basic(self, realm: str, attempt: Attempt, reply: Reply) -> Attempt:
        if attempt.kind == "token":
            # A.21: Harbor answers Basic to any request with an Authorization field, whatever it would take.
            if self.tried_bare:
                self.end.deny(attempt.wanted, reply, attempt)
            return Attempt("bare", "retry-bare", self.auth.session)
        self.auth.remember_basic(self.hint)
        if attempt.kind == "basic" and attempt.session == self.auth.session:
            self.end.refuse_basic(realm, attempt.session, reply)
        return self._basic(realm)

    def _basic(self, realm: str) -> Attempt:
        if self.lapsed or not self.may_send_basic():
            raise self.end.basic_login(realm, "expired" if self.lapsed else "required")
        return Attempt("basic", "challenge-basic", self.auth.session)

    def own(self, wanted: Wanted | None) -> Attempt:
        """The attempt with the registry token that was pasted; it goes to the registry alone."""
        auth, credential = self.auth, self.auth.credential
        if is_open(self.origin) and not auth.accepted_insecure:
            raise self.end.own_login(wanted, "insecure")
        if self.lapsed:
            raise self.end.own_login(wanted, "expired")
        if not isinstance(credential, RegistryToken) or not is_sendable(credential.token):
            error = self.end.own_login(wanted, "wrong-password")
            auth.reject(auth.session)
            raise error
        return Attempt("own", "registry-token", auth.session, wanted=wanted)

    def _without_challenge(self, attempt: Attempt, reply: Reply) -> Generator[Step, Reply, Attempt]:
        """A 401 whose challenge is hidden or was not sent (A.3)."""
        auth = self.auth
        if not self.tried_bare:
            # zot answers an expired token, and Basic where it wants a token, by a 401 alone: ask once bare.
            self._basic_refused = attempt.kind == "basic"
            return Attempt("bare", "retry-bare", auth.session)
        if attempt.kind == "basic" or self._basic_refused:
            self.end.refuse_basic("", attempt.session, reply)
        if isinstance(auth.credential, RegistryToken):
            return self.own(auth.lessons.guess_for(self.hint))
        # What is known of this registry may do, and the body may name the scope.
        named = scopes_in_detail(reply.body)
        wanted = attempt.wanted or auth.wanted_for(self.hint)
        if wanted is None and auth.scheme == "basic":
            return self._basic("")
        wanted = wanted or auth.lessons.guess_for(self.hint)
        if wanted is None and auth.scheme is None:
            from app.auth.profiles import learn_profile  # where challenges can be read, nobody needs it

            if learn_profile(auth) == "basic":
                return self._basic("")
            wanted = auth.lessons.guess_for(self.hint)
        if wanted is not None:
            wanted = Wanted(wanted.bearer, unite(named, wanted.scopes))
            return (yield from self._after_refusal(wanted, attempt, reply, "hidden-challenge"))
        hint = unite(named, self.hint)
        ping = f"{self.origin}/v2/"
        if self.request.url != ping:
            # A.2: gcr.io has sent its challenge on /v2/ alone.
            pong = yield Send(Request("GET", ping), "resource", None, "ping")
            challenges = parse_challenges(pong.headers.get("WWW-Authenticate") or "")
            if pong.status == 401 and challenges and is_from(self.origin, pong):
                self.hint = self.end.hint = hint
                return (yield from self._answer(challenges, attempt, pong))
        raise ChallengeHidden(auth.registry, self.request.method, self.request.url, hint)

    def _after_refusal(
        self, wanted: Wanted, attempt: Attempt, reply: Reply, why: Why | None = None
    ) -> Generator[Step, Reply, Attempt]:
        """The attempt with a token for this after a 401, unless another token would be refused too (A.20)."""
        token = attempt.token if attempt.fresh else None
        if token is not None and lacking(token, self.hint):
            # Asked and granted differ in the very thing that is needed: asking again or for more changes nothing.
            self.end.deny(wanted, reply, attempt)
        if self.auth.key(wanted) in self._spent:
            if self._waited or token is None or attempt.key is None or not is_early(token, reply, self._wall):
                self.end.deny(wanted, reply, attempt)
            self._waited = True
            yield Wait(1.0, "not-before")
            self.auth.keep(attempt.key, token)
            return attempt._replace(why="after-wait")
        if why is None:
            why = "challenge-bearer" if attempt.wanted is None else "fresh-token"
            if attempt.wanted is not None and not contains(attempt.wanted.scopes, wanted.scopes):
                why = "new-scope"
        return (yield from self.with_token(wanted, why))

    def with_token(self, wanted: Wanted, why: Why) -> Generator[Step, Reply, Attempt]:
        """The attempt with a token for this, from memory or fresh."""
        key = self.auth.key(wanted)
        if self.unanswered is not None and self.unanswered[0] == key:
            raise self.unanswered[1]
        issued = yield from self.exchange.obtain(wanted, why)
        self.end.instead = issued.instead
        if issued.fresh:
            self._spent |= {key, self.auth.key(wanted), issued.key}
            if issued.wanted != wanted:
                self.auth.remember_bearer(self.hint, issued.wanted)
        return with_token(issued, why, self.auth.session)

    def may_send_basic(self) -> bool:
        credential = self.auth.credential
        return isinstance(credential, Password) and (not is_open(self.origin) or self.auth.accepted_insecure)


def is_from(origin: Origin, reply: Reply) -> bool:
    """Whether the answer comes from there, and not from where a redirect led (A.24)."""
    try:
        return not reply.url or origin_of(reply.url) == origin
    except OriginError:
        return False
