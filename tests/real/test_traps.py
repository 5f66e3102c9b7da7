"""Each trap that cors.md and the READMEs of cors-examples/ name, set on purpose: who finds it?"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.real.asking import PAGE
from tests.real.checking import check
from tests.real.conftest import Moor
from tests.real.needs import needed
from tests.real.shore import CLASSIC, INDEX
from tests.real.traps import TRAPS, Trap, named
from tests.servers.distribution import distribution
from tests.servers.fronting import fronting
from tests.servers.images import Image
from tests.servers.passwords import asking_itself
from tests.servers.people import PILOT
from tests.servers.proxies import PROGRAMS
from tests.servers.pushing import Crane, Skopeo

STRANGER = f"{PAGE}.stranger.example"


class Sprung(NamedTuple):
    """`host`: host:port of a registry with that trap in front of it."""

    trap: Trap
    host: str


@pytest.fixture(scope="module")
def outspoken(programs: None, image: Image, logs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """host:port of a registry that names an origin itself."""
    folder = tmp_path_factory.mktemp("outspoken")
    own = {"Access-Control-Allow-Origin": ["*"]}
    with distribution("3.1", folder, logs / "outspoken.log", headers=own) as host:
        Skopeo(host, folder / "skopeo").push(image, INDEX)
        Crane(host, folder / "crane").append({"hold/cargo": b"soundings"}, CLASSIC)
        yield host


@pytest.fixture(scope="module", params=TRAPS, ids=named)
def sprung(
    request: pytest.FixtureRequest, moor: Moor, outspoken: str, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sprung]:
    trap: Trap = request.param
    needed(PROGRAMS[trap.proxy])
    folder = tmp_path_factory.mktemp(named(trap)) / "proxy"
    made: AbstractContextManager[str]
    if trap.behind == "asking":
        upstream = moor("3.1", "none").harbour.upstream
        made = asking_itself(trap.proxy, folder, logs, upstream, trap.spring)
    else:
        upstream = outspoken
        if trap.behind != "outspoken":
            upstream = moor("3.1", "htpasswd" if trap.behind == "guarded" else "none").harbour.upstream
        made = fronting(trap.proxy, folder, logs, upstream, trap.choice, trap.spring)
    with made as host:
        yield Sprung(trap, host)


def test_check_finds_the_trap(sprung: Sprung) -> None:
    person = None if sprung.trap.behind in ("open", "outspoken") else PILOT
    result = check(sprung.host, person, "--allowed-origin", PAGE, "--foreign-origin", STRANGER)
    assert result.status == 1
    assert sprung.trap.check in result.failed
