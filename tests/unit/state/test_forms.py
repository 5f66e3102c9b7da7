import pytest

from app.auth.errors import ChallengeHidden, RealmRefused
from app.oci.origin import parse_origin
from app.state.failure import UnusableToken
from app.state.model import Catalog, IdentitiesPage, TokenPage
from tests.unit.state.fake_content import HOME, TAGS, plan_image
from tests.unit.state.fake_lab import APPROVED, REALM, Lab, jwt, lab_tab, names_of
from tests.unit.state.fake_page import Tab, play

CONFIG = '{"auths": {"r.example": {"auth": "YW5uOnJpZ2h0"}}, "credsStore": "desktop"}'


def test_a_form_of_another_version_does_nothing() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start()
        before = tab.state
        await tab.submit("unheard-of", token="x")
        assert tab.state == before

    play(scene)


# Tokens in the place of a password


def test_an_identity_token_is_asked_with_and_the_page_is_read_as_whose_it_is() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.submit("login-token", kind="identity", token=" fresh-water\n", username="machine")
        assert names_of(tab.state) == [("machine", True)]
        assert tab.rows() == ["machine"]

    play(scene, lab_tab())


def test_an_identity_token_needs_no_name() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.submit("login-token", kind="identity", token="fresh-water", username="")
        assert [(one.kind, one.username) for one in tab.state.identities] == [("identity-token", None)]

    play(scene, lab_tab())


def test_a_registry_token_goes_to_the_registry_as_it_is() -> None:
    async def scene(tab: Tab) -> None:
        lab.tokens["a-token"] = "machine"
        await tab.start(HOME)
        asked = len(lab.asked)
        await tab.submit("login-token", kind="registry", token="a-token", username="")
        assert tab.rows() == ["machine"]
        assert len(lab.asked) == asked

    lab = Lab()
    play(scene, lab.tab)


@pytest.mark.parametrize(("token", "empty"), [("", True), (" \n", True), ("two words", False), ("ü", False)])
def test_a_text_that_is_no_token_is_said_and_the_form_stays(token: str, empty: bool) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        asked = len(tab.transport.requests)
        await tab.submit("login-token", kind="registry", token=token, username="")
        assert tab.state.login is not None
        assert tab.state.mistake is not None
        error = tab.state.mistake.error
        assert isinstance(error, UnusableToken)
        assert error.empty is empty
        assert tab.state.mistake.kind == "bad-input"
        assert len(tab.transport.requests) == asked

    play(scene, lab_tab())


def test_a_mistake_goes_with_the_next_try() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.submit("login-token", kind="registry", token="", username="")
        await tab.sign_in()
        assert tab.state.mistake is None

    play(scene, lab_tab())


def test_a_kind_that_is_unknown_does_nothing() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.submit("login-token", kind="unheard-of", token="x", username="")
        assert names_of(tab.state) == []

    play(scene, lab_tab())


def test_no_form_for_signing_in_means_nobody_signs_in() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.submit("login-token", kind="registry", token="x", username="")
        await tab.sign_in()
        assert names_of(tab.state) == []

    play(scene, lab_tab(is_open=True))


def test_a_sign_in_on_a_page_of_the_tab_itself_asks_nobody_yet() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.go(f"{HOME}/-/transcript")
        await tab.press("sign-in")
        asked = len(tab.transport.requests)
        await tab.sign_in()
        assert (tab.state.login, tab.state.busy) == (None, False)
        assert [(one.name, one.proven) for one in tab.state.identities] == [("ann", False)]
        assert len(tab.transport.requests) == asked
        await tab.go(HOME)
        assert tab.rows() == ["ann"]

    play(scene, lab_tab())


# A challenge that no page can read


def test_a_challenge_by_hand_reads_the_page_again() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        assert tab.facts() == ("registry", "failed", "hidden")
        assert tab.state.failure is not None
        assert isinstance(tab.state.failure.error, ChallengeHidden)
        await tab.submit("challenge", realm=f" {REALM} ", service="lab")
        assert tab.shown(Catalog).rows == ("anybody",)
        assert tab.facts() == ("registry", "shown", "")

    play(scene, lab_tab("hidden", is_open=True))


def test_a_realm_that_is_never_contacted_is_said_beside_the_form() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        asked = len(tab.transport.requests)
        await tab.submit("challenge", realm="ftp://tokens.example", service="")
        assert tab.state.failure is not None
        assert isinstance(tab.state.failure.error, ChallengeHidden)
        assert tab.state.mistake is not None
        assert isinstance(tab.state.mistake.error, RealmRefused)
        assert len(tab.transport.requests) == asked

    play(scene, lab_tab("hidden"))


def test_credentials_go_to_a_realm_entered_by_hand_only_after_approval() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.submit("challenge", realm=REALM, service="lab")
        await tab.sign_in()
        assert tab.state.approval is not None
        assert tab.state.approval.realm_origin == parse_origin("https://tokens.example")
        assert all(request.header("Authorization") is None for request in lab.asked)
        await tab.press("approve")
        assert tab.rows() == ["ann"]

    lab = Lab("hidden")
    play(scene, lab.tab)


# Configurations and tokens on their pages


def test_an_import_is_reported_and_signs_in() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/identities", {"approvals": APPROVED})
        await tab.submit("import", config=CONFIG)
        page = tab.shown(IdentitiesPage)
        assert page.report is not None
        assert page.report.imported == (("r.example", "password", "ann"),)
        assert page.report.helpers == ("desktop",)
        assert [(each.registry.netloc, each.identities[0].name) for each in page.registries] == [("r.example", "ann")]
        await tab.go(HOME)
        assert tab.rows() == ["ann"]
        await tab.go("#/-/identities")
        assert tab.shown(IdentitiesPage).report is None

    play(scene, lab_tab())


def test_an_import_elsewhere_reads_the_page_as_who_was_imported() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.submit("import", config=CONFIG)
        assert tab.rows() == ["ann"]

    play(scene, lab_tab())


def test_a_pasted_token_is_looked_into_and_forgotten_with_the_page() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/token")
        await tab.submit("inspect", token=f"Bearer {jwt({'sub': 'ann'})}")
        inspection = tab.shown(TokenPage).inspection
        assert inspection is not None
        assert (inspection.kind, inspection.claims[0].text) == ("jwt", "ann")
        await tab.go("#/")
        await tab.go("#/-/token")
        assert tab.shown(TokenPage).inspection is None

    play(scene)


def test_nothing_is_verified_where_nothing_was_pasted() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/token")
        await tab.submit("verify", key="")
        page = tab.shown(TokenPage)
        assert (page.checking, page.verification) == (False, None)

    play(scene)


def test_a_search_and_a_path_go_into_the_address_of_a_document() -> None:
    async def scene(tab: Tab) -> None:
        plan_image(tab.transport, "1.0")
        await tab.start(f"{TAGS}:1.0/-/raw?as=json")
        asked = len(tab.transport.requests)
        await tab.submit("json", search=" tide ", path=".layers[]")
        await tab.submit("json", search="", path=".config")
        await tab.submit("json", search="", path=".config")
        assert tab.addresses()[-2:] == [
            (f"{TAGS}:1.0/-/raw?search=tide&path=.layers%5B%5D", False),
            (f"{TAGS}:1.0/-/raw?path=.layers%5B%5D&path=.config", False),
        ]
        assert len(tab.transport.requests) == asked

    play(scene)
