from hypothesis import given
from hypothesis import strategies as st

from app.state.model import CHUNK
from app.view.groups import MOST, pack

NAMES = st.lists(st.from_regex(r"([a-c]/)?[a-z]{1,3}(/[a-z])?", fullmatch=True), unique=True).map(tuple)


@given(NAMES)
def test_every_name_is_counted_once_under_its_namespace(names: tuple[str, ...]) -> None:
    groups = [group for found in pack(names) for group in found]
    assert sum(group.total for group in groups) == len(names)
    assert len({group.namespace for group in groups}) == len(groups)
    for group in groups:
        start = f"{group.namespace}/" if group.namespace else ""
        assert all(start + name in names for name in group.names)
        assert len(group.names) == min(MOST, group.total)


@given(NAMES)
def test_every_pack_but_the_last_is_full(names: tuple[str, ...]) -> None:
    sizes = [sum(len(group.names) for group in found) for found in pack(names)]
    assert all(size >= CHUNK for size in sizes[:-1])


def test_groups_come_in_the_order_of_their_first_names() -> None:
    assert [group.namespace for group in pack(("b/x", "a/x", "b/y"))[0]] == ["b", "a"]
