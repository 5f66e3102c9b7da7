"""The tokens of one registry, found again by what was asked for them."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from app.auth.bearer_token import Token
from app.oci.value import value

Grant = Literal["get", "refresh-token", "password", "exchange"]

# A tab left open on a registry of thousands of repositories must not keep a token of each for ever.
_MOST = 1000
# As many tokens of a registry are renewed in the background, and only while requests took them within this time.
_MOST_RENEWED = 4
_IDLE = 15 * 60.0


@value
class TokenKey(NamedTuple):
    """What a token request asks (A.19). `scopes`: canonical. `identity`: the user name, "" when anonymous.

    `session` is another for each sign-in: an answer to an earlier password never counts for a later one.
    `grant`: how the request in flight asks; a token in memory is found by "get", whichever brought it.
    """

    realm: str
    service: str | None
    identity: str
    session: int
    scopes: tuple[str, ...]
    grant: Grant = "get"


class TokenCache:
    """Tokens by key; never one token for several repositories (ggcr #1744), so that a leaked one opens only one."""

    __slots__ = ("_tokens",)

    def __init__(self) -> None:
        self._tokens: dict[TokenKey, Token] = {}

    def get(self, key: TokenKey, now: float, lifetime: float | None = None) -> Token | None:
        """The token for this key if it still lives, with 10 % of its lifetime and at least 5 s to spare (A.17).

        `lifetime`: seconds after which a token is not used any more, whatever it says.
        """
        token = self._tokens.get(key)
        if token is None:
            return None
        if now >= _end(token, lifetime):
            del self._tokens[key]
            return None
        token.used_at = now
        return token

    def ending(self, session: int, now: float, lifetime: float | None = None) -> tuple[tuple[TokenKey, Token], ...]:
        """The tokens of a session that are in use and will soon be too old to be given out, last used first.

        Of tokens that no request took lately, and past the few last used, the next request gets the successor. One
        whose end the setting brings on is not renewed: the setting is there to ask seldom for less, not more often.
        """
        used = sorted(
            ((key, token) for key, token in self._tokens.items() if key.session == session),
            key=lambda pair: -pair[1].used_at,
        )
        return tuple(
            (key, token)
            for key, token in used[:_MOST_RENEWED]
            if not token.renewed
            and now - token.used_at < _IDLE
            and _end(token, None) - _notice(token) <= now < token.expires_at
            and (lifetime is None or token.received_at + lifetime >= token.expires_at)
        )

    def left(self, session: int, now: float, lifetime: float | None = None) -> float | None:
        """Seconds that the longest living token of a session is still good for; None without any."""
        ends = [
            token.expires_at if lifetime is None else min(token.expires_at, token.received_at + lifetime)
            for key, token in self._tokens.items()
            if key.session == session
        ]
        return max((end - now for end in ends if end > now), default=None)

    def drop(self, session: int) -> None:
        """Forget the tokens of one session."""
        self._tokens = {key: token for key, token in self._tokens.items() if key.session != session}

    def put(self, key: TokenKey, token: Token) -> None:
        self._tokens.pop(key, None)
        while len(self._tokens) >= _MOST:
            del self._tokens[next(iter(self._tokens))]
        self._tokens[key] = token

    def evict(self, key: TokenKey, token: Token) -> None:
        """Forget this token, but not another one that took its place meanwhile."""
        held = self._tokens.get(key)
        if held is not None and held.value == token.value:
            del self._tokens[key]

    def clear(self) -> None:
        self._tokens.clear()

    def __iter__(self) -> Iterator[Token]:
        return iter(tuple(self._tokens.values()))

    def __repr__(self) -> str:
        return f"TokenCache({len(self._tokens)} tokens)"


def _end(token: Token, lifetime: float | None) -> float:
    """When a token is too old to be given out."""
    end = token.expires_at - max(5.0, (token.expires_at - token.received_at) / 10)
    return end if lifetime is None else min(end, token.received_at + lifetime)


def _notice(token: Token) -> float:
    """How long before that its successor is asked for: another 10 %, at least the time between two looks."""
    return max(8.0, (token.expires_at - token.received_at) / 10)
