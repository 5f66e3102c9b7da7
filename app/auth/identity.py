"""Who the person is to each registry, for all registries of a tab."""

from collections.abc import Iterable

from app.auth.lessons import Bearer, Wanted
from app.auth.realm import KNOWN_PAIRS, Pair, RealmPolicy
from app.auth.registry_auth import RegistryAuth
from app.auth.standing import AnonymousRead, Identity, Standing
from app.oci.origin import Origin

__all__ = ["AnonymousRead", "Bearer", "Identities", "Identity", "RegistryAuth", "Standing", "Wanted"]


class Identities:
    """The memory for all registries of a tab. `approved`: pairs the host configured or the person had remembered."""

    __slots__ = ("_approved", "_lifetime", "_registries")

    def __init__(self, approved: Iterable[Pair] = (), lifetime: float | None = None) -> None:
        self._approved = frozenset(approved)
        self._lifetime = lifetime
        self._registries: dict[Origin, RegistryAuth] = {}

    def of(self, registry: Origin) -> RegistryAuth:
        """The memory for this registry, empty the first time."""
        found = self._registries.get(registry)
        if found is None:
            found = RegistryAuth(registry, RealmPolicy(KNOWN_PAIRS, self._approved))
            found.lifetime = self._lifetime
            self._registries[registry] = found
        return found

    def all(self) -> tuple[RegistryAuth, ...]:
        """The memory for each registry that was talked to."""
        return tuple(self._registries.values())

    def set_lifetime(self, lifetime: float | None) -> None:
        """How long tokens are kept, at every registry, from now on; see RegistryAuth."""
        self._lifetime = lifetime
        for auth in self._registries.values():
            auth.lifetime = lifetime
            if lifetime == 0:
                auth.tokens.clear()

    def sign_out(self) -> None:
        """Forget every credential and token; approvals and what challenges said stay."""
        for auth in self._registries.values():
            auth.sign_out()

    def forget(self) -> None:
        """Drop every credential, token, challenge and approval given in this tab."""
        self._registries.clear()

    def __repr__(self) -> str:
        return f"Identities({len(self._registries)} registries)"
