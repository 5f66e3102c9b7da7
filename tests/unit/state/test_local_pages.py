import pytest

from app.oci.origin import parse_origin
from app.state.connections import Connections
from app.state.local_pages import LocalPages
from app.state.model import IdentitiesPage, Landing, Page, TokenPage, TranscriptPage, UseCasesPage
from app.state.route import parse_route
from tests.unit.fake_transport import FakeClock, FakeTransport
from tests.unit.state.fake_content import HOME, REGISTRY
from tests.unit.state.fake_lab import APPROVED, Lab, lab_tab
from tests.unit.state.fake_page import Tab, play

NOTHING = Landing("", None)


def local() -> LocalPages:
    clock = FakeClock()
    return LocalPages(Connections(FakeTransport(), clock), clock, None, lambda: None)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("-/transcript", TranscriptPage((), 0, None)),
        ("r.example/-/transcript", TranscriptPage((), 0, REGISTRY)),
        ("-/identities", IdentitiesPage((), None)),
        ("-/token", TokenPage(None, None, checking=False, held=())),
        ("r.example/-/token", TokenPage(None, None, checking=False, held=())),
    ],
)
def test_a_page_of_the_tab_itself_is_there_at_once(text: str, page: Page) -> None:
    assert local().page(parse_route(text), NOTHING) == page


@pytest.mark.parametrize("text", ["", "r.example", "-/settings", "r.example/-/doctor"])
def test_any_other_page_is_somebody_elses(text: str) -> None:
    assert local().page(parse_route(text), NOTHING) is None


@pytest.mark.parametrize("view", ["transcript", "token", "use-cases"])
def test_no_registry_is_asked_for_a_page_of_the_tab(view: str) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"{HOME}/-/{view}")
        await tab.press("retry")
        await tab.pass_time(1)
        assert tab.facts() == (view, "shown", "")
        assert tab.transport.requests == []
        assert tab.state.settings.recents == ()

    play(scene)


def test_a_private_host_is_not_asked_about_where_it_is_not_contacted() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/192.168.1.7:5000/-/transcript")
        assert tab.state.confirm is None

    play(scene)


def test_the_transcript_has_what_was_said_for_one_registry_and_its_token_service() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.go("#/other.example/-/transcript")
        assert tab.shown(TranscriptPage).groups == ()
        await tab.go(f"{HOME}/-/transcript")
        (group,) = tab.shown(TranscriptPage).groups
        assert [(each.purpose, each.status) for each in group.exchanges] == [
            ("resource", 401),
            ("token", 200),
            ("resource", 200),
        ]
        assert group.ended is not None
        assert group.ended.code == "ok"

    play(scene, lab_tab(is_open=True))


def test_the_transcript_of_all_has_every_registry() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.go("#/other.example")
        await tab.go("#/-/transcript")
        assert [str(group.registry) for group in tab.shown(TranscriptPage).groups] == [
            "https://r.example",
            "https://other.example",
        ]

    play(scene, lab_tab("basic"))


def test_the_transcript_knows_which_requests_had_to_be_asked_for_first() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.go(f"{HOME}/-/transcript")
        (group,) = tab.shown(TranscriptPage).groups
        assert [each.preflight for each in group.exchanges] == [False, False, True]

    play(scene, lab_tab(is_open=True))


def test_what_is_said_while_the_transcript_is_read_appears_with_the_next_second_in_one_commit() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.sign_in()
        await tab.go(f"{HOME}/-/transcript")
        before = tab.shown(TranscriptPage)
        await tab.pass_time(265)  # the token is about to end
        commits = len(tab.shell.commits)
        await tab.pass_time(1)
        after = tab.shown(TranscriptPage)
        assert after.revision > before.revision
        assert after.groups[-1].exchanges[-1].why == "renewal"
        assert len(tab.shell.commits) == commits + 1

    play(scene, Lab().tab)


def test_a_transcript_to_which_nothing_was_added_is_the_same_page() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.go(f"{HOME}/-/transcript")
        before = tab.state.page
        await tab.pass_time(1)
        assert tab.state.page is before

    play(scene, lab_tab("basic"))


def test_identities_are_listed_by_registry_with_the_time_they_have() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.sign_in()
        await tab.go("#/other.example/lab/app")
        await tab.go("#/-/identities")
        (found,) = tab.shown(IdentitiesPage).registries
        assert found.registry == parse_origin("https://r.example")
        assert [(one.name, one.proven, one.scheme) for one in found.identities] == [("ann", True, "bearer")]
        left = found.identities[0].expires_in
        await tab.pass_time(2)
        later = tab.shown(IdentitiesPage).registries[0].identities[0].expires_in
        assert left is not None
        assert later is not None
        assert left - later == 2

    play(scene, Lab().tab)


def test_use_cases_are_observed_in_what_was_said_and_again_only_when_there_is_more() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.go(f"{HOME}/-/use-cases")
        before = tab.shown(UseCasesPage)
        assert before.registry == REGISTRY
        assert len(before.observations) > 10
        await tab.pass_time(1)
        assert tab.state.page is before
        await tab.go(HOME)
        await tab.go(f"{HOME}/-/use-cases")
        assert tab.shown(UseCasesPage) == before

    play(scene, lab_tab(is_open=True))
