import pytest

from app.auth.identity import Standing
from app.state.model import AppState, Missing
from app.view import context
from app.view.markup import group, render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import ALICE, HOST, LANDING, MANIFEST, PROMPT, REPOSITORY, SETTINGS, at, digest
from tests.unit.view.talks import ALICE as WHO
from tests.unit.view.talks import NAMELESS


def bar(state: AppState) -> Node:
    return read(render(group(context.bar(state))))


def crumbs(hash_: str) -> list[tuple[str | None, str, str | None]]:
    items = bar(at(hash_, LANDING)).one("ol").all("li")
    return [
        (
            item.attributes.get("data-sep"),
            item.words,
            next((link["href"] for link in item.all("a")), None),
        )
        for item in items
    ]


def test_the_way_leads_from_the_registry_to_the_tag() -> None:
    assert crumbs(MANIFEST) == [
        (None, "registry.example.net", HOST),
        ("/", "harbour", f"{HOST}?filter=harbour%2F"),
        ("/", "tide-gauge", REPOSITORY),
        (":", "2.4.1", None),
    ]


def test_a_digest_is_short_and_a_view_comes_last() -> None:
    assert crumbs(f"{REPOSITORY}@{digest('x')}/-/raw")[-2:] == [
        ("@", f"sha256:{digest('x').short}", f"{REPOSITORY}@{digest('x')}"),
        (" · ", "JSON", None),
    ]


def test_the_current_place_is_marked() -> None:
    assert bar(at(HOST, LANDING)).one("", aria_current="page").words == "registry.example.net"


def test_who_is_signed_in_by_what_and_until_when() -> None:
    identity = bar(at(HOST, LANDING, standing=ALICE)).one("section.identity")
    assert identity["aria-label"] == "Signed in"
    assert identity.words.startswith("signed in as alice")
    assert "Bearer" in identity.text
    timer = identity.one("span.timer")
    assert (timer.words, timer["data-seconds"]) == ("4:32", "272")
    assert identity.one("button", data_command="sign-out")


def test_basic_has_no_time_left() -> None:
    identity = bar(at(HOST, LANDING, standing=Standing("basic", "alice", None))).one("section.identity")
    assert identity.all("span.timer") == []


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (Standing(None, None, None), "not signed in"),
        (Standing("bearer", None, 60.0), "anonymousBearer1:00 leftSign in"),
    ],
)
def test_anonymous_is_said(standing: Standing, said: str) -> None:
    identity = bar(at(HOST, LANDING, standing=standing)).one("section.identity--none")
    assert identity["aria-label"] == "Not signed in"
    assert identity.words.startswith(said)


def test_a_sign_in_is_offered_where_one_knows_how_and_no_form_is_open() -> None:
    known = at(HOST, LANDING, standing=Standing("bearer", None, None))
    assert bar(known).all("button", data_command="sign-in")
    assert bar(known._replace(login=PROMPT)).all("button", data_command="sign-in") == []
    assert bar(at(HOST, LANDING)).all("button", data_command="sign-in") == []


def test_outside_a_registry_there_is_no_bar() -> None:
    assert context.bar(at("#/-/settings", LANDING)) is None


def test_where_nothing_is_nobody_is_signed_in() -> None:
    assert bar(at(HOST, Missing("x", "", None))).all("section.identity") == []


def test_the_key_counts_in_whole_seconds() -> None:
    state = at(HOST, LANDING, standing=ALICE)
    assert context.key(state) == context.key(state._replace(standing=ALICE._replace(expires_in=272.9)))
    assert context.key(state) != context.key(state._replace(standing=ALICE._replace(expires_in=271.9)))


@pytest.mark.parametrize("hash_", [HOST, "#/", "#/-/settings"])
def test_the_lock_says_everywhere_what_it_did(hash_: str) -> None:
    locked = at(hash_, LANDING, locked=True, settings=SETTINGS._replace(idle_lock=15))
    assert "After 15 minutes" in bar(locked).one("div.notice").text
    assert context.key(locked) != context.key(locked._replace(locked=False))


def test_a_view_of_the_registry_is_named_in_the_way() -> None:
    assert crumbs(f"{HOST}/-/transcript") == [
        (None, "registry.example.net", HOST),
        (" · ", "transcript", None),
    ]
    assert crumbs(f"{HOST}/-/use-cases")[-1] == (" · ", "use cases", None)


def test_the_menu_is_there_signed_in_or_not() -> None:
    assert bar(at(HOST, LANDING, standing=ALICE)).all("details.menu")
    assert bar(at(HOST, LANDING)).all("details.menu")


def test_that_something_was_read_anonymously_is_said() -> None:
    read_so = bar(at(HOST, LANDING, standing=ALICE, anonymously=True)).one("section.identity")
    assert read_so.one("span.badge--warn").words == "read anonymously"
    assert bar(at(HOST, LANDING, standing=ALICE)).all("span.badge--warn") == []


def test_an_identity_without_a_name_is_called_by_its_kind() -> None:
    state = at(
        HOST,
        LANDING,
        standing=Standing("bearer", "registry-token", None),
        identities=(NAMELESS._replace(in_use=True),),
    )
    assert bar(state).one("section.identity").all("b")[0].words == "registry token"


def test_with_identities_to_choose_from_one_signs_in_by_the_menu() -> None:
    state = at(HOST, LANDING, standing=Standing("bearer", None, None), identities=(NAMELESS,))
    assert bar(state).all("button", data_command="sign-in") == []
    assert bar(state).all("button", data_command="use-identity")


def test_the_key_does_not_count_the_time_of_identities() -> None:
    state = at(HOST, LANDING, standing=ALICE, identities=(WHO,))
    assert context.key(state) == context.key(state._replace(identities=(WHO._replace(expires_in=1.0),)))
    assert context.key(state) != context.key(state._replace(identities=()))


def test_a_hostile_name_makes_no_element() -> None:
    identity = bar(at(HOST, LANDING, standing=Standing("basic", "<b>\u202e", None))).one("section.identity")
    assert "<b>\\u202e" in identity.text
