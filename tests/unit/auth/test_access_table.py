"""Asked beside granted: docs/spec/auth/token.md lets a service grant less than it was asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.access_table import AccessRow, access_table, tab_access
from app.auth.entry import Exchange
from app.auth.scope import Scope, parse_scope
from tests.unit.auth.conversation import REGISTRY


def row(asked: str | None, granted: str | None) -> AccessRow:
    """The one row of these two scopes."""
    given_ = () if granted is None else (parse_scope(granted),)
    (found,) = access_table(() if asked is None else (asked,), given_)
    return found


@pytest.mark.parametrize(
    ("asked", "granted", "verdict"),
    [
        ("repository:a:pull", "repository:a:pull", "as-asked"),
        ("repository:a:pull,push", "repository:a:pull", "less"),
        ("repository:a:pull", "repository:a:", "nothing"),
        ("repository:a:pull", None, "nothing"),
        ("repository:a:pull", "repository:a:delete,pull", "more"),
        ("repository:a:pull,push", "repository:a:delete,pull", "other"),
        (None, "repository:a:pull", "not-asked"),
        ("aws", None, "unknown"),
        ("repository:a:pull", "repository:a:*", "more"),
        ("registry:catalog:*", "registry:catalog:*", "as-asked"),
    ],
)
def test_a_row_says_how_the_two_compare(asked: str | None, granted: str | None, verdict: str) -> None:
    assert row(asked, granted).verdict == verdict


def test_a_row_lists_what_is_missing_and_what_is_more() -> None:
    found = row("repository:a:pull,push", "repository:a:delete,pull")
    assert (found.missing, found.extra) == (("push",), ("delete",))


def test_nothing_is_missing_where_every_action_is_granted() -> None:
    assert row("repository:a:pull,push", "repository:a:*").missing == ()


def test_an_opaque_token_leaves_every_row_unknown() -> None:
    (found,) = access_table(("repository:a:pull",), None)
    assert (found.granted, found.verdict) == (None, "unknown")


def test_what_was_asked_for_comes_first() -> None:
    rows = access_table(("repository:z:pull",), (Scope("repository", "a", ("pull",)),))
    assert [each.name for each in rows] == ["z", "a"]


def test_a_mount_is_pull_there_and_push_here_a12() -> None:
    rows = access_table(("repository:from:pull", "repository:into:pull,push"), None)
    assert {each.name: each.codes for each in rows} == {"from": ("pull", "mount"), "into": ("pull", "push")}


def test_the_catalog_is_named_as_such() -> None:
    assert row("registry:catalog:*", None).codes == ("catalog",)


def line(status: int | None, asked: str, *granted: str, opaque: bool | None = False) -> Exchange:
    bare = Exchange(1, 1, REGISTRY, 0.0, "token", "challenge-bearer", "GET", "", "none", (), (), (asked,))
    return bare._replace(status=status, granted=None if opaque is not False else granted, opaque=opaque)


def verdicts(*lines: Exchange) -> list[str]:
    return [f"{row.name} {row.verdict}" for row in tab_access(lines)]


def test_a_tab_has_a_row_for_each_resource_it_asked_for() -> None:
    lines = (line(200, "repository:a:pull", "repository:a:pull"), line(200, "repository:b:pull"))
    assert verdicts(*lines) == ["a as-asked", "b nothing"]


def test_of_two_answers_for_a_resource_the_later_counts() -> None:
    assert verdicts(line(401, "repository:a:pull"), line(200, "repository:a:pull", "repository:a:pull")) == [
        "a as-asked"
    ]


def test_a_token_service_that_refuses_grants_nothing() -> None:
    assert verdicts(line(403, "repository:a:pull", opaque=None)) == ["a nothing"]


def test_an_opaque_token_leaves_a_tab_s_row_unknown() -> None:
    assert verdicts(line(200, "repository:a:pull", opaque=True)) == ["a unknown"]


def test_what_was_not_answered_by_a_token_is_in_no_row() -> None:
    resource = line(200, "repository:a:pull")._replace(purpose="resource")
    assert verdicts(line(None, "repository:a:pull"), line(200, "repository:a:pull", opaque=None), resource) == []


@given(st.lists(st.text(max_size=12), max_size=5), st.lists(st.text(alphabet="ab*:", max_size=4), max_size=3))
def test_no_scope_makes_it_raise(asked: list[str], actions: list[str]) -> None:
    rows = access_table(asked, (Scope("repository", "a:b", tuple(actions)),))
    assert len(rows) >= 1
