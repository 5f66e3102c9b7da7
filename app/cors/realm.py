"""Step 7: the token service that a registry names is an origin of its own, with CORS of its own."""

from typing import NamedTuple

from app.auth.bearer_token import BadTokenResponse, parse_token_response
from app.auth.challenge import parse_challenges
from app.auth.realm import RealmPolicy, judge_realm, token_url
from app.cors.notes import Notes
from app.cors.place import Place, is_mixed_content
from app.cors.subject import Subject
from app.cors.verdict import TOKEN
from app.ports.probing import Sight

_HTTP_OK = 200


class Named(NamedTuple):
    """A realm as the challenge or the person has it; `service`, `scope` as in the challenge."""

    realm: str
    service: str | None = None
    scope: str | None = None


def named_realm(subject: Subject, sight: Sight | None) -> Named | None:
    """The realm to examine: the one that was given, else that of the first Bearer challenge of a 401."""
    found = None
    # A challenge on a 200 is no challenge (zot sends one).
    if sight is not None and sight.status == 401:
        for challenge in parse_challenges(sight.headers.get("WWW-Authenticate") or ""):
            realm = challenge.parameters.get("realm")
            if challenge.scheme == "bearer" and challenge.broken is None and realm:
                found = Named(realm, challenge.parameters.get("service"), challenge.parameters.get("scope"))
                break
    if subject.realm is None or (found is not None and found.realm == subject.realm):
        return found
    return Named(subject.realm)


def realm_place(notes: Notes, named: Named, policy: RealmPolicy) -> Place | None:
    """Where to ask for a token; None where it must not be asked or cannot be, which a finding then says."""
    subject = notes.subject
    judged = judge_realm(subject.registry, named.realm, policy)
    if judged.reason == "user-info":
        number = notes.note("token", "address", "forbidden-by-address")
        notes.rule(f"{TOKEN}url-has-credentials", "", (number,))
        return None
    if judged.origin is not None and is_mixed_content(subject.page, judged.origin):
        number = notes.note("token", "address", "forbidden-by-address")
        notes.rule(f"{TOKEN}mixed-content", str(judged.origin), (number,))
        return None
    if judged.outcome in ("refused", "ask"):
        notes.note("token", "realm", "realm-refused" if judged.outcome == "refused" else "realm-not-asked")
        return None
    scope = f"repository:{subject.repository}:pull" if subject.repository is not None else named.scope
    url = token_url(judged.url, named.service, () if scope is None else (scope,))
    return Place("token", url, subject, subject.realm_authorization)


def anonymous_token(sight: Sight, now: float) -> str | None:
    """The Authorization that the token service gave to a request without credentials."""
    if sight.status != _HTTP_OK:
        return None
    try:
        return f"Bearer {parse_token_response(sight.body, now).value}"
    except BadTokenResponse:
        return None
