import asyncio

import pytest

from app.client.permits import NotPermitted, Permits
from app.client.permitted_prober import PermittedProber
from app.oci.origin import Origin, parse_origin
from app.ports.probing import Probe
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import REGISTRY, TOKEN, Cors, FakeRegistry, FakeTokenService, world

HERE = parse_origin(REGISTRY)


def prober(granted: tuple[str, ...] | None, registry: Origin | None = HERE) -> tuple[PermittedProber, FakeBrowser]:
    permits = Permits()
    permits.granted = granted
    browser = FakeBrowser(world(FakeRegistry(Cors()), FakeTokenService(Cors())))
    return PermittedProber(browser, permits, lambda: registry), browser


def look(probing: PermittedProber, url: str) -> str:
    return asyncio.run(probing.look(Probe("GET", url), 8)).outcome


@pytest.mark.parametrize(("url", "part"), [(f"{REGISTRY}/v2/", "registry"), (f"{TOKEN}/token", "token")])
def test_what_was_not_granted_is_not_looked_at(url: str, part: str) -> None:
    probing, _ = prober(())
    with pytest.raises(NotPermitted) as caught:
        look(probing, url)
    assert caught.value.part == part


def test_what_was_granted_is_looked_at() -> None:
    probing, _ = prober((REGISTRY,))
    assert look(probing, f"{REGISTRY}/v2/") == "readable"


@pytest.mark.parametrize(("granted", "registry"), [(None, HERE), ((), None)])
def test_without_a_rule_or_a_registry_nothing_is_held_back(
    granted: tuple[str, ...] | None, registry: Origin | None
) -> None:
    probing, _ = prober(granted, registry)
    assert look(probing, f"{REGISTRY}/v2/") == "readable"


def test_a_copy_for_other_registries_lets_its_policy_answer() -> None:
    probing, _ = prober(None)
    probing._permits.offered = ()
    assert look(probing, f"{REGISTRY}/v2/") == "readable"


def test_what_is_no_request_passes() -> None:
    probing, browser = prober(())
    assert probing.is_online() == browser.is_online()
    assert asyncio.run(probing.permissions()) == asyncio.run(browser.permissions())
