"""Each trap that cors.md and the READMEs of cors-examples/ name, set on purpose: who finds it?"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tests.real.asking import PAGE
from tests.real.checking import check
from tests.real.explorer import Explorer
from tests.real.moorings import Moor
from tests.real.needs import needed
from tests.real.shore import CLASSIC, INDEX
from tests.real.traps import TRAPS, VISIBLE, Trap, named
from tests.servers.bucket import bucket
from tests.servers.distribution import distribution, token_auth
from tests.servers.fronting import fronting
from tests.servers.images import Image
from tests.servers.passwords import asking_itself
from tests.servers.people import PILOT
from tests.servers.proxies import PROGRAMS
from tests.servers.pushing import Crane, Skopeo
from tests.servers.token_service import TokenService

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


@pytest.fixture(scope="module")
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


@pytest.mark.parametrize("sprung", TRAPS, ids=named, indirect=True, scope="module")
def test_check_finds_the_trap(sprung: Sprung) -> None:
    person = None if sprung.trap.behind in ("open", "outspoken") else PILOT
    result = check(sprung.host, person, "--allowed-origin", PAGE, "--foreign-origin", STRANGER)
    assert result.status == 1
    assert sprung.trap.check in result.failed


@pytest.mark.parametrize("sprung", VISIBLE, ids=named, indirect=True, scope="module")
def test_the_doctor_finds_the_trap(explorer: Explorer, sprung: Sprung) -> None:
    explorer.open(f"{sprung.host}/{INDEX}/-/doctor")
    explorer.awaits("doctor", "shown", f"{sprung.host}/{INDEX}")
    expect(explorer.main).to_have_attribute("data-verdict", sprung.trap.verdict)


class Elsewhere(NamedTuple):
    """`host`: host:port of a registry whose proxy is right. `blob`: the digest of one that it keeps in a bucket."""

    host: str
    blob: str


@pytest.fixture(scope="module")
def silent_realm(
    moor: Moor, issuer: TokenService, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """host:port of a registry behind nginx whose realm is the token service itself, which sends none of the headers."""
    folder = tmp_path_factory.mktemp("silent-realm")
    realm = f"http://{issuer.address}{issuer.office.path}"
    auth = token_auth(folder, "3.1", realm, "silent-realm", issuer.office)
    with (
        distribution("3.1", folder, logs / "silent-realm.log", auth) as upstream,
        fronting("nginx", folder / "nginx", logs, upstream) as host,
    ):
        yield host


def test_check_finds_a_realm_without_cors(silent_realm: str) -> None:
    result = check(silent_realm, PILOT)
    assert set(result.failed) == {17, 18}


def test_the_doctor_finds_a_realm_without_cors(explorer: Explorer, silent_realm: str) -> None:
    explorer.open(f"{silent_realm}/-/doctor")
    explorer.awaits("doctor", "shown", silent_realm)
    expect(explorer.main).to_have_attribute("data-verdict", "token-no-usable-allow-origin")


@pytest.fixture(scope="module")
def silent_storage(
    programs: None, image: Image, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Elsewhere]:
    """A registry behind nginx whose blobs are in a bucket without rules."""
    folder = tmp_path_factory.mktemp("silent-storage")
    [first, *_] = image.read(image.digest)["manifests"]
    with (
        bucket(folder / "storage", []) as storage,
        distribution("3.1", folder, logs / "silent-storage.log", blobs_at=storage.origin) as upstream,
        fronting("nginx", folder / "nginx", logs, upstream) as host,
    ):
        Skopeo(host, folder / "skopeo").push(image, INDEX)
        yield Elsewhere(host, image.read(first["digest"])["config"]["digest"])


def test_check_finds_a_storage_without_cors(silent_storage: Elsewhere) -> None:
    assert 21 in check(silent_storage.host, None).failed


def test_the_doctor_finds_a_storage_without_cors(explorer: Explorer, silent_storage: Elsewhere) -> None:
    subject = f"{silent_storage.host}/{INDEX}"
    explorer.open(f"{subject}/-/doctor?blob={silent_storage.blob}")
    explorer.awaits("doctor", "shown", subject)
    expect(explorer.main).to_have_attribute("data-verdict", "blob-redirect-without-cors")
