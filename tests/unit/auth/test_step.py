from app.auth.step import WAITED, Reply, Send, Wait
from app.ports.transport import Headers, Request


def test_a_reply_shows_neither_its_body_nor_the_query_of_its_address() -> None:
    reply = Reply(200, "https://storage.example/blob?signature=canary", Headers(), b'{"token":"canary"}')
    assert repr(reply) == "Reply(200 from https://storage.example/blob, 18 bytes)"


def test_a_step_shows_no_authorization() -> None:
    step = Send(Request("GET", "https://reg.example/v2/", (("Authorization", "Bearer canary"),)), "resource", None)
    assert "canary" not in repr(step)


def test_a_wait_is_answered_with_nothing() -> None:
    assert (WAITED.status, WAITED.body, Wait(2.0, "rate-limited").seconds) == (0, b"", 2.0)
