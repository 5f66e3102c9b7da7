"""Step 4: which requests the browser asks about beforehand, and what of its question the server does not grant.

Fetch, "CORS-preflight fetch". The page never sees the preflight, so one request differs from the next in one thing.
"""

from typing import NamedTuple

from app.client.accept import ALL_FOUR
from app.cors.notes import HARMLESS, Asked, Notes
from app.cors.place import Place
from app.cors.reading import Reading
from app.ports.probing import Probe


class Allowed(NamedTuple):
    """What may be sent: an Authorization; an Accept over 128 bytes."""

    authorization: bool
    accept: bool


async def preflights(notes: Notes, place: Place, reading: Reading) -> Allowed:
    """Try an Authorization and a long Accept; what fails of it goes into the diagnosis."""
    if place.free:
        return Allowed(True, True)
    signed = _authorization(place)
    # Read with credentials alone: then the long Accept is tried with them as well, and they are allowed.
    together = signed if reading.authorized else ()
    one = None if reading.authorized else await _try(notes, place, "preflight-authorization", signed)
    two = await _try(notes, place, "preflight-accept", (*together, ("Accept", ALL_FOUR)))
    allowed = Allowed(one is None or one.sight.readable, two is None or two.sight.readable)
    seen = tuple(asked.number for asked in (one, two) if asked is not None)
    if not allowed.authorization and not allowed.accept:
        await _both(notes, place, seen, timed_out=one is not None and one.sight.outcome == "timeout")
    elif not allowed.authorization:
        await _authorization_alone(notes, place, signed, seen)
    elif not allowed.accept:
        notes.rule_place(place, "allow-headers-lacks-accept", seen)
    return allowed


def _authorization(place: Place) -> tuple[tuple[str, str], ...]:
    return (("Authorization", HARMLESS if place.authorization is None else place.authorization),)


async def _try(notes: Notes, place: Place, question: str, headers: tuple[tuple[str, str], ...]) -> Asked | None:
    def meaning(passed: bool) -> str:
        return "preflight-passed" if passed else "preflight-failed"

    return await notes.ask(
        place.target, question, Probe("GET", place.url, headers), lambda sight: meaning(sight.readable)
    )


async def _authorization_alone(
    notes: Notes, place: Place, signed: tuple[tuple[str, str], ...], seen: tuple[int, ...]
) -> None:
    """The preflight may have passed, and the refusal of what was sent may be what cannot be read.

    zot answers 401 without CORS behind a preflight that passes. OPTIONS with the same header tells, where the server
    allows that method: it is answered by whoever answers preflights.
    """
    probe = Probe("OPTIONS", place.url, signed)
    asked = await notes.ask(place.target, "preflight-options-authorization", probe)
    if asked is not None:
        seen = (*seen, asked.number)
        if asked.sight.readable:
            notes.rule_place(place, "cors-only-on-success", seen)
            return
    notes.rule_place(place, "allow-headers-lacks-authorization", seen, "refusal-without-allow-origin")


async def _both(notes: Notes, place: Place, seen: tuple[int, ...], timed_out: bool) -> None:
    asked = await notes.ask(place.target, "preflight-options", Probe("OPTIONS", place.url))
    if asked is not None:
        seen = (*seen, asked.number)
        if asked.sight.readable:
            notes.rule_place(place, "allow-headers-missing", seen)
            return
    # A POST with a listener on its upload: POST needs no leave, so the preflight asks for nothing but the origin.
    forced = await notes.ask(place.target, "preflight-forced", Probe("POST", place.url, forced=True))
    if forced is not None:
        seen = (*seen, forced.number)
        # Opaque: the body was sent, so the preflight had passed, and the answer to the POST itself is hidden.
        if forced.sight.outcome in ("readable", "opaque"):
            notes.rule_place(place, "allow-headers-missing", seen)
            return
    notes.rule_place(place, "preflight-refused", seen, *(("preflight-hung",) if timed_out else ()))
