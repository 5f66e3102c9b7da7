"""What was said between this tab and its registries, for a person to read: never a secret.

A secret is absent because only what `app.auth.record` lets through is kept. Bodies are read here and dropped.
"""

from collections.abc import Callable
from typing import Literal, Protocol
from urllib.parse import parse_qsl, unquote

from app.auth.callers import Callers
from app.auth.challenge import Challenge, parse_challenges
from app.auth.entry import Exchange, Group
from app.auth.outcome import outcome_of
from app.auth.preflight import preflight_reasons
from app.auth.record import Fields, Secrets, authorization_of, place_of, request_fields, response_fields, shown_url
from app.auth.scope import split_scopes
from app.auth.step import Reply, Send, Wait
from app.auth.token_answer import error_codes, read_token_answer
from app.oci.origin import Origin, OriginError, origin_of
from app.ports.transport import Request, TransportError

MOST = 500
"""Exchanges that a tab keeps; the oldest go first."""

# Seconds; a request is given up after one minute without an answer and one more without a byte.
_LONGEST_EXCHANGE = 300.0
_MOST_GROUPS = 100


class Recorder(Protocol):
    """Told of everything that the driver of a flow does, as it does it. None of its methods raises.

    `caller`: the request as the caller made it, the same object each time and in `ended`; it binds together what was
    sent for it. For a token request that several callers share it is the one of the caller that started it.
    """

    def sent(self, step: Send, registry: Origin, caller: Request | None = None) -> int:
        """A request goes out, `step.request` being exactly what is sent; returns the number to answer with."""
        ...

    def answered(self, number: int, reply: Reply, seconds: float) -> None:
        """Its answer came, `seconds` after it was sent."""
        ...

    def failed(self, number: int, error: TransportError, seconds: float) -> None:
        """It brought no answer."""
        ...

    def waited(self, step: Wait, registry: Origin, caller: Request | None = None) -> None:
        """The driver waits before the next step."""
        ...

    def ended(self, registry: Origin, request: Request, error: BaseException | None) -> None:
        """What became of a caller's request: None, or what its caller gets (a cancellation too)."""
        ...


class Transcript:
    """Implements Recorder: the latest exchanges of a tab. `now`: seconds since 1970.

    `page`: the origin of the page, None for an extension. `revision` grows with every change.
    `left_out`: how many were given up for newer ones since it was last cleared.
    """

    __slots__ = (
        "_callers", "_exchanges", "_heard", "_limit", "_now", "_numbers", "_page", "_pending", "left_out", "revision",
    )  # fmt: skip

    def __init__(self, now: Callable[[], float], page: Origin | None, limit: int = MOST) -> None:
        self._now = now
        self._page = page
        self._limit = limit
        self._numbers = 0
        self._exchanges: dict[int, Exchange] = {}
        self._callers = Callers(limit)
        # By group, of those under way alone: a registry may repeat the password of one request in its next answer.
        self._heard: dict[int, Secrets] = {}
        self._pending: dict[int, Secrets] = {}
        self.revision = 0
        self.left_out = 0

    def exchanges(self, registry: Origin | None = None) -> tuple[Exchange, ...]:
        """In the order sent: all, or those done for one registry, its token service included."""
        return tuple(each for each in self._exchanges.values() if registry is None or each.registry == registry)

    def groups(self, registry: Origin | None = None) -> tuple[Group, ...]:
        """The same, bound together by what they were done for."""
        found: dict[int, list[Exchange]] = {}
        for each in self.exchanges(registry):
            found.setdefault(each.group, []).append(each)
        return tuple(
            Group(number, members[0].registry, tuple(members), members[-1].ended) for number, members in found.items()
        )

    def registries(self) -> tuple[Origin, ...]:
        """The registries that anything was done for, in the order met."""
        return tuple(dict.fromkeys(each.registry for each in self._exchanges.values()))

    def clear(self, registry: Origin | None = None) -> None:
        """Forget all, or what was done for one registry."""
        for number in [each.number for each in self.exchanges(registry)]:
            self._drop(number)
        if not self._exchanges:
            self.left_out = 0
        self.revision += 1

    def sent(self, step: Send, registry: Origin, caller: Request | None = None) -> int:
        request = step.request
        is_token = step.purpose == "token"
        group = self._callers.number(registry, caller, None if is_token else request)
        secrets = self._heard.setdefault(group, Secrets())
        secrets.hear(request)
        asked: tuple[str, ...] = ()
        if is_token:
            asked = step.key.scopes if step.key is not None else _asked_in(request)
        number = self._keep(
            Exchange(
                number=self._numbers + 1,
                group=group,
                registry=registry,
                started=self._now(),
                purpose=step.purpose,
                why=step.why,
                method=request.method,
                url=secrets.without(shown_url(request.url)),
                authorization=authorization_of(request),
                request_headers=request_fields(request),
                preflight_because=preflight_reasons(request, self._page),
                asked=secrets.free(asked),
            )
        )
        self._pending[number] = secrets
        self._give_up()
        return number

    def answered(self, number: int, reply: Reply, seconds: float) -> None:
        sent, secrets = self._exchanges.get(number), self._pending.pop(number, None)
        if sent is None or secrets is None:
            return
        is_token = sent.purpose == "token" and 200 <= reply.status < 300
        if sent.purpose == "token":
            secrets.learn(reply.body)
        fields, withheld = response_fields(reply.headers, secrets)
        place = place_of(reply.url) if reply.url and not secrets.within(reply.url) else None
        granted = read_token_answer(reply.body)._asdict() if is_token else {}
        if granted.get("granted"):
            granted["granted"] = secrets.free(granted["granted"])
        redirected = _redirected(sent.url, reply.url)
        self._change(
            sent._replace(
                seconds=seconds,
                status=reply.status,
                answered_by=place,
                redirected=redirected,
                stripped=redirected == "cross-origin" and sent.authorization in ("basic", "bearer"),
                response_headers=fields,
                withheld=withheld,
                challenges=_challenges(fields),
                codes=error_codes(reply.body, secrets) if reply.status >= 400 else (),
                **granted,
            )
        )

    def failed(self, number: int, error: TransportError, seconds: float) -> None:
        sent = self._exchanges.get(number)
        if self._pending.pop(number, None) is not None and sent is not None:
            self._change(sent._replace(seconds=seconds, failure=error.reason))

    def waited(self, step: Wait, registry: Origin, caller: Request | None = None) -> None:
        self._keep(
            Exchange(
                number=self._numbers + 1,
                group=self._callers.number(registry, caller, None),
                registry=registry,
                started=self._now(),
                purpose="wait",
                why=step.why,
                method="",
                url="",
                authorization="none",
                request_headers=(),
                preflight_because=(),
                seconds=step.seconds,
            )
        )

    def ended(self, registry: Origin, request: Request, error: BaseException | None) -> None:
        group = self._callers.end(registry, request)
        if group is None:
            return
        secrets, outcome = self._heard.pop(group, Secrets()), outcome_of(error)
        outcome = outcome._replace(scopes=secrets.free(outcome.scopes))
        for each in [each for each in self._exchanges.values() if each.group == group]:
            given_up = each.purpose == "resource" and self._pending.pop(each.number, None) is not None
            self._change(each._replace(ended=outcome, failure="abandoned" if given_up else each.failure))

    def _give_up(self) -> None:
        # Not every driver tells of every end.
        while len(self._heard) > _MOST_GROUPS:
            del self._heard[next(iter(self._heard))]
        # A token request whose last caller left is cancelled without a word; its secrets must not stay for that.
        late = self._now() - _LONGEST_EXCHANGE
        for number in [number for number in self._pending if self._exchanges[number].started < late]:
            del self._pending[number]
            self._change(self._exchanges[number]._replace(failure="abandoned"))

    def _keep(self, exchange: Exchange) -> int:
        self._numbers = exchange.number
        while len(self._exchanges) >= self._limit:
            self._drop(self._least())
            self.left_out += 1
        self._change(exchange)
        return exchange.number

    def _least(self) -> int:
        """The exchange to give up: the oldest that says nothing of how one signs in, else the oldest."""
        plain = (each.number for each in self._exchanges.values() if _is_plain(each))
        return next(plain, next(iter(self._exchanges)))

    def _change(self, exchange: Exchange) -> None:
        self._exchanges[exchange.number] = exchange
        self.revision += 1

    def _drop(self, number: int) -> None:
        group = self._exchanges.pop(number).group
        self._pending.pop(number, None)
        if all(each.group != group for each in self._exchanges.values()):
            self._heard.pop(group, None)

    def __repr__(self) -> str:
        return f"Transcript({len(self._exchanges)} exchanges)"


def _is_plain(exchange: Exchange) -> bool:
    return exchange.purpose == "resource" and exchange.status is not None and exchange.status < 400


def _asked_in(request: Request) -> tuple[str, ...]:
    form = "" if request.body is None else request.body.decode("utf-8", "replace")
    fields = parse_qsl(f"{request.url.partition('?')[2]}&{form}")
    return tuple(scope for name, text in fields if name == "scope" for scope in split_scopes(text))


def _challenges(fields: Fields) -> tuple[Challenge, ...]:
    return parse_challenges(next((text for name, text in fields if name == "www-authenticate"), ""))


def _redirected(sent: str, answered: str) -> Literal["no", "same-origin", "cross-origin"]:
    # A browser writes some characters of an address in another way; that is no redirect.
    if not answered or unquote(place_of(sent)) == unquote(place_of(answered)):
        return "no"
    try:
        return "same-origin" if origin_of(sent) == origin_of(answered) else "cross-origin"
    except OriginError:
        return "cross-origin"
