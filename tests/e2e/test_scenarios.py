"""Every scenario of the playground: the doctor's verdict with what is wrong and with the fix, and the recording."""

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.portolan import Portolan
from tests.e2e.staging import SCENARIOS, Playground, play, seat, stage
from tools.record import FILE, live_scenarios, taken
from tools.stage import Stage

__all__ = ["play", "seat", "stage"]

RECORDING: dict[str, Any] = json.loads(FILE.read_text("utf-8"))


def outline(steps: list[Any]) -> list[object]:
    """Of each step what was asked and seen, and what the server logged.

    Header by header it may differ by browser, and so may how often one tries a connection that is reset.
    """
    return [
        (
            one["question"],
            one.get("method") or "",
            one.get("url") or "",
            one.get("outcome"),
            one.get("status"),
            list(
                dict.fromkeys(
                    (sent["listener"], sent["method"], sent["path"], sent.get("status")) for sent in one.get("sent", ())
                )
            ),
        )
        for one in steps
    ]


def verdicts(run: Any) -> list[str]:
    return [one["verdict"] for one in run["said"]]


@pytest.mark.parametrize("name", live_scenarios())
def test_the_doctor_finds_what_is_wrong_and_sees_it_mended_as_recorded(
    play: Playground, stage: Stage, seat: Portolan, name: str
) -> None:
    expected = SCENARIOS[name]["verdict"]
    play.open(name)
    expect(seat.main).to_have_attribute("data-verdict", " ".join(expected))
    broken = taken(seat.page, stage, name, fixed=False)
    play.switch.click()
    play.arrive(name, fixed=True)
    expect(seat.main).to_have_attribute("data-verdict", "ok")
    fixed = taken(seat.page, stage, name, fixed=True)
    assert (verdicts(broken), verdicts(fixed)) == (expected, ["ok"])
    recorded = RECORDING["scenarios"][name]
    for run, kept in ((broken, recorded["broken"]), (fixed, recorded["fixed"])):
        assert verdicts(kept) == verdicts(run)
        assert outline([RECORDING["steps"][at] for at in kept["seen"]]) == outline(run["seen"])
