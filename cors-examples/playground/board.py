"""The board: one origin beside the scenarios, where a page sees what each one sent and turns its fix on and off.

Always with CORS and always by simple requests (GET, POST without a body), so that it works whatever a scenario does.
"""

from collections.abc import Mapping

from aiohttp import web

from playground.answer import Answer, Json, error, json_answer, page_not_found
from playground.cors import preflight, with_cors
from playground.doors import Door
from playground.listener import Listener
from playground.requestlog import Record
from playground.scenarios import Scenario

ROOT = "/_scenarios"


class Board:
    """The scenarios that are played; listeners and doors are those of the whole server, by name."""

    def __init__(
        self, scenarios: tuple[Scenario, ...], listeners: Mapping[str, Listener], doors: Mapping[str, Door]
    ) -> None:
        self._scenarios = {one.id: one for one in scenarios if one.live}
        self._listeners = listeners
        self._doors = doors
        self._fixed: set[str] = set()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer any request."""
        if request.method == "OPTIONS":
            answer = preflight("POST")
        else:
            answer = with_cors(await self.answer(request.method, request.path))
        return web.Response(status=answer.status, headers=answer.headers, body=answer.body)

    async def answer(self, method: str, path: str) -> Answer:
        """GET /_scenarios, GET /_scenarios/ID/log, POST /_scenarios/ID/clear, …/fix, …/break."""
        if path == ROOT and method == "GET":
            return json_answer({"scenarios": [self.told(one) for one in self._scenarios.values()]})
        prefix, _, rest = path.removeprefix(ROOT + "/").partition("/")
        scenario = self._scenarios.get(prefix) if path.startswith(ROOT + "/") else None
        if scenario is None:
            return page_not_found()
        match method, rest:
            case "GET", "log":
                return json_answer({"log": self.log(scenario)})
            case "POST", "clear":
                self.clear(scenario)
            case "POST", "fix" | "break":
                await self.turn(scenario, fixed=rest == "fix")
            case _:
                return error("UNSUPPORTED")
        return json_answer(self.told(scenario))

    def told(self, scenario: Scenario) -> Json:
        """id; origin: the address to examine, as it is now; fixed; listeners: role to origin."""
        fixed = scenario.id in self._fixed
        origin = self._doors[scenario.id].origin
        if scenario.address and not fixed:
            origin = scenario.address.replace("{netloc}", origin.partition("//")[2])
        roles: dict[str, Json] = {role: self._doors[name].origin for role, name in scenario.roles.items()}
        return {"id": scenario.id, "origin": origin, "fixed": fixed, "listeners": roles}

    def log(self, scenario: Scenario) -> list[Json]:
        """What all its listeners were asked and answered, in the order in which it came."""
        records = [(record, role) for role, name in scenario.roles.items() for record in self._listeners[name].log]
        records.sort(key=lambda one: one[0].number)
        return [{**record.as_json(), "listener": role, "answered": answered(record)} for record, role in records]

    def clear(self, scenario: Scenario) -> None:
        """Forget what was asked."""
        for name in scenario.roles.values():
            self._listeners[name].reset()

    async def turn(self, scenario: Scenario, fixed: bool) -> None:
        """Turn the fix on or off; the logs begin anew."""
        (self._fixed.add if fixed else self._fixed.discard)(scenario.id)
        for role, name in scenario.roles.items():
            listener, door = self._listeners[name], self._doors[name]
            listener.become(scenario.spec(role, fixed))
            if listener.is_closed:
                await door.shut()
            else:
                await door.open(listener)


def answered(record: Record) -> Json:
    """The headers that were sent back, as pairs."""
    return [[name, text] for name, text in record.answered.items()]
