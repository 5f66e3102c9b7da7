"""What was asked for beside what was granted, resource by resource."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from app.auth.entry import Exchange
from app.auth.scope import Scope, ScopeCode, ScopeError, canonical_scopes, describe, parse_scope
from app.oci.value import value

AccessVerdict = Literal["as-asked", "less", "nothing", "more", "other", "not-asked", "unknown"]


@value
class AccessRow(NamedTuple):
    """One resource. `name` is "" for a text that is no `type:name:actions` (`aws`, `*`), which `type` then holds.

    `asked`, `granted`, `missing`, `extra`: actions, sorted; `granted` is None where the token does not tell.
    `verdict`: as-asked; less; nothing; more; other (both missing and extra); not-asked (granted unasked); unknown.
    `codes`: what the actions, asked or granted, allow.
    """

    type: str
    name: str
    asked: tuple[str, ...]
    granted: tuple[str, ...] | None
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    verdict: AccessVerdict
    codes: tuple[ScopeCode, ...]


def access_table(asked: Iterable[str], granted: Iterable[Scope | str] | None) -> tuple[AccessRow, ...]:
    """A row for each resource asked for or granted, those asked for first. `granted`: None for an opaque token."""
    wanted = _by_resource(canonical_scopes(asked))
    given = None if granted is None else _by_resource(str(scope) for scope in granted)
    both = [*wanted, *(resource for resource in given or () if resource not in wanted)]
    texts = (_text(resource, _actions(wanted, given, resource)) for resource in both)
    described = describe(texts)
    return tuple(_row(resource, wanted, given, each.codes) for resource, each in zip(both, described, strict=True))


def tab_access(exchanges: Iterable[Exchange]) -> tuple[AccessRow, ...]:
    """A row for each resource that these exchanges asked for or were granted: what the latest answer said of it."""
    rows: dict[_Resource, AccessRow] = {}
    for each in exchanges:
        # Azure's exchange brings a refresh token alone: nothing is granted by that, and nothing refused.
        if each.purpose != "token" or each.status is None or (each.status < 400 and each.opaque is None):
            continue
        for row in access_table(each.asked, () if each.status >= 400 else each.granted):
            rows[(row.type, row.name)] = row
    return tuple(rows.values())


_Resource = tuple[str, str]
_Table = dict[_Resource, frozenset[str]]


def _by_resource(texts: Iterable[str]) -> _Table:
    found: _Table = {}
    for text in texts:
        try:
            scope = parse_scope(text)
        except ScopeError:
            found.setdefault((text, ""), frozenset())
        else:
            resource = (scope.type, scope.name)
            found[resource] = found.get(resource, frozenset()).union(scope.actions)
    return found


def _actions(wanted: _Table, given: _Table | None, resource: _Resource) -> frozenset[str]:
    return wanted.get(resource, frozenset()).union((given or {}).get(resource, ()))


def _text(resource: _Resource, actions: frozenset[str]) -> str:
    kind, name = resource
    return str(Scope(kind, name, tuple(sorted(actions)))) if name or actions else kind


def _row(resource: _Resource, wanted: _Table, given: _Table | None, codes: tuple[ScopeCode, ...]) -> AccessRow:
    asked = wanted.get(resource, frozenset())
    granted = None if given is None else given.get(resource, frozenset())
    everything = granted is not None and "*" in granted
    nothing = frozenset[str]()
    missing = nothing if granted is None or everything else asked - granted
    extra = nothing if granted is None else granted - asked
    kind, name = resource
    verdict = _verdict(resource in wanted, asked, granted, missing, extra)
    shown = None if granted is None else tuple(sorted(granted))
    lists = (tuple(sorted(asked)), shown, tuple(sorted(missing)), tuple(sorted(extra)))
    return AccessRow(kind, name, *lists, verdict, codes)


def _verdict(
    was_asked: bool,
    asked: frozenset[str],
    granted: frozenset[str] | None,
    missing: frozenset[str],
    extra: frozenset[str],
) -> AccessVerdict:
    if granted is None or (was_asked and not asked):
        return "unknown"  # an opaque token, or a placeholder like `aws` that grants nothing by name
    if not was_asked:
        return "not-asked"
    if not granted:
        return "nothing"
    if missing:
        return "other" if extra else "less"
    return "more" if extra else "as-asked"
