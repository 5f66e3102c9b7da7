"""The relay of cors-examples/: registries of another name that send no CORS, with their realm and their storage."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playground.config import Config, parse_listener
from playground.server import Running
from playwright.sync_api import expect

from tests.real.asking import PAGE, ask, basic, preflight
from tests.real.explorer import Explorer
from tests.real.needs import needed
from tests.real.shore import INDEX, PUBLIC
from tests.servers.bucket import Bucket, bucket
from tests.servers.distribution import PROGRAMS, VERSIONS, distribution, token_auth
from tests.servers.examples import LISTED
from tests.servers.images import Image
from tests.servers.people import PILOT, Person
from tests.servers.playground_tokens import SAILOR, playing
from tests.servers.proxies import PROGRAMS as PROXY_PROGRAMS
from tests.servers.pushing import Skopeo
from tests.servers.relays import BOTH, together
from tests.servers.token_service import TokenService

NAME = INDEX.partition(":")[0]


class Silent(NamedTuple):
    """A registry that nobody here can change. `host`: its host:port. `storage`: where it sends whoever wants a blob."""

    host: str
    storage: Bucket
    issuer: TokenService


class Relay(NamedTuple):
    """`host`: host:port of the relay."""

    host: str
    behind: Silent

    def token(self) -> dict[str, str]:
        """What a page signed in with: by the challenge that the relay passes on."""
        challenge = ask(self.host, "/v2/").one("WWW-Authenticate")
        realm = urlsplit(challenge.partition('realm="')[2].partition('"')[0])
        service = challenge.partition('service="')[2].partition('"')[0]
        path = f"{realm.path}?service={service}&scope=repository:{NAME}:pull"
        answer = ask(realm.netloc, path, Authorization=basic(PILOT))
        return {"Authorization": f"Bearer {json.loads(answer.body)['token']}"}


@pytest.fixture(scope="module", params=VERSIONS)
def silent(
    request: pytest.FixtureRequest,
    programs: None,
    issuer: TokenService,
    image: Image,
    logs: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Silent]:
    """distribution with tokens, no CORS, and every blob elsewhere; so are realm and storage."""
    version = request.param
    needed(PROGRAMS[version])
    folder = tmp_path_factory.mktemp("silent")
    with distribution(version, folder, logs / f"stock-silent-{version}.log") as unguarded:
        for reference in (INDEX, PUBLIC):
            Skopeo(unguarded, folder / "skopeo").push(image, reference)
    office = issuer.office
    realm = f"http://{office.upstream}{office.path}"
    auth = token_auth(folder, version, realm, "silent.example", office)
    log = logs / f"silent-{version}.log"
    with (
        bucket(folder / "storage", []) as storage,
        distribution(version, folder, log, auth, blobs_at=storage.origin) as host,
    ):
        yield Silent(host.replace("127.0.0.1", "localhost"), storage, issuer)


@pytest.fixture(scope="module", params=BOTH)
def relay(
    request: pytest.FixtureRequest, silent: Silent, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Relay]:
    needed(PROXY_PROGRAMS[request.param])
    names = {
        "UPSTREAM_REGISTRY": f"http://{silent.host}",
        "UPSTREAM_TOKEN": f"http://{silent.issuer.address}",
        "UPSTREAM_STORAGE": silent.storage.origin,
    }
    with together("relay", request.param, tmp_path_factory.mktemp("relay") / "relay", logs, names) as host:
        yield Relay(host, silent)


@pytest.fixture(scope="module", params=BOTH)
def listed(
    request: pytest.FixtureRequest, issuer: TokenService, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A relay for PAGE alone. What is behind it does not matter."""
    needed(PROXY_PROGRAMS[request.param])
    names = dict.fromkeys(("UPSTREAM_REGISTRY", "UPSTREAM_TOKEN", "UPSTREAM_STORAGE"), f"http://{issuer.address}")
    folder = tmp_path_factory.mktemp("relay") / "listed"
    with together("relay", request.param, folder, logs, {**LISTED, **names}) as host:
        yield host


@pytest.fixture(scope="module")
def sample() -> Iterator[Running]:
    """The sample registry, sending no CORS: not itself, not its token service, not its storage."""
    listeners = ("quiet:bearer,realm=mute,no-cors,redirect-blobs=far", "mute:token,no-cors", "far:storage,no-cors")
    config = Config(only=[], content="small", listeners=tuple(map(parse_listener, listeners)))
    with playing(config) as running:
        yield running


@pytest.fixture(scope="module", params=BOTH)
def anywhere(
    request: pytest.FixtureRequest, sample: Running, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A relay in front of the sample registry."""
    needed(PROXY_PROGRAMS[request.param])
    names = {
        "UPSTREAM_REGISTRY": sample.origins["quiet"],
        "UPSTREAM_TOKEN": sample.origins["mute"],
        "UPSTREAM_STORAGE": sample.origins["far"],
    }
    with together("relay", request.param, tmp_path_factory.mktemp("relay") / "sample", logs, names) as host:
        yield host


def test_the_challenge_names_the_relay(relay: Relay) -> None:
    answer = ask(relay.host, "/v2/")
    assert answer.status == 401
    assert f'realm="http://{relay.host}/relay-token/token"' in answer.one("WWW-Authenticate")
    assert 'service="silent.example"' in answer.one("WWW-Authenticate")
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_a_token_of_the_relay_opens_the_registry(relay: Relay) -> None:
    answer = ask(relay.host, f"/v2/{NAME}/tags/list", **relay.token())
    assert answer.status == 200
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_a_wrong_password_is_a_401_that_can_be_read(relay: Relay) -> None:
    answer = ask(relay.host, "/relay-token/token?service=x", Authorization=basic(Person("pilot", "wrong")))
    assert answer.status == 401
    assert answer.one("Access-Control-Allow-Origin") == "*"


@pytest.mark.parametrize("path", ["/v2/", "/relay-token/token", "/relay-storage/docker"])
def test_a_preflight_is_answered_204(relay: Relay, path: str) -> None:
    answer = preflight(relay.host, path)
    assert answer.status == 204
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_a_blob_redirect_leads_to_the_relay(relay: Relay, image: Image) -> None:
    answer = ask(relay.host, blob_path(image), **relay.token())
    assert answer.status == 307
    assert answer.one("Location").startswith("/relay-storage/docker/registry/v2/blobs/")
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_a_blob_arrives_and_the_storage_sees_no_credentials(relay: Relay, image: Image) -> None:
    signed_in = relay.token()
    location = ask(relay.host, blob_path(image), **signed_in).one("Location")
    relay.behind.storage.asked.clear()
    answer = ask(relay.host, f"{location}?signature=%2Fa%3D", Cookie="harbour=1", **signed_in)
    assert answer.status == 200
    assert len(answer.body) == config_of(image)["size"]
    assert answer.one("Access-Control-Allow-Origin") == "*"
    [asked] = relay.behind.storage.asked
    assert not asked.headers & {"authorization", "cookie", "origin", "referer"}


def test_nothing_is_written_to_the_storage(relay: Relay) -> None:
    relay.behind.storage.asked.clear()
    ask(relay.host, "/relay-storage/docker", "PUT")
    assert relay.behind.storage.asked == []


@pytest.mark.parametrize("path", ["/", "/v1/", "/relay-storage", "/http://stranger.example/", "//stranger.example/v2/"])
def test_it_goes_nowhere_else(relay: Relay, path: str) -> None:
    before = len(relay.behind.storage.asked)
    answer = ask(relay.host, path)
    assert answer.status in (301, 404)
    assert len(relay.behind.storage.asked) == before


def test_portolan_reads_an_image_through_it(explorer: Explorer, relay: Relay, image: Image) -> None:
    explorer.open(f"{relay.host}/{INDEX}")
    explorer.enter(PILOT, approval=False)
    explorer.awaits("manifest", "shown", f"{relay.host}/{INDEX}")
    expect(explorer.main).to_contain_text(image.digest)


def test_portolan_reads_a_blob_through_it(explorer: Explorer, relay: Relay, image: Image) -> None:
    subject = f"{relay.host}/{NAME}"
    explorer.open(f"{subject}/-/blob/{config_of(image)['digest']}")
    explorer.enter(PILOT, approval=False)
    explorer.awaits("blob", "shown", subject)
    expect(explorer.main.locator(".stats .verified")).to_have_text("verified")


def test_skopeo_pulls_through_it(relay: Relay, image: Image, tmp_path: Path) -> None:
    assert Skopeo(relay.host, tmp_path / "skopeo").pull(PUBLIC, tmp_path / "pulled") == image.digest


@pytest.mark.parametrize("path", ["/v2/", "/relay-token/token", "/relay-storage/docker"])
def test_a_foreign_origin_gets_none_of_the_headers(listed: str, path: str) -> None:
    answers = [ask(listed, path, method, Origin="https://stranger.example") for method in ("GET", "OPTIONS")]
    assert not [name for answer in answers for name in answer.names if name.startswith("access-control-")]
    assert ask(listed, path).one("Access-Control-Allow-Origin") == PAGE


def test_portolan_reads_the_sample_registry_through_it(explorer: Explorer, sample: Running, anywhere: str) -> None:
    storage = sample.listeners["far"].log
    storage.clear()
    explorer.open(f"{anywhere}/private/logbook:latest")
    explorer.enter(SAILOR, approval=False)
    explorer.awaits("manifest", "shown", f"{anywhere}/private/logbook:latest")
    explorer.main.locator("#config .digest a").first.click()
    explorer.awaits("blob", "shown", f"{anywhere}/private/logbook:latest")
    seen: Any = storage.as_json()
    assert {(one["status"], one["authorization"], one["origin"]) for one in seen} == {(200, None, None)}


def config_of(image: Image) -> Any:
    [first, *_] = image.read(image.digest)["manifests"]
    return image.read(first["digest"])["config"]


def blob_path(image: Image) -> str:
    return f"/v2/{NAME}/blobs/{config_of(image)['digest']}"
