import pytest

from app.auth.errors import AccessDenied, ApprovalRequired, LoginPrompt, LoginRequired
from app.client.endpoints import blob_url, catalog_url, tags_url
from app.oci.digest import digest_of
from app.oci.origin import parse_origin
from app.ports.transport import Request
from app.state.messages import Command, Submit, parse_message
from app.state.model import PATCH_ROWS, Catalog, ManifestPage, Raw, Tags
from tests.unit.fake_transport import FakeResponse, FakeTransport, challenge, error_response, json_response
from tests.unit.state.fake_content import (
    CATALOG_URL,
    HOME,
    REGISTRY,
    REPOSITORY,
    TAGS,
    TAGS_URL,
    config_of,
    image_of,
    plan_blob,
    plan_catalog,
    plan_image,
    plan_manifest,
    plan_tags,
)
from tests.unit.state.fake_page import Tab, names, play

BASIC = 'Basic realm="the lab"'
REALM = "https://tokens.example/token"
BEARER = f'Bearer realm="{REALM}",service="lab",scope="registry:catalog:*"'
RIGHT = "Basic YW5uOnJpZ2h0"  # ann:right


def basic(request: Request) -> FakeResponse:
    """A registry that lets nobody but Ann in."""
    if request.header("Authorization") != RIGHT:
        return challenge(BASIC)
    return json_response({"repositories": ["a", "b"], "tags": ["1", "2"]})


def basic_tab() -> Tab:
    return Tab(FakeTransport(basic))


BOB = "Basic Ym9iOnNlY3JldA=="


def bearer(request: Request) -> FakeResponse:
    """A registry whose token service is on another origin and gives tokens to Ann alone."""
    if request.url.startswith(REALM):
        right = request.header("Authorization") == RIGHT
        return json_response({"token": "granted", "expires_in": 300}) if right else error_response(401, "UNAUTHORIZED")
    if request.header("Authorization") == "Bearer granted":
        return json_response({"repositories": ["a", "b"]})
    return challenge(BEARER)


def bearer_tab() -> Tab:
    return Tab(FakeTransport(bearer))


def prompt(tab: Tab) -> LoginPrompt:
    assert tab.state.login is not None
    return tab.state.login


def recents(tab: Tab) -> list[str]:
    return [recent.subject for recent in tab.state.settings.recents]


# Filter, order, grouping


def test_a_filter_leaves_the_rows_that_match_and_goes_into_the_address_without_an_entry_in_the_history() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1.0", "1.1", "2.0"])
        await tab.start(TAGS)
        await tab.type("filter", "1.")
        assert tab.rows() == ["1.1", "1.0"]
        assert tab.addresses()[-1] == (f"{TAGS}?filter=1.", True)
        await tab.type("filter", "")
        assert tab.addresses()[-1] == (TAGS, True)
        assert tab.transport.urls() == [TAGS_URL]

    play(scene)


def test_a_filter_begins_at_the_top_of_the_list() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, names("r", 900))
        await tab.start(HOME)
        await tab.press("more")
        await tab.type("filter", "r")
        assert isinstance(tab.state.page, Catalog)
        assert tab.state.page.shown == PATCH_ROWS

    play(scene)


def test_a_filter_says_how_much_it_leaves() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1.0", "2.0"])
        await tab.start(TAGS)
        await tab.type("filter", "1")
        assert tab.shell.last.announce == "repository shown"

    play(scene)


def test_half_a_character_in_the_filter_is_no_failure() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1.0"])
        await tab.start(TAGS)
        tab.send(parse_message("input", ["filter", "\ud83d"]))
        await tab.settle()
        assert tab.addresses()[-1] == (f"{TAGS}?filter=%EF%BF%BD", True)

    play(scene)


@pytest.mark.parametrize(
    ("args", "query", "rows"),
    [
        ({"by": "version"}, "?sort=version", ["1.9", "1.10", "b"]),
        ({"value": "-version"}, "", ["b", "1.10", "1.9"]),
        ({"by": "name"}, "?sort=name", ["1.10", "1.9", "b"]),
        ({"value": "-name"}, "?sort=-name", ["b", "1.9", "1.10"]),
    ],
)
def test_tags_are_sorted_as_asked(args: dict[str, object], query: str, rows: list[str]) -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1.10", "1.9", "b"])
        await tab.start(TAGS)
        await tab.press("sort", **args)
        shown = [row for row in tab.rows() if row != "b"]
        assert shown == [row for row in rows if row != "b"]
        assert str(tab.state.route) == TAGS + query

    play(scene)


def test_sorting_by_the_same_column_twice_turns_the_order() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1", "2"])
        await tab.start(TAGS)
        await tab.press("sort", by="version")
        assert tab.rows() == ["1", "2"]
        await tab.press("sort", by="version")
        assert tab.rows() == ["2", "1"]

    play(scene)


def test_grouping_goes_into_the_address() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a/b", "a/c"])
        await tab.start(HOME)
        await tab.press("group", value=True)
        assert isinstance(tab.state.page, Catalog)
        assert tab.state.page.grouped
        assert tab.addresses()[-1] == (f"{HOME}?group=namespace", True)
        await tab.press("group", value=False)
        assert tab.addresses()[-1] == (HOME, True)

    play(scene)


@pytest.mark.parametrize("name", ["sort", "group", "continue", "more", "approve", "download", "sign-out", "unheard-of"])
def test_a_command_that_does_not_belong_to_the_page_does_nothing(name: str) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start()
        before = tab.state, len(tab.shell.commits)
        await tab.press(name, by="name", value=True)
        assert (tab.state, len(tab.shell.commits)) == before

    play(scene)


# Sign-in


def test_a_login_is_asked_for_and_leads_to_the_data() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        assert tab.facts() == ("registry", "login", "")
        assert (prompt(tab).scheme, prompt(tab).realm) == ("basic", "the lab")
        await tab.sign_in()
        assert tab.facts() == ("registry", "shown", "")
        assert tab.rows() == ["a", "b"]
        assert tab.state.standing is not None
        assert tab.state.standing.username == "ann"

    play(scene, basic_tab)


def test_a_wrong_password_keeps_the_name_and_is_announced_each_time() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        for _ in range(2):
            await tab.sign_in(word="wrong")
            assert (prompt(tab).reason, prompt(tab).username) == ("wrong-password", "ann")
            assert not tab.state.busy
        told = [commit.announce for commit in tab.shell.commits if commit.announce]
        assert told == ["registry login  required", "registry login  wrong-password", "registry login  wrong-password"]

    play(scene, basic_tab)


def test_a_sign_in_that_is_being_tried_keeps_its_form() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        busy = [commit for commit in tab.shell.commits if "busy=True" in str(commit.patches)]
        assert [commit.main.state for commit in busy] == ["login"]

    play(scene, basic_tab)


def test_a_form_opened_by_hand_stands_above_the_data_and_survives_what_is_being_read() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        tab.leave_for(f"{TAGS}?filter=1")
        tab.send(Command("sign-in", {}))
        await tab.settle()
        assert tab.state.login is not None
        assert tab.rows() == ["1"]
        assert tab.facts() == ("repository", "login", "")

    play(scene, basic_tab)


def test_what_one_identity_read_is_not_shown_to_another_that_may_not() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        await tab.press("sign-in")
        await tab.sign_in("bob", "secret")
        assert tab.rows() == []
        assert tab.facts()[1:] == ("failed", "denied")

    def forbids_bob(request: Request) -> FakeResponse:
        return error_response(403, "DENIED") if request.header("Authorization") == BOB else basic(request)

    play(scene, lambda: Tab(FakeTransport(forbids_bob)))


def test_data_stays_while_somebody_else_signs_in_and_when_that_fails() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        await tab.press("sign-in")
        await tab.sign_in("bob", "wrong")
        assert tab.rows() == ["a", "b"]
        assert tab.facts() == ("registry", "login", "")
        assert prompt(tab).username == "bob"
        await tab.press("cancel")
        assert tab.rows() == ["a", "b"]
        assert tab.state.login is None

    play(scene, basic_tab)


def test_what_only_the_earlier_person_could_see_is_gone_after_a_sign_in() -> None:
    def registry(request: Request) -> FakeResponse:
        field = request.header("Authorization")
        if field is None:
            return challenge(BASIC)
        return json_response({"repositories": ["anns"] if field == RIGHT else ["bobs"]})

    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        await tab.press("sign-in")
        await tab.sign_in("bob")
        assert tab.rows() == ["bobs"]

    play(scene, lambda: Tab(FakeTransport(registry)))


def test_a_sign_in_on_a_page_that_is_shown_is_tried_at_the_registry() -> None:
    async def scene(tab: Tab) -> None:
        raw = plan_image(tab.transport, "1")
        await tab.start(f"{TAGS}@{digest_of(raw)}")
        before = len(tab.transport.requests)
        tab.controller.connections.auth(REGISTRY).remember_basic(("repository:lab/app:pull",))
        await tab.press("sign-in")
        assert tab.state.login is not None
        await tab.sign_in()
        assert len(tab.transport.requests) > before
        assert tab.transport.requests[before].header("Authorization") == RIGHT
        assert isinstance(tab.state.page, ManifestPage)
        assert tab.state.page.fetched is not None
        assert tab.state.page.fetched.digest == digest_of(raw)

    play(scene)


def test_pages_read_before_a_sign_in_are_read_again_after_it() -> None:
    def registry(request: Request) -> FakeResponse:
        if "tags" in request.url:
            return basic(request)
        return json_response({"repositories": ["open"] if request.header("Authorization") is None else ["open", "own"]})

    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.go(TAGS)
        await tab.sign_in()
        await tab.go(HOME)
        assert tab.rows() == ["open", "own"]

    play(scene, lambda: Tab(FakeTransport(registry)))


def test_the_form_can_be_opened_by_hand_where_the_catalog_never_asked() -> None:
    async def scene(tab: Tab) -> None:
        scope = f"repository:{REPOSITORY}:pull"
        tab.transport.on("GET", TAGS_URL, challenge(BEARER.replace("registry:catalog:*", scope)))
        tab.transport.on("GET", CATALOG_URL, error_response(404, "UNSUPPORTED"))
        await tab.start(TAGS)
        await tab.go(HOME)
        assert tab.facts() == ("registry", "failed", "unsupported")
        await tab.press("sign-in")
        assert prompt(tab).scheme == "bearer"

    play(scene, bearer_tab)


def test_cancelling_a_login_without_data_says_what_is_missing() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.press("cancel")
        assert tab.facts() == ("registry", "failed", "denied")
        assert tab.state.failure is not None
        assert isinstance(tab.state.failure.error, LoginRequired)
        await tab.press("retry")
        assert tab.facts() == ("registry", "login", "")

    play(scene, basic_tab)


def test_cancelling_while_a_sign_in_is_tried_gives_it_up() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        tab.send(Submit("login", {"username": "ann", "password": "right"}))
        tab.send(Command("cancel", {}))
        await tab.settle()
        assert tab.facts() == ("registry", "failed", "denied")
        assert tab.state.standing is not None
        assert tab.state.standing.username is None
        assert not any(request.header("Authorization") for request in tab.transport.requests)

    play(scene, basic_tab)


def test_signing_out_forgets_the_credential_and_the_pages() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        await tab.go(TAGS)
        await tab.press("sign-out")
        assert tab.facts() == ("repository", "login", "")
        await tab.go(HOME)
        assert tab.facts() == ("registry", "login", "")
        assert tab.rows() == []

    play(scene, basic_tab)


def test_what_was_read_by_digest_is_not_shown_after_signing_out() -> None:
    raw = image_of(config_of("1"))

    def registry(request: Request) -> FakeResponse:
        if request.header("Authorization") is None:
            return challenge(BASIC)
        if "manifests/sha256:" in request.url:
            return FakeResponse(200, raw)
        if "blobs" in request.url:
            return FakeResponse(200, config_of("1"))
        return error_response(404, "NAME_UNKNOWN")

    async def scene(tab: Tab) -> None:
        await tab.start(f"{TAGS}@{digest_of(raw)}")
        await tab.sign_in()
        assert tab.facts() == ("manifest", "shown", "")
        await tab.press("sign-out")
        assert tab.facts() == ("manifest", "login", "")

    play(scene, lambda: Tab(FakeTransport(registry)))


def test_a_form_opened_by_hand_asks_for_what_the_catalog_wanted() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.press("cancel")
        await tab.press("sign-in")
        assert prompt(tab).scopes == ("registry:catalog:*",)

    play(scene, bearer_tab)


def test_a_form_that_nobody_fills_in_is_closed_by_retry() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a"])
        await tab.start(HOME)
        tab.controller.connections.auth(REGISTRY).remember_basic(())
        await tab.press("sign-in")
        assert tab.facts() == ("registry", "login", "")
        await tab.press("retry")
        assert tab.facts() == ("registry", "shown", "")

    play(scene)


def test_a_paused_list_begins_anew_for_somebody_else() -> None:
    async def scene(tab: Tab) -> None:
        urls = plan_catalog(tab.transport, *[[f"r{number:02}"] for number in range(25)])
        await tab.start(HOME)
        tab.controller.connections.auth(REGISTRY).remember_basic(())
        await tab.press("sign-in")
        await tab.sign_in()
        assert tab.transport.urls() == urls[:20] * 2

    play(scene)


def test_a_denied_person_is_told_so() -> None:
    def registry(request: Request) -> FakeResponse:
        if request.url.startswith(REALM):
            return bearer(request)
        return challenge(BEARER)

    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        await tab.press("approve")
        assert tab.state.failure is not None
        assert isinstance(tab.state.failure.error, AccessDenied)
        assert tab.facts() == ("registry", "failed", "denied")

    play(scene, lambda: Tab(FakeTransport(registry)))


def test_credentials_cross_plain_http_only_after_the_warning_was_accepted() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/http://r.example")
        assert prompt(tab).reason == "insecure"
        await tab.sign_in()
        assert not any(request.header("Authorization") for request in tab.transport.requests)
        await tab.press("accept-insecure")
        assert prompt(tab).reason == "required"
        await tab.sign_in()
        assert tab.rows() == ["a", "b"]

    play(scene, basic_tab)


# Approval of a token service


def test_credentials_go_to_another_origin_only_after_approval() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        assert tab.state.approval is not None
        assert str(tab.state.approval.realm_origin) == "https://tokens.example"
        assert tab.facts() == ("registry", "login", "")
        assert not any(request.header("Authorization") for request in tab.transport.requests)
        await tab.press("approve", remember=False)
        assert tab.rows() == ["a", "b"]
        assert tab.state.settings.approvals == ()
        assert tab.shell.kept == [("recents", '[["r.example", 1800000000.0]]')]

    play(scene, bearer_tab)


def test_an_approval_is_kept_when_asked_for_and_then_not_asked_for_again() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        await tab.press("approve", remember=True)
        assert ("approvals", '[["https://r.example", "https://tokens.example"]]') in tab.shell.kept

    kept = {"approvals": '[["https://r.example", "https://tokens.example"]]'}

    async def later(tab: Tab) -> None:
        await tab.start(HOME, kept)
        await tab.sign_in()
        assert tab.rows() == ["a", "b"]

    play(scene, bearer_tab)
    play(later, bearer_tab)


def test_declining_an_approval_says_what_is_missing() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        await tab.press("cancel")
        assert tab.facts() == ("registry", "failed", "denied")
        assert tab.state.failure is not None
        assert isinstance(tab.state.failure.error, ApprovalRequired)
        await tab.press("retry")
        assert tab.state.approval is None
        assert prompt(tab).reason == "required"

    play(scene, bearer_tab)


def test_an_approval_that_is_taken_back_ends_what_came_of_it() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        await tab.press("approve", remember=True)
        await tab.go("#/-/settings")
        await tab.press("forget-approval", registry="https://r.example", realm="https://tokens.example")
        assert tab.state.settings.approvals == ()
        assert tab.shell.kept[-1] == ("approvals", None)
        await tab.go(HOME)
        assert tab.facts() == ("registry", "login", "")

    play(scene, bearer_tab)


def test_the_time_that_is_left_of_a_token_is_committed_as_it_passes() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        await tab.press("approve")
        before = len(tab.shell.commits)
        tab.clock.advance(1.5)
        tab.controller.tick()
        await tab.settle()
        assert len(tab.shell.commits) == before + 1
        assert [patch.region for patch in tab.shell.last.patches] == ["context"]
        tab.controller.tick()
        await tab.settle()
        assert len(tab.shell.commits) == before + 1

    play(scene, bearer_tab)


# Retry and going on


def test_retry_reads_a_failed_page_again() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, "network")
        tab.transport.on("GET", CATALOG_URL, json_response({"repositories": ["a"]}))
        await tab.start(HOME)
        assert tab.facts() == ("registry", "failed", "unreachable")
        await tab.press("retry")
        assert tab.facts() == ("registry", "shown", "")
        assert tab.states()[-2:] == ["loading", "shown"]

    play(scene)


def test_a_retry_that_fails_again_is_told_again() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, "network")
        await tab.start(HOME)
        await tab.press("retry")
        told = [commit.announce for commit in tab.shell.commits if commit.announce]
        assert told == ["registry failed unreachable", "registry failed unreachable"]

    play(scene)


def test_retry_of_a_list_goes_on_at_the_page_that_failed_and_keeps_what_is_there() -> None:
    async def scene(tab: Tab) -> None:
        urls = plan_catalog(tab.transport, ["a"], "network", ["c"])
        await tab.start(HOME)
        await tab.press("retry")
        assert tab.facts() == ("registry", "partial", "unreachable")
        assert tab.rows() == ["a"]
        assert tab.transport.urls() == [urls[0], urls[1], urls[1]]

    play(scene)


def test_retry_of_a_manifest_asks_only_for_what_is_missing() -> None:
    async def scene(tab: Tab) -> None:
        config = config_of("1")
        raw = image_of(config)
        plan_manifest(tab.transport, raw, "1")
        tab.transport.on("GET", blob_url(REGISTRY, REPOSITORY, digest_of(config)), "network", FakeResponse(200, config))
        await tab.start(f"{TAGS}:1")
        assert isinstance(tab.state.page, ManifestPage)
        assert tab.state.page.config_failure is not None
        await tab.press("retry")
        page = tab.state.page
        assert isinstance(page, ManifestPage)
        assert page.config is not None
        assert page.config_failure is None
        assert page.fetched is not None
        assert page.fetched.raw == raw
        assert "loading" not in tab.states()[-3:]

    play(scene)


def test_a_list_pauses_after_twenty_pages_and_goes_on_when_asked() -> None:
    async def scene(tab: Tab) -> None:
        urls = plan_catalog(tab.transport, *[[f"r{number:02}"] for number in range(25)])
        await tab.start(HOME)
        assert tab.facts() == ("registry", "partial", "")
        assert tab.transport.urls() == urls[:20]
        assert tab.shell.last.mark == "shown"
        await tab.press("continue")
        assert tab.facts() == ("registry", "shown", "")
        assert tab.transport.urls() == urls
        assert len(tab.rows()) == 25
        await tab.press("continue")
        assert tab.transport.urls() == urls

    play(scene)


def test_a_paused_list_goes_on_where_it_was_after_another_page() -> None:
    async def scene(tab: Tab) -> None:
        urls = plan_catalog(tab.transport, *[[f"r{number:02}"] for number in range(22)])
        await tab.start(HOME)
        await tab.go("#/")
        await tab.go(HOME)
        await tab.press("continue")
        assert tab.transport.urls() == urls
        assert len(tab.rows()) == 22

    play(scene)


# What this browser keeps


def test_recents_are_names_alone_and_can_be_forgotten() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a"])
        plan_tags(tab.transport, ["1"])
        await tab.start(f"{TAGS}?filter=secret")
        assert recents(tab) == ["r.example"]
        await tab.press("forget", subject="r.example")
        assert recents(tab) == []
        assert tab.shell.kept == [("recents", '[["r.example", 1800000000.0]]'), ("recents", None)]

    play(scene)


def test_all_recents_can_be_cleared() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("", {"recents": '[["a.example", 2], ["b.example", 1]]'})
        assert recents(tab) == ["a.example", "b.example"]
        await tab.press("forget-all")
        assert recents(tab) == []
        assert tab.shell.kept == [("recents", None)]

    play(scene)


def test_with_recents_turned_off_nothing_is_kept() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a"])
        await tab.start("", {"recents": '[["a.example", 2]]'})
        await tab.press("remember", value=False)
        await tab.go(HOME)
        assert recents(tab) == []
        assert tab.shell.kept == [("remember", "no"), ("recents", None)]

    play(scene)


def test_a_registry_that_shows_nothing_is_not_kept() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        assert tab.shell.kept == []

    play(scene)


@pytest.mark.parametrize(("theme", "kept"), [("dark", [("theme", "dark")]), ("auto", []), ("pink", [])])
def test_the_theme_is_kept(theme: str, kept: list[tuple[str, str | None]]) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start()
        await tab.press("theme", value=theme)
        assert tab.shell.kept == kept

    play(scene)


def test_reset_leaves_nothing_of_earlier_pages_and_people() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        await tab.press("theme", value="dark")
        await tab.press("reset")
        assert tab.facts() == ("landing", "idle", "")
        assert tab.addresses()[-1] == ("#/", False)
        assert ("recents", None) in tab.shell.kept
        assert ("theme", None) in tab.shell.kept
        await tab.go(HOME)
        assert tab.facts() == ("registry", "login", "")

    play(scene, basic_tab)


def test_reset_asks_again_about_private_hosts() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/10.0.0.5")
        await tab.press("confirm-host")
        await tab.press("reset")
        await tab.go("#/10.0.0.5")
        assert tab.state.confirm is not None

    play(scene)


def test_a_manifest_and_a_blob_can_be_saved_as_they_were_received() -> None:
    async def scene(tab: Tab) -> None:
        raw = plan_image(tab.transport, "1")
        plan_blob(tab.transport, b"content")
        await tab.start(f"{TAGS}:1")
        await tab.press("download")
        await tab.go(f"{TAGS}/-/blob/{digest_of(b'content')}?type=text/plain")
        await tab.press("download")
        assert tab.shell.downloads == [
            (f"app-{digest_of(raw).short}.json", raw, "application/vnd.oci.image.manifest.v1+json"),
            (f"app-{digest_of(b'content').short}", b"content", "text/plain"),
        ]

    play(scene)


def test_the_order_of_tags_is_taken_from_the_address() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1", "2"])
        await tab.start(f"{TAGS}?sort=name")
        assert isinstance(tab.state.page, Tags)
        assert tab.rows() == ["1", "2"]

    play(scene)


def test_registries_are_signed_out_of_one_by_one() -> None:
    other = parse_origin("https://other.example")

    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.sign_in()
        await tab.go("#/other.example")
        await tab.sign_in()
        await tab.press("sign-out")
        assert tab.facts() == ("registry", "login", "")
        await tab.go(TAGS)
        assert tab.rows() == ["2", "1"]
        assert catalog_url(other) in tab.transport.urls()
        assert tags_url(REGISTRY, REPOSITORY) in tab.transport.urls()

    play(scene, basic_tab)


def test_a_document_is_folded_and_unfolded_again_each_time() -> None:
    async def scene(tab: Tab) -> None:
        plan_image(tab.transport, "1.0")
        await tab.start(f"{TAGS}:1.0/-/raw")
        folds = []
        for open_ in (False, False, True):
            await tab.press("json-fold", open=open_)
            assert isinstance(tab.state.page, Raw)
            folds.append(tab.state.page.folds)
        assert folds == [-1, -2, 3]

    play(scene)
