"""The chart motif behind the first page: sixteen points of a compass, joined as the rhumb lines of a portolan."""

from math import cos, pi, sin

from app.view.markup import Element, el

_POINTS = tuple(
    f"{round(550 + 500 * sin(point * pi / 8))} {round(550 - 500 * cos(point * pi / 8))}" for point in range(16)
)


def rhumbs() -> Element:
    return el(
        "svg.rhumbs",
        {"viewBox": "0 0 1100 1100", "aria-hidden": "true"},
        el("circle", {"cx": 550, "cy": 550, "r": 500}),
        el("path", {"d": _lines(8, 8)}),
        el("path.green", {"d": _lines(16, 6)}),
        el("path.red", {"d": _lines(16, 5)}),
        el("path", {"d": _lines(16, 3)}),
    )


def _lines(points: int, step: int) -> str:
    return "".join(f"M{_POINTS[point]}L{_POINTS[(point + step) % 16]}" for point in range(points))
