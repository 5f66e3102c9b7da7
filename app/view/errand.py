"""What a request was for, told by its address."""

from urllib.parse import unquote

from app.view.markup import hostile

_SHORT = 19


def errand(method: str, url: str) -> str:
    """`…/v2/a/b/tags/list` → “Tags of a/b”; an address of another form is its host and path."""
    path = url.partition("://")[2].partition("?")[0]
    host, _, rest = path.partition("/")
    words = _words([unquote(part) for part in rest.split("/")])
    if words is None:
        return hostile(f"{method} {host}/{rest}" if rest else f"{method} {host}")
    return hostile(words if method in ("GET", "HEAD") else f"{words} ({method})")


def _words(parts: list[str]) -> str | None:
    # OCI distribution specification, Endpoints.
    if not parts or parts[0] != "v2":
        return None
    rest = parts[1:]
    if rest in ([], [""]):
        return "The API's root"
    if rest == ["_catalog"]:
        return "List of repositories"
    if len(rest) < 3:
        return None
    name, kind, last = "/".join(rest[:-2]), rest[-2], rest[-1]
    if kind == "tags" and last == "list":
        return f"Tags of {name}"
    if kind == "manifests":
        return f"Manifest {name}{'@' if ':' in last else ':'}{_short(last)}"
    if kind == "blobs":
        return f"Blob {_short(last)} of {name}"
    return f"Referrers of {name}@{_short(last)}" if kind == "referrers" else None


def _short(reference: str) -> str:
    algorithm, colon, encoded = reference.partition(":")
    return f"{algorithm}:{encoded[:12]}" if colon and len(reference) > _SHORT else reference
