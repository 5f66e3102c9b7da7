"""What an extension may read, and what goes on once it may."""

from app.client.permits import NotPermitted
from app.oci.origin import parse_origin
from app.state.host_config import DEFAULT, HostRegistry
from app.state.messages import Granted, Start
from app.state.model import Catalog
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import Cors, FakeRegistry, world
from tests.unit.state.fake_content import CATALOG_URL, HOME, REGISTRY, plan_catalog
from tests.unit.state.fake_page import Tab, play

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
        assert tab.state.checkup is None
        tab.send(Granted((registry,), ok=True))
        await tab.settle()
        checkup = tab.state.checkup
        assert checkup is not None
        assert not checkup.running

    play(scene, lambda: Tab(prober=FakeBrowser(world(FakeRegistry(Cors())))))
