"""What an extension may read, and what goes on once it may."""

import pytest

from app.client.needs import needed_for
from app.client.permits import NotPermitted
from app.oci.origin import parse_origin
from app.state.host_config import DEFAULT, HostRegistry
from app.state.messages import Granted, Start
from app.state.model import Catalog
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import Cors, FakeRegistry, world
from tests.unit.fake_transport import FakeTransport, challenge
from tests.unit.state.fake_content import CATALOG_URL, HOME, REGISTRY, plan_catalog
from tests.unit.state.fake_page import Tab, nothing_there, play

OTHER = parse_origin("https://other.example")


async def begin(tab: Tab, text: str = HOME, granted: tuple[str, ...] = ()) -> None:
    tab.send(Start(0, text, {}, secure=True, extension=True, granted=granted))
    await tab.settle()


def test_a_registry_that_was_not_granted_is_asked_about_and_not_contacted() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a"])
        await begin(tab)
        assert tab.facts() == ("registry", "login", "permission")
        assert tab.transport.requests == []

    play(scene)


def test_once_granted_it_goes_on_by_itself() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a"])
        await begin(tab)
        tab.send(Granted((str(REGISTRY),), ok=True))
        await tab.settle()
        assert tab.facts() == ("registry", "shown", "")
        assert tab.shown(Catalog).listing.items == ("a",)

    play(scene)


def test_a_refusal_is_told_and_leaves_the_question() -> None:
    async def scene(tab: Tab) -> None:
        await begin(tab)
        tab.send(Granted((), ok=False))
        await tab.settle()
        assert (tab.state.refused, tab.facts()) == (True, ("registry", "login", "permission"))
        assert tab.transport.requests == []

    play(scene)


def test_a_refusal_is_over_on_the_next_page() -> None:
    async def scene(tab: Tab) -> None:
        await begin(tab)
        tab.send(Granted((), ok=False))
        await tab.go("#/other.example")
        assert not tab.state.refused

    play(scene)


def test_what_was_granted_before_is_read_at_once() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a"])
        await begin(tab, granted=(str(REGISTRY),))
        assert tab.facts() == ("registry", "shown", "")

    play(scene)


def test_what_is_taken_back_is_not_read_any_more() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a"])
        await begin(tab, granted=(str(REGISTRY),))
        tab.send(Granted((), ok=True))
        await tab.go("#/other.example")
        await tab.go(HOME)
        await tab.press("retry")
        assert tab.transport.urls() == [CATALOG_URL]
        assert tab.state.failure is not None
        assert isinstance(tab.state.failure.error, NotPermitted)

    play(scene)


def test_another_grant_does_not_read_a_page_again() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a"])
        await begin(tab, granted=(str(REGISTRY),))
        tab.send(Granted((str(REGISTRY), str(OTHER)), ok=True))
        await tab.settle()
        assert tab.transport.urls() == [CATALOG_URL]

    play(scene)


def test_a_copy_for_certain_registries_asks_no_other() -> None:
    config = DEFAULT._replace(registries=(HostRegistry(OTHER, "other"),), only=True)

    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        assert tab.facts() == ("registry", "failed", "permission")
        assert tab.transport.requests == []

    play(scene, lambda: Tab(config=config))


@pytest.mark.parametrize(
    ("pasted", "wanted"),
    [
        (
            "nginx",
            ("https://registry-1.docker.io", "https://auth.docker.io", "https://production.cloudflare.docker.com"),
        ),
        ("ghcr.io/org/app:1", ("https://ghcr.io", "https://pkg-containers.githubusercontent.com")),
        ("docker pull quay.io/org/app", ("https://quay.io", "https://cdn01.quay.io")),
        ("registry.gitlab.com/group/app", ("https://gitlab.com", "https://cdn.registry.gitlab-static.net")),
        ("public.ecr.aws/nginx/nginx", ("https://public.ecr.aws", "https://d5l0dvt14r5h8.cloudfront.net")),
        ("mcr.microsoft.com/dotnet/sdk:8.0", ("https://mcr.microsoft.com", "https://*.data.mcr.microsoft.com")),
        ("registry.k8s.io/pause:3.10", ("https://registry.k8s.io", "https://*.pkg.dev")),
    ],
)
def test_a_public_registry_is_asked_for_with_all_that_it_takes(pasted: str, wanted: tuple[str, ...]) -> None:
    async def scene(tab: Tab) -> None:
        await begin(tab, "")
        await tab.submit("open", reference=pasted)
        assert tab.state.failure is not None
        error = tab.state.failure.error
        assert isinstance(error, NotPermitted)
        assert set(wanted) <= set(needed_for(error, ()))
        assert tab.transport.requests == []

    play(scene)


def test_docker_hub_is_read_by_the_short_name_of_an_image() -> None:
    tags = "https://registry-1.docker.io/v2/library/nginx/tags/list?n=1000"
    realm = 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"'

    async def scene(tab: Tab) -> None:
        tab.transport.on("GET", tags, challenge(realm))
        await begin(tab, "", ("https://registry-1.docker.io", "https://auth.docker.io"))
        await tab.submit("open", reference="nginx")
        assert tab.transport.urls()[0] == tags
        assert tab.transport.urls()[1].startswith("https://auth.docker.io/token?service=registry.docker.io&scope=")

    play(scene, lambda: Tab(FakeTransport(nothing_there)))


def test_what_is_typed_as_a_storage_is_of_that_page() -> None:
    async def scene(tab: Tab) -> None:
        await begin(tab)
        await tab.type("storage", "https://s.example")
        assert tab.state.storage == "https://s.example"
        await tab.go("#/other.example")
        assert tab.state.storage == ""

    play(scene)


def test_the_doctor_looks_at_a_registry_once_it_was_granted() -> None:
    registry = "https://registry.example"

    async def scene(tab: Tab) -> None:
        await begin(tab, "#/registry.example/-/doctor")
        assert tab.facts()[2] == "permission"
        begun = tab.state.checkup
        assert begun is None
        tab.send(Granted((registry,), ok=True))
        await tab.settle()
        checkup = tab.state.checkup
        assert checkup is not None
        assert not checkup.running

    play(scene, lambda: Tab(prober=FakeBrowser(world(FakeRegistry(Cors())))))
