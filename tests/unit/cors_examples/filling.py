"""The templates of cors-examples/ and how their names are filled in."""

import re
from collections.abc import Mapping
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[3] / "cors-examples"

# The only names that templates may have, with something to put in their place.
NAMES: Mapping[str, str] = {
    "REGISTRY_LISTEN": "127.0.0.1:5080",
    "REGISTRY_UPSTREAM": "127.0.0.1:5000",
    "REGISTRY_HOST": "registry.example",
    "TOKEN_LISTEN": "127.0.0.1:5081",
    "TOKEN_UPSTREAM": "127.0.0.1:5001",
    "TOKEN_HOST": "auth.example",
    "ANY_ORIGIN": "*",
    "ALLOWED_ORIGIN": "https://portolan.example",
    "METHODS": "GET, HEAD, OPTIONS",
    "SITE_ROOT": "/srv/portolan",
    "UPSTREAM_REGISTRY": "https://registry-1.docker.io",
    "UPSTREAM_TOKEN": "https://auth.docker.io",
    "UPSTREAM_STORAGE": "https://production.cloudflare.docker.com",
}
RELAY_ONLY = frozenset(name for name in NAMES if name.startswith("UPSTREAM_"))

PLACEHOLDER = re.compile(r"\$\{([A-Z][A-Z_]*)\}")


def placeholders(file: Path) -> set[str]:
    return set(PLACEHOLDER.findall(file.read_text()))


def filled(file: Path, names: Mapping[str, str] = NAMES) -> str:
    """The text with these names put in; others stay, a server's own among them."""
    return PLACEHOLDER.sub(lambda found: names.get(found[1], found[0]), file.read_text())
