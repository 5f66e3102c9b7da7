"""Through each proxy of cors-examples/ in a real browser: opened, signed in to where it asks, an image read."""

import pytest
from playwright.sync_api import expect

from tests.real.explorer import Explorer
from tests.real.moorings import BEHIND, Moor, named
from tests.real.shore import INDEX
from tests.servers.distribution import Version
from tests.servers.harbour import Mode
from tests.servers.proxies import Proxy


# nginx is in test_explore.py, and more thoroughly.
@pytest.mark.parametrize(
    ("version", "mode", "proxy"), [case for case in BEHIND if case[2] != "nginx"], ids=map(named, BEHIND[6:])
)
def test_an_image_is_read(explorer: Explorer, moor: Moor, version: Version, mode: Mode, proxy: Proxy) -> None:
    place = moor(version, mode, proxy)
    explorer.open(f"{place.host}/{INDEX}")
    explorer.enter(place.harbour.person, approval=mode == "token")
    explorer.awaits("manifest", "shown", f"{place.host}/{INDEX}")
    expect(explorer.main).to_contain_text(place.digests[INDEX])
