"""What an examination asks and writes down: numbered findings, the requests spent, the diagnosis so far."""

from collections.abc import Callable
from typing import NamedTuple

from app.cors.curl import command_for
from app.cors.diagnosis import ALTERNATIVES, Diagnosis, Ruling
from app.cors.finding import Finding
from app.cors.place import Place
from app.cors.subject import Subject
from app.cors.verdict import Target, cause_of
from app.oci.origin import Origin, origin_of
from app.ports.probing import Probe, Prober, Sight

HARMLESS = "Bearer portolan-doctor"
"""An Authorization that is nobody's: it shows whether the header may be sent."""

HIDDEN = "…"

_MEANINGS = {
    "readable": "readable",
    "opaque": "hidden",
    "redirect": "redirected",
    "blocked": "silent",
    "timeout": "timed-out",
}


class Asked(NamedTuple):
    """A probe that was sent. `number`: of its finding."""

    number: int
    sight: Sight

    @property
    def status(self) -> int | None:
        """The status of an answer that the page could read."""
        return self.sight.status if self.sight.readable else None


def plain_meaning(sight: Sight) -> str:
    """What an outcome means where nothing more is known."""
    return "forbidden-by-policy" if sight.violated is not None else _MEANINGS[sight.outcome]


class Notes:
    """`write` is given each Finding as it arises."""

    def __init__(
        self, prober: Prober, subject: Subject, write: Callable[[Finding], None], seconds: float, most: int
    ) -> None:
        self.prober = prober
        self.subject = subject
        self.diagnosis = Diagnosis()
        self._write = write
        self._seconds = seconds
        self._most = most
        self._number = 0
        self._spent: dict[Origin, int] = {}

    def left(self, url: str) -> int:
        """How many requests that origin may still be sent."""
        return self._most - self._spent.get(origin_of(url), 0)

    async def ask(
        self, target: Target, question: str, probe: Probe, meaning: Callable[[Sight], str] = plain_meaning
    ) -> Asked | None:
        """Send a probe; None where its origin was asked often enough."""
        if self.left(probe.url) < 1:
            self.note(target, question, "requests-spent")
            return None
        origin = origin_of(probe.url)
        self._spent[origin] = self._spent.get(origin, 0) + 1
        shown = _without_credentials(probe)
        number = self._next()
        self._write(Finding(number, target, question, shown, None, "asking"))
        sight = await self.prober.look(probe, self._seconds)
        said = plain_meaning(sight) if sight.violated is not None else meaning(sight)
        self._write(Finding(number, target, question, shown, _without_body(sight), said))
        return Asked(number, sight)

    def note(self, target: Target, question: str, meaning: str, sight: Sight | None = None) -> int:
        """Write down what needed no request, or is seen in an answer that came before."""
        number = self._next()
        self._write(Finding(number, target, question, None, None if sight is None else _without_body(sight), meaning))
        return number

    def rule(
        self,
        verdict: str,
        url: str,
        findings: tuple[int, ...],
        *more: str,
        only: tuple[str, ...] | None = None,
        accept: str | None = None,
        authorized: bool = False,
    ) -> None:
        """Add a verdict. `more`: alternatives beside its usual ones, `only`: in place of them."""
        usual = ALTERNATIVES.get(cause_of(verdict), ()) if only is None else only
        alternatives = (*usual, *(key for key in more if key not in usual))
        curl = command_for(verdict, url, self.subject.page, accept, authorized)
        self.diagnosis = self.diagnosis.add(Ruling(verdict, url, alternatives, curl, findings))

    def rule_place(self, place: Place, cause: str, findings: tuple[int, ...], *more: str) -> None:
        """Add a verdict on a place itself."""
        self.rule(place.verdict(cause), place.url, findings, *more)

    def forbidden(self, place: Place, asked: Asked, url: str | None = None) -> bool:
        """Whether the page's own policy forbade the request, or a redirect of it; then that is a verdict.

        `url`: what was asked, where it is not the place itself.
        """
        if asked.sight.violated is None:
            return False
        self.rule(place.verdict("blocked-by-page-csp"), url or place.url, (asked.number,))
        return True

    def end(self) -> None:
        self.diagnosis = self.diagnosis._replace(ended=True)

    def _next(self) -> int:
        self._number += 1
        return self._number


def _without_credentials(probe: Probe) -> Probe:
    headers = tuple(
        (name, HIDDEN if name.lower() == "authorization" and text != HARMLESS else text) for name, text in probe.headers
    )
    return probe._replace(headers=headers)


def _without_body(sight: Sight) -> Sight:
    # A token service may have answered with a token.
    return Sight(sight.outcome, sight.status, sight.headers, b"", sight.seconds, sight.url, sight.violated)
