"""The tokens of one registry, found again by what was asked for them."""

from collections.abc import Iterator
from typing import NamedTuple

from app.auth.bearer_token import Token
from app.oci.value import value

# A tab left open on a registry of thousands of repositories must not keep a token of each for ever.
_MOST = 1000


@value
class TokenKey(NamedTuple):
    """What a token request asks (A.19). `scopes`: canonical. `identity`: the user name, "" when anonymous.

    `session` counts sign-ins and sign-outs: an answer to an earlier password never counts for a later one.
    """

    realm: str
    service: str | None
    identity: str
    session: int
    scopes: tuple[str, ...]


class TokenCache:
    """Tokens by key; never one token for several repositories (ggcr #1744), so that a leaked one opens only one."""

    __slots__ = ("_tokens",)

    def __init__(self) -> None:
        self._tokens: dict[TokenKey, Token] = {}

    def get(self, key: TokenKey, now: float) -> Token | None:
        """The token for this key if it still lives, with 10 % of its lifetime and at least 5 s to spare (A.17)."""
        token = self._tokens.get(key)
        if token is None:
            return None
        spare = max(5.0, (token.expires_at - token.received_at) / 10)
        if now >= token.expires_at - spare:
            del self._tokens[key]
            return None
        return token

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
