"""Steps 2 and 3: can an address be read, and if not, why not; and can the page see how to sign in?"""

from typing import NamedTuple

from app.cors.local_network import LocalNetwork
from app.cors.notes import Asked, Notes
from app.cors.place import Place, is_bad_port, is_mixed_content, other_scheme
from app.oci.origin import is_loopback
from app.ports.probing import Probe, Sight

BODY = 65_536
"""Bytes of a token service's answer."""


class Reading(NamedTuple):
    """`sight`: the answer that could be read. `authorized`: only with credentials."""

    sight: Sight
    authorized: bool


class Reader:
    def __init__(self, notes: Notes, network: LocalNetwork) -> None:
        self._notes = notes
        self._network = network

    async def read(self, place: Place) -> Reading | None:
        """What can be read there; None where nothing can, which the diagnosis then explains."""
        notes, page = self._notes, self._notes.subject.page
        if is_mixed_content(page, place.origin):
            notes.rule_place(place, "mixed-content", (notes.note(place.target, "address", "forbidden-by-address"),))
            return None
        if not notes.prober.is_online() and not is_loopback(place.origin.host):
            notes.rule_place(place, "offline", (notes.note(place.target, "network", "offline"),))
            return None
        if is_bad_port(place.origin):
            number = notes.note(place.target, "address", "forbidden-by-address")
            notes.rule(place.verdict("unreachable"), place.url, (number,), only=("bad-port",))
            return None
        first = await notes.ask(place.target, "read", self._probe(place))
        if first is None or notes.forbidden(place, first):
            return None
        if first.sight.readable:
            self._challenge(place, first.sight)
            return Reading(first.sight, False)
        return await self._hidden_or_silent(place, first)

    def _challenge(self, place: Place, sight: Sight) -> None:
        # RFC 9110, 15.5.2: a 401 has a WWW-Authenticate. Fetch does not tell a hidden one from none.
        if sight.status != 401:
            return
        seen = sight.headers.get("WWW-Authenticate") is not None
        number = self._notes.note(place.target, "challenge", "header-readable" if seen else "header-hidden", sight)
        if not seen:
            only = ("not-sent",) if place.free else None
            self._notes.rule(place.verdict("challenge-not-exposed"), place.url, (number,), only=only)

    async def _hidden_or_silent(self, place: Place, first: Asked) -> Reading | None:
        notes = self._notes
        if self._network.turned_denied(await notes.prober.permissions()):
            notes.rule_place(place, "local-network-denied", (first.number,))
            return None
        reach = await notes.ask(place.target, "reach", Probe("GET", place.url, mode="no-cors"))
        if reach is None or notes.forbidden(place, reach):
            return None
        if reach.sight.outcome == "opaque":
            if first.sight.outcome == "timeout":
                # It answers, but not to this: nothing that CORS would explain.
                notes.rule_place(place, "timeout", (first.number, reach.number))
                return None
            return await self._hidden(place, first, reach)
        await self._silent(place, first, reach)
        return None

    async def _hidden(self, place: Place, first: Asked, reach: Asked) -> Reading | None:
        """Something answers, and the page may not read it."""
        notes = self._notes
        seen: tuple[int, ...] = (first.number, reach.number)
        manual = await notes.ask(place.target, "redirect", self._probe(place, manual=True), _redirect_meaning)
        if manual is not None:
            seen = (*seen, manual.number)
            if manual.sight.outcome == "redirect":
                notes.rule_place(place, "redirect-target-without-cors", seen)
                return None
        if place.authorization is not None:
            signed = self._probe(place, authorization=place.authorization)
            asked = await notes.ask(place.target, "read-with-credentials", signed)
            if asked is not None:
                seen = (*seen, asked.number)
                if asked.sight.readable:
                    notes.rule_place(place, "cors-only-on-success", seen)
                    return Reading(asked.sight, True)
        wrong = ("wrong-scheme",) if place.origin.scheme == "http" else ()
        notes.rule_place(place, "no-usable-allow-origin", seen, *wrong)
        return None

    async def _silent(self, place: Place, first: Asked, reach: Asked) -> None:
        """Nothing answers, with CORS or without."""
        notes = self._notes
        seen: tuple[int, ...] = (first.number, reach.number)
        outcomes = (first.sight.outcome, reach.sight.outcome)
        after = await notes.prober.permissions()
        if self._network.turned_denied(after) or self._network.denies(place.origin, after):
            notes.rule_place(place, "local-network-denied", seen, *(() if self._network.secure else ("insecure-page",)))
            return
        if outcomes == ("timeout", "timeout"):
            asks = self._network.asks(place.origin, after)
            notes.rule_place(place, "local-network-pending" if asks else "timeout", seen)
            return
        manual = await notes.ask(place.target, "redirect", self._probe(place, manual=True), _redirect_meaning)
        if manual is not None:
            seen = (*seen, manual.number)
            if manual.sight.outcome == "redirect":
                notes.rule_place(place, "unreachable", seen, "redirect-target-unreachable", "redirect-mixed-content")
                return
        more: tuple[str, ...] = ("filtered", "hung") if "timeout" in outcomes else ()
        other = other_scheme(place.origin, notes.subject.page)
        if other is None:
            # A page that came by https may not ask by http: it cannot be tried.
            notes.rule_place(place, "unreachable", seen, *more, "wrong-scheme")
            return
        url = f"{other}{place.url[len(str(place.origin)) :]}"
        asked = await notes.ask(place.target, "other-scheme", Probe("GET", url, mode="no-cors"))
        if asked is not None:
            seen = (*seen, asked.number)
            if asked.sight.outcome == "opaque":
                notes.rule_place(place, "wrong-scheme-or-tls", seen)
                return
        notes.rule_place(place, "unreachable", seen, *more)

    def _probe(self, place: Place, manual: bool = False, authorization: str | None = None) -> Probe:
        headers: tuple[tuple[str, str], ...] = () if authorization is None else (("Authorization", authorization),)
        limit = BODY if place.target == "token" else 0
        return Probe("GET", place.url, headers, redirect="manual" if manual else "follow", limit=limit)


def _redirect_meaning(sight: Sight) -> str:
    return "redirected" if sight.outcome == "redirect" else "not-redirected"
