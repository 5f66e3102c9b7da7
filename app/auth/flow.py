"""What to answer to a 401: a generator that says what to send next, and is given the answers.

The driver sends each `Send`, sleeps for each `Wait`, and gives back a `Reply`; nothing here touches a network, so tests
play the registry. Anything but a 401 ends the flow, with the exceptions of A.22 and A.26; a 401 leads to a token, to
Basic, to one bare try, or to an error that says what is missing. Numbers such as A.8 are those of
tests/unit/auth/RULES.md.
"""

from collections.abc import Callable, Generator

from app.auth.answers import Answers, is_from
from app.auth.attempt import Attempt, dressed, with_token
from app.auth.credential import RegistryToken
from app.auth.errors import ApprovalRequired, AuthError, LoginRequired
from app.auth.patience import Patience
from app.auth.refusal import is_lapsed
from app.auth.registry_auth import RegistryAuth
from app.auth.scope import canonical_scopes
from app.auth.standing import anonymous_read
from app.auth.step import Reply, Send, Step, Wait
from app.oci.origin import origin_of
from app.ports.transport import Request

__all__ = ["Reply", "Send", "Step", "Wait", "authorize"]

# A.20: containerd allows itself five; an expired token, then a bare try, then a fresh token are three.
_MOST_SENDS = 3


def authorize(
    request: Request,
    auth: RegistryAuth,
    scopes: tuple[str, ...],
    now: Callable[[], float],
    wall: Callable[[], float] | None = None,
) -> Generator[Step, Reply, Reply]:
    """Send `request` with what it needs; returns the first answer that is no matter of authorization.

    `scopes`: what a token should grant: `pull(repository)`, or CATALOG, meant only if the challenge names none.
    `now`: the monotonic clock. `wall`: seconds since 1970. Raises the errors of app.auth.errors.
    """
    return (yield from _Flow(request, auth, canonical_scopes(scopes), now, wall).run())


class _Flow:
    __slots__ = ("answers", "auth", "away", "forgiven", "hint", "origin", "patience", "request", "sends")

    def __init__(
        self,
        request: Request,
        auth: RegistryAuth,
        hint: tuple[str, ...],
        now: Callable[[], float],
        wall: Callable[[], float] | None,
    ) -> None:
        self.request = request
        self.auth = auth
        self.hint = hint
        self.origin = origin_of(request.url)
        self.answers = Answers(request, auth, hint, self.origin, now, wall)
        self.patience = Patience(wall)
        self.sends = 0
        # Each of these is done once: the second try of A.22, the one elsewhere of A.24.
        self.forgiven = self.away = False

    def run(self) -> Generator[Step, Reply, Reply]:
        end = self.answers.end
        attempt = yield from self._first()
        while True:
            self.answers.tried_bare = self.answers.tried_bare or attempt.kind == "bare"
            reply = yield from self._send(attempt)
            if reply.status != 401:
                following = yield from self._second_try(attempt, reply)
                if following is None:
                    self._note(attempt, reply)
                    return reply
                attempt = following
                continue
            ours = self._is_ours(attempt, reply)
            if attempt.token is not None and attempt.key is not None and (ours or attempt.url is not None):
                self.auth.tokens.evict(attempt.key, attempt.token)
            if not ours:
                attempt = yield from self._elsewhere(reply)
                continue
            if self.sends >= _MOST_SENDS + self.forgiven:
                if attempt.kind == "basic":
                    end.refuse_basic("", attempt.session, reply)
                end.deny(attempt.wanted, reply, attempt)
            attempt = yield from self.answers.after(attempt, reply)

    def _send(self, attempt: Attempt) -> Generator[Step, Reply, Reply]:
        """Send as the attempt says, again after each wait that a 429 asks for (A.26)."""
        self.sends += 1
        why = attempt.why
        while True:
            reply = yield Send(dressed(self.request, attempt, self.auth), "resource", None, why)
            pause = self.patience.pause(reply.headers) if reply.status == 429 else None
            if pause is None:
                return reply
            yield Wait(pause, "rate-limited")
            why = "after-wait"

    def _note(self, attempt: Attempt, reply: Reply) -> None:
        """What an accepted request tells of who sent it."""
        if reply.status >= 400 and reply.status not in (403, 404):
            return
        if attempt.kind in ("basic", "own"):
            self.auth.prove(attempt.session)
        if attempt.kind == "token" and attempt.url is None and reply.status != 403:
            name = self.auth.name or self.auth.refused_name or ""
            # While a refused credential is the last word, later requests without one do not unsay it.
            if attempt.instead is not None or self.auth.refused_name is None:
                self.auth.read_anonymously = anonymous_read(attempt.instead, name, self.hint)

    def _first(self) -> Generator[Step, Reply, Attempt]:
        """The first send: what earlier challenges of this registry taught (A.8), bare at first contact (A.2)."""
        auth, answers = self.auth, self.answers
        wanted = auth.wanted_for(self.hint)
        if isinstance(auth.credential, RegistryToken):
            if wanted is not None or auth.is_proven(auth.session):
                return answers.own(wanted)
        elif wanted is not None:
            try:
                return (yield from answers.with_token(wanted, "known-bearer"))
            except ApprovalRequired:
                pass  # this resource may need no token; its own challenge will bring the question
            except LoginRequired as error:
                if auth.credential is not None and error.prompt.reason != "insecure":
                    raise
                # Red Hat's token service wants a login although some resources are open to everybody: see first.
                answers.unanswered = auth.key(wanted), error
        elif auth.scheme == "basic" and answers.may_send_basic():
            return Attempt("basic", "known-basic", auth.session)
        return Attempt("bare", "first-contact", auth.session)

    def _second_try(self, attempt: Attempt, reply: Reply) -> Generator[Step, Reply, Attempt | None]:
        """A denial that may be an expired credential: once more without it, or with a fresh token (A.22)."""
        if self.forgiven or not is_lapsed(self.auth.registry, attempt, reply) or not self._is_ours(attempt, reply):
            return None
        self.forgiven = True
        if attempt.token is None or attempt.key is None or attempt.wanted is None:
            self.answers.lapsed = True
            return Attempt("bare", "forbidden-retry", self.auth.session)
        self.auth.tokens.evict(attempt.key, attempt.token)
        return (yield from self.answers.with_token(attempt.wanted, "forbidden-retry"))

    def _elsewhere(self, reply: Reply) -> Generator[Step, Reply, Attempt]:
        """A.24: a server behind a redirect asks for itself. It gets an anonymous token, never what the registry got."""
        from app.auth.elsewhere import wanted_elsewhere  # few registries ever lead there

        answers = self.answers
        wanted = None if self.away else wanted_elsewhere(self.auth, self.request, reply, self.hint)
        self.away = True
        if wanted is None or self.sends >= _MOST_SENDS:
            answers.end.deny(None, reply)
        try:
            issued = yield from answers.exchange.obtain(wanted, "redirected", anonymous=True)
        except AuthError:
            answers.end.deny(None, reply)
        return with_token(issued, "redirected", self.auth.session, reply.url)

    def _is_ours(self, attempt: Attempt, reply: Reply) -> bool:
        return attempt.url is None and is_from(self.origin, reply)
