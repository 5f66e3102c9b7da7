"""Times that run down: regions of their own, so that a second changes a few letters and not a page."""

from app.state.renderer import RegionView
from app.view.format import clock
from app.view.markup import Element, Node, el, render


def place(name: str) -> Element:
    """Where a time that is left will stand."""
    return el("span", {"id": f"left-{name}", "data-region": True})


def region(name: str, left: float | None, none: str = "", over: str = "expired") -> RegionView:
    """What stands there. `none`: without an end; `over`: once it is past."""
    whole = None if left is None else int(left)
    return RegionView(f"left-{name}", (whole, none, over), lambda: render(_words(whole, none, over)), 0)


def timer(left: float) -> Element:
    """A time that is left."""
    return el("span.timer", {"data-seconds": max(0, int(left))}, clock(left))


def _words(left: int | None, none: str, over: str) -> Node:
    if left is None:
        return none
    return timer(left) if left > 0 else over
