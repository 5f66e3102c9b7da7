"""Tokens looked into: the one that a person pasted, and those in memory. Their values stay here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.auth.inspection import bare_token, inspect_token
from app.auth.lessons import Wanted
from app.auth.registry_auth import RegistryAuth
from app.auth.signature import Verification, verify_token
from app.ports.clock import Clock
from app.ports.crypto import Algorithm, Crypto, KeyFormat
from app.state.model import HeldToken, TokenPage

if TYPE_CHECKING:
    from app.auth.bearer_token import Token

MOST = 50
"""Tokens in memory that are shown."""


class TokenDesk:
    """`changed`: told when a check of a signature has come to an end."""

    def __init__(self, clock: Clock, crypto: Crypto | None, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._crypto = _NoCrypto() if crypto is None else crypto
        self._changed = changed
        self._pasted = ""
        self._verification: Verification | None = None
        self._task: asyncio.Task[None] | None = None
        # What was found in each token in memory; with the token, since a number of `id` may come again.
        self._seen: dict[int, tuple[Token, HeldToken]] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was pasted."""
        return not self._pasted

    def paste(self, text: str) -> None:
        """Look into this one, in the place of the one before."""
        self.clear()
        self._pasted = bare_token(text)

    def verify(self, key: str) -> None:
        """Check its signature by the key pasted, by that in its own header when there is none."""
        if not self._pasted:
            return
        self._stop()
        self._verification = None
        self._task = asyncio.ensure_future(self._verify(self._pasted, key))

    def clear(self) -> None:
        """Forget the one that was pasted."""
        self._stop()
        self._pasted, self._verification = "", None

    def close(self) -> None:
        self.clear()
        self._seen.clear()

    def page(self, auth: RegistryAuth | None) -> TokenPage:
        """What is known now. `auth`: the registry whose tokens in memory are shown too."""
        now = float(int(self._clock.now()))
        inspection = inspect_token(self._pasted, (), now) if self._pasted else None
        held = () if auth is None else self._held(auth, now)
        return TokenPage(inspection, self._verification, self._task is not None, held)

    def _held(self, auth: RegistryAuth, now: float) -> tuple[HeldToken, ...]:
        monotonic = self._clock.monotonic()
        seen, self._seen = self._seen, {}
        held = []
        for token, identity in _living(auth, monotonic):
            known = seen.get(id(token))
            if known is None:
                inspection = inspect_token(token.value, token.asked, now)
                known = (token, HeldToken(token.asked, token.granted, 0.0, identity, inspection))
            self._seen[id(token)] = known
            held.append(known[1]._replace(expires_in=float(int(token.expires_at - monotonic))))
        return tuple(held)

    async def _verify(self, token: str, key: str) -> None:
        try:
            self._verification = await verify_token(token, key, self._crypto)
        except Exception:  # the platform's own way of saying that it cannot
            self._verification = Verification("cannot-check")
        self._task = None
        self._changed()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None


def _living(auth: RegistryAuth, now: float) -> list[tuple[Token, str | None]]:
    """The tokens that the identity in use and nobody would send, with whose they are."""
    found: list[tuple[Token, str | None]] = []
    bearer = auth.lessons.bearer
    for token in tuple(auth.tokens) if bearer is not None else ():
        used_at = token.used_at
        for anonymous in (False, True):
            wanted = auth.wanted_for(token.asked)
            of = bearer if wanted is None else wanted.bearer
            if of is not None and auth.held(auth.key(Wanted(of, token.asked), anonymous), now) is token:
                found.append((token, None if anonymous else auth.name))
                break
        # To be looked at is not to be used: it must not be renewed for that.
        token.used_at = used_at
    return found[-MOST:]


class _NoCrypto:
    """Implements Crypto where the platform has none (plain http)."""

    async def verify(
        self, algorithm: Algorithm, key_format: KeyFormat, key: bytes, signature: bytes, signed: bytes
    ) -> bool | None:
        return None
