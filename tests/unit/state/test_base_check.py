from app.client.endpoints import manifest_url
from app.oci.digest import digest_of
from app.oci.origin import Origin, parse_origin
from app.state.base_model import BaseCheck
from app.state.model import ManifestPage
from tests.unit.fake_transport import FakeResponse, FakeTransport, challenge, error_response
from tests.unit.state.fake_content import TAGS, config_of, image_of, plan_blob, plan_manifest
from tests.unit.state.fake_page import Tab, play

ELSEWHERE = parse_origin("https://bases.example")
NOW = digest_of(b"the base now")


def tab_with(answer: FakeResponse, registry: Origin = ELSEWHERE) -> Tab:
    tab = Tab(FakeTransport(lambda request: error_response(404, "NAME_UNKNOWN")))
    plan_blob(tab.transport, config_of("x"))
    plan_manifest(tab.transport, image_of(config_of("x")), "1.0")
    tab.transport.on("HEAD", manifest_url(registry, "lab/base", "12"), answer)
    return tab


async def asked(tab: Tab, name: str = "bases.example/lab/base:12") -> BaseCheck | None:
    await tab.start(f"{TAGS}:1.0")
    await tab.press("base-check", name=name)
    page = tab.state.page
    assert isinstance(page, ManifestPage)
    return page.base


HEAD = FakeResponse(
    200,
    b"",
    [("Content-Type", "application/vnd.oci.image.index.v1+json"), ("Docker-Content-Digest", str(NOW))],
)


def test_the_tag_of_a_base_image_is_asked_for_at_its_own_registry() -> None:
    async def scene(tab: Tab) -> None:
        assert await asked(tab) == BaseCheck("bases.example/lab/base:12", "known", NOW)
        to_it = [request for request in tab.transport.requests if "bases.example" in request.url]
        assert {request.method for request in to_it} == {"HEAD"}

    play(scene, lambda: tab_with(HEAD))


def test_nobody_is_asked_unless_a_person_wants_it() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"{TAGS}:1.0")
        assert [request for request in tab.transport.requests if "bases.example" in request.url] == []

    play(scene, lambda: tab_with(HEAD))


def test_a_private_host_is_not_knocked_at() -> None:
    async def scene(tab: Tab) -> None:
        found = await asked(tab, "10.0.0.7/lab/base:12")
        assert found == BaseCheck("10.0.0.7/lab/base:12", "private", None)
        assert [request for request in tab.transport.requests if "10.0.0.7" in request.url] == []

    play(scene, lambda: tab_with(HEAD))


def test_a_registry_that_wants_a_login_is_said_to_and_no_form_is_opened() -> None:
    async def scene(tab: Tab) -> None:
        found = await asked(tab)
        assert found is not None
        assert found.state == "login"
        assert tab.state.login is None

    play(scene, lambda: tab_with(challenge('Basic realm="bases"')))


def test_a_tag_that_is_gone_is_said_to_be() -> None:
    async def scene(tab: Tab) -> None:
        assert await asked(tab) == BaseCheck("bases.example/lab/base:12", "failed", None, "it answered 404")
        assert tab.state.failure is None

    play(scene, lambda: tab_with(error_response(404, "MANIFEST_UNKNOWN")))


def test_what_is_no_reference_is_not_asked_for() -> None:
    async def scene(tab: Tab) -> None:
        assert await asked(tab, "no reference") is None

    play(scene, lambda: tab_with(HEAD))
