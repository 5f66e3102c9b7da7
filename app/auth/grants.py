"""What token services gave beside tokens: refresh tokens, and which way of asking they take."""

from typing import Literal

from app.auth.cache import Grant
from app.auth.credential import Secret
from app.auth.lessons import Bearer

Way = Literal["get", "post"]


class Grants:
    """Refresh tokens, in memory only, each for the realm that issued it and the sign-in it was issued to (A.18)."""

    __slots__ = ("_refresh", "_ways")

    def __init__(self) -> None:
        self._refresh: dict[tuple[int, str, str | None], Secret] = {}
        self._ways: dict[tuple[str, Grant], Way] = {}

    def refresh_token(self, session: int, bearer: Bearer) -> Secret | None:
        return self._refresh.get((session, bearer.realm, bearer.service))

    def keep(self, session: int, bearer: Bearer, refresh_token: Secret) -> None:
        """Keep a refresh token in the place of the one before (A.18: services rotate them)."""
        self._refresh[session, bearer.realm, bearer.service] = refresh_token

    def drop(self, session: int, bearer: Bearer, refresh_token: Secret) -> None:
        """Forget that refresh token, but not another one that took its place meanwhile."""
        held = self.refresh_token(session, bearer)
        if held is not None and held.text == refresh_token.text:
            del self._refresh[session, bearer.realm, bearer.service]

    def way(self, bearer: Bearer, form: Grant) -> Way | None:
        """The way that worked at this realm where that form was the other choice (A.15)."""
        return self._ways.get((bearer.realm, form))

    def worked(self, bearer: Bearer, form: Grant, way: Way) -> None:
        self._ways[bearer.realm, form] = way

    def forget(self, session: int) -> None:
        """Drop the refresh tokens of one sign-in."""
        self._refresh = {key: token for key, token in self._refresh.items() if key[0] != session}

    def clear(self) -> None:
        """Drop all refresh tokens; how a realm is asked is no secret and stays."""
        self._refresh.clear()

    def __repr__(self) -> str:
        return f"Grants({len(self._refresh)} refresh tokens)"
