"""A page being read, for tests of what reads it: a client over a FakeTransport, and every page that was shown."""

from app.auth.identity import RegistryAuth
from app.client.registry import RegistryClient
from app.client.session import Session
from app.ports.clock import Clock
from app.state.failure import Failure
from app.state.model import Page
from app.state.route import Route
from tests.unit.fake_transport import FakeClock, FakeTransport
from tests.unit.state.fake_content import REGISTRY
from tests.unit.state.fake_page import nothing_there


class FakeWork:
    """Implements Work."""

    def __init__(self, route: Route, page: Page, transport: FakeTransport | None = None) -> None:
        self.transport = FakeTransport(nothing_there) if transport is None else transport
        self.clock: Clock = FakeClock()
        self.client = RegistryClient(Session(REGISTRY, self.transport, self.clock, RegistryAuth(REGISTRY)))
        self.route = route
        self.shown: list[Page] = [page]
        self.troubles: list[Failure] = []

    def page(self) -> Page:
        return self.shown[-1]

    def show(self, page: Page) -> None:
        self.shown.append(page)

    def trouble(self, failure: Failure) -> None:
        self.troubles.append(failure)
