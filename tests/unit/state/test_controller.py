import subprocess
import sys

import pytest

from app.auth.credential import Password
from app.client.endpoints import catalog_url
from app.client.errors import BadDigest
from app.oci.digest import digest_of
from app.oci.origin import parse_origin
from app.ports.transport import Request
from app.state.host_config import HostConfig, HostRegistry, parse_host_config
from app.state.messages import Command, Granted, Resume
from app.state.model import AppState, Blob, Landing, ManifestPage, Missing, Raw, SettingsPage, Tags
from app.state.renderer import Screen
from tests.unit.fake_transport import FakeResponse, FakeTransport, challenge, json_response
from tests.unit.state.fake_content import (
    HOME,
    REGISTRY,
    TAGS,
    index_of,
    plan_blob,
    plan_catalog,
    plan_image,
    plan_manifest,
    plan_tags,
)
from tests.unit.state.fake_page import Tab, names, nothing_there, plain, play

CANARY = "c4n4ry-swordfish"


# The start


def test_the_landing_page_is_idle() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start()
        assert tab.facts() == ("landing", "idle", "")
        assert tab.shell.last.mark == "shown"
        assert tab.transport.requests == []

    play(scene)


def test_the_start_takes_the_focus_nowhere_and_a_navigation_takes_it_to_the_heading_once() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a"])
        await tab.start(HOME)
        assert [commit.focus for commit in tab.shell.commits if commit.focus] == []
        await tab.go("#/")
        await tab.go(TAGS)
        focused = [(commit.nav, commit.focus) for commit in tab.shell.commits if commit.focus]
        assert focused == [(1, "heading"), (2, "heading")]

    play(scene)


def test_a_deep_link_shows_its_frame_first() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        await tab.start(TAGS)
        assert tab.shell.commits[0].main.view == "repository"
        assert tab.states() == ["loading", "shown"]

    play(scene)


def test_each_mark_is_set_once_a_navigation() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        await tab.start(TAGS)
        await tab.type("filter", "x")
        await tab.press("retry")
        await tab.go(HOME)
        marks = [(commit.nav, commit.mark) for commit in tab.shell.commits if commit.mark]
        assert marks == [(0, "first-data shown"), (1, "shown")]

    play(scene)


def test_what_was_loaded_is_announced_once() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        plan_image(tab.transport, "1")
        await tab.start(TAGS)
        await tab.see(0)
        assert [commit.announce for commit in tab.shell.commits if commit.announce] == ["repository shown"]

    play(scene)


# Addresses


@pytest.mark.parametrize(
    ("typed", "canonical"), [("#/redis", "#/docker.io/library/redis"), ("r.example/lab/app", TAGS), ("", "#/")]
)
def test_an_address_is_rewritten_to_its_canonical_form(typed: str, canonical: str) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(typed)
        assert tab.addresses() == [(canonical, True)]
        await tab.go(canonical)
        assert tab.addresses() == [(canonical, True)]
        await tab.go(typed)
        assert tab.addresses() == [(canonical, True)] * 2

    play(scene)


def test_an_address_that_cannot_be_read_says_where_and_stays_to_be_mended() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/")
        await tab.go("#/r.example/UPPER")
        assert tab.facts() == ("missing", "failed", "bad-input")
        page = tab.state.page
        assert isinstance(page, Missing)
        assert page.mistake is not None
        assert page.mistake[0] == len("#/r.example/")
        assert tab.addresses() == []
        await tab.go("#/")
        assert tab.facts() == ("landing", "idle", "")

    play(scene)


def test_a_password_in_an_address_is_shown_nowhere_and_leaves_the_address() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"#/https://ann:{CANARY}@r.example/lab")
        assert tab.facts() == ("missing", "failed", "bad-input")
        assert tab.addresses() == [("#/", True)]
        assert CANARY not in repr(tab.shell.commits)

    play(scene)


def test_an_unreadable_start_takes_the_focus_nowhere() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/r.example/UPPER")
        assert tab.shell.last.focus is None

    play(scene)


def test_a_view_that_does_not_exist_yet_asks_the_registry_for_nothing() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"{TAGS}/-/where")
        assert tab.facts() == ("where", "failed", "unsupported")
        assert not tab.state.loading
        await tab.press("retry")
        assert not tab.state.loading
        assert tab.transport.requests == []

    play(scene)


def test_settings_know_what_the_browser_can_do() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/settings")
        assert tab.facts() == ("settings", "shown", "")
        assert tab.state.page == SettingsPage(can_keep=True, secure=True)

    play(scene)


# The forms


def test_what_is_entered_is_opened_with_an_entry_in_the_history() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        await tab.start()
        await tab.submit("open", reference="docker pull r.example/lab/app")
        assert tab.facts() == ("repository", "shown", "")
        assert tab.addresses()[-1] == (TAGS, False)
        assert {commit.nav for commit in tab.shell.commits} == {0}

    play(scene)


def test_a_wrong_input_is_marked_where_it_was_typed() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start()
        await tab.submit("open", reference="lab/app:?")
        assert isinstance(tab.state.page, Landing)
        assert (tab.state.page.typed, tab.facts()) == ("lab/app:?", ("landing", "idle", "bad-input"))
        assert tab.shell.last.focus == "reference"

    play(scene)


def test_a_wrong_input_in_the_bar_of_another_page_leads_to_the_landing_page() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.submit("open", reference="a b")
        assert tab.facts() == ("landing", "idle", "bad-input")
        assert tab.addresses()[-1] == ("#/", False)
        assert tab.shell.last.focus == "reference"

    play(scene)


def test_a_password_in_the_input_is_masked() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start()
        await tab.submit("open", reference=f"https://ann:{CANARY}@r.example/lab")
        assert isinstance(tab.state.page, Landing)
        assert tab.state.page.mistake is not None
        assert CANARY not in repr(tab.shell.commits)

    play(scene)


@pytest.mark.parametrize("name", ["lab/app", " /lab/app/ "])
def test_a_repository_is_opened_by_name(name: str) -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        await tab.start(HOME)
        await tab.submit("repository", name=name)
        assert tab.addresses()[-1] == (TAGS, False)
        assert tab.rows() == ["1"]

    play(scene)


def test_the_input_offers_what_is_loaded_and_forgets_it_on_the_next_page() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["lab/app", "lab/base"])
        await tab.start(HOME)
        await tab.type("reference", "app")
        assert tab.shell.regions["suggestions"] == "r.example/lab/app"
        await tab.go("#/")
        assert tab.shell.regions["suggestions"] == ""

    play(scene)


@pytest.mark.parametrize("form", ["login", "repository", "unheard-of"])
def test_a_form_that_does_not_belong_to_the_page_does_nothing(form: str) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start()
        before = tab.state
        await tab.submit(form, username="ann", password="x", name="a")
        assert tab.state == before

    play(scene)


# Pages that were read before


def test_a_page_that_was_just_read_comes_back_without_a_request() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a"])
        plan_tags(tab.transport, ["1"])
        await tab.start(HOME)
        await tab.go(TAGS)
        before = list(tab.transport.urls())
        await tab.go(HOME)
        assert tab.rows() == ["a"]
        assert tab.facts() == ("registry", "shown", "")
        assert "loading" not in [commit.main.state for commit in tab.shell.commits if commit.nav == 2]
        assert tab.transport.urls() == before

    play(scene)


def test_a_page_that_comes_back_is_committed_whole_since_earlier_commits_may_have_been_dropped() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        await tab.start(TAGS)
        tab.leave_for(HOME)
        tab.leave_for(TAGS)
        await tab.settle()
        assert [patch.region for patch in tab.shell.last.patches] == ["context", "main", "rows-0", "suggestions"]

    play(scene)


def test_the_rows_in_view_stay_known_from_one_list_of_tags_to_another() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        plan_tags(tab.transport, ["2"], repository="lab/other")
        plan_image(tab.transport, "1")
        await tab.start(TAGS)
        await tab.go(f"{HOME}/lab/other")
        await tab.see(0)
        await tab.go(TAGS)
        assert isinstance(tab.state.page, Tags)
        assert tab.state.page.details["1"].complete

    play(scene)


def test_the_raw_view_of_a_manifest_that_is_shown_needs_no_request() -> None:
    async def scene(tab: Tab) -> None:
        plan_image(tab.transport, "1")
        await tab.start(f"{TAGS}:1")
        before = len(tab.transport.requests)
        await tab.go(f"{TAGS}:1/-/raw")
        assert isinstance(tab.state.page, Raw)
        assert tab.facts() == ("raw", "shown", "")
        assert len(tab.transport.requests) == before

    play(scene)


# Manifests and blobs


def test_a_manifest_is_partial_until_all_that_it_leads_to_was_read() -> None:
    async def scene(tab: Tab) -> None:
        plan_image(tab.transport, "1")
        await tab.start(f"{TAGS}:1")
        assert tab.states()[0] == "loading"
        assert tab.facts() == ("manifest", "shown", "")
        assert isinstance(tab.state.page, ManifestPage)
        assert tab.state.page.config is not None

    play(scene)


def test_another_platform_shows_what_is_known_of_it_at_once() -> None:
    async def scene(tab: Tab) -> None:
        images = [(plan_image(tab.transport, name, name, name), name) for name in ("amd64", "arm64")]
        plan_manifest(tab.transport, index_of(*images), "1")
        await tab.start(f"{TAGS}:1")
        await tab.go(f"{TAGS}:1?platform=linux/arm64")
        assert [commit.main.state for commit in tab.shell.commits if commit.nav == 1] == ["partial", "shown"]
        assert isinstance(tab.state.page, ManifestPage)
        assert tab.state.page.config is not None
        assert tab.state.page.config.architecture == "arm64"

    play(scene)


def test_bytes_that_are_not_those_of_the_digest_are_shown_nowhere() -> None:
    digest = digest_of(b"good")

    def registry(request: Request) -> FakeResponse:
        return FakeResponse(200, CANARY.encode())

    async def scene(tab: Tab) -> None:
        await tab.start(f"{TAGS}/-/blob/{digest}")
        assert tab.facts() == ("blob", "failed", "bad-digest")
        assert isinstance(tab.state.page, Blob)
        assert tab.state.page.content is None
        assert tab.state.failure is not None
        assert isinstance(tab.state.failure.error, BadDigest)
        assert CANARY not in repr(tab.shell.commits)

    play(scene, lambda: Tab(FakeTransport(registry)))


def test_a_blob_is_shown() -> None:
    async def scene(tab: Tab) -> None:
        plan_blob(tab.transport, b"content")
        await tab.start(f"{TAGS}/-/blob/{digest_of(b'content')}")
        assert tab.facts() == ("blob", "shown", "")

    play(scene)


# Private hosts

PRIVATE = "#/http://10.0.0.5:5000"
PRIVATE_CATALOG = catalog_url(parse_origin("http://10.0.0.5:5000"))


def private_tab(page_origin: str | None = "https://portolan.example", config: HostConfig | None = None) -> Tab:
    tab = Tab(
        FakeTransport(nothing_there),
        page_origin=None if page_origin is None else parse_origin(page_origin),
        config=config or HostConfig("Portolan", (), ()),
    )
    tab.transport.on("GET", PRIVATE_CATALOG, json_response({"repositories": ["a"]}))
    return tab


def test_a_private_host_is_asked_about_before_it_is_contacted() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(PRIVATE)
        assert tab.facts() == ("registry", "login", "")
        assert tab.state.confirm == parse_origin("http://10.0.0.5:5000")
        await tab.press("retry")
        assert tab.transport.requests == []
        await tab.press("confirm-host")
        assert tab.rows() == ["a"]
        await tab.go("#/")
        await tab.go(f"{PRIVATE}/x")
        assert tab.state.confirm is None

    play(scene, private_tab)


def test_a_private_host_that_is_not_confirmed_is_left_for_the_landing_page() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(PRIVATE)
        await tab.press("cancel")
        assert tab.facts() == ("landing", "idle", "")
        assert tab.addresses()[-1] == ("#/", False)
        assert tab.transport.requests == []

    play(scene, private_tab)


@pytest.mark.parametrize("page_origin", ["http://localhost:8000", "http://192.168.1.2", None])
def test_a_page_of_the_own_network_and_an_extension_do_not_ask(page_origin: str | None) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(PRIVATE)
        assert tab.rows() == ["a"]

    play(scene, lambda: private_tab(page_origin))


def test_a_configured_private_host_is_not_asked_about() -> None:
    offered = HostRegistry(parse_origin("http://10.0.0.5:5000"), "lab")

    async def scene(tab: Tab) -> None:
        await tab.start(PRIVATE)
        assert tab.rows() == ["a"]

    play(scene, lambda: private_tab(config=HostConfig("Portolan", (offered,), ())))


def test_a_recent_private_host_is_not_asked_about() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(PRIVATE, {"recents": '[["http://10.0.0.5:5000", 1]]'})
        assert tab.rows() == ["a"]

    play(scene, private_tab)


# What must not happen


def test_a_password_is_in_no_commit_no_kept_text_and_no_repr() -> None:
    def registry(request: Request) -> FakeResponse:
        return challenge('Basic realm="r"') if request.header("Authorization") is None else json_response({"tags": []})

    async def scene(tab: Tab) -> None:
        await tab.start(TAGS)
        await tab.sign_in("ann", CANARY)
        await tab.type("reference", "r")
        assert tab.facts() == ("repository", "shown", "")
        assert any(Password("ann", CANARY).basic_header() == r.header("Authorization") for r in tab.transport.requests)
        assert CANARY not in repr((tab.shell.commits, tab.shell.kept, tab.state, tab.controller.visit))
        assert CANARY not in repr(tab.controller.connections.auth(REGISTRY))

    play(scene, lambda: Tab(FakeTransport(registry)))


def test_a_token_is_in_no_commit() -> None:
    def registry(request: Request) -> FakeResponse:
        if "token" in request.url:
            return json_response({"token": CANARY, "expires_in": 300})
        if request.header("Authorization") is None:
            return challenge('Bearer realm="https://r.example/token",service="s",scope="registry:catalog:*"')
        return json_response({"repositories": ["a"]})

    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        assert tab.rows() == ["a"]
        assert tab.state.standing is not None
        assert tab.state.standing.expires_in is not None
        assert CANARY not in repr((tab.shell.commits, tab.state))

    play(scene, lambda: Tab(FakeTransport(registry)))


def test_a_view_that_cannot_write_the_data_shows_a_failed_page_instead() -> None:
    def renderer(state: AppState) -> Screen:
        if isinstance(state.page, Tags) and state.page.rows:
            raise ValueError("hostile")
        return plain(state)

    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        await tab.start(TAGS)
        assert tab.facts() == ("repository", "failed", "bad-answer")
        assert tab.state.failure is not None
        assert isinstance(tab.state.failure.error, ValueError)
        await tab.go("#/")
        assert tab.facts() == ("landing", "idle", "")

    play(scene, lambda: Tab(renderer=renderer))


def test_a_view_that_can_write_nothing_says_so_by_the_data_of_main() -> None:
    def renderer(state: AppState) -> Screen:
        raise ValueError("broken")

    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        await tab.start(TAGS)
        assert tab.facts() == ("repository", "failed", "bad-answer")
        await tab.go("#/")
        assert tab.facts() == ("landing", "failed", "")

    play(scene, lambda: Tab(renderer=renderer))


def test_an_exception_in_a_command_is_a_failed_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(controller: object, name: str, args: object) -> None:
        raise KeyError(name)

    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        await tab.start(TAGS)
        await tab.press("sort", by="name")
        assert tab.facts() == ("repository", "partial", "bad-answer")
        await tab.go("#/")
        with pytest.raises(KeyError):
            tab.send(Command("sort", {}))

    monkeypatch.setattr("app.state.commands.run", broken)
    play(scene)


def test_nothing_is_committed_when_nothing_changed() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1"])
        await tab.start(TAGS)
        before = len(tab.shell.commits)
        tab.send(Granted((), ok=True))
        tab.send(Resume())
        tab.controller.tick()
        tab.controller.change(tab.state)
        await tab.settle()
        assert len(tab.shell.commits) == before

    play(scene)


def test_a_closed_tab_commits_nothing_and_asks_for_nothing_more() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, names("r", 10))
        tab.leave_for(HOME)
        tab.controller.close()
        await tab.settle()
        assert tab.shell.commits == []
        assert tab.transport.requests == []

    play(scene)


def test_warnings_of_the_host_configuration_reach_the_page() -> None:
    config = parse_host_config("[portolan]\ncolour = 'red'")

    async def scene(tab: Tab) -> None:
        await tab.start()
        assert "colour" in tab.shell.regions["main"]

    play(scene, lambda: Tab(config=config))


# The start has no time for what the first page does not need


LATER = (
    "app.auth.docker_config", "app.auth.har", "app.auth.inspection", "app.auth.signature", "app.auth.transcript",
    "app.auth.use_cases", "app.state.docker_import", "app.state.token_desk", "jwt",
)  # fmt: skip


def test_what_only_a_later_page_needs_is_not_imported_at_the_start() -> None:
    program = f"import sys, app.state.controller; print([name for name in {LATER} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
