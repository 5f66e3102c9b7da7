"""The use cases of the OCI auth working group (wg-auth, docs/USE_CASES.md), each with what a registry did for it.

"Existing" and "future" are the working group's words, as is "external" for what it leaves to others.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from app.auth.entry import Exchange
from app.auth.observation import (
    REFUSED,
    Evidence,
    Observation,
    challenge_errors,
    challenge_scopes,
    extension_scopes,
    global_scopes,
    is_answered,
    listed,
    numbers,
    repository_of,
    resources,
    scopes_met,
    seen,
    tokens,
    unseen,
    with_action,
)
from app.auth.standing import Identity
from app.auth.transcript import Transcript
from app.oci.origin import Origin
from app.oci.value import value

Kind = Literal["existing", "future", "external"]
Observe = Callable[[str, Evidence], Observation]


@value
class UseCase(NamedTuple):
    """One use case; `observe` finds in what a tab saw what there is of it."""

    id: str
    kind: Kind
    observe: Observe


def observed(transcript: Transcript, registry: Origin, identities: tuple[Identity, ...]) -> tuple[Observation, ...]:
    """One observation for each of USE_CASES, in their order. `identities`: all that are signed in at the registry."""
    evidence = Evidence(transcript.exchanges(registry), transcript.groups(registry), identities)
    return tuple(case.observe(case.id, evidence) for case in USE_CASES)


def _anonymous(case: str, evidence: Evidence) -> Observation:
    # A 200 on /v2/ proves nothing for a repository (A.2).
    bare = [each for each in resources(evidence) if each.authorization == "none" and is_answered(each)]
    bare = [each for each in bare if each.why != "ping"]
    free = [each for each in tokens(evidence) if each.authorization == "none"]
    given = [each for each in free if is_answered(each)]
    if given:
        granted = listed(scope for each in given for scope in each.granted or ())
        return seen(case, "anonymous-token", given, ("granted", granted))
    if bare:
        return seen(case, "open", bare)
    refused = [each for each in free if each.status is not None]
    if refused or any(group.ended is not None and group.ended.code == "login-required" for group in evidence.groups):
        return seen(case, "refused", refused, ("status", listed(str(each.status) for each in refused)))
    return unseen(case)


def _method(case: str, evidence: Evidence) -> Observation:
    asking = [each for each in evidence.exchanges if each.challenges]
    used = listed(each.authorization for each in resources(evidence) if each.authorization != "none")
    offered = listed(challenge.scheme for each in asking for challenge in each.challenges)
    if asking:
        return seen(case, "challenged", asking, ("offered", offered), ("used", used))
    answered = [each for each in resources(evidence) if is_answered(each)]
    return seen(case, "not-challenged", answered, ("used", used)) if answered else unseen(case)


def _credentials(case: str, evidence: Evidence) -> Observation:
    kinds = listed(identity.kind for identity in evidence.identities)
    if not kinds:
        return unseen(case, "nobody-signed-in")
    sent = [each for each in evidence.exchanges if each.authorization in ("basic", "form")]
    refreshed = [each for each in tokens(evidence) if each.refreshable]
    return seen(case, "in-memory", sent, ("kinds", kinds), ("refresh-token", "yes" if refreshed else ""))


def _pull(case: str, evidence: Evidence) -> Observation:
    asked = [each for each in tokens(evidence) if with_action(each.asked, "pull")]
    told = [each for each in asked if each.granted is not None]
    if told:
        wanted = {scope for each in told for scope in with_action(each.asked, "pull")}
        given = {scope for each in told for scope in with_action(each.granted or (), "pull", "*")}
        facts = (("asked", listed(sorted(wanted))), ("granted", listed(sorted(given))))
        return seen(case, "granted" if given else "not-granted", told, *facts)
    opaque = [each for each in asked if each.opaque]
    if opaque:
        return seen(case, "opaque", opaque, ("asked", listed(scope for each in opaque for scope in each.asked)))
    read = [each for each in resources(evidence) if repository_of(each) is not None and is_answered(each)]
    return seen(case, "without-token", read) if read else unseen(case)


def _push(case: str, evidence: Evidence) -> Observation:
    deleted = [each for each in resources(evidence) if each.method == "DELETE"]
    if deleted:
        return seen(case, "delete", deleted, ("status", listed(str(each.status or "") for each in deleted)))
    given = [each for each in tokens(evidence) if with_action(each.granted or (), "push", "delete", "*")]
    if given:
        granted = listed(scope for each in given for scope in with_action(each.granted or (), "push", "delete", "*"))
        return seen(case, "granted-unasked", given, ("granted", granted))
    named = [each for each in evidence.exchanges if with_action(challenge_scopes(each), "push", "delete", "*")]
    if named:
        return seen(case, "named-by-challenge", named, ("named", listed(s for e in named for s in challenge_scopes(e))))
    return Observation(case, "not-by-portolan", "never-asked")


def _mount(case: str, evidence: Evidence) -> Observation:
    named = [each for each in evidence.exchanges if with_action(scopes_met(each), "mount")]
    if named:
        return seen(case, "two-scopes", named, ("scopes", listed(s for e in named for s in scopes_met(e))))
    return Observation(case, "not-by-portolan", "inspect-a-token")


def _expired(case: str, evidence: Evidence) -> Observation:
    retried = [each for each in evidence.exchanges if each.why in ("fresh-token", "forbidden-retry", "not-before")]
    if not retried:
        return unseen(case)
    groups = {each.group for each in retried}
    ends = listed(group.ended.code for group in evidence.groups if group.number in groups and group.ended is not None)
    whys = listed(each.why for each in retried)
    return seen(case, "recovered" if "ok" in ends.split() else "refused", retried, ("why", whys), ("ended", ends))


def _other_repository(case: str, evidence: Evidence) -> Observation:
    retried = [each for each in evidence.exchanges if each.why == "new-scope"]
    wanted = listed(scope for each in retried for scope in each.asked)
    return seen(case, "asked-again", retried, ("asked", wanted)) if retried else unseen(case)


def _other_action(case: str, evidence: Evidence) -> Observation:
    short = [each for each in evidence.exchanges if "insufficient_scope" in challenge_errors(each)]
    denied = [group for group in evidence.groups if group.ended is not None and group.ended.code == "denied"]
    scopes = listed(scope for group in denied if group.ended is not None for scope in group.ended.scopes)
    if denied:
        last = [group.exchanges[-1] for group in denied]
        return seen(case, "denied", last, ("refused", scopes), ("error", "insufficient_scope" if short else ""))
    named = listed(scope for each in short for scope in challenge_scopes(each))
    return seen(case, "insufficient-scope", short, ("wanted", named)) if short else unseen(case)


def _head_first(case: str, evidence: Evidence) -> Observation:
    return Observation(case, "not-by-portolan", "never-uploads")


def _catalog(case: str, evidence: Evidence) -> Observation:
    groups = [group for group in evidence.groups if any("/v2/_catalog" in each.url for each in group.exchanges)]
    ended = [group for group in groups if group.ended is not None and group.ended.code != "cancelled"]
    if not ended or ended[-1].ended is None:
        return unseen(case)
    end, exchanges = ended[-1].ended.code, ended[-1].exchanges
    code = {
        "ok": "allowed", "not-found": "unsupported", "unsupported": "unsupported", "unreachable": "hidden",
        "challenge-hidden": "hidden", "rate-limited": "rate-limited",
    }.get(end, "denied" if end in REFUSED else "failed")  # fmt: skip
    named = listed(scope for each in exchanges for scope in challenge_scopes(each))
    asked = listed(scope for each in exchanges for scope in each.asked)
    return seen(case, code, exchanges, ("named", named), ("asked", asked), ("ended", end))


def _redirects(case: str, evidence: Evidence) -> Observation:
    gone = [each for each in evidence.exchanges if each.redirected == "cross-origin" or each.why == "redirected"]
    if gone:
        stripped = any(each.stripped for each in gone)
        return seen(case, "stripped" if stripped else "nothing-to-strip", gone, ("to", listed(map(_place, gone))))
    lost = [each for each in resources(evidence) if each.failure == "network" and "/blobs/" in each.url]
    # A storage without CORS headers fails like a broken connection; the page cannot tell them apart.
    return Observation(case, "not-seen", "perhaps-blocked", (), numbers(lost)) if lost else unseen(case)


def _place(exchange: Exchange) -> str:
    return "/".join((exchange.answered_by or "").split("/")[:3])


def _extensions(case: str, evidence: Evidence) -> Observation:
    found = [each for each in evidence.exchanges if extension_scopes(scopes_met(each))]
    if not found:
        return unseen(case)
    return seen(case, "scopes", found, ("scopes", listed(s for e in found for s in extension_scopes(scopes_met(e)))))


def _global(case: str, evidence: Evidence) -> Observation:
    found = [each for each in evidence.exchanges if global_scopes(scopes_met(each))]
    if not found:
        return unseen(case)
    return seen(case, "scopes", found, ("scopes", listed(s for e in found for s in global_scopes(scopes_met(e)))))


def _long_running(case: str, evidence: Evidence) -> Observation:
    renewed = [each for each in tokens(evidence) if each.why in ("renewal", "fresh-token") and is_answered(each)]
    given = [each for each in tokens(evidence) if each.lifetime is not None]
    lifetimes = listed(f"{each.lifetime:.0f}" for each in given if each.lifetime is not None)
    if renewed:
        return seen(case, "renewed", renewed, ("times", str(len(renewed))), ("lifetimes", lifetimes))
    return seen(case, "counting", given, ("lifetimes", lifetimes)) if given else unseen(case)


def _workload(case: str, evidence: Evidence) -> Observation:
    pasted = [
        each.kind for each in evidence.identities if each.kind in ("registry-token", "identity-token", "aad-token")
    ]
    exchanged = [each for each in tokens(evidence) if each.why == "exchange"]
    return seen(case, "pasted", exchanged, ("kinds", listed(pasted))) if pasted else unseen(case, "can-be-pasted")


def _certificates(case: str, evidence: Evidence) -> Observation:
    return Observation(case, "not-from-browser", "browser-managed")


def _per_tag(case: str, evidence: Evidence) -> Observation:
    read: set[str] = set()
    denied: dict[str, list[int]] = {}
    for group in evidence.groups:
        place = next((found for each in group.exchanges if (found := repository_of(each)) is not None), None)
        if place is None or group.ended is None:
            continue
        if group.ended.code == "ok":
            read.add(place[0])
        elif group.ended.code in ("denied", "forbidden"):
            denied.setdefault(place[0], []).extend(numbers(group.exchanges))
    mixed = [name for name in denied if name in read]
    if not mixed:
        return unseen(case)
    refused = tuple(number for name in mixed for number in denied[name])
    return Observation(case, "seen", "per-item", (("repositories", listed(mixed)),), refused)


def _tenants(case: str, evidence: Evidence) -> Observation:
    count = len(evidence.identities)
    return seen(case, "several", (), ("identities", str(count))) if count > 1 else unseen(case, "can-be-added")


def _told(case: str, evidence: Evidence) -> Observation:
    return Observation(case, "informational", "no-exchange")


USE_CASES = (
    UseCase("anonymous", "existing", _anonymous),
    UseCase("auth-method", "existing", _method),
    UseCase("credential-kind", "existing", _credentials),
    UseCase("pull", "existing", _pull),
    UseCase("push-and-delete", "existing", _push),
    UseCase("mount", "existing", _mount),
    UseCase("expired-token", "existing", _expired),
    UseCase("other-repository", "existing", _other_repository),
    UseCase("other-action", "existing", _other_action),
    UseCase("head-before-post", "existing", _head_first),
    UseCase("catalog", "existing", _catalog),
    UseCase("redirect", "existing", _redirects),
    UseCase("extension-scopes", "future", _extensions),
    UseCase("global-apis", "future", _global),
    UseCase("long-running", "future", _long_running),
    UseCase("workload-identity", "future", _workload),
    UseCase("client-certificates", "future", _certificates),
    UseCase("per-tag", "future", _per_tag),
    UseCase("cli-login", "external", _told),
    UseCase("multi-tenant", "external", _tenants),
    UseCase("scanning-and-signing", "external", _told),
    UseCase("encryption", "external", _told),
)
