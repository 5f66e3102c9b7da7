"""Faults that spoil a finished answer: its body, its delivery, its links."""

from playground.answer import Answer
from playground.calls import Call
from playground.steps import Step, after, changing, nothing, number

PAGED = ("catalog", "tags", "referrers")
CONTENT = ("manifests", "blobs", "storage")


@after("wrong-digest")
def wrong_digest(value: str) -> Step:
    """wrong-digest: one byte of every manifest and blob is another, while all headers stay as they were."""
    nothing(value)

    def spoil(call: Call, answer: Answer) -> Answer:
        if call.endpoint.kind in CONTENT and answer.status in (200, 206) and answer.body:
            # In JSON a line break becomes a blank: the document stays the same, so that only the digest can tell.
            line_end = answer.body.find(b"\n") if answer.body.startswith(b"{") else -1
            at = line_end if line_end > 0 else len(answer.body) // 2
            changed = b" " if line_end > 0 else bytes([answer.body[at] ^ 1])
            answer.body = answer.body[:at] + changed + answer.body[at + 1 :]
        return answer

    return changing(spoil)


@after("truncated-body")
def truncated_body(value: str) -> Step:
    """truncated-body: the connection is cut after half of what Content-Length announced."""
    nothing(value)

    def cut(call: Call, answer: Answer) -> Answer:
        answer.cut = len(answer.body) // 2 if answer.status in (200, 206) and answer.body else None
        return answer

    return changing(cut)


@after("slow-body")
def slow_body(value: str) -> Step:
    """slow-body[=MS]: the body in ten parts, so long between two of them."""
    pace = number(value, 200)

    def slow(call: Call, answer: Answer) -> Answer:
        answer.pace = pace if answer.status in (200, 206) else 0
        return answer

    return changing(slow)


@after("loop-link")
def loop_link(value: str) -> Step:
    """loop-link: every page names itself as the next one."""
    nothing(value)

    def loop(call: Call, answer: Answer) -> Answer:
        if call.endpoint.kind in PAGED and answer.status == 200:
            answer.headers["Link"] = f'<{call.request.path_qs}>; rel="next"'
        return answer

    return changing(loop)


@after("foreign-link")
def foreign_link(value: str) -> Step:
    """foreign-link[=LISTENER]: the next page is said to be at another origin, `storage` unless another is named."""

    def lead_away(call: Call, answer: Answer) -> Answer:
        if call.endpoint.kind in PAGED and answer.status == 200:
            origin = call.shared.origins.get(value or "storage", "https://elsewhere.example")
            answer.headers["Link"] = f'<{origin}{call.request.path_qs}>; rel="next"'
        return answer

    return changing(lead_away)
