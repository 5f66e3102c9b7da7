"""Two indexes, platform by platform."""

from collections.abc import Iterator

from app.oci.descriptor import Descriptor
from app.oci.index import Index
from app.state.compare_desk import platforms
from app.state.compare_model import ComparePage, Side, address
from app.view import links
from app.view.compare_table import only, same, two_sided
from app.view.components import digest_link, hidden, section
from app.view.markup import Element, Node, el, foreign
from app.view.platforms import name

_MOST = 150


def index_section(page: ComparePage) -> Element | None:
    """The table; None where neither is an index."""
    left, right = platforms(page.left), platforms(page.right)
    if page.right is None or not any(_is_index(side) for side in (page.left, page.right)):
        return None
    rows = [_row(page, page.right, *one) for one in pairs_of(left, right)][:_MOST]
    return section("platforms", "Platforms", two_sided("Platforms of both", "Platform", rows))


def _is_index(side: Side) -> bool:
    return side.fetched is not None and isinstance(side.fetched.document, Index)


def pairs_of(
    left: tuple[Descriptor, ...], right: tuple[Descriptor, ...]
) -> Iterator[tuple[str, Descriptor | None, Descriptor | None]]:
    """Each platform with its manifest on either side, in the order of the left one; a second one of a name follows."""
    before, after = _by_name(left), _by_name(right)
    for one in dict.fromkeys((*before, *after)):
        yield one[0], before.get(one), after.get(one)


def _by_name(found: tuple[Descriptor, ...]) -> dict[tuple[str, int], Descriptor]:
    keyed: dict[tuple[str, int], Descriptor] = {}
    for one in found:
        number = 0
        while (name(one), number) in keyed:
            number += 1
        keyed[name(one), number] = one
    return keyed


def _row(
    page: ComparePage, right_side: Side, platform: str, left: Descriptor | None, right: Descriptor | None
) -> tuple[Node, Node, Node, Node]:
    if left is None or right is None:
        compared = only("second" if left is None else "first")
        shown: Node = foreign(platform)
    else:
        compared = same(left.digest == right.digest)
        current = left.digest == (page.left.image.digest if page.left.image is not None else None)
        query = (("platform", str(left.platform)),)
        href = str(address(page.left.route, right_side.route).with_query(query))
        shown = (
            el("a.tag", {"href": href, "aria-current": "true" if current else None}, foreign(platform)),
            hidden(" (compared below)") if current else None,
        )
    return shown, _digest(page.left, left), _digest(right_side, right), compared


def _digest(side: Side, one: Descriptor | None) -> Node:
    return None if one is None else digest_link(one.digest, links.content(side.route, one), "manifest digest")
