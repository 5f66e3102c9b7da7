"""The choices in cors-examples/ and their limits: who may read, what else is in the way, who asks for a password."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.asking import PAGE, Answer, ask, basic, preflight
from tests.real.explorer import Explorer
from tests.real.moorings import Moor, named
from tests.real.needs import needed
from tests.real.shore import INDEX
from tests.real.test_proxy_cors import EXPOSED
from tests.servers.distribution import PROGRAMS, VERSIONS, Auth, distribution, htpasswd_auth
from tests.servers.examples import DELETING, LISTED
from tests.servers.fronting import fronting
from tests.servers.passwords import asking_itself
from tests.servers.people import PILOT
from tests.servers.ports import LOOPBACK, reserve_port
from tests.servers.proxies import PROGRAMS as PROXY_PROGRAMS
from tests.servers.proxies import PROXIES, Proxy
from tests.servers.pushing import Skopeo

# Origins that only look like PAGE to who compares by a beginning, an end, or a pattern.
STRANGERS = (
    "https://stranger.example",
    f"{PAGE}.stranger.example",
    "https://portolan-example",
    "http://portolan.example",
    f"{PAGE}:8443",
    "https://not-portolan.example",
    f"{PAGE}/",
    "null",
)


def cors_headers(answer: Answer) -> list[str]:
    return [name for name in answer.names if name.startswith("access-control-")]


@pytest.fixture(scope="module", params=PROXIES)
def proxy(request: pytest.FixtureRequest) -> Proxy:
    needed(PROXY_PROGRAMS[request.param])
    chosen: Proxy = request.param
    return chosen


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("choices")


@pytest.fixture(scope="module")
def listed(proxy: Proxy, moor: Moor, own: Path, logs: Path) -> Iterator[str]:
    """A proxy that lets PAGE alone read and delete; the registry behind it asks for a password."""
    upstream = moor("3.1", "htpasswd").harbour.upstream
    choice = {**LISTED, "METHODS": DELETING}
    with fronting(proxy, own / f"listed-{proxy}", logs, upstream, choice) as host:
        yield host


def test_the_allowed_origin_is_named(listed: str) -> None:
    answer = ask(listed, "/v2/")
    assert answer.status == 401
    assert answer.one("Access-Control-Allow-Origin") == PAGE
    assert answer.listed("Access-Control-Expose-Headers") == EXPOSED
    assert answer.all("Access-Control-Allow-Credentials") == []


def test_the_preflight_of_the_allowed_origin_is_answered(listed: str) -> None:
    answer = preflight(listed, "/v2/")
    assert answer.status == 204
    assert answer.one("Access-Control-Allow-Origin") == PAGE
    assert answer.listed("Access-Control-Allow-Headers") == {"authorization", "accept", "range"}


def test_deleting_is_allowed_where_it_was_chosen(listed: str) -> None:
    assert preflight(listed, "/v2/").listed("Access-Control-Allow-Methods") == {"get", "head", "options", "delete"}


def test_a_request_to_delete_reaches_the_registry(listed: str) -> None:
    nowhere = f"/v2/lab/harbour/manifests/sha256:{'0' * 64}"
    answer = ask(listed, nowhere, "DELETE", Authorization=basic(PILOT))
    assert answer.status == 404
    assert answer.one("Access-Control-Allow-Origin") == PAGE


def test_portolan_reads_where_its_own_origin_alone_is_allowed(
    explorer: Explorer, proxy: Proxy, moor: Moor, tmp_path: Path
) -> None:
    own_origin = explorer.page.evaluate("location.origin")
    upstream = moor("3.1", "htpasswd").harbour.upstream
    with fronting(proxy, tmp_path / proxy, tmp_path, upstream, {**LISTED, "ALLOWED_ORIGIN": own_origin}) as host:
        explorer.open(f"{host}/{INDEX}")
        explorer.enter(PILOT, approval=False)
        explorer.awaits("manifest", "shown", f"{host}/{INDEX}")


@pytest.mark.parametrize("origin", STRANGERS)
def test_a_foreign_origin_gets_none_of_the_headers(listed: str, origin: str) -> None:
    answer = ask(listed, "/v2/", Origin=origin)
    assert answer.status == 401
    assert cors_headers(answer) == []


def test_the_preflight_of_a_foreign_origin_gets_none_of_the_headers(listed: str) -> None:
    assert cors_headers(preflight(listed, "/v2/", "https://stranger.example")) == []


@pytest.mark.parametrize("origin", [PAGE, "https://stranger.example"])
def test_caches_are_told_that_the_answer_depends_on_the_origin(listed: str, origin: str) -> None:
    assert "origin" in ask(listed, "/v2/", Origin=origin).listed("Vary")


@pytest.fixture(scope="module")
def down(proxy: Proxy, own: Path, logs: Path) -> Iterator[str]:
    """A proxy in front of nothing."""
    with fronting(proxy, own / f"down-{proxy}", logs, f"{LOOPBACK}:{reserve_port()}") as host:
        yield host


def test_that_the_registry_is_down_can_be_read(down: str) -> None:
    answer = ask(down, "/v2/")
    assert answer.status in (502, 503)
    assert answer.one("Access-Control-Allow-Origin") == "*"


@pytest.fixture(
    scope="module", params=[(version, auth) for version in VERSIONS for auth in ("none", "htpasswd")], ids=named
)
def outspoken(
    request: pytest.FixtureRequest, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, int]]:
    """host:port of a registry whose own http.headers name CORS, and the status of its /v2/."""
    version, mode = request.param
    needed(PROGRAMS[version])
    headers = {
        "Access-Control-Allow-Origin": ["https://elsewhere.example"],
        "Access-Control-Allow-Headers": ["Accept"],
        "Access-Control-Allow-Methods": ["DELETE"],
        "Access-Control-Allow-Credentials": ["true"],
        "Access-Control-Expose-Headers": ["Docker-Content-Digest"],
        "Access-Control-Max-Age": ["1"],
    }
    folder = tmp_path_factory.mktemp(f"outspoken-{version}-{mode}")
    auth: Auth = htpasswd_auth(folder) if mode == "htpasswd" else {}
    with distribution(version, folder, logs / f"{folder.name}.log", auth, headers) as host:
        yield host, 401 if auth else 200


def test_what_the_registry_says_of_cors_itself_is_not_repeated(
    proxy: Proxy, outspoken: tuple[str, int], tmp_path: Path
) -> None:
    upstream, status = outspoken
    with fronting(proxy, tmp_path / "all", tmp_path, upstream) as host:
        answer = ask(host, "/v2/")
    assert answer.status == status
    assert answer.one("Access-Control-Allow-Origin") == "*"
    assert answer.listed("Access-Control-Expose-Headers") == EXPOSED
    assert answer.one("Access-Control-Max-Age") == "7200"
    assert answer.listed("Access-Control-Allow-Headers") == {"authorization", "accept", "range"}
    assert answer.listed("Access-Control-Allow-Methods") == {"get", "head", "options"}
    assert answer.all("Access-Control-Allow-Credentials") == []


def test_what_the_registry_says_of_cors_itself_does_not_reach_a_foreign_origin(
    proxy: Proxy, outspoken: tuple[str, int], tmp_path: Path
) -> None:
    with fronting(proxy, tmp_path / "listed", tmp_path, outspoken[0], LISTED) as host:
        answer = ask(host, "/v2/", Origin="https://elsewhere.example")
    assert cors_headers(answer) == []


@pytest.fixture(scope="module")
def asking(proxy: Proxy, moor: Moor, own: Path, logs: Path) -> Iterator[str]:
    """A proxy that asks for PILOT's password itself."""
    with asking_itself(proxy, own / f"asking-{proxy}", logs, moor("3.1", "none").harbour.upstream) as host:
        yield host


def test_a_password_asked_for_by_the_proxy_comes_after_the_preflight(asking: str) -> None:
    answer = preflight(asking, "/v2/")
    assert answer.status == 204
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_the_401_of_the_proxy_itself_can_be_read(asking: str) -> None:
    answer = ask(asking, "/v2/")
    assert answer.status == 401
    assert answer.one("WWW-Authenticate").lower().startswith("basic ")
    assert answer.one("Access-Control-Allow-Origin") == "*"
    assert answer.listed("Access-Control-Expose-Headers") == EXPOSED


def test_who_signs_in_at_the_proxy_reads_the_registry(asking: str) -> None:
    answer = ask(asking, "/v2/_catalog", Authorization=basic(PILOT))
    assert answer.status == 200
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_skopeo_signs_in_at_the_proxy(asking: str, moor: Moor, tmp_path: Path) -> None:
    digest = moor("3.1", "none").image.digest
    assert Skopeo(asking, tmp_path / "skopeo", PILOT).pull(INDEX, tmp_path / "pulled") == digest


def test_portolan_signs_in_at_the_proxy(explorer: Explorer, asking: str) -> None:
    explorer.open(f"{asking}/{INDEX}")
    explorer.enter(PILOT, approval=False)
    explorer.awaits("manifest", "shown", f"{asking}/{INDEX}")
