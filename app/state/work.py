"""What a page's loader may use: the registry it reads from, and the page it fills."""

from typing import Protocol

from app.client.registry import RegistryClient
from app.ports.clock import Clock
from app.state.failure import Failure
from app.state.model import Page
from app.state.route import Route


class Work(Protocol):
    """One navigation's work. Cancelled when another begins."""

    @property
    def client(self) -> RegistryClient: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def route(self) -> Route: ...
    def page(self) -> Page:
        """The page as it is now (a person may have filtered or sorted it since)."""
        ...

    def show(self, page: Page) -> None:
        """Put the page there; it is committed soon."""
        ...

    def trouble(self, failure: Failure) -> None:
        """Say on the page what stopped a part of it; the rest stays."""
        ...
