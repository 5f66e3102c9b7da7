"""The lines of a transcript."""

from typing import Literal, NamedTuple

from app.auth.challenge import Challenge
from app.auth.outcome import Outcome
from app.auth.preflight import PreflightReason
from app.auth.record import Authorization, Fields
from app.oci.origin import Origin
from app.oci.value import value


@value
class Exchange(NamedTuple):
    """One request and its answer, or one wait. Times in seconds, `started` since 1970; None: not known, or not yet.

    `group`: equal for all that was done for one request of a caller; `ended`: what became of that one.
    `request_headers`: without Authorization; "" for a value that is not known to be harmless.
    `preflight_because`: why the browser had to ask first, unless it remembered an earlier answer; () when it had not.
    `answered_by`: where the answer came from, without query. `stripped`: a redirect to another origin took the
    Authorization away. `withheld`: names of fields left out because they repeat a secret.
    Of a token request: `asked` and `granted` scopes (granted None when opaque), `expires_in` as stated, `lifetime` as
    taken, `opaque`, and `refreshable` when a refresh token came along.
    `codes`: of the error body, or the token service's `error`. `failure`: why there is no (usable) answer.
    """

    number: int
    group: int
    registry: Origin
    started: float
    purpose: Literal["resource", "token", "wait"]
    why: str
    method: str
    url: str
    authorization: Authorization
    request_headers: Fields
    preflight_because: tuple[PreflightReason, ...]
    asked: tuple[str, ...] = ()
    seconds: float | None = None
    status: int | None = None
    failure: str | None = None
    answered_by: str | None = None
    redirected: Literal["no", "same-origin", "cross-origin"] = "no"
    stripped: bool = False
    response_headers: Fields = ()
    withheld: tuple[str, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    granted: tuple[str, ...] | None = None
    expires_in: float | None = None
    lifetime: float | None = None
    opaque: bool | None = None
    refreshable: bool | None = None
    codes: tuple[str, ...] = ()
    ended: Outcome | None = None

    @property
    def preflight(self) -> bool:
        """Whether a preflight must have happened, now or for an earlier request to the same URL."""
        return bool(self.preflight_because)


@value
class Group(NamedTuple):
    """All that was done for one request of a caller, in order; `ended`: None while it is under way."""

    number: int
    registry: Origin
    exchanges: tuple[Exchange, ...]
    ended: Outcome | None
