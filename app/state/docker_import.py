"""Identities out of docker's configuration: into memory, and a report without a secret."""

from app.auth.credential import name_of
from app.auth.docker_config import ConfigEntry, parse_docker_config
from app.oci.origin import Origin
from app.state.connections import Connections
from app.state.model import ImportReport
from app.state.route import at_home


def import_config(connections: Connections, text: str) -> ImportReport:
    """Sign in to each registry in it. Who is already signed in there stays the one in use."""
    config = parse_docker_config(text)
    by_registry: dict[Origin, list[ConfigEntry]] = {}
    for entry in config.entries:
        registry, _ = at_home(entry.registry, None)
        by_registry.setdefault(registry, []).append(entry)
    for registry, entries in by_registry.items():
        auth = connections.auth(registry)
        used = auth.name
        # The last one is the one in use: the one for the whole registry, where there is any.
        for entry in sorted(entries, key=lambda each: -len(each.namespace)):
            # Podman has one for each namespace, perhaps of the same user.
            name = name_of(entry.credential)
            auth.sign_in(entry.credential, f"{name} ({entry.namespace})" if entry.namespace else name, stored=True)
        if used is not None:
            auth.use(used)
        connections.renew(registry)
    imported = tuple(
        (entry.registry.netloc, entry.credential.kind, entry.credential.username) for entry in config.entries
    )
    return ImportReport(imported, config.helpers, config.problems)
