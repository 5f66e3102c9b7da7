"""The working group's use cases in words, and what was seen of them. Ids and codes: app/auth/use_cases.py."""

from collections.abc import Mapping

_TITLES: Mapping[str, str] = {
    "anonymous": "Read without signing in",
    "auth-method": "The registry says how one signs in",
    "credential-kind": "Passwords and tokens as credentials",
    "pull": "Permission to pull",
    "push-and-delete": "Permission to push and to delete",
    "mount": "A blob mounted from another repository",
    "expired-token": "A token that has expired",
    "other-repository": "A token for another repository",
    "other-action": "A token for another action",
    "head-before-post": "Pull scope for the look before an upload",
    "catalog": "Permission to list the repositories",
    "redirect": "Content from another host",
    "extension-scopes": "Scopes of extensions",
    "global-apis": "Scopes for the whole registry",
    "long-running": "Clients that run for long",
    "workload-identity": "Identity of a workload in the place of a password",
    "client-certificates": "Certificates of authorities and clients",
    "per-tag": "Permission for single tags",
    "cli-login": "Signing in on the page and on the command line",
    "multi-tenant": "Several identities for one registry",
    "scanning-and-signing": "Scanners and signers",
    "encryption": "Encrypted images",
}
_KINDS: Mapping[str, str] = {"existing": "existing", "future": "future", "external": "left to others"}
_STATUSES: Mapping[str, str] = {
    "seen": "seen",
    "not-seen": "not seen yet",
    "not-by-portolan": "not done by Portolan",
    "not-from-browser": "not to be seen from a page",
    "informational": "nothing to be seen",
}
# By code; where a code means something else in one use case, that stands first under `case/code`.
_CODES: Mapping[str, str] = {
    "anonymous-token": "It gave a token to nobody in particular.",
    "open": "It answered without any credentials.",
    "anonymous/refused": "It wants to know who asks.",
    "challenged": "It answered 401 and named its schemes.",
    "not-challenged": "It answered without asking for anything.",
    "nobody-signed-in": "Nobody is signed in here, so no credential was sent.",
    "in-memory": "What you sign in with is in this tab's memory, and nowhere else.",
    "granted": "The token allows what was asked for, by its own words.",
    "not-granted": "The token does not allow what was asked for.",
    "opaque": "A token came, and it is opaque: what it allows cannot be seen.",
    "without-token": "It was read without a token.",
    "delete": "A deletion was asked for.",
    "granted-unasked": "The token allows more than reading, though only reading was asked for.",
    "named-by-challenge": "The challenge names pushing or deleting, though only reading was asked for.",
    "never-asked": "Portolan never asks to push, so this is shown only where a registry brings it up.",
    "two-scopes": "Both scopes of a mount were met.",
    "inspect-a-token": "Portolan mounts nothing. Paste a token that was made for it into the inspector: both scopes "
    "are explained there.",
    "recovered": "A token was refused, and a fresh one was accepted.",
    "expired-token/refused": "A token was refused, and a fresh one as well.",
    "asked-again": "The challenge added a scope, and a token for it was asked for.",
    "denied": "It refused: the one who asks is known, and may not.",
    "insufficient-scope": "It says that the token allows too little (insufficient_scope).",
    "never-uploads": "Portolan uploads nothing. Uploaders look by HEAD first, and need the scope to pull for that.",
    "allowed": "It lists its repositories.",
    "unsupported": "It does not offer the list, to anyone.",
    "hidden": "The answer is hidden from a page: no CORS headers, or a challenge that cannot be read.",
    "rate-limited": "It asked for a pause.",
    "failed": "It failed to answer.",
    "catalog/denied": "It refuses the list to the one who asks.",
    "stripped": "It sent the request on to another host, and the browser took the Authorization away.",
    "nothing-to-strip": "It sent the request on to another host; there was no Authorization to take away.",
    "perhaps-blocked": "A blob brought no answer. A redirect to a storage without CORS headers looks just like that.",
    "scopes": "Such scopes were met.",
    "renewed": "The token was renewed before or when it ended.",
    "counting": "The token's time runs: it is renewed before it ends while you read.",
    "pasted": "A token that was made elsewhere is in use.",
    "can-be-pasted": "No such token is in use. One can be pasted in the form for signing in.",
    "browser-managed": "Certificates are the browser's own matter: a page cannot see or choose them.",
    "per-item": "Of the same repository some was readable and some was denied.",
    "several": "Several identities are signed in, and one is in use at a time.",
    "can-be-added": "Fewer than two identities are signed in. Another one can be added in the bar.",
    "no-exchange": "It takes place outside the requests of a page.",
    "not-yet": "Nothing in this tab has led to it.",
}
_FACTS: Mapping[str, str] = {
    "granted": "granted",
    "status": "status",
    "offered": "offered",
    "used": "used",
    "kinds": "kinds",
    "refresh-token": "refresh token",
    "asked": "asked for",
    "named": "named by the challenge",
    "scopes": "scopes",
    "why": "why",
    "ended": "ended as",
    "refused": "refused",
    "error": "error",
    "wanted": "wanted",
    "to": "to",
    "times": "times",
    "lifetimes": "lifetimes in seconds",
    "repositories": "repositories",
    "identities": "identities",
}


def case_title(case: str) -> str:
    """What a use case is called."""
    return _TITLES.get(case, case.replace("-", " "))


def kind_of_case(kind: str) -> str:
    """Whether the working group counts it as existing, future or left to others."""
    return _KINDS.get(kind, kind)


def status_words(status: str) -> str:
    return _STATUSES.get(status, status.replace("-", " "))


def observation_words(case: str, code: str) -> str:
    """What was seen, or why it was not."""
    return _CODES.get(f"{case}/{code}") or _CODES.get(code) or f"{code.replace('-', ' ').capitalize()}."


def fact_name(name: str) -> str:
    return _FACTS.get(name, name.replace("-", " "))
