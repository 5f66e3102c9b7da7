"""What the controller asks of the view: regions of the page, each with the key that says when it changed."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from app.state.model import AppState


class RegionView(NamedTuple):
    """One region. `build` (called only when `key` differs from what is on the page) gives its inner HTML."""

    region: str
    key: object
    build: Callable[[], str]
    rows: int
    """Table rows in it, which count towards the limit of one commit."""


class Screen(NamedTuple):
    """The whole page: parents before the regions inside them. `announce`: what a screen reader is told."""

    title: str
    regions: tuple[RegionView, ...]
    announce: str


class Renderer(Protocol):
    def __call__(self, state: AppState) -> Screen: ...
