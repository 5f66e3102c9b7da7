"""What a tab saw of a registry's authentication, and the questions that its use cases ask of that."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from app.auth.entry import Exchange, Group
from app.auth.scope import CATALOG, describe, split_scopes
from app.auth.standing import Identity
from app.oci.value import value

Status = Literal["seen", "not-seen", "not-by-portolan", "not-from-browser", "informational"]
Facts = tuple[tuple[str, str], ...]

REFUSED = frozenset({"denied", "forbidden", "login-required", "wrong-password", "expired"})


@value
class Observation(NamedTuple):
    """What this registry did for one use case in this tab. `case`: its id.

    `status`: seen; not-seen (yet); not-by-portolan (it never asks for that); not-from-browser; informational (nothing
    to be seen). `code`: what was seen, or why not. `facts`: names and texts, which may be the registry's.
    `exchanges`: numbers in the transcript.
    """

    case: str
    status: Status
    code: str
    facts: Facts = ()
    exchanges: tuple[int, ...] = ()


class Evidence(NamedTuple):
    """What is known of one registry: its part of the transcript and the identities in this tab."""

    exchanges: tuple[Exchange, ...]
    groups: tuple[Group, ...]
    identities: tuple[Identity, ...]


def numbers(exchanges: Iterable[Exchange]) -> tuple[int, ...]:
    """Where to look in the transcript."""
    return tuple(each.number for each in exchanges)


def seen(case: str, code: str, exchanges: Iterable[Exchange] = (), *facts: tuple[str, str]) -> Observation:
    return Observation(case, "seen", code, tuple((name, text) for name, text in facts if text), numbers(exchanges))


def unseen(case: str, code: str = "not-yet") -> Observation:
    return Observation(case, "not-seen", code)


def is_answered(exchange: Exchange) -> bool:
    """Whether it brought what was asked for."""
    return exchange.status is not None and 200 <= exchange.status < 300 and exchange.failure is None


def resources(evidence: Evidence) -> tuple[Exchange, ...]:
    return tuple(each for each in evidence.exchanges if each.purpose == "resource")


def tokens(evidence: Evidence) -> tuple[Exchange, ...]:
    """Requests to the token service."""
    return tuple(each for each in evidence.exchanges if each.purpose == "token")


def challenge_scopes(exchange: Exchange) -> tuple[str, ...]:
    """The scopes that its challenges name."""
    named = (challenge.parameters.get("scope", "") for challenge in exchange.challenges)
    return tuple(scope for text in named for scope in split_scopes(text))


def scopes_met(exchange: Exchange) -> tuple[str, ...]:
    """All scopes in it: named by a challenge, asked for, granted."""
    return (*challenge_scopes(exchange), *exchange.asked, *(exchange.granted or ()))


def challenge_errors(exchange: Exchange) -> tuple[str, ...]:
    """The `error` parameters of its challenges (RFC 6750 section 3)."""
    found = (challenge.parameters.get("error", "") for challenge in exchange.challenges)
    return tuple(error for error in found if error)


def with_action(scopes: Iterable[str], *actions: str) -> tuple[str, ...]:
    """The scopes of repositories that allow one of these."""
    return tuple(each.text for each in describe(scopes) if set(actions) & set(each.codes))


def global_scopes(scopes: Iterable[str]) -> tuple[str, ...]:
    """Those for no repository: the catalog, and placeholders for a whole registry (`aws`, `*`)."""
    return tuple(
        each.text for each in describe(scopes) if not each.type or each.text == CATALOG or "catalog" in each.codes
    )


def extension_scopes(scopes: Iterable[str]) -> tuple[str, ...]:
    """Those with a type or an action that neither the distribution nor the token specification names."""
    return tuple(each.text for each in describe(scopes) if each.type and "unknown" in each.codes)


def listed(texts: Iterable[str]) -> str:
    """Texts for one fact, each once, in their order."""
    return " ".join(dict.fromkeys(text for text in texts if text))


def repository_of(exchange: Exchange) -> tuple[str, str] | None:
    """The repository of a manifest's URL, and the tag or digest; None for another URL."""
    path = exchange.url.partition("?")[0]
    before, found, reference = path.rpartition("/manifests/")
    _, start, name = before.partition("/v2/")
    return (name, reference) if found and start else None
