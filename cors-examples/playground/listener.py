"""Listener: one origin. Its own two paths, /_origins and /_log, or else one call through faults, CORS and handlers."""

import logging
from functools import partial

from aiohttp import web

from playground.answer import Answer, Json, error, json_answer, page_not_found
from playground.calls import Call, Shared
from playground.config import ListenerSpec
from playground.cors import preflight, with_cors
from playground.delivery import deliver
from playground.distribution import API_VERSION, distribution_answer
from playground.faults import chain, make_steps
from playground.guard import refusal
from playground.ranges import blob_answer
from playground.requestlog import RequestLog
from playground.routes import parse_endpoint
from playground.steps import AFTER, INSTEAD
from playground.token_endpoint import token_answer


class Listener:
    """What stands behind one port."""

    def __init__(self, spec: ListenerSpec, shared: Shared) -> None:
        self.spec = spec
        self.shared = shared
        self.log = RequestLog()
        self.reset()

    def reset(self) -> None:
        """Empty the log and let the faults count from the beginning."""
        self.log.clear()
        self._instead = make_steps(self.spec.faults, INSTEAD)
        self._after = make_steps(self.spec.faults, AFTER)

    def become(self, spec: ListenerSpec) -> None:
        """Have other faults from now on; the log begins anew."""
        self.spec = spec
        self.reset()

    @property
    def is_closed(self) -> bool:
        """Whether nothing is to listen on its port."""
        return any(fault.name == "closed" for fault in self.spec.faults)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer any request; what goes wrong in here is a 500 with CORS and a traceback on stderr."""
        if (control := self.control_answer(request)) is not None:
            return await deliver(request, control, self.shared)
        record = self.log.begin(request)
        if record.origin not in (None, "null"):
            self.shared.page = record.origin
        await self.shared.wait(self.shared.delay / 1000)
        call = Call(request, parse_endpoint(request.path), self.spec, self.shared)
        try:
            answer = await chain(self._after, call, partial(self.readable, call))()
        except Exception:
            logging.getLogger("playground").exception("%s %s", request.method, request.path)
            answer = with_cors(error("UNKNOWN"))
        if request.transport is not None and not request.transport.is_closing():  # a fault may have broken it off
            record.status, record.answered = answer.status, dict(answer.headers)
        return await deliver(request, answer, self.shared)

    async def readable(self, call: Call) -> Answer:
        """The answer with CORS headers, whoever made it: handler, guard or fault."""
        return with_cors(await chain(self._instead, call, partial(self.plain, call))())

    async def plain(self, call: Call) -> Answer:
        """The answer of a server without faults. OPTIONS comes first, before anything asks for credentials."""
        if call.preflight:
            return preflight("POST") if self.spec.mode == "token" else preflight()
        if self.spec.mode == "token":
            return await token_answer(call) if call.endpoint.kind == "token" else page_not_found()
        if self.spec.mode == "storage":
            return self.stored(call)
        answer = page_not_found()
        if call.request.path.startswith("/v2/"):
            answer = refusal(call) or distribution_answer(call)
            answer.headers |= API_VERSION
        return answer

    def stored(self, call: Call) -> Answer:
        """GET or HEAD /blobs/DIGEST of the storage origin, where redirected blobs are found without signing in."""
        found = self.shared.store.blobs.get(call.endpoint.reference)
        if call.endpoint.kind != "storage" or found is None:
            return page_not_found()
        return blob_answer(call, found) if call.request.method in ("GET", "HEAD") else error("UNSUPPORTED")

    def control_answer(self, request: web.BaseRequest) -> Answer | None:
        """The paths that are ours and no registry's: not logged, never faulty, never delayed."""
        method, path = request.method, request.path
        if path not in ("/_origins", "/_log", "/_log/clear"):
            return None
        if method == "OPTIONS":
            return preflight("POST", "DELETE")
        if (method, path) in (("DELETE", "/_log"), ("POST", "/_log/clear")):
            self.reset()
            return with_cors(Answer(204))
        if method != "GET" or path == "/_log/clear":
            return with_cors(error("UNSUPPORTED"))
        origins: dict[str, Json] = {"origins": dict[str, Json](self.shared.origins)}
        return with_cors(json_answer(origins if path == "/_origins" else self.log.as_json()))
