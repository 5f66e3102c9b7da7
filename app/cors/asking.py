"""Requests for what is inside a registry, all with the same leave to read it."""

from collections.abc import Callable

from app.cors.notes import Asked, Notes, plain_meaning
from app.cors.place import Place
from app.cors.verdict import Target
from app.ports.probing import Probe, Sight
from app.ports.transport import Redirect

DENIED = (401, 403)


def content_meaning(sight: Sight) -> str:
    """What the answer to a request for content means."""
    if sight.readable and sight.status in DENIED:
        return "refused"
    return "absent" if sight.readable and sight.status == 404 else plain_meaning(sight)


class Asking:
    """`authorization`: what the requests carry, None for anonymous ones. `place`: the registry."""

    def __init__(self, notes: Notes, place: Place, authorization: str | None) -> None:
        self.notes = notes
        self.place = place
        self._authorization = authorization

    @property
    def anonymous(self) -> bool:
        return self._authorization is None

    async def get(
        self,
        question: str,
        url: str,
        *,
        method: str = "GET",
        accept: str | None = None,
        redirect: Redirect = "follow",
        limit: int = 0,
        target: Target = "registry",
        meaning: Callable[[Sight], str] = content_meaning,
    ) -> Asked | None:
        """Ask for it; None where the registry was asked often enough."""
        headers = () if accept is None else (("Accept", accept),)
        if self._authorization is not None:
            headers = (*headers, ("Authorization", self._authorization))
        return await self.notes.ask(
            target, question, Probe(method, url, headers, "cors", redirect, limit=limit), meaning
        )

    async def reaches(self, url: str, target: Target = "registry", question: str = "reach") -> Asked | None:
        """Does anything answer there? Never with credentials: a request without CORS cannot carry them."""
        return await self.notes.ask(target, question, Probe("GET", url, mode="no-cors"))

    def rule(
        self,
        verdict: str,
        url: str,
        asked: tuple[Asked, ...],
        *more: str,
        accept: str | None = None,
        exposed: bool = False,
    ) -> None:
        """Add a verdict that rests on these answers. `exposed`: it is about a header that cannot be read."""
        only = ("not-sent",) if exposed and self.place.free else None
        numbers = tuple(one.number for one in asked)
        self.notes.rule(verdict, url, numbers, *more, only=only, accept=accept, authorized=not self.anonymous)
