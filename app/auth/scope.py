"""What a token is asked for: `type:name:actions`, and the texts that some registries put in that place.

Distribution's token scope grammar (docs/spec/auth/scope.md):

    scope          := resourcescope [ " " resourcescope ]*
    resourcescope  := resourcetype ":" resourcename ":" action [ "," action ]*
    resourcename   := [ hostname "/" ] component [ "/" component ]*      a hostname may hold ":" and a port

so the type ends at the first colon and the actions begin after the last one.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from app.oci.value import value

CATALOG = "registry:catalog:*"
"""The scope distribution wants for the catalog; others want another or refuse this one, so it is only a fallback."""

# The actions whose union means the same as asking for each; what a custom action does next to others is unknown.
_MERGEABLE = frozenset({"pull", "push", "delete", "*"})


_MOST_SCOPES = 100

ScopeCode = Literal["pull", "push", "delete", "mount", "*", "catalog", "unknown"]


class ScopeError(ValueError):
    """A text that is not `type:name:actions`."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not type:name:actions: {text!r}")
        self.text = text


@value
class Scope(NamedTuple):
    """One resource scope; `actions` sorted, without duplicates, `("*",)` when every action is meant, () for none."""

    type: str
    name: str
    actions: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.type}:{self.name}:{','.join(self.actions)}"


def parse_scope(text: str) -> Scope:
    """`repository:reg.io:5000/a/b:pull,push` → Scope; raises ScopeError for other texts (`aws`, `*`)."""
    kind, first, rest = text.partition(":")
    name, last, actions = rest.rpartition(":")
    if not first or not last or not kind:
        raise ScopeError(text)
    return Scope(kind, name, _clean(actions.split(",")))


def split_scopes(text: str) -> tuple[str, ...]:
    """The scopes of one challenge parameter or response field, which separates them by blanks; () when empty.

    At most 100 of them: no request needs more, and each is a parameter of a URL.
    """
    return tuple(text.split(maxsplit=_MOST_SCOPES)[:_MOST_SCOPES])


def pull(repository: str) -> str:
    """The scope for reading one repository."""
    return str(Scope("repository", repository, ("pull",)))


def canonical_scopes(texts: Iterable[str]) -> tuple[str, ...]:
    """The same scopes in one form: actions united by resource, sorted; `*` absorbs; no action drops a scope; sorted.

    Texts that are no scope are kept as they are. A scope with an action other than pull, push, delete and * stays
    apart from the others of its resource.
    """
    united: dict[tuple[str, str], set[str]] = {}
    kept: set[str] = set()
    for text in texts:
        scope = _parse_or_none(text)
        if scope is None:
            if text:
                kept.add(text)
        elif not _MERGEABLE.issuperset(scope.actions):
            kept.add(str(scope))
        elif scope.actions:
            united.setdefault((scope.type, scope.name), set()).update(scope.actions)
    merged = (str(Scope(kind, name, _clean(actions))) for (kind, name), actions in united.items())
    return tuple(sorted(kept.union(merged)))


def contains(granted: Iterable[str], requested: Iterable[str]) -> bool:
    """Whether everything requested is already in granted: asking again could bring nothing new."""
    have = _by_resource(granted)
    return all(
        resource in have and (need <= have[resource] or "*" in have[resource])
        for resource, need in _by_resource(requested).items()
    )


def unite(first: Iterable[str], then: Iterable[str]) -> tuple[str, ...]:
    """Both lists as one to ask for, the resources of `first` before the others: some servers read only the first.

    A repository scope without a name (zot's catalog challenge is `repository::pull`) goes when another scope is there.
    """
    leading = canonical_scopes(first)
    together = canonical_scopes((*leading, *then))
    front = {_resource(text) for text in leading}
    ordered = sorted(together, key=lambda text: _resource(text) not in front)
    named = tuple(text for text in ordered if _resource(text) != ("repository", ""))
    return named or tuple(ordered)


def opaque_scopes(texts: Iterable[str]) -> tuple[str, ...]:
    """Those of the texts that are no resource scope (`aws`, `*`): they stand for the registry, not for a repository."""
    return tuple(text for text in texts if text and _parse_or_none(text) is None)


def missing(granted: Iterable[str], asked: Iterable[str]) -> tuple[str, ...]:
    """The part of what was asked that was not granted, canonical; texts that are no resource scope cannot be told."""
    have = _by_resource(granted)
    lacking = []
    for text in canonical_scopes(asked):
        scope = _parse_or_none(text)
        if scope is None:
            continue
        got = have.get((scope.type, scope.name), frozenset())
        left = () if "*" in got else tuple(action for action in scope.actions if action not in got)
        if left:
            lacking.append(str(Scope(scope.type, scope.name, left)))
    return canonical_scopes(lacking)


@value
class Described(NamedTuple):
    """One scope of a request or token and what it allows, as codes; an action of another name is "unknown".

    "mount" stands beside "pull" of one repository where another may be pushed to: a blob is mounted from here to there.
    """

    text: str
    type: str
    name: str
    codes: tuple[ScopeCode, ...]


def describe(texts: Iterable[str]) -> tuple[Described, ...]:
    """What each scope allows, in the order given. Portolan itself asks for pull and the catalog alone."""
    listed = tuple(texts)
    parsed = tuple(_parse_or_none(text) for text in listed)
    targets = {scope.name for scope in parsed if scope and _is_repository(scope) and {"push", "*"} & {*scope.actions}}
    return tuple(
        Described(text, "", "", ("unknown",)) if scope is None else _described(text, scope, targets)
        for text, scope in zip(listed, parsed, strict=True)
    )


def _described(text: str, scope: Scope, targets: set[str]) -> Described:
    codes: tuple[ScopeCode, ...]
    if (scope.type, scope.name) == ("registry", "catalog"):
        codes = ("catalog",)
    elif not _is_repository(scope):
        codes = ("unknown",)
    else:
        codes = tuple(dict.fromkeys(_code(action) for action in scope.actions))
        # docs/spec/auth/scope.md, A.12: a mount asks for push here and pull on the repository it comes from.
        if codes == ("pull",) and targets - {scope.name}:
            codes = ("pull", "mount")
    return Described(text, scope.type, scope.name, codes)


def _code(action: str) -> ScopeCode:
    match action:
        case "pull" | "push" | "delete" | "*":
            return action
        case _:
            return "unknown"


def _is_repository(scope: Scope) -> bool:
    # The class in parentheses: repository(plugin) at Docker Hub.
    return scope.type.partition("(")[0] == "repository"


def _clean(actions: Iterable[str]) -> tuple[str, ...]:
    found = {action for action in actions if action}
    return ("*",) if "*" in found else tuple(sorted(found))


def _parse_or_none(text: str) -> Scope | None:
    try:
        return parse_scope(text)
    except ScopeError:
        return None


def _resource(text: str) -> tuple[str, str | None]:
    scope = _parse_or_none(text)
    return (text, None) if scope is None else (scope.type, scope.name)


def _by_resource(texts: Iterable[str]) -> dict[tuple[str, str | None], frozenset[str]]:
    found: dict[tuple[str, str | None], frozenset[str]] = {}
    for text in canonical_scopes(texts):
        scope = _parse_or_none(text)
        resource = _resource(text)
        found[resource] = found.get(resource, frozenset()).union(scope.actions if scope else ())
    return found
