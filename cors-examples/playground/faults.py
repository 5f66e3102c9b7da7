"""Faults by name: each makes a listener behave like a registry, or a proxy before one, that is broken in one way.

A fault is a function that takes its value as text ("" for its default; raises ValueError for a wrong one) and returns
a step around the rest of the work. `instead` faults (faults_instead.py) stand before it and may answer themselves, with
CORS; `after` faults (faults_after.py, faults_cors.py) stand after everything and may spoil any answer, its CORS headers
included. A step may keep state: steps are made anew when the log of the listener is cleared. The first line of a
fault's docstring is its help text.
"""

from collections.abc import Iterable
from functools import partial

from playground import faults_after, faults_cors, faults_instead
from playground.answer import Answer
from playground.calls import Call
from playground.config import FaultSpec
from playground.steps import AFTER, INSTEAD, Fault, Proceed, Step

FAULTS: dict[str, Fault] = INSTEAD | AFTER

__all__ = ["FAULTS", "chain", "explain", "faults_after", "faults_cors", "faults_instead", "make_steps"]


def explain(name: str) -> str:
    """One line: how the fault is written and what it does."""
    fault = FAULTS[name]
    function = fault.func if isinstance(fault, partial) else fault
    return (function.__doc__ or "").partition("\n")[0].replace("hidden-…", name)


def make_steps(specs: Iterable[FaultSpec], table: dict[str, Fault]) -> list[Step]:
    """Fresh steps for those of the faults that are in this table, each limited to its endpoint."""
    return [limited(table[spec.name](spec.value), spec.endpoint) for spec in specs if spec.name in table]


def limited(step: Step, endpoint: str) -> Step:
    """The step for one endpoint only, the step itself for ""."""

    async def only_there(call: Call, proceed: Proceed) -> Answer:
        return await (step(call, proceed) if call.endpoint.kind == endpoint else proceed())

    return only_there if endpoint else step


def chain(steps: list[Step], call: Call, proceed: Proceed) -> Proceed:
    """All the steps around the rest of the work, the first of them outermost."""
    for step in reversed(steps):
        proceed = partial(step, call, proceed)
    return proceed
