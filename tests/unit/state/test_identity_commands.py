import pytest

from app.client.errors import Forbidden
from app.ports.transport import Request
from app.state.messages import Submit
from app.state.model import Catalog, IdentitiesPage, ManifestPage
from tests.unit.fake_transport import FakeResponse, FakeTransport, error_response
from tests.unit.state.fake_content import HOME, TAGS, TAGS_URL
from tests.unit.state.fake_lab import APPROVED, PEOPLE, Lab, lab_tab, names_of
from tests.unit.state.fake_page import Tab, play

HTTPS = "https://r.example"


async def as_ann_and_bob(tab: Tab) -> None:
    """Both are signed in, Bob last."""
    await tab.start(HOME, {"approvals": APPROVED})
    for name, word in PEOPLE.items():
        await tab.press("add-identity")
        await tab.sign_in(name, word)


def test_a_second_identity_takes_the_place_of_the_first_and_the_page_is_read_as_it() -> None:
    async def scene(tab: Tab) -> None:
        await as_ann_and_bob(tab)
        assert names_of(tab.state) == [("ann", False), ("bob", True)]
        assert tab.rows() == ["bob"]

    play(scene, lab_tab())


def test_the_form_for_one_more_offers_no_name() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.sign_in()
        await tab.press("add-identity")
        assert tab.state.login is not None
        assert tab.state.login.username is None
        assert tab.rows() == ["ann"]

    play(scene, lab_tab())


def test_the_form_for_one_more_opens_on_the_page_of_the_registry_that_is_named() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.sign_in()
        await tab.go("#/-/identities")
        await tab.press("add-identity", registry=HTTPS)
        assert str(tab.state.route) == HOME
        assert tab.state.login is not None
        assert tab.state.login.username is None

    play(scene, lab_tab())


@pytest.mark.parametrize("scheme", ["basic", "bearer"])
def test_another_identity_reads_the_page_anew_and_nothing_of_the_first_stays(scheme: str) -> None:
    async def scene(tab: Tab) -> None:
        await as_ann_and_bob(tab)
        await tab.press("use-identity", name="ann")
        assert names_of(tab.state) == [("ann", True), ("bob", False)]
        assert tab.rows() == ["ann"]
        assert tab.state.standing is not None
        assert tab.state.standing.username == "ann"

    play(scene, lab_tab(scheme))


def test_pages_that_were_read_as_somebody_else_are_not_shown_again() -> None:
    async def scene(tab: Tab) -> None:
        await as_ann_and_bob(tab)
        await tab.go("#/")
        await tab.go("#/-/identities")
        await tab.press("use-identity", registry=HTTPS, name="ann")
        await tab.go(HOME)
        assert tab.rows() == ["ann"]

    play(scene, lab_tab())


def test_nobody_is_an_identity_too() -> None:
    async def scene(tab: Tab) -> None:
        await as_ann_and_bob(tab)
        await tab.press("use-identity", name=None)
        assert names_of(tab.state) == [("ann", False), ("bob", False)]
        assert tab.facts() == ("registry", "login", "")

    play(scene, lab_tab())


@pytest.mark.parametrize("name", ["carol", 7])
def test_an_identity_that_is_not_there_is_not_used(name: object) -> None:
    async def scene(tab: Tab) -> None:
        await as_ann_and_bob(tab)
        asked = len(tab.transport.requests)
        await tab.press("use-identity", name=name)
        assert names_of(tab.state) == [("ann", False), ("bob", True)]
        assert len(tab.transport.requests) == asked

    play(scene, lab_tab())


def test_signing_out_forgets_the_identity_in_use_alone() -> None:
    async def scene(tab: Tab) -> None:
        await as_ann_and_bob(tab)
        await tab.press("sign-out")
        assert names_of(tab.state) == [("ann", False)]
        assert tab.facts() == ("registry", "login", "")

    play(scene, lab_tab())


def test_signing_out_of_another_identity_leaves_the_one_in_use() -> None:
    async def scene(tab: Tab) -> None:
        await as_ann_and_bob(tab)
        await tab.press("sign-out", name="ann")
        assert names_of(tab.state) == [("bob", True)]
        assert tab.rows() == ["bob"]

    play(scene, lab_tab())


def test_a_registry_that_is_named_without_an_identity_is_signed_out_of_whole() -> None:
    async def scene(tab: Tab) -> None:
        await as_ann_and_bob(tab)
        await tab.go("#/-/identities")
        assert [each.registry.netloc for each in tab.shown(IdentitiesPage).registries] == ["r.example"]
        await tab.press("sign-out", registry=HTTPS)
        assert tab.shown(IdentitiesPage).registries == ()

    play(scene, lab_tab())


def test_signing_out_of_all_reads_the_page_as_nobody() -> None:
    async def scene(tab: Tab) -> None:
        await as_ann_and_bob(tab)
        await tab.press("sign-out-all")
        assert names_of(tab.state) == []
        assert tab.rows() == ["anybody"]
        assert not tab.state.locked

    play(scene, lab_tab(is_open=True))


def test_a_second_sign_in_that_is_refused_and_left_leads_back_to_who_one_was() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.sign_in()
        await tab.press("add-identity")
        await tab.sign_in("bob", "wrong")
        assert tab.state.login is not None
        assert (tab.state.login.reason, tab.state.login.username) == ("wrong-password", "bob")
        await tab.press("cancel")
        assert names_of(tab.state) == [("ann", True)]
        assert tab.rows() == ["ann"]

    play(scene, lab_tab())


def test_a_second_sign_in_that_is_given_up_while_it_is_tried_leads_back_to_who_one_was() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.sign_in()
        await tab.press("add-identity")
        tab.send(Submit("login", {"username": "bob", "password": "also-right"}))
        await tab.press("cancel")
        assert names_of(tab.state) == [("ann", True)]

    play(scene, lab_tab())


def test_coming_back_to_who_one_was_says_again_what_that_one_may_not_see() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(TAGS, {"approvals": APPROVED})
        await tab.sign_in()
        assert tab.facts() == ("repository", "failed", "denied")
        await tab.press("add-identity")
        await tab.sign_in("bob", "wrong")
        await tab.press("cancel")
        assert tab.state.failure is not None
        assert isinstance(tab.state.failure.error, Forbidden)

    lab = Lab()

    def not_for_ann(request: Request) -> FakeResponse:
        answer = lab(request)
        is_list = request.url == TAGS_URL and answer.status == 200
        return error_response(403, "DENIED") if is_list else answer

    play(scene, lambda: Tab(FakeTransport(not_for_ann)))


def test_who_was_signed_out_is_not_come_back_to() -> None:
    async def scene(tab: Tab) -> None:
        await as_ann_and_bob(tab)
        await tab.press("sign-out")
        await tab.press("cancel")
        assert names_of(tab.state) == [("ann", False)]

    play(scene, lab_tab())


def test_credentials_that_waited_for_an_approval_go_when_it_is_not_given() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        assert tab.state.approval is not None
        await tab.press("cancel")
        assert names_of(tab.state) == []

    play(scene, lab_tab())


def test_a_registry_that_is_no_origin_is_no_registry() -> None:
    async def scene(tab: Tab) -> None:
        await as_ann_and_bob(tab)
        await tab.press("sign-out", registry="not an origin")
        assert names_of(tab.state) == [("ann", False), ("bob", True)]

    play(scene, lab_tab())


def test_a_known_registry_offers_its_form_before_any_challenge() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/ghcr.io/lab/app:1")
        await tab.press("sign-in")
        assert tab.state.login is not None
        assert (tab.state.login.realm, tab.state.login.scopes) == (
            "https://ghcr.io/token",
            ("repository:lab/app:pull",),
        )
        assert tab.shown(ManifestPage).fetched is None

    play(scene)


def test_what_is_read_without_the_identity_in_use_is_said() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.press("add-identity")
        await tab.sign_in()
        assert (tab.state.anonymously, tab.state.anonymous_read) == (False, None)
        lab.people.clear()
        tab.clock.advance(1000)
        await tab.press("retry")
        assert tab.shown(Catalog).rows == ("anybody",)
        assert tab.state.anonymously
        assert tab.state.anonymous_read is not None
        assert (tab.state.anonymous_read.name, tab.state.anonymous_read.reason) == ("ann", "expired")

    lab = Lab(is_open=True)
    play(scene, lab.tab)
