"""Delivery: an Answer is written to the wire, at once, slowly, or only in part."""

from aiohttp import web

from playground.answer import Answer
from playground.calls import Shared

PARTS = 10


async def deliver(request: web.BaseRequest, answer: Answer, shared: Shared) -> web.StreamResponse:
    """Send the answer; for HEAD without its body but with the body's Content-Length."""
    bodiless = request.method == "HEAD" or answer.status in (204, 304)
    if not bodiless and (answer.pace or answer.cut is not None):
        return await deliver_badly(request, answer, shared)
    response = web.Response(status=answer.status, headers=answer.headers, body=None if bodiless else answer.body)
    if request.method == "HEAD" and answer.status not in (204, 304):
        response.headers["Content-Length"] = str(len(answer.body))
    return response


async def deliver_badly(request: web.BaseRequest, answer: Answer, shared: Shared) -> web.StreamResponse:
    """Announce the whole body, then send it in parts with pauses, and perhaps not all of it."""
    response = web.StreamResponse(status=answer.status, headers=answer.headers)
    response.content_length = len(answer.body)
    await response.prepare(request)
    end = len(answer.body) if answer.cut is None else answer.cut
    size = max(1, -(-len(answer.body) // PARTS)) if answer.pace else max(1, end)
    for begin in range(0, end, size):
        if begin:
            await shared.wait(answer.pace / 1000)
        if shared.stopping.is_set():
            break
        await response.write(answer.body[begin : min(begin + size, end)])
    if answer.cut is not None and request.transport is not None:
        request.transport.close()
    return response
