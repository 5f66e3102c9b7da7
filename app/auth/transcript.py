"""What was said between this tab and a registry, for a person to read: never a secret."""

from typing import Protocol

from app.auth.step import Reply, Send
from app.oci.origin import Origin
from app.ports.transport import Request, TransportError


class Waiting(Protocol):
    """The step of a flow that only takes time."""

    @property
    def seconds(self) -> float: ...
    @property
    def why(self) -> str: ...


class Recorder(Protocol):
    """Told of everything that the driver of a flow does, as it does it. None of its methods raises.

    `caller`: the request as the caller made it, the same object each time and in `ended`; it binds together what was
    sent for it. For a token request that several callers share it is the one of the caller that started it.
    """

    def sent(self, step: Send, registry: Origin, caller: Request | None = None) -> int:
        """A request goes out, `step.request` being exactly what is sent; returns the number to answer with."""
        ...

    def answered(self, number: int, reply: Reply, seconds: float) -> None:
        """Its answer came, `seconds` after it was sent."""
        ...

    def failed(self, number: int, error: TransportError, seconds: float) -> None:
        """It brought no answer."""
        ...

    def waited(self, step: Waiting, registry: Origin, caller: Request | None = None) -> None:
        """The driver waits before the next step."""
        ...

    def ended(self, registry: Origin, request: Request, error: BaseException | None) -> None:
        """What became of a caller's request: None, or what its caller gets (a cancellation too)."""
        ...
