"""check.py against what cors-examples/ sets up: it passes."""

from pathlib import Path

import pytest

from tests.real.asking import PAGE
from tests.real.checking import check
from tests.real.moorings import BEHIND, Moor, named
from tests.real.needs import needed
from tests.servers.distribution import Version
from tests.servers.examples import LISTED
from tests.servers.fronting import fronting
from tests.servers.harbour import Mode
from tests.servers.people import PILOT
from tests.servers.proxies import PROGRAMS, PROXIES, Proxy

STRANGER = f"{PAGE}.stranger.example"
# Of every registry; the other numbers depend on how one signs in, on a choice, or need more than a look from outside.
ALWAYS = {1, 4, 6, 7, 8, 9, 10, 11, 14}
SIGNED_IN = {2, 3}
TOKEN = {17, 18}


@pytest.mark.parametrize(("version", "mode", "proxy"), BEHIND, ids=map(named, BEHIND))
def test_every_check_passes_where_any_origin_may_read(moor: Moor, version: Version, mode: Mode, proxy: Proxy) -> None:
    place = moor(version, mode, proxy)
    result = check(place.host, place.harbour.person, "--allowed-origin", PAGE)
    assert result.failed == {}
    assert result.passed == ALWAYS | (set() if mode == "none" else SIGNED_IN) | (TOKEN if mode == "token" else set())
    assert result.status == 0


@pytest.mark.parametrize("proxy", PROXIES)
def test_every_check_passes_with_a_list_of_origins(moor: Moor, proxy: Proxy, tmp_path: Path) -> None:
    needed(PROGRAMS[proxy])
    upstream = moor("3.1", "htpasswd").harbour.upstream
    with fronting(proxy, tmp_path / proxy, tmp_path, upstream, LISTED) as host:
        result = check(host, PILOT, "--allowed-origin", PAGE, "--foreign-origin", STRANGER)
    assert result.failed == {}
    assert result.passed == ALWAYS | SIGNED_IN | {15, 16}
    assert result.status == 0
