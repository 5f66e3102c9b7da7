"""The names of everything that can be wrong between a page and a registry."""

from collections.abc import Iterable
from typing import Literal

Target = Literal["registry", "token", "blob"]

OK = "ok"
TOKEN = "token-"  # noqa: S105 - the prefix of a verdict on the token realm

# Worst first: what stops everything, what stops one kind of request, what hides one header.
CAUSES = (
    "url-has-credentials",
    "mixed-content",
    "offline",
    "blocked-by-page-csp",
    "local-network-denied",
    "local-network-pending",
    "no-usable-allow-origin",
    "cors-only-on-success",
    "redirect-target-without-cors",
    "timeout",
    "wrong-scheme-or-tls",
    "unreachable",
    "challenge-not-exposed",
    "preflight-refused",
    "allow-headers-missing",
    "allow-headers-lacks-authorization",
    "allow-headers-lacks-accept",
    "digest-not-exposed",
    "link-not-exposed",
    "blob-endpoint-without-cors",
    "blob-redirect-without-cors",
    "blob-storage-unreachable",
)
"""The verdicts on a registry, worst first. Those on its token realm bear the same names after `token-`."""

# What cannot be asked of a token service: it has no manifests, no lists and no blobs.
OF_CONTENT = frozenset(cause for cause in CAUSES if cause.startswith(("digest-", "link-", "blob-")))

VERDICTS = (
    *(name for cause in CAUSES for name in ((cause,) if cause in OF_CONTENT else (cause, f"{TOKEN}{cause}"))),
    OK,
)
"""All names that `data-verdict` may hold, worst first, `ok` last."""

_RANK = {name: rank for rank, name in enumerate(VERDICTS)}


def cause_of(verdict: str) -> str:
    """The name without `token-`."""
    return verdict.removeprefix(TOKEN)


def target_of(verdict: str) -> Target:
    """Whose answer must change."""
    if verdict.startswith(TOKEN):
        return "token"
    return "blob" if verdict.startswith("blob-") else "registry"


def worst_first(names: Iterable[str]) -> tuple[str, ...]:
    """The names without repetition in the order of `data-verdict`. KeyError for a name that is none."""
    return tuple(sorted(set(names), key=_RANK.__getitem__))
