"""Which caller's request something is done for."""

from app.oci.origin import Origin
from app.ports.transport import Request


class Callers:
    """The callers' requests under way, at most `limit`, each with a number for all that is done for it."""

    __slots__ = ("_count", "_limit", "_open")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._count = 0
        self._open: list[_Open] = []

    def number(self, registry: Origin, caller: Request | None, resource: Request | None) -> int:
        """The number of the caller's request under way, new if there is none.

        `resource`: what is sent for it, None for a token and a wait. Where the driver does not say who the caller is, a
        resource belongs to the latest request of the same method and URL, a token and a wait to the latest at all.
        """
        target = "" if resource is None else _target(resource)
        for each in reversed(self._open):
            if each.caller is caller if caller is not None else each.may_be(registry, target):
                each.target = each.target or target
                return each.number
        self._count += 1
        self._open = [*self._open, _Open(self._count, registry, caller, target)][-self._limit :]
        return self._count

    def end(self, registry: Origin, caller: Request) -> int | None:
        """The number of this caller's request, which is over now; None for one that nothing was done for."""
        found = next((each for each in self._open if each.caller is caller), None)
        if found is None:
            found = next((each for each in self._open if each.may_be(registry, _target(caller))), None)
        if found is None:
            return None
        self._open.remove(found)
        return found.number

    def __repr__(self) -> str:
        return f"Callers({len(self._open)})"


class _Open:
    """`target`: method and URL, "" until a request to the resource was sent."""

    __slots__ = ("caller", "number", "registry", "target")

    def __init__(self, number: int, registry: Origin, caller: Request | None, target: str) -> None:
        self.number = number
        self.registry = registry
        self.caller = caller
        self.target = target

    def may_be(self, registry: Origin, target: str) -> bool:
        known = self.caller is None and self.registry == registry
        return known and (not target or self.target in ("", target))


def _target(request: Request) -> str:
    return f"{request.method} {request.url}"
