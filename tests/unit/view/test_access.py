from app.auth.access_table import access_table
from app.auth.scope import Scope
from app.view.access import MOST, access, granted_table
from app.view.markup import group, render
from tests.unit.view.reading import Node, read

PULL = "repository:a/b:pull"


def shown(asked: tuple[str, ...], granted: tuple[str, ...] | None) -> Node:
    return read(render(group(granted_table(asked, granted, "Access"))))


def results(node: Node) -> list[str]:
    return [row.all("td")[-1].words for row in node.one("tbody").all("tr")]


def test_what_was_granted_as_asked_says_so() -> None:
    assert results(shown((PULL,), (PULL,))) == ["as asked"]


def test_less_more_and_nothing_are_told_apart() -> None:
    node = shown(
        ("repository:a:pull,delete", "repository:b:pull", "repository:c:pull"),
        ("repository:a:pull", "repository:b:pull,push"),
    )
    assert results(node) == ["less", "more", "refused"]


def test_what_is_missing_is_struck_out_and_said() -> None:
    node = shown(("repository:a:pull,delete",), ("repository:a:pull",))
    assert node.one("s").words == "delete"
    assert "(missing)" in node.text


def test_what_nobody_asked_for_is_named() -> None:
    assert results(shown((PULL,), (PULL, "repository:x:pull"))) == ["as asked", "not asked for"]


def test_an_opaque_token_does_not_tell() -> None:
    node = shown((PULL,), None)
    assert results(node) == ["cannot be told"]
    assert "not to be seen" in node.text


def test_the_actions_are_explained() -> None:
    write = ("repository:a:pull,push",)
    assert "read and write" in shown(write, write).text
    mount = ("repository:a:push", "repository:b:pull")
    assert "be the source of a mounted blob" in shown(mount, mount).text


def test_what_was_refused_allows_nothing() -> None:
    assert "read" not in shown(("repository:a:pull",), ()).text


def test_a_placeholder_scope_is_shown_as_it_is() -> None:
    assert shown(("aws",), ()).one("tbody").one("th").words == "aws"


def test_without_a_scope_there_is_no_table() -> None:
    assert granted_table((), (), "Access") is None


def test_where_nobody_knows_what_was_asked_nothing_is_compared() -> None:
    rows = access_table((), [Scope("repository", "a", ("pull",))])
    node = read(render(group(access(rows, "Access", compare=False))))
    assert [one.words for one in node.one("thead").all("th")] == ["Resource", "Granted", "Allows to"]
    assert "not asked for" not in node.text


def test_a_token_that_names_a_thousand_repositories_is_cut() -> None:
    node = shown((), tuple(f"repository:r{number}:pull" for number in range(1000)))
    assert len(node.one("tbody").all("tr")) == MOST
    assert "and 900 more" in node.text
