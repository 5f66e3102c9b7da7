"""The transcript: everything that was done, nothing that is secret."""

import asyncio

import pytest

from app.auth.entry import Exchange
from app.auth.errors import AccessDenied
from app.auth.outcome import Outcome
from app.auth.scope import Scope
from app.auth.step import Send, Wait
from app.auth.transcript import Recorder, Transcript
from app.oci.origin import parse_origin
from app.ports.transport import Request, TransportError
from tests.unit.auth.conversation import (
    BASIC,
    CANARIES,
    CHALLENGE,
    REALM,
    REGISTRY,
    SCOPE,
    SIGNED,
    TOKEN,
    URL,
    hold,
    key,
    reply,
    request,
    send,
    transcript,
)

OTHER = parse_origin("https://s.example")


def held() -> tuple[Exchange, ...]:
    found = transcript()
    hold(found)
    return found.exchanges()


def one(step: Send, status: int, *fields: tuple[str, str], body: bytes = b"", url: str = URL) -> Exchange:
    """The line of one request and its answer."""
    found = transcript()
    found.answered(found.sent(step, REGISTRY), reply(status, *fields, body=body, url=url), 0.5)
    return found.exchanges()[0]


def test_it_is_a_recorder() -> None:
    recorder: Recorder = transcript()
    assert recorder.sent(send(), REGISTRY) == 1


def test_a_conversation_is_kept_in_its_order() -> None:
    assert [(each.purpose, each.why, each.status) for each in held()] == [
        ("resource", "first-contact", 401),
        ("wait", "rate-limited", None),
        ("token", "challenge-bearer", 200),
        ("resource", "challenge-bearer", 200),
    ]


def test_no_secret_of_a_conversation_is_in_any_line() -> None:
    shown = repr(held())
    assert [canary for canary in CANARIES if canary in shown] == []


def test_nothing_secret_is_held_once_a_conversation_is_over() -> None:
    found = transcript()
    hold(found)
    assert (found._pending, found._heard) == ({}, {})


def test_a_challenge_is_taken_apart() -> None:
    (challenge,) = held()[0].challenges
    assert dict(challenge.parameters) == {"realm": REALM, "service": "r", "scope": SCOPE}


def test_how_a_credential_went_is_told() -> None:
    assert [each.authorization for each in held()] == ["none", "none", "basic", "bearer"]


def test_a_token_says_what_was_asked_and_granted() -> None:
    line = held()[2]
    assert (line.asked, line.granted, line.expires_in, line.opaque, line.refreshable) == (
        (SCOPE,),
        (SCOPE,),
        300.0,
        False,
        True,
    )


def test_without_a_key_the_scopes_asked_for_are_those_of_the_address_and_the_form() -> None:
    post = Request("POST", f"{REALM}?scope=a:b:c", (), b"grant_type=refresh_token&refresh_token=r&scope=d:e:f%20g:h:i")
    found = transcript()
    found.sent(Send(post, "token", None, "refresh-token"), REGISTRY)
    assert found.exchanges()[0].asked == ("a:b:c", "d:e:f", "g:h:i")


def test_an_answer_from_elsewhere_says_that_the_authorization_was_stripped() -> None:
    line = held()[3]
    assert (line.redirected, line.stripped, line.answered_by) == ("cross-origin", True, "https://cdn.example/blob/1")


def test_a_redirect_within_an_origin_keeps_the_authorization() -> None:
    line = one(send(request(BASIC)), 200, url="https://r.example/elsewhere")
    assert (line.redirected, line.stripped) == ("same-origin", False)


def test_another_spelling_of_the_address_is_no_redirect() -> None:
    assert (
        one(send(request(None, "https://r.example/v2/a|b")), 200, url="https://r.example/v2/a%7Cb").redirected == "no"
    )


def test_a_signed_location_is_cut_to_its_place() -> None:
    assert dict(held()[3].response_headers)["location"] == SIGNED.partition("?")[0]


def test_an_answer_that_repeats_a_password_is_kept_without_it() -> None:
    line = one(send(request(BASIC)), 401, ("WWW-Authenticate", 'Basic realm="canary-password"'))
    assert (line.withheld, line.challenges) == (("www-authenticate",), ())


def test_an_answer_that_repeats_its_own_token_in_a_field_is_kept_without_that() -> None:
    body = b'{"token":"canary-token","refresh_token":"canary-refresh"}'
    fields = (("Link", "<https://a.example/canary-token>"), ("Warning", "canary-refresh"), ("Date", "today"))
    line = one(send(purpose="token"), 200, *fields, body=body)
    assert (line.response_headers, line.withheld) == ((("date", "today"),), ("link", "warning"))


def test_an_answer_that_repeats_the_password_of_an_earlier_request_is_kept_without_it() -> None:
    found, caller = transcript(), request()
    found.answered(found.sent(send(request(BASIC), purpose="token"), REGISTRY, caller), reply(), 0.1)
    found.answered(found.sent(send(), REGISTRY, caller), reply(401, ("Warning", "canary-password")), 0.1)
    assert found.exchanges()[1].withheld == ("warning",)


def test_a_scope_that_repeats_a_password_is_nowhere() -> None:
    found, caller = transcript(), request()
    scope = "repository:canary-password:pull"
    found.answered(found.sent(send(request(BASIC)), REGISTRY, caller), reply(401), 0.1)
    found.sent(Send(request(None, f"{REALM}?scope={scope}"), "token", key(scope)), REGISTRY, caller)
    found.ended(REGISTRY, caller, AccessDenied(REGISTRY, (scope,), "ann", "GET", URL, ()))
    assert "canary" not in repr(found.exchanges())


def test_an_address_that_repeats_a_token_is_not_kept() -> None:
    assert one(send(request(f"Bearer {TOKEN}")), 200, url=f"https://x.example/{TOKEN}").answered_by is None


def test_the_codes_of_an_error_are_kept() -> None:
    assert held()[0].codes == ("UNAUTHORIZED",)


def test_an_answer_that_is_no_token_says_so() -> None:
    assert one(send(purpose="token"), 200, body=b"<html>").failure == "html"


def test_the_preflight_of_a_request_with_authorization_is_told() -> None:
    assert [each.preflight for each in held()] == [False, False, True, True]


def test_all_that_was_done_for_one_request_is_one_group_that_ended() -> None:
    found = transcript()
    hold(found)
    (group,) = found.groups()
    assert (len(group.exchanges), group.ended) == (4, Outcome("ok", ()))


def test_two_callers_at_once_have_a_group_each() -> None:
    found, first, second = transcript(), request(), request()
    for caller in (first, second, first):
        found.sent(send(caller), REGISTRY, caller)
    assert [len(group.exchanges) for group in found.groups()] == [2, 1]


def test_a_denial_ends_a_group_with_the_scope_refused() -> None:
    found, caller = transcript(), request()
    found.answered(found.sent(send(caller), REGISTRY, caller), reply(401), 0.1)
    found.ended(REGISTRY, caller, AccessDenied(REGISTRY, (SCOPE,), "ann", "GET", URL, ()))
    assert found.exchanges()[0].ended == Outcome("denied", (SCOPE,))


def test_a_request_that_its_caller_gave_up_is_abandoned() -> None:
    found, caller = transcript(), request()
    found.sent(send(caller), REGISTRY, caller)
    found.ended(REGISTRY, caller, asyncio.CancelledError())
    assert (found.exchanges()[0].failure, found.groups()[0].ended) == ("abandoned", Outcome("cancelled", ()))


def test_a_token_that_others_wait_for_is_answered_after_its_caller_has_gone() -> None:
    found, caller = transcript(), request()
    number = found.sent(send(purpose="token"), REGISTRY, caller)
    found.ended(REGISTRY, caller, asyncio.CancelledError())
    found.answered(number, reply(200, body=b'{"token":"t"}'), 0.1)
    assert (found.exchanges()[0].status, found.exchanges()[0].failure) == (200, None)


def test_a_request_that_nobody_answers_for_is_forgotten_after_minutes() -> None:
    times = [0.0]
    found = Transcript(lambda: times[0], None)
    found.sent(send(request(BASIC), purpose="token"), REGISTRY)
    times[0] = 301.0
    latest = found.sent(send(), REGISTRY)
    assert [each.failure for each in found.exchanges()] == ["abandoned", None]
    assert list(found._pending) == [latest]


def test_a_request_without_an_answer_says_why() -> None:
    found = transcript()
    found.failed(found.sent(send(), REGISTRY), TransportError("GET", URL, "timeout"), 60.0)
    assert (found.exchanges()[0].failure, found.exchanges()[0].seconds) == ("timeout", 60.0)


def test_only_the_first_answer_to_a_number_counts() -> None:
    found = transcript()
    number = found.sent(send(), REGISTRY)
    found.answered(number, reply(200), 0.1)
    found.answered(number, reply(500), 0.1)
    assert found.exchanges()[0].status == 200


@pytest.mark.parametrize("number", [0, 7])
def test_an_answer_to_an_unknown_number_is_nobody_s(number: int) -> None:
    found = transcript()
    found.answered(number, reply(), 0.1)
    found.failed(number, TransportError("GET", URL, "network"), 0.1)
    assert found.exchanges() == ()


def test_the_oldest_go_when_it_is_full() -> None:
    found = transcript(limit=3)
    for _ in range(5):
        found.sent(send(), REGISTRY)
    assert [each.number for each in found.exchanges()] == [3, 4, 5]
    assert len(found._pending) == 3


def test_each_registry_has_its_own() -> None:
    found = transcript()
    found.sent(send(), REGISTRY)
    found.waited(Wait(1.0, "not-before"), OTHER)
    assert [each.registry for each in found.exchanges(OTHER)] == [OTHER]
    assert found.registries() == (REGISTRY, OTHER)


def test_one_registry_can_be_cleared() -> None:
    found = transcript()
    found.sent(send(), REGISTRY)
    found.sent(send(), OTHER)
    found.clear(REGISTRY)
    assert found.registries() == (OTHER,)


def test_an_answer_after_a_clearing_does_not_come_back() -> None:
    found = transcript()
    number = found.sent(send(), REGISTRY)
    found.clear()
    found.answered(number, reply(), 0.1)
    assert found.exchanges() == ()


def test_every_change_is_another_revision() -> None:
    found = transcript()
    revisions = [found.revision]
    number = found.sent(send(), REGISTRY)
    revisions.append(found.revision)
    found.answered(number, reply(), 0.1)
    revisions.append(found.revision)
    found.clear()
    revisions.append(found.revision)
    assert revisions == sorted(set(revisions))


def test_no_address_is_in_a_repr() -> None:
    found = transcript()
    found.sent(send(), REGISTRY)
    assert repr(found) == "Transcript(1 exchanges)"


def test_a_header_without_end_takes_no_long_time() -> None:
    line = one(send(), 401, ("WWW-Authenticate", CHALLENGE + ", Basic " * 100_000))
    assert line.challenges[0].scheme == "bearer"


def test_in_an_extension_nothing_is_asked_first() -> None:
    found = Transcript(lambda: 0.0, None)
    found.sent(send(request(BASIC)), REGISTRY)
    assert not found.exchanges()[0].preflight


def test_a_narrower_grant_is_told() -> None:
    step = Send(request(None, REALM), "token", key("repository:a:pull,push"), "challenge-bearer")
    body = b'{"token":"' + TOKEN.encode() + b'"}'
    line = one(step, 200, body=body)
    assert (line.asked, line.granted) == (("repository:a:pull,push",), (str(Scope("repository", "a", ("pull",))),))


def test_what_says_how_one_signs_in_outlives_plain_requests() -> None:
    found = transcript(limit=3)
    for status in (401, 200, 200, 200):
        found.answered(found.sent(send(), REGISTRY), reply(status, url=URL), 0.5)
    assert [each.status for each in found.exchanges()] == [401, 200, 200]


def test_what_was_given_up_is_counted() -> None:
    found = transcript(limit=3)
    for _ in range(5):
        found.answered(found.sent(send(), REGISTRY), reply(200, url=URL), 0.5)
    assert found.left_out == 2
    found.clear()
    assert found.left_out == 0
