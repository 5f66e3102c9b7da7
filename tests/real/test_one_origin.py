"""Registry, realm and page under one origin: Portolan beside /v2/, and the realm behind the registry's own proxy."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, expect

from tests.real.asking import PAGE, ask, basic, preflight
from tests.real.booting import Booted, boot
from tests.real.explorer import Explorer
from tests.real.moorings import named
from tests.real.needs import needed
from tests.real.shore import INDEX
from tests.servers.binaries import ROOT
from tests.servers.distribution import PROGRAMS, VERSIONS, Version, distribution, htpasswd_auth, token_auth
from tests.servers.examples import LISTED
from tests.servers.harbour import Mode
from tests.servers.images import Image
from tests.servers.people import PILOT, Person
from tests.servers.ports import LOOPBACK, reserve_port
from tests.servers.proxies import PROGRAMS as PROXY_PROGRAMS
from tests.servers.proxies import Proxy
from tests.servers.pushing import Skopeo
from tests.servers.relays import BOTH, together
from tests.servers.token_service import TokenService
from tools.publish import copy_site

Case = tuple[Proxy, Version, Mode]

BESIDE: list[Case] = [("nginx", "3.1", "token"), ("nginx", "2.8", "htpasswd"), ("caddy", "3.1", "token")]
SHARED: list[Case] = [(proxy, version, "token") for proxy in BOTH for version in VERSIONS]
LISTS: list[Case] = [(proxy, "3.1", "token") for proxy in BOTH]


class Place(NamedTuple):
    """`host`: host:port of all of it. `mode`: how one signs in there."""

    host: str
    mode: Mode


class Building:
    """Puts one of the examples in front of a registry with an image in it."""

    def __init__(
        self, issuer: TokenService, image: Image, folders: pytest.TempPathFactory, logs: Path, stack: ExitStack
    ) -> None:
        self._issuer = issuer
        self._image = image
        self._folders = folders
        self._logs = logs
        self._stack = stack

    def build(self, example: str, case: Case, names: dict[str, str]) -> Place:
        proxy, version, mode = case
        needed(PROGRAMS[version])
        needed(PROXY_PROGRAMS[proxy])
        folder = self._folders.mktemp(f"{example}-{named(case)}")
        port = reserve_port()
        host = f"{LOOPBACK}:{port}"
        auth = htpasswd_auth(folder)
        if mode == "token":
            auth = token_auth(folder, version, f"http://{host}/token", host, self._issuer.office)
        upstream = self._stack.enter_context(distribution(version, folder, self._logs / f"{folder.name}.log", auth))
        own = {"REGISTRY_UPSTREAM": upstream, "TOKEN_UPSTREAM": self._issuer.address, **names}
        self._stack.enter_context(together(example, proxy, folder / "proxy", self._logs, own, port))
        assert Skopeo(host, folder / "skopeo", PILOT).push(self._image, INDEX) == self._image.digest
        return Place(host, mode)


@pytest.fixture(scope="module")
def building(
    programs: None, issuer: TokenService, image: Image, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Building]:
    with ExitStack() as stack:
        yield Building(issuer, image, tmp_path_factory, logs, stack)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make site` builds."""
    folder = tmp_path_factory.mktemp("site") / "site"
    copy_site(ROOT, folder)
    return folder


@pytest.fixture(scope="module", params=BESIDE, ids=named)
def beside(request: pytest.FixtureRequest, building: Building, site: Path) -> Place:
    """Portolan served beside /v2/."""
    return building.build("same-origin", request.param, {"SITE_ROOT": str(site)})


@pytest.fixture(scope="module")
def own_tab(beside: Place, browser: Browser) -> Iterator[Booted]:
    booted = boot(browser, f"http://{beside.host}/")
    yield booted
    booted.page.close()


def test_portolan_reads_the_registry_it_is_served_beside(own_tab: Booted, beside: Place, image: Image) -> None:
    explorer = Explorer(own_tab.page)
    explorer.open(f"{beside.host}/{INDEX}")
    explorer.enter(PILOT, approval=False)
    explorer.awaits("manifest", "shown", f"{beside.host}/{INDEX}")
    expect(explorer.main).to_contain_text(image.digest)
    assert own_tab.complaints == []


@pytest.mark.parametrize("path", ["/", "/v2/", "/token", "/static/vendor/app.zip"])
def test_pages_of_other_origins_may_read_nothing_of_it(beside: Place, path: str) -> None:
    assert not [name for name in ask(beside.host, path).names if name.startswith("access-control-")]


def test_skopeo_pulls_from_beside_the_page(beside: Place, image: Image, tmp_path: Path) -> None:
    assert Skopeo(beside.host, tmp_path / "skopeo", PILOT).pull(INDEX, tmp_path / "pulled") == image.digest


@pytest.fixture(scope="module", params=SHARED, ids=named)
def shared(request: pytest.FixtureRequest, building: Building) -> Place:
    """A registry whose realm is behind the same proxy."""
    return building.build("token-service", request.param, {})


@pytest.fixture(scope="module", params=LISTS, ids=named)
def listed(request: pytest.FixtureRequest, building: Building) -> Place:
    """The same for PAGE alone."""
    return building.build("token-service", request.param, LISTED)


def test_portolan_asks_for_no_approval_of_a_realm_that_is_the_registrys_origin(
    explorer: Explorer, shared: Place
) -> None:
    explorer.open(f"{shared.host}/{INDEX}")
    explorer.enter(PILOT, approval=False)
    explorer.awaits("manifest", "shown", f"{shared.host}/{INDEX}")


@pytest.mark.parametrize("path", ["/v2/", "/token"])
def test_a_preflight_is_answered_204(shared: Place, path: str) -> None:
    answer = preflight(shared.host, path)
    assert answer.status == 204
    assert answer.one("Access-Control-Allow-Origin") == "*"
    assert answer.listed("Access-Control-Allow-Methods") == {"get", "head", "options", "post"}


def test_a_wrong_password_is_a_401_that_can_be_read(shared: Place) -> None:
    answer = ask(shared.host, "/token?service=x", Authorization=basic(Person("pilot", "wrong")))
    assert answer.status == 401
    assert answer.one("Access-Control-Allow-Origin") == "*"


@pytest.mark.parametrize("path", ["/v2/", "/token"])
def test_a_foreign_origin_gets_none_of_the_headers(listed: Place, path: str) -> None:
    answers = [ask(listed.host, path, method, Origin="https://stranger.example") for method in ("GET", "OPTIONS")]
    assert not [name for answer in answers for name in answer.names if name.startswith("access-control-")]
    assert ask(listed.host, path).one("Access-Control-Allow-Origin") == PAGE
