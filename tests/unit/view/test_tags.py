import pytest

from app.client.errors import BadDigest, NotFound, RateLimited
from app.state.model import TagDetail
from app.view import screen
from tests.unit.view.reading import Node
from tests.unit.view.states import ALICE, PROMPT, REPOSITORY, URL, at, digest, failed, keys, shown, tags

NAMES = [f"2.{number}.0" for number in range(1200)]
DETAIL = TagDetail(
    digest("x"),
    "index",
    230_600_000,
    ("linux/amd64", "linux/arm64", "linux/s390x", "linux/arm/v7"),
    "2026-02-11T06:42:18Z",
    None,
)


def cells(page: Node) -> list[str]:
    """The words of the cells of the only row."""
    (row,) = [row for row in page.all("tr") if row.all("th.lead")]
    return [node.words for node in row.children if isinstance(node, Node)]


def test_a_row_that_was_read_tells_all() -> None:
    page = shown(at(REPOSITORY, tags(["2.4.1"], details={"2.4.1": DETAIL})))
    short = digest("x").short
    assert cells(page) == ["2.4.1", f"sha256:{short}", "index", "amd64, arm64, +2", "230.6 MB", "11 Feb 2026", ""]


def test_a_row_that_was_not_read_says_so() -> None:
    page = shown(at(REPOSITORY, tags(["2.4.1"])))
    assert cells(page)[:2] == ["2.4.1", "not read yet"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotFound("GET", URL, 404), "not found"),
        (BadDigest("GET", URL, digest("a"), digest("b"), 9), "wrong bytes"),
        (RateLimited("GET", URL), "asked to wait"),
    ],
)
def test_a_row_that_failed_says_how_and_shows_nothing_as_good(error: Exception, said: str) -> None:
    detail = TagDetail(None, None, None, (), None, failed(error))
    assert cells(shown(at(REPOSITORY, tags(["a"], details={"a": detail})))) == ["a", said, "", "", "", "", ""]


def test_a_tag_leads_to_its_manifest_and_its_digest_to_the_permanent_one() -> None:
    page = shown(at(REPOSITORY, tags(["2.4.1"], details={"2.4.1": DETAIL})))
    assert page.one("a.tag")["href"] == f"{REPOSITORY}:2.4.1"
    assert page.all("a", href=f"{REPOSITORY}@{digest('x')}")


def test_a_row_can_be_copied_as_a_reference() -> None:
    page = shown(at(REPOSITORY, tags(["2.4.1"])))
    assert page.all("button.copy", data_copy="registry.example.net/harbour/tide-gauge:2.4.1")


def test_one_platform_is_named_in_full() -> None:
    page = shown(at(REPOSITORY, tags(["a"], details={"a": DETAIL._replace(platforms=("linux/amd64",))})))
    assert cells(page)[3] == "linux/amd64"


def test_platforms_of_other_systems_keep_their_system() -> None:
    detail = DETAIL._replace(platforms=("linux/amd64", "windows/amd64"))
    assert cells(shown(at(REPOSITORY, tags(["a"], details={"a": detail}))))[3] == "linux/amd64, windows/amd64"


def test_what_is_not_known_is_a_dash_with_a_word() -> None:
    detail = TagDetail(digest("x"), "artifact", None, (), None, None)
    assert cells(shown(at(REPOSITORY, tags(["a"], details={"a": detail}))))[3:6] == ["—none", "—none", "—none"]


@pytest.mark.parametrize(("number", "said"), [(0, "0 tags"), (1, "1 tag"), (1200, "1,200 tags")])
def test_the_total_is_said(number: int, said: str) -> None:
    assert screen.render(at(REPOSITORY, tags(NAMES[:number]))).announce == f"harbour/tide-gauge: {said}"


def test_a_chunk_changes_with_its_own_rows_alone() -> None:
    before = keys(at(REPOSITORY, tags(NAMES[:50])))
    after = keys(at(REPOSITORY, tags(NAMES[:50], details={NAMES[30]: DETAIL})))
    assert before["main"] == after["main"]
    assert before["rows-0"] == after["rows-0"]
    assert before["rows-1"] != after["rows-1"]


def test_the_main_part_changes_with_the_count_the_order_and_the_filter() -> None:
    before = keys(at(REPOSITORY, tags(NAMES[:50])))["main"]
    assert keys(at(REPOSITORY, tags(NAMES[:51])))["main"] != before
    assert keys(at(REPOSITORY, tags(NAMES[:50], order="name")))["main"] != before
    assert keys(at(REPOSITORY, tags(NAMES[:50], filter_="2")))["main"] != before


def test_no_more_rows_than_asked_for_are_rendered() -> None:
    state = at(REPOSITORY, tags(NAMES, shown=100))
    assert [one.rows for one in screen.render(state).regions if one.region.startswith("rows")] == [25] * 4
    assert shown(state).all("button", data_command="more")


@pytest.mark.parametrize(
    ("order", "said"), [("-version", "descending"), ("version", "ascending"), ("name", "ascending")]
)
def test_the_column_and_the_list_say_how_rows_are_sorted(order: str, said: str) -> None:
    page = shown(at(REPOSITORY, tags(NAMES[:3], order=order)))  # type: ignore[arg-type]
    head = next(node for node in page.all("th") if "aria-sort" in node.attributes)
    assert head["aria-sort"] == said
    assert head.one("button")["data-args"] == f'{{"by": "{order.lstrip("-")}"}}'
    chosen = [node["value"] for node in page.by_id("sort").all("option") if "selected" in node.attributes]
    assert chosen == [order]


def test_the_table_keeps_its_roles_where_css_takes_them_away() -> None:
    page = shown(at(REPOSITORY, tags(NAMES[:3])))
    assert page.one("table")["role"] == "table"
    assert {node["role"] for node in page.all("tr")} == {"row"}
    assert {node["role"] for node in page.all("tbody")} == {"rowgroup"}


def test_the_pull_menu_is_about_latest_or_else_the_first_row() -> None:
    assert "tide-gauge:latest" in shown(at(REPOSITORY, tags(["2.0", "latest"]))).one("details.menu").text
    assert "tide-gauge:2.0" in shown(at(REPOSITORY, tags(["2.0", "1.0"]))).one("details.menu").text
    assert shown(at(REPOSITORY, tags(()))).all("details.menu") == []


def test_a_repository_without_tags_says_so() -> None:
    assert shown(at(REPOSITORY, tags(()))).one("div.notice").one("h2").words == "No tags"


def test_a_filter_that_matches_nothing_says_so() -> None:
    page = shown(at(REPOSITORY, tags(NAMES, filter_="nope", rows=())))
    assert page.one("div.notice").one("h3").words == "No tag matches “nope”"


def test_while_the_tags_are_awaited_there_is_a_frame() -> None:
    page = shown(at(REPOSITORY, tags((), complete=False, loading=True), loading=True))
    assert page.one("h1").words == "harbour/tide-gauge"
    assert page.all("span.skeleton")


def test_a_failure_without_data_leaves_no_frame_that_seems_to_load() -> None:
    page = shown(at(REPOSITORY, tags((), complete=False, loading=True), failure=failed(NotFound("GET", URL, 404))))
    assert page.all("span.skeleton") == []
    assert page.one("div.notice").one("h2").words == "No repository harbour/tide-gauge here"


@pytest.mark.parametrize("question", ["login", "failure"])
def test_data_stays_below_what_interrupts(question: str) -> None:
    given = {"login": PROMPT} if question == "login" else {"failure": failed(RateLimited("GET", URL))}
    page = shown(at(REPOSITORY, tags(NAMES[:3]), standing=ALICE, **given))
    order = [node.tag for node in page if node.tag == "table" or {"login", "notice"} & set(node.classes)]
    assert order == ["div", "table"]


def test_a_long_tag_keeps_its_whole_text() -> None:
    assert shown(at(REPOSITORY, tags(["x" * 128]))).one("a.tag").text == "x" * 128
