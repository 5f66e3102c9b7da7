from app.auth.errors import LoginRequired
from app.client.errors import NotFound
from app.oci.config import ImageConfig, parse_config
from app.state.compare_model import ComparePage, Side, begin
from app.state.route import parse_route
from app.trust.sbom import Package, Sbom
from app.view import compare
from tests.unit.view.reading import Node
from tests.unit.view.states import (
    ARM,
    CONFIG,
    CONFIG_JSON,
    IMAGE,
    INDEX,
    MANIFEST,
    PROMPT,
    URL,
    at,
    descriptors,
    failed,
    keys,
    shown,
)

OTHER = parse_route("other.example/team/app:2")
ROUTE = f"{MANIFEST}/-/compare/other.example/team/app:2"
LEFT = Side(parse_route(MANIFEST), IMAGE, "alice", None, IMAGE, CONFIG)
RIGHT = Side(OTHER, ARM, None, None, ARM, CONFIG)
OTHER_CONFIG: ImageConfig = parse_config(CONFIG_JSON.replace(b"TZ=UTC", b"TZ=CET"))


def page(left: Side = LEFT, right: Side | None = RIGHT, **fields: object) -> ComparePage:
    return ComparePage(left, right, None, {}, typed="other.example/team/app:2")._replace(**fields)  # type: ignore[arg-type]


def seen(showing: ComparePage, *, loading: bool = False) -> Node:
    return shown(at(ROUTE, showing, loading=loading))


def cells(node: Node, table: str, name: str) -> list[str]:
    rows = node.one("table", aria_label=table).one("tbody").all("tr")
    found = next(one for one in rows if one.one("th").words == name)
    return [cell.words for cell in found.all("td")]


def test_both_sides_say_registry_and_identity() -> None:
    node = seen(page())
    assert cells(node, "Both references", "Registry") == ["registry.example.net", "other.example", "differs"]
    assert cells(node, "Both references", "Read as")[:2] == ["alice", "nobody signed in"]
    assert cells(node, "Both references", "Digest")[2] == "differs"


def test_the_same_manifest_is_said_to_be_the_same() -> None:
    same = page(right=RIGHT._replace(fetched=IMAGE, image=IMAGE))
    assert cells(seen(same), "Both references", "Digest")[2] == "same"
    assert compare.announce(at(ROUTE, same)).endswith(": the same")
    assert compare.announce(at(ROUTE, page())).endswith(": they differ")


def test_digests_of_the_second_lead_to_its_own_registry() -> None:
    links = [one["href"] for one in seen(page()).all("a")]
    assert f"#/other.example/team/app@{ARM.digest}" in links
    assert "#/other.example/team/app:2/-/compare/registry.example.net/harbour/tide-gauge:2.4.1" in links


def test_a_side_that_needs_a_sign_in_leads_to_its_own_page() -> None:
    lost = Side(OTHER, failure=failed(LoginRequired(PROMPT)))
    node = seen(page(right=lost)).one("div.notice")
    assert "The second one could not be read" in node.words
    assert "sign-in needed" in node.words
    assert node.one("a")["href"] == "#/other.example/team/app:2"
    assert "trusted" not in seen(page()).words


def test_a_config_that_cannot_be_read_is_not_the_whole_side() -> None:
    half = RIGHT._replace(config=None, failure=failed(NotFound("GET", URL, 404, ())))
    assert "Its config could not be read" in seen(page(right=half)).words


def test_without_a_second_one_there_is_the_form_alone() -> None:
    node = shown(at(f"{MANIFEST}/-/compare", begin(parse_route(f"{MANIFEST}/-/compare"))))
    assert node.one("form")["data-form"] == "compare"
    assert not node.all("table")


def test_a_mistake_in_the_address_is_marked() -> None:
    showing = begin(parse_route(f"{MANIFEST}/-/compare/r.example/UP:1"))
    state = at(ROUTE, showing)
    assert shown(state).all("mark")
    assert showing.mistake is not None
    assert compare.announce(state) == showing.mistake[1]


def test_while_it_is_read_there_are_frames() -> None:
    assert seen(page(Side(LEFT.route), Side(OTHER)), loading=True).all("span.skeleton")


def test_settings_that_differ_stand_before_those_that_do_not() -> None:
    node = seen(page(right=RIGHT._replace(config=OTHER_CONFIG)))
    assert cells(node, "Settings that differ", "Env TZ") == ["UTC", "CET", "differs"]
    assert "settings the same on both sides" in node.words


def test_an_index_of_which_one_has_no_such_platform_says_so() -> None:
    left = LEFT._replace(fetched=INDEX, chosen=descriptors(INDEX)[0])
    assert "There is no image to compare below" in seen(page(left, RIGHT._replace(image=None, config=None))).words
    assert "Compared below: linux/amd64" in seen(page(left)).words


def test_packages_are_compared_where_both_have_a_list() -> None:
    from app.state.compare_model import Listed

    one = Listed(Sbom("SPDX", "2.3", "", "", (), (Package("libc", "1", "", ""),)), descriptors(INDEX)[0])
    two = Listed(Sbom("SPDX", "2.3", "", "", (), (Package("libc", "2", "", ""),)), descriptors(INDEX)[0])
    node = seen(page(packages={"left": one, "right": two}))
    assert cells(node, "Packages that differ", "libc") == ["1", "2", "another version"]


def test_it_is_none_of_its_business_what_other_pages_are() -> None:
    from tests.unit.view.states import LANDING

    state = at(ROUTE, LANDING)
    assert compare.regions(state) == ()
    assert compare.announce(state) == ""


def test_the_region_changes_with_the_page() -> None:
    assert keys(at(ROUTE, page())) == keys(at(ROUTE, page()))
    assert keys(at(ROUTE, page())) != keys(at(ROUTE, page(right=RIGHT._replace(config=OTHER_CONFIG))))


def test_the_title_names_both() -> None:
    assert compare.title(at(ROUTE, page())) == "harbour/tide-gauge:2.4.1 and team/app:2"
    assert compare.title(at(ROUTE, page(right=None))) == "Compare harbour/tide-gauge:2.4.1"
