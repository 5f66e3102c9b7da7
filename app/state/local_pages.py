"""The pages that no registry is asked for: what this tab itself knows of identities, tokens and exchanges."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.state.model import (
    IdentitiesPage,
    ImportReport,
    Page,
    RegistryIdentities,
    TranscriptPage,
    UseCasesPage,
)

if TYPE_CHECKING:
    from app.oci.origin import Origin
    from app.ports.clock import Clock
    from app.ports.crypto import Crypto
    from app.state.connections import Connections
    from app.state.playground_desk import PlaygroundDesk
    from app.state.route import Route
    from app.state.token_desk import TokenDesk


class LocalPages:
    """`changed`: told when something on one of them comes to an end by itself. `playground`: makes who plays there."""

    def __init__(
        self,
        connections: Connections,
        clock: Clock,
        crypto: Crypto | None,
        changed: Callable[[], None],
        playground: Callable[[], PlaygroundDesk] | None = None,
    ) -> None:
        self._connections = connections
        self._clock = clock
        self._crypto = crypto
        self._changed = changed
        self._desk: TokenDesk | None = None
        self._observed: tuple[object, UseCasesPage] | None = None
        self._make_playground = playground
        self._playground: PlaygroundDesk | None = None

    @property
    def playground(self) -> PlaygroundDesk | None:
        """Who plays the scenarios, None where nobody can."""
        if self._playground is None and self._make_playground is not None:
            self._playground = self._make_playground()
        return self._playground

    @property
    def desk(self) -> TokenDesk:
        """Where tokens are looked into; what does that is imported when it is first wanted."""
        if self._desk is None:
            from app.state.token_desk import TokenDesk

            self._desk = TokenDesk(self._clock, self._crypto, self._changed)
        return self._desk

    @property
    def has_secret(self) -> bool:
        """Whether a token was pasted and is still there."""
        return self._desk is not None and not self._desk.is_empty

    def page(self, route: Route, old: Page) -> Page | None:
        """The page of that route as it is now, None for one of another kind. `old`: the page that is there."""
        match route.page:
            case "transcript":
                return self._transcript(route.registry, old)
            case "token":
                registry = route.registry
                return self.desk.page(None if registry is None else self._connections.auth(registry))
            case "identities":
                return self._identities(old.report if isinstance(old, IdentitiesPage) else None)
            case "use-cases" if route.registry is not None:
                return self._use_cases(route.registry)
            case "playground" if self.playground is not None:
                return self.playground.page(route.tail)
        return None

    def leave(self) -> None:
        """The page is left: what was pasted goes, and no scenario is played on."""
        if self._playground is not None:
            self._playground.leave()
        if self._desk is not None:
            self._desk.clear()

    def close(self) -> None:
        """Forget all secrets, and give up what is under way."""
        if self._playground is not None:
            self._playground.close()
        if self._desk is not None:
            self._desk.close()

    def _transcript(self, registry: Origin | None, old: Page) -> TranscriptPage:
        transcript = self._connections.transcript
        if isinstance(old, TranscriptPage) and (old.revision, old.registry) == (transcript.revision, registry):
            return old
        return TranscriptPage(transcript.groups(registry), transcript.revision, registry, transcript.left_out)

    def _identities(self, report: ImportReport | None) -> IdentitiesPage:
        known = self._connections.all()
        signed = ((auth.registry, self._connections.identities(auth.registry)) for auth in known)
        return IdentitiesPage(tuple(RegistryIdentities(*each) for each in signed if each[1]), report)

    def _use_cases(self, registry: Origin) -> UseCasesPage:
        transcript, identities = self._connections.transcript, self._connections.identities(registry)
        # Looking through all exchanges each second would be felt; only these change what is found.
        known = (registry, transcript.revision, tuple((one.name, one.kind) for one in identities))
        if self._observed is None or self._observed[0] != known:
            from app.auth.use_cases import observed

            self._observed = (known, UseCasesPage(observed(transcript, registry, identities), registry))
        return self._observed[1]
