"""Steps: what faults are made of, and the two tables they are registered in."""

from collections.abc import Awaitable, Callable

from playground.answer import Answer
from playground.calls import Call

Proceed = Callable[[], Awaitable[Answer]]
Step = Callable[[Call, Proceed], Awaitable[Answer]]
Fault = Callable[[str], Step]

INSTEAD: dict[str, Fault] = {}
AFTER: dict[str, Fault] = {}


def instead(name: str) -> Callable[[Fault], Fault]:
    """Register a fault that may answer in place of the listener."""
    return lambda fault: INSTEAD.setdefault(name, fault)


def after(name: str) -> Callable[[Fault], Fault]:
    """Register a fault that changes a finished answer."""
    return lambda fault: AFTER.setdefault(name, fault)


def number(value: str, default: int) -> int:
    """A number of milliseconds, seconds or requests."""
    if value and not (value.isascii() and value.isdigit() and len(value) < 8):
        raise ValueError(value)
    return int(value) if value else default


def nothing(value: str) -> None:
    """For faults without a value."""
    if value:
        raise ValueError(value)


def failing(make: Callable[[], Answer], times: int | None, *kinds: str) -> Step:
    """Answer so the first so many times, or always; preflights pass, as they do behind a proxy."""
    left = times

    async def step(call: Call, proceed: Proceed) -> Answer:
        nonlocal left
        if call.preflight or left == 0 or (kinds and call.endpoint.kind not in kinds):
            return await proceed()
        left = None if left is None else left - 1
        return make()

    return step


def changing(change: Callable[[Call, Answer], Answer]) -> Step:
    """Let the answer be made, then change it."""

    async def step(call: Call, proceed: Proceed) -> Answer:
        return change(call, await proceed())

    return step
