import pytest

from app.layers.resolve import MOST_LINKS, folder_at, resolve
from app.layers.tree import layer_tree
from tests.unit.layers.layer_kit import entries_of, link

TREE = layer_tree(
    entries_of(
        ("usr/bin/env", b"x"),
        link("bin", "usr/bin"),
        link("absolute", "/usr/bin/env"),
        link("usr/bin/absolute", "/usr/bin/env"),
        link("usr/up", "../../../../usr/bin/env"),
        link("usr/bin/around", "../../bin/env"),
        link("nowhere", "not/there"),
        link("loop", "loop"),
        link("a", "b"),
        link("b", "a"),
        link("through", "usr/bin/env/x"),
        link("empty", ""),
        link("dot", "./usr/./bin/"),
    )
)


@pytest.mark.parametrize(
    ("path", "leads_to", "hops", "problem"),
    [
        ("usr/bin/env", "usr/bin/env", 0, None),
        ("/usr//bin/./env", "usr/bin/env", 0, None),
        ("bin/env", "usr/bin/env", 1, None),
        ("absolute", "usr/bin/env", 1, None),
        ("usr/bin/absolute", "usr/bin/env", 1, None),
        ("usr/up", "usr/bin/env", 1, None),
        ("usr/bin/around", "usr/bin/env", 2, None),
        ("dot/env", "usr/bin/env", 1, None),
        ("bin", "usr/bin", 1, None),
        ("../../usr", "usr", 0, None),
        ("nowhere", "not", 1, "missing"),
        ("usr/missing/x", "usr/missing", 0, "missing"),
        ("loop", "", MOST_LINKS + 1, "loop"),
        ("a", "", MOST_LINKS + 1, "loop"),
        ("through", "usr/bin/env", 1, "not-folder"),
    ],
)
def test_a_path_leads_where_it_does_in_a_container(path: str, leads_to: str, hops: int, problem: str | None) -> None:
    found = resolve(TREE, path)
    assert (found.path, len(found.hops), found.problem) == (leads_to, hops, problem)
    assert (found.place is not None) == (problem is None and leads_to == "usr/bin/env")


def test_links_that_double_at_every_step_end() -> None:
    tree = layer_tree(entries_of(link("a", "a/" * 40 + "a"), link("b", "c/" * 2000)))
    assert resolve(tree, "a").problem == "loop"
    assert resolve(tree, "b").problem == "missing"


def test_a_folder_is_found_through_links() -> None:
    folder = folder_at(TREE, "bin")
    assert folder is not None
    assert folder.path() == "usr/bin"
    assert folder_at(TREE, "bin/env") is None
    assert folder_at(TREE, "loop") is None
