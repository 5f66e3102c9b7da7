"""Blobs that the registry sends elsewhere for, as to S3: the rules of cors-examples/s3-storage, on a stand-in."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.real.asking import ask, basic, preflight
from tests.real.explorer import Explorer
from tests.real.needs import needed
from tests.real.shore import INDEX
from tests.servers.bucket import Bucket, bucket, s3_rules
from tests.servers.distribution import PROGRAMS, VERSIONS, distribution, htpasswd_auth
from tests.servers.fronting import fronting
from tests.servers.images import Image
from tests.servers.people import PILOT
from tests.servers.proxies import PROGRAMS as PROXY_PROGRAMS
from tests.servers.proxies import PROXIES
from tests.servers.pushing import Skopeo

NAME = INDEX.partition(":")[0]


class Stored(NamedTuple):
    """`host`: host:port of a registry. `storage`: where its blobs are. `config`: the digest of one."""

    host: str
    storage: Bucket
    config: str


@pytest.fixture(scope="module", params=VERSIONS)
def registry(
    request: pytest.FixtureRequest, programs: None, image: Image, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stored]:
    """distribution with htpasswd and every blob elsewhere."""
    version = request.param
    needed(PROGRAMS[version])
    folder = tmp_path_factory.mktemp(f"stored-{version}")
    log = logs / f"stored-{version}.log"
    [first, *_] = image.read(image.digest)["manifests"]
    config = image.read(first["digest"])["config"]["digest"]
    with (
        bucket(folder / "storage", s3_rules()) as storage,
        distribution(version, folder, log, htpasswd_auth(folder), blobs_at=storage.origin) as host,
    ):
        Skopeo(host, folder / "skopeo", PILOT).push(image, INDEX)
        yield Stored(host, storage, config)


@pytest.fixture(scope="module", params=PROXIES)
def stored(
    request: pytest.FixtureRequest, registry: Stored, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stored]:
    """That registry behind each proxy."""
    needed(PROXY_PROGRAMS[request.param])
    folder = tmp_path_factory.mktemp("stored") / "proxy"
    with fronting(request.param, folder, logs, registry.host) as host:
        yield registry._replace(host=host)


def test_the_redirect_to_the_storage_can_be_read(stored: Stored) -> None:
    answer = ask(stored.host, f"/v2/{NAME}/blobs/{stored.config}", Authorization=basic(PILOT))
    assert answer.status == 307
    assert answer.one("Location").startswith(stored.storage.origin)
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_a_blob_is_read_from_the_storage(explorer: Explorer, stored: Stored) -> None:
    stored.storage.asked.clear()
    explorer.open(f"{stored.host}/{NAME}/-/blob/{stored.config}")
    explorer.enter(PILOT, approval=False)
    explorer.awaits("blob", "shown", f"{stored.host}/{NAME}")
    expect(explorer.main.locator(".stats .verified")).to_have_text("verified")
    assert [one.method for one in stored.storage.asked] == ["GET"]


def test_skopeo_follows_the_redirect(stored: Stored, image: Image, tmp_path: Path) -> None:
    assert Skopeo(stored.host, tmp_path / "skopeo", PILOT).pull(INDEX, tmp_path / "pulled") == image.digest


def test_the_rules_allow_what_a_browser_asks_after_a_redirect(registry: Stored) -> None:
    # Any engine sends Origin: null there, and WebKit a preflight that asks for authorization.
    answer = preflight(urlsplit(registry.storage.origin).netloc, "/docker", "null")
    assert answer.status == 200
    assert answer.one("Access-Control-Allow-Origin") == "*"
    assert "authorization" in answer.listed("Access-Control-Allow-Headers")


def test_a_rule_for_the_pages_own_origin_is_not_enough(explorer: Explorer, registry: Stored, tmp_path: Path) -> None:
    with fronting("nginx", tmp_path / "nginx", tmp_path, registry.host) as host:
        own = explorer.page.evaluate("location.origin")
        with pytest.MonkeyPatch.context() as narrow:
            narrow.setattr(registry.storage, "rules", [{**s3_rules()[0], "AllowedOrigins": [own]}])
            explorer.open(f"{host}/{NAME}/-/blob/{registry.config}")
            explorer.enter(PILOT, approval=False)
            explorer.awaits("blob", "failed", f"{host}/{NAME}")
