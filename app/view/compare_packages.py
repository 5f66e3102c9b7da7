"""The packages of two images, as their SBOMs list them: added, removed, of another version."""

from app.state.compare_model import ComparePage, Listed, Side
from app.state.compare_sboms import Versions, compare_packages
from app.view import links
from app.view.compare_table import only, two_sided
from app.view.components import outcome, section, skeleton
from app.view.format import count, plural
from app.view.markup import Element, Node, el, foreign

_MOST = 400


def packages_section(page: ComparePage, *, loading: bool) -> Element | None:
    """The section, None before both sides are read."""
    right = page.right
    if right is None or page.left.fetched is None or right.fetched is None:
        return None
    before, after = page.packages.get("left"), page.packages.get("right")
    told = el(
        "ul.flow",
        None,
        el("li", None, el("b", None, "First"), ": ", _whose(page.left, before, loading)),
        el("li", None, el("b", None, "Second"), ": ", _whose(right, after, loading)),
    )
    found: Node = None
    if before is not None and after is not None and before.found is not None and after.found is not None:
        found = _table(compare_packages(before.found, after.found))
    return section("packages", "Packages", el("div.card.card-body", None, told), found)


def _whose(side: Side, listed: Listed | None, loading: bool) -> Node:
    if listed is None:
        return skeleton("its list of packages is being looked for") if loading else "not looked for"
    if listed.failure is not None:
        from app.view.problem import brief

        return f"nobody could look for a list of packages: {brief(listed.failure.error)}"
    if listed.found is None or listed.where is None:
        return "no list of packages (SBOM) among what refers to it"
    name = f"{listed.found.format} {listed.found.version}".strip()
    link = el("a", {"href": links.content(side.route, listed.where)}, foreign(name))
    return (plural(len(listed.found.packages), "package"), " in its ", link, " document, as its maker says")


def _table(rows: list[tuple[str, Versions, Versions]]) -> Node:
    if not rows:
        return el("p", None, outcome("ok", "both lists name the same packages in the same versions"))
    added = sum(not before for _, before, _ in rows)
    removed = sum(not after for _, _, after in rows)
    summary = f"{count(added)} added, {count(removed)} removed, {count(len(rows) - added - removed)} of another version"
    more = len(rows) - _MOST
    return (
        el("p.muted", None, summary),
        two_sided("Packages that differ", "Package", [_row(*one) for one in rows[:_MOST]]),
        el("p.muted.small", None, f"and {plural(more, 'more', 'more')}") if more > 0 else None,
    )


def _row(name: str, before: Versions, after: Versions) -> tuple[Node, Node, Node, Node]:
    mark = only("second") if not before else only("first") if not after else outcome("warn", "another version")
    return foreign(name), _versions(before), _versions(after), mark


def _versions(found: Versions) -> Node:
    if not found:
        return None
    return foreign(", ".join(one or "no version" for one in found))
