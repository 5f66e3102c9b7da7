import json

import pytest

from app.ports.transport import Request
from app.state.connections import Connections
from app.state.messages import Submit
from app.state.model import TranscriptPage
from app.state.route import LANDING
from app.state.signing import with_standing
from tests.unit.fake_transport import FakeClock, FakeResponse, FakeTransport
from tests.unit.state.fake_content import CATALOG_URL, HOME, TAGS
from tests.unit.state.fake_lab import APPROVED, Lab, jwt, lab_tab, names_of
from tests.unit.state.fake_page import Tab, play

CANARY = "c4n4ry-swordfish"
PAGES = (
    HOME,
    TAGS,
    "#/-/identities",
    "#/-/transcript",
    "#/-/token",
    "#/-/settings",
    f"{HOME}/-/transcript",
    f"{HOME}/-/token",
    f"{HOME}/-/use-cases",
    "#/",
)


def test_a_page_without_a_registry_has_nobody_on_it() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.sign_in()
        state = tab.state._replace(route=LANDING, anonymously=True)
        bare = with_standing(state, Connections(FakeTransport(), FakeClock()))
        assert (bare.standing, bare.identities, bare.anonymously) == (None, (), False)
        assert names_of(tab.state) == [("ann", True)]

    play(scene, lab_tab())


def test_signing_out_on_a_page_of_the_tab_asks_no_registry() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.sign_in()
        await tab.go(f"{HOME}/-/transcript")
        asked = len(tab.transport.requests)
        await tab.press("sign-out")
        assert names_of(tab.state) == []
        assert tab.shown(TranscriptPage).groups != ()
        assert len(tab.transport.requests) == asked

    play(scene, lab_tab())


# Secrets


class Nosy:
    """Reads along: everything that leaves the controller, whatever it is."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    def told(self) -> str:
        shell, state = self.tab.shell, self.tab.state
        downloads = [(name, content.decode(), kind) for name, content, kind in shell.downloads]
        return repr((state, shell.commits, shell.kept, downloads, shell.regions))


async def walk(tab: Tab) -> None:
    """See every page and take everything away, while something is under way and after it."""
    for page in PAGES:
        await tab.go(page)
        for command in ("export-har", "export-text", "retry"):
            await tab.press(command)
        await tab.pass_time(1)
    await tab.pass_time(265)
    await tab.pass_time(1)


CONFIG = json.dumps({"auths": {"r.example": {"username": "ann", "password": CANARY}}})
SIGN_INS = {
    "password": Submit("login", {"username": "ann", "password": CANARY}),
    "wrong-password": Submit("login", {"username": "ann", "password": f"{CANARY}-not"}),
    "identity-token": Submit("login-token", {"kind": "identity", "token": CANARY, "username": ""}),
    "registry-token": Submit("login-token", {"kind": "registry", "token": CANARY, "username": ""}),
    "no-token": Submit("login-token", {"kind": "registry", "token": f"{CANARY} {CANARY}", "username": ""}),
    "directory-token": Submit("login-token", {"kind": "aad", "token": CANARY, "username": ""}),
    "docker": Submit("import", {"config": CONFIG}),
    "not-docker": Submit("import", {"config": CONFIG[:-3]}),
}


@pytest.mark.parametrize("scheme", ["basic", "bearer"])
@pytest.mark.parametrize("submit", SIGN_INS.values(), ids=list(SIGN_INS))
def test_no_credential_leaves_memory_but_for_a_request(submit: Submit, scheme: str) -> None:
    async def scene(tab: Tab) -> None:
        nosy = Nosy(tab)
        await tab.start(HOME, {"approvals": APPROVED})
        tab.send(submit)
        assert CANARY not in nosy.told()
        await tab.settle()
        await walk(tab)
        told = nosy.told()
        assert CANARY not in told
        for token in lab.tokens:
            # A token's claims may be shown, its signature not.
            assert token not in told
            assert token.rpartition(".")[2] not in told
        assert all(CANARY not in request.url for request in tab.transport.requests)

    lab = Lab(scheme)
    lab.people["ann"] = CANARY
    play(scene, lab.tab)


def test_a_token_that_is_pasted_to_be_looked_into_is_nowhere_but_there() -> None:
    async def scene(tab: Tab) -> None:
        nosy = Nosy(tab)
        await tab.start("#/-/token")
        for token in (CANARY, jwt({"sub": "ann"}) + CANARY, f"Bearer {jwt({})}.{CANARY}", f'{{"token": "{CANARY}"}}'):
            await tab.submit("inspect", token=token)
            await tab.submit("verify", key="")
            assert CANARY not in nosy.told()
        await walk(tab)
        assert CANARY not in nosy.told()

    play(scene, lab_tab())


def test_a_password_in_a_failure_is_nowhere() -> None:
    async def scene(tab: Tab) -> None:
        nosy = Nosy(tab)
        await tab.start(HOME, {"approvals": APPROVED})
        tab.transport.on("GET", CATALOG_URL, broken)
        await tab.sign_in(word=CANARY)
        await walk(tab)
        assert CANARY not in nosy.told()
        assert all(CANARY not in str(error) for error in errors)

    errors: list[Exception] = []

    def broken(request: Request) -> FakeResponse:
        error = RuntimeError(f"{request!r}")
        errors.append(error)
        raise error

    play(scene, lab_tab())
