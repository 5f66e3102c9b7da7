"""Scopes in plain words."""

from app.view.format import listed
from app.view.markup import hostile

_ACTIONS = {"pull": "read", "push": "write", "delete": "delete", "*": "do anything with"}


def in_words(scope: str) -> str:
    """What a scope allows: `repository:team/app:pull` is “read team/app”."""
    kind, _, rest = scope.partition(":")
    name, _, actions = rest.rpartition(":")
    if kind == "registry" and name == "catalog":
        return "list the repositories"
    if kind.partition("(")[0] != "repository" or not name:
        return "what the registry calls:"
    verbs = tuple(_ACTIONS.get(action, hostile(action)) for action in actions.split(",") if action)
    return f"{listed(verbs) or 'no access to'} {hostile(name)}"
