"""What this browser keeps between visits: names of registries, choices, approvals. Never a credential."""

import json
from collections.abc import Mapping
from itertools import islice

from app.ports.shell import Shell
from app.state.model import Recent, Settings, Theme
from app.state.route import RouteError, parse_route

RECENTS = 12
APPROVALS = 50
LONGEST_LIFETIME = 7 * 86400.0
MOST_MINUTES = 24 * 60

_MOST = 100
_LAST_SECOND = 1e11
"""Seconds since 1970 that a calendar has a date for."""

DEFAULT = Settings(True, "auto", (), ())


def parse_settings(kept: Mapping[str, str]) -> Settings:
    """Read what was kept; what cannot be read is as if it had never been kept."""
    remember = kept.get("remember") != "no"
    theme: Theme = "light" if kept.get("theme") == "light" else "dark" if kept.get("theme") == "dark" else "auto"
    found = (_recent(entry) for entry in _list(kept.get("recents"))[:_MOST])
    recents = tuple(islice((recent for recent in found if recent is not None), RECENTS))
    approvals = tuple(
        (entry[0], entry[1])
        for entry in _list(kept.get("approvals"))[:_MOST]
        if isinstance(entry, list) and len(entry) == 2 and all(isinstance(text, str) for text in entry)
    )
    return Settings(
        remember,
        theme,
        recents if remember else (),
        approvals[:APPROVALS],
        parse_lifetime(kept.get("token-lifetime", "")),
        parse_minutes(kept.get("idle-lock", "")),
        kept.get("offline") == "yes",
    )


def parse_lifetime(text: str) -> float | None:
    """Whole seconds that a token is used, at most a week; None for anything else: as long as it says."""
    seconds = _number(text)
    return None if seconds is None else float(min(seconds, LONGEST_LIFETIME))


def parse_minutes(text: str) -> int:
    """Minutes until the idle lock, at most a day; 0, never, for anything else."""
    return min(_number(text) or 0, MOST_MINUTES)


def opened(settings: Settings, subject: str, now: float) -> Settings:
    """With that registry as the latest one, unless nothing is to be remembered."""
    if not settings.remember:
        return settings
    others = tuple(recent for recent in settings.recents if recent.subject != subject)
    return settings._replace(recents=(Recent(subject, float(int(now))), *others)[:RECENTS])


def approved(settings: Settings, registry: str, realm: str) -> Settings:
    """With credentials of that registry allowed to go to that realm."""
    others = tuple(pair for pair in settings.approvals if pair != (registry, realm))
    return settings._replace(approvals=((registry, realm), *others)[:APPROVALS])


def save(shell: Shell, before: Settings, after: Settings) -> None:
    """Tell the shell what changed."""
    if before.remember != after.remember:
        shell.keep("remember", None if after.remember else "no")
    if before.theme != after.theme:
        shell.keep("theme", None if after.theme == "auto" else after.theme)
    if before.recents != after.recents:
        shell.keep("recents", json.dumps([list(recent) for recent in after.recents]) if after.recents else None)
    if before.token_lifetime != after.token_lifetime:
        lifetime = after.token_lifetime
        shell.keep("token-lifetime", None if lifetime is None else str(int(lifetime)))
    if before.idle_lock != after.idle_lock:
        shell.keep("idle-lock", str(after.idle_lock) if after.idle_lock else None)
    if before.offline != after.offline:
        shell.keep("offline", "yes" if after.offline else None)
    if before.approvals != after.approvals:
        shell.keep("approvals", json.dumps([list(pair) for pair in after.approvals]) if after.approvals else None)


def _recent(entry: object) -> Recent | None:
    match entry:
        case [str(subject), int() | float() as when] if 0 <= when <= _LAST_SECOND:
            try:
                route = parse_route(subject)
            except RouteError:
                return None
            return Recent(subject, float(when)) if route.registry and route.subject == subject else None
    return None


def _number(text: str) -> int | None:
    # JavaScript's numbers arrive as 300 or 300.0.
    digits = text.strip().removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


def _list(text: str | None) -> list[object]:
    try:
        decoded = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    return decoded if isinstance(decoded, list) else []
