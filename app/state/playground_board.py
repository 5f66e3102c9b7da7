"""The sample registry's board: which scenarios it plays, their fixes, and what it was asked. Simple requests only."""

from app.oci.origin import Origin
from app.ports.transport import Request, Transport, TransportError
from app.state.playground_model import Sent, Told
from app.state.playground_reading import Unreadable, parse_log, parse_told

MOST_BYTES = 4_000_000


class BoardGone(Exception):
    """The sample registry does not answer, or is another program."""


class Board:
    """`origin`: where it is, as the host's configuration says."""

    def __init__(self, transport: Transport, origin: Origin) -> None:
        self._transport = transport
        self._origin = origin

    async def is_there(self) -> bool:
        """Whether it answers."""
        try:
            await self._ask("GET", "")
        except BoardGone:
            return False
        return True

    async def turn(self, scenario: str, *, fixed: bool) -> Told:
        """Turn the fix of a scenario on or off; its log begins anew. Raises BoardGone."""
        try:
            return parse_told(await self._ask("POST", f"/{scenario}/{'fix' if fixed else 'break'}"))
        except Unreadable as error:
            raise BoardGone from error

    async def log(self, scenario: str) -> tuple[Sent, ...]:
        """What its listeners were asked since. Raises BoardGone."""
        try:
            return parse_log(await self._ask("GET", f"/{scenario}/log"))
        except Unreadable as error:
            raise BoardGone from error

    async def _ask(self, method: str, path: str) -> bytes:
        try:
            answer = await self._transport.send(Request(method, f"{self._origin}/_scenarios{path}"))
            body = await answer.read(MOST_BYTES)
        except TransportError as error:
            raise BoardGone from error
        if answer.status != 200:
            raise BoardGone
        return body
