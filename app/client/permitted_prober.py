"""A Prober that asks no origin which an extension was not granted: the page asks the person instead."""

from collections.abc import Callable, Mapping

from app.client.endpoints import api_origin
from app.client.permits import Permits
from app.oci.origin import Origin, origin_of
from app.ports.probing import Probe, Prober, Sight


class PermittedProber:
    """Implements Prober, but for that `look` raises NotPermitted. `registry`: the one that is examined now.

    In a copy for certain registries nothing is held back: what its page's policy forbids is what the doctor finds.
    """

    def __init__(self, prober: Prober, permits: Permits, registry: Callable[[], Origin | None]) -> None:
        self._prober = prober
        self._permits = permits
        self._registry = registry

    async def look(self, probe: Probe, seconds: float) -> Sight:
        registry = self._registry()
        if registry is not None and self._permits.rule == "extension":
            other = origin_of(probe.url) != api_origin(registry)
            self._permits.check(registry, probe.url, probe.method, probe.url, token=other)
        return await self._prober.look(probe, seconds)

    def is_online(self) -> bool:
        return self._prober.is_online()

    async def permissions(self) -> Mapping[str, str]:
        return await self._prober.permissions()
