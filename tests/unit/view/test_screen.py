import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from app.auth.docker_config import ConfigProblem
from app.auth.errors import ChallengeHidden
from app.auth.inspection import inspect_token
from app.auth.observation import Observation
from app.auth.signature import Verification
from app.client.errors import RateLimited
from app.oci.origin import Origin
from app.state.host_config import DEFAULT
from app.state.model import (
    Blob,
    HeldToken,
    IdentitiesPage,
    ImportReport,
    Missing,
    Raw,
    RegistryIdentities,
    SettingsPage,
    TokenPage,
    TranscriptPage,
    UseCasesPage,
)
from app.view import screen
from tests.unit.fake_transport import FakeTransport
from tests.unit.state.fake_content import HOME
from tests.unit.state.fake_lab import APPROVED, Lab
from tests.unit.state.fake_page import Tab, play
from tests.unit.view.reading import read
from tests.unit.view.states import (
    HOST,
    LANDING,
    MANIFEST,
    PROMPT,
    REPOSITORY,
    URL,
    at,
    catalog,
    digest,
    failed,
    index_page,
    tags,
)
from tests.unit.view.talks import ALICE, NAMELESS, OTHER, PAUSED, REDIRECTED, REFUSED, REGISTRY, ROBOT, TALK
from tests.unit.view.test_inspection import NOW, SECRET, jwt

ROOT = Path(__file__).parents[3]
PULL = "repository:a/b:pull"
INSPECTED = inspect_token(jwt(), (), NOW)
HELD = HeldToken((PULL,), (PULL,), 270.0, "alice", inspect_token(jwt(), (PULL,), NOW))
PAGES = {
    "landing": at("#/", LANDING),
    "catalog": at(HOST, catalog(["a/b"])),
    "tags": at(REPOSITORY, tags(["1"])),
    "manifest": at(MANIFEST, index_page()),
    "raw": at(f"{MANIFEST}/-/raw", Raw(None, True)),
    "blob": at(f"{REPOSITORY}/-/blob/{digest('x')}", Blob(digest("x"), None, None, b"x", False)),
    "settings": at("#/-/settings", SettingsPage(True, True)),
    "transcript": at("#/-/transcript", TranscriptPage((TALK, REDIRECTED, REFUSED, PAUSED), 1, None)),
    "token": at(
        f"{HOST}/-/token", TokenPage(INSPECTED, Verification("no-key"), False, (HELD, HELD)), identities=(ALICE,)
    ),
    "identities": at(
        "#/-/identities",
        IdentitiesPage(
            (RegistryIdentities(REGISTRY, (ALICE, ROBOT)), RegistryIdentities(OTHER, (NAMELESS,))),
            ImportReport((("docker.io", "password", "alice"),), ("pass",), (ConfigProblem("auths", "in-helper"),)),
        ),
    ),
    "use-cases": at(f"{HOST}/-/use-cases", UseCasesPage((Observation("pull", "seen", "granted", (), (1,)),), REGISTRY)),
    "login": at(HOST, catalog([]), login=PROMPT),
    "hidden": at(HOST, catalog([]), failure=failed(ChallengeHidden(REGISTRY, "GET", URL, ("registry:catalog:*",)))),
    "waiting": at(HOST, catalog(["a/b"]), failure=failed(RateLimited("GET", URL, retry_after=42)), retry=42.0),
    "missing": at("#/", Missing("", "x", (0, "No."))),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_one_heading_that_takes_the_focus(name: str) -> None:
    regions = {region.region: region for region in screen.render(PAGES[name]).regions}
    heading = read(regions["main"].build()).one("h1")
    assert heading["tabindex"] == "-1"
    assert heading.words


@pytest.mark.parametrize("name", PAGES)
def test_headings_do_not_jump(name: str) -> None:
    regions = {region.region: region for region in screen.render(PAGES[name]).regions}
    levels = [int(node.tag[1]) for node in read(regions["main"].build()) if node.tag in ("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_every_control_has_a_name(name: str) -> None:
    main = read(next(one for one in screen.render(PAGES[name]).regions if one.region == "main").build())
    labelled = {node["for"] for node in main.all("label") if "for" in node.attributes}
    inside = {id(node) for label in main.all("label") for node in label}
    for node in main:
        if node.tag in ("input", "select", "textarea"):
            assert id(node) in inside or node["id"] in labelled
        elif node.tag == "button":
            assert node.words or node.attributes.get("aria-label")


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_unique(name: str) -> None:
    main = read(next(one for one in screen.render(PAGES[name]).regions if one.region == "main").build())
    ids = [node["id"] for node in main if "id" in node.attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PAGES)
def test_icons_are_hidden_from_readers_and_are_in_the_sprite(name: str) -> None:
    main = read(next(one for one in screen.render(PAGES[name]).regions if one.region == "main").build())
    sprite = (ROOT / "index.html").read_text()
    for icon in main.all("svg.icon"):
        assert icon["aria-hidden"] == "true"
        assert f'id="{icon.one("use")["href"][1:]}"' in sprite


@pytest.mark.parametrize("name", PAGES)
def test_links_out_of_the_app_tell_nothing_and_open_their_own_tab(name: str) -> None:
    main = read(next(one for one in screen.render(PAGES[name]).regions if one.region == "main").build())
    for node in main.all("a"):
        if not node["href"].startswith("#/"):
            assert (node["rel"], node["target"]) == ("noreferrer noopener", "_blank")


@pytest.mark.parametrize("name", PAGES)
def test_the_same_state_gives_equal_keys_and_the_same_page(name: str) -> None:
    first, second = screen.render(PAGES[name]), screen.render(PAGES[name])
    assert [region.key for region in first.regions] == [region.key for region in second.regions]
    assert [region.build() for region in first.regions] == [region.build() for region in second.regions]


@pytest.mark.parametrize("name", PAGES)
def test_ids_stay_unique_when_all_regions_are_filled_in(name: str) -> None:
    ids = [
        node["id"]
        for region in screen.render(PAGES[name]).regions
        for node in read(region.build())
        if "id" in node.attributes
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PAGES)
def test_every_region_has_its_place_in_the_page(name: str) -> None:
    regions = screen.render(PAGES[name]).regions
    fixed = {"context", "main", "suggestions", "build"}
    places = {node["id"] for one in regions for node in read(one.build()) if "data-region" in node.attributes}
    assert {one.region for one in regions} - fixed == places


@pytest.mark.parametrize("name", PAGES)
def test_no_field_for_a_secret_has_a_value_or_is_told_while_one_types(name: str) -> None:
    main = read(next(one for one in screen.render(PAGES[name]).regions if one.region == "main").build())
    secret = [node for node in main if node.attributes.get("type") == "password" or node.tag == "textarea"]
    assert all("value" not in node.attributes and not node.text for node in secret)
    assert all("data-input" not in node.attributes for node in secret)


def test_no_page_shows_a_token_that_it_took_apart() -> None:
    for state in PAGES.values():
        html = "".join(region.build() for region in screen.render(state).regions)
        assert SECRET not in html
        assert jwt().split(".")[1] not in html


def test_a_password_and_its_tokens_are_on_no_page() -> None:
    lab = Lab()
    lab.people = {"ann": "canary-7f3a"}
    pages: list[str] = []

    async def scene(tab: Tab) -> None:
        await tab.start(f"{HOME}", {"approvals": APPROVED, "remember": "true"})
        await tab.sign_in("ann", "canary-7f3a")
        await tab.press("approve", remember=False)
        assert tab.state.standing is not None
        assert tab.state.standing.username == "ann"
        for view in ("", "/-/transcript", "/-/token", "/-/use-cases"):
            await tab.go(f"{HOME}{view}")
            pages.append("".join(tab.shell.regions.values()))
        for view in ("identities", "transcript", "settings"):
            await tab.go(f"#/-/{view}")
            pages.append("".join(tab.shell.regions.values()))

    play(scene, lambda: Tab(FakeTransport(lab), renderer=screen.render))
    assert lab.tokens
    assert any("not recorded" in page for page in pages)
    for page in pages:
        assert "canary-7f3a" not in page
        assert not any(token in page or token.split(".")[1] in page for token in lab.tokens)


def test_a_pause_is_counted_down_in_a_region_of_its_own() -> None:
    regions = {one.region: one for one in screen.render(PAGES["waiting"]).regions}
    assert read(regions["left-retry"].build()).one("span.timer").words == "0:42"
    later = {one.region: one.key for one in screen.render(PAGES["waiting"]._replace(retry=41.0)).regions}
    assert {name for name, one in regions.items() if one.key != later[name]} == {"left-retry"}


@pytest.mark.parametrize("name", ["landing", "settings", "tags"])
def test_what_the_lock_did_is_shown_and_announced_everywhere(name: str) -> None:
    found = screen.render(PAGES[name]._replace(locked=True))
    assert "nobody touched this page" in found.regions[0].build()
    assert found.announce.startswith("Signed out: nobody touched this page. ")


def test_arguments_of_commands_are_json() -> None:
    for state in PAGES.values():
        for node in read(next(one for one in screen.render(state).regions if one.region == "main").build()):
            if "data-args" in node.attributes:
                assert isinstance(json.loads(node["data-args"]), dict)


def test_parents_come_before_the_chunks_in_them() -> None:
    names = [region.region for region in screen.render(at(HOST, catalog([f"a/{n}" for n in range(60)]))).regions]
    assert names == ["context", "main", "rows-0", "rows-1", "rows-2", "suggestions", "build"]


def test_the_title_names_the_page_and_the_copy() -> None:
    assert screen.render(PAGES["tags"]).title == "harbour/tide-gauge · Portolan"
    named = PAGES["catalog"]._replace(config=DEFAULT._replace(title="Harbour \u202emaster"))
    assert screen.render(named).title == "registry.example.net · Harbour \\u202emaster"


def test_suggestions_are_options() -> None:
    state = PAGES["landing"]._replace(suggestions=("ghcr.io/a", '"><b>'))
    region = next(one for one in screen.render(state).regions if one.region == "suggestions")
    assert [node["value"] for node in read(region.build()).all("option")] == ["ghcr.io/a", '"><b>']


def test_the_first_page_has_no_bar_above_it() -> None:
    assert next(one for one in screen.render(PAGES["landing"]).regions if one.region == "context").build() == ""


def test_a_question_is_announced_before_anything_else() -> None:
    state = PAGES["tags"]._replace(confirm=Origin("http", "10.0.0.1", None))
    assert screen.render(state).announce == "10.0.0.1 is on a private network. Contact it?"


def test_the_first_page_does_not_wait_for_the_others() -> None:
    # Start-up pays for every module; a process of its own shows what is loaded.
    code = (
        "import sys; from app.view import screen; from tests.unit.view.states import at, LANDING;"
        "sys.modules = {k: v for k, v in sys.modules.items()};"
        "[r.build() for r in screen.render(at('#/', LANDING)).regions];"
        "print(sorted(m for m in sys.modules if m.startswith('app.view.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "app.view.landing" in loaded
    others = ("manifest", "tags", "catalog", "problem", "login", "links", "frame", "transcript", "access", "countdown")
    assert not any(f"app.view.{name}'" in loaded for name in others)
