"""What the tests against real servers share: one of each server, one browser, one boot of the page."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.real.auth_cases import Places
from tests.real.booting import Booted, boot
from tests.real.explorer import Explorer
from tests.real.moorings import BEHIND, KINDS, Moor, named
from tests.real.needs import needed
from tests.real.shore import Shore, land
from tests.servers.binaries import ROOT, BinaryMissing, find_binary
from tests.servers.distribution import PROGRAMS, VERSIONS, Version
from tests.servers.harbour import Harbour, Mode, harbour
from tests.servers.images import Image, multi_platform
from tests.servers.keycloak import keycloak
from tests.servers.office import Office
from tests.servers.playground_tokens import PlaygroundTokens, playground_tokens
from tests.servers.processes import tail
from tests.servers.proxies import PROGRAMS as PROXY_PROGRAMS
from tests.servers.proxies import Proxy
from tests.servers.static_site import static_site
from tests.servers.token_service import TokenService, token_service

LOGS = pytest.StashKey[Path]()
LENGTHS = pytest.StashKey[dict[Path, int]]()

Starting = Future[Office] | None


@pytest.fixture(scope="session")
def logs(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path_factory.mktemp("logs")
    request.config.stash[LOGS] = folder
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Shows with a failure what the servers wrote meanwhile."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    folder = item.config.stash.get(LOGS, None)
    if folder is not None:
        lengths = item.config.stash.setdefault(LENGTHS, {})
        for log in sorted(folder.glob("*.log")):
            written = tail(log, lengths.get(log, 0))
            lengths[log] = log.stat().st_size
            if report.failed and written:
                report.sections.append((log.name, written))
    return report  # type: ignore[return-value]


@pytest.fixture(scope="session")
def programs() -> None:
    """Both clients and nginx; the registries and the other proxies are asked for where they are started."""
    for program in ("nginx", "htpasswd", "skopeo", "crane"):
        needed(program)


@pytest.fixture(scope="session")
def issuer(logs: Path) -> Iterator[TokenService]:
    with token_service(logs / "token-service.log") as service:
        yield service


@pytest.fixture(scope="session", autouse=True)
def starting(
    request: pytest.FixtureRequest, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Starting]:
    """Keycloak takes its time: where a test of this run needs it, it starts at once, beside all other tests."""
    wanted = any("keycloak_starting" in getattr(item, "fixturenames", ()) for item in request.session.items)
    try:
        find_binary("kc.sh")
        find_binary("java")
    except BinaryMissing:
        wanted = False  # the fixture below says so
    if not wanted:
        yield None
        return
    with ThreadPoolExecutor(1) as beside, ExitStack() as stack:
        folder = tmp_path_factory.mktemp("keycloak-home") / "keycloak"
        # What it enters, the stack leaves: the process ends with the session, whether anybody asked for it or not.
        future = beside.submit(lambda: stack.enter_context(keycloak(folder, logs / "keycloak.log")))
        yield future
        future.exception()


@pytest.fixture(scope="session")
def keycloak_starting(starting: Starting) -> Future[Office]:
    """What a registry has to know of Keycloak, once it is up."""
    for program in ("java", "kc.sh"):
        needed(program)
    assert starting is not None
    return starting


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    return multi_platform(tmp_path_factory.mktemp("image") / "layout")


@pytest.fixture(scope="session")
def moor(
    programs: None, issuer: TokenService, image: Image, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Moor]:
    folder = tmp_path_factory.mktemp("harbours")
    moored: dict[tuple[Version, Mode, Proxy], Shore] = {}
    with ExitStack() as stack:

        def get(version: Version, mode: Mode, proxy: Proxy = "nginx") -> Shore:
            if (version, mode, proxy) not in moored:
                needed(PROGRAMS[version])
                needed(PROXY_PROGRAMS[proxy])
                home = folder / f"{version}-{mode}-{proxy}"
                place = stack.enter_context(harbour(version, mode, home, logs, issuer, proxy=proxy))
                moored[version, mode, proxy] = land(place, image, all_of_it=proxy == "nginx")
            return moored[version, mode, proxy]

        yield get


@pytest.fixture(params=KINDS, ids=named)
def shore(request: pytest.FixtureRequest, moor: Moor) -> Shore:
    """Each version in each mode."""
    return moor(*request.param)


@pytest.fixture(params=[kind for kind in KINDS if kind[1] != "none"], ids=named)
def guarded(request: pytest.FixtureRequest, moor: Moor) -> Shore:
    """Each version in each mode that asks for a sign-in."""
    return moor(*request.param)


@pytest.fixture(params=BEHIND, ids=named)
def behind(request: pytest.FixtureRequest, moor: Moor) -> Shore:
    """Each version in each mode behind each proxy."""
    return moor(*request.param)


@pytest.fixture(params=[case for case in BEHIND if case[1] != "none"], ids=named)
def guarded_behind(request: pytest.FixtureRequest, moor: Moor) -> Shore:
    """Each version in each mode that asks for a sign-in, behind each proxy."""
    return moor(*request.param)


@pytest.fixture(params=[case for case in BEHIND if case[1] == "token"], ids=named)
def token_behind(request: pytest.FixtureRequest, moor: Moor) -> Shore:
    """Each version with token authentication, behind each proxy."""
    return moor(*request.param)


@pytest.fixture(params=VERSIONS)
def by_token(request: pytest.FixtureRequest, moor: Moor) -> Shore:
    """Each version with token authentication."""
    return moor(request.param, "token")


@pytest.fixture(scope="session")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlaygroundTokens]:
    with playground_tokens(tmp_path_factory.mktemp("playground") / "tokens") as service:
        yield service


@pytest.fixture(scope="session")
def places(
    programs: None, tokens: PlaygroundTokens, image: Image, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Places]:
    """Registries whose token service is the playground's."""
    with ExitStack() as stack:
        yield Places(tokens, image, tmp_path_factory.mktemp("playground"), logs, stack)


@pytest.fixture(params=VERSIONS)
def by_playground(request: pytest.FixtureRequest, places: Places) -> Harbour:
    """Each version with the playground's token service."""
    return places.get(request.param)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for all: a second one in the same thread does not start."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    debian = Path("/usr/bin/chromium")
    started = playwright.chromium.launch(
        executable_path=debian if debian.exists() else None,
        args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    )
    yield started
    started.close()


@pytest.fixture(scope="session")
def booted(browser: Browser, logs: Path) -> Iterator[Booted]:
    if not (ROOT / "static" / "vendor" / "app.zip").exists():
        pytest.fail("static/vendor/ is empty: make vendor fills it", pytrace=False)
    with static_site(logs / "static-site.log") as address:
        yield boot(browser, address)


@pytest.fixture
def explorer(booted: Booted) -> Iterator[Explorer]:
    """Portolan as in a new tab: signed in nowhere, nothing read, nothing kept; it may not complain in the console."""
    explorer = Explorer(booted.page)
    explorer.reset()
    yield explorer
    complaints = booted.complaints.copy()
    booted.complaints.clear()
    assert complaints == []
