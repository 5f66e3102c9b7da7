"""The templates of cors-examples/, filled in as envsubst would."""

import re
from collections.abc import Mapping

from tests.servers.binaries import ROOT

EXAMPLES = ROOT / "cors-examples"

# Every name a template may hold. A server's own variables have other names or no braces, and stay.
NAMES = frozenset(
    {
        *("REGISTRY_LISTEN", "REGISTRY_UPSTREAM", "REGISTRY_HOST", "TOKEN_LISTEN", "TOKEN_UPSTREAM", "TOKEN_HOST"),
        *("ANY_ORIGIN", "ALLOWED_ORIGIN", "METHODS", "SITE_ROOT"),
        *("UPSTREAM_REGISTRY", "UPSTREAM_TOKEN", "UPSTREAM_STORAGE"),
    }
)

PORTOLAN = "https://portolan.example"
OTHER = "https://other.example"
READING = "GET, HEAD, OPTIONS"
DELETING = f"{READING}, DELETE"

# The choices somebody has who fills a template in: every origin, and reading alone.
ANYBODY = {"ANY_ORIGIN": "*", "ALLOWED_ORIGIN": OTHER, "METHODS": READING}
LISTED = {"ANY_ORIGIN": "", "ALLOWED_ORIGIN": PORTOLAN, "METHODS": READING}


def fill(template: str, names: Mapping[str, str]) -> str:
    """`${NAME}` replaced where NAME is one of NAMES; raises KeyError for one that has no value."""
    return re.sub(r"\$\{([A-Z_]+)\}", lambda found: names[found[1]] if found[1] in NAMES else found[0], template)


def example(path: str, names: Mapping[str, str]) -> str:
    """A file of cors-examples (`nginx/registry.conf.template`), filled in."""
    return fill((EXAMPLES / path).read_text(), names)
