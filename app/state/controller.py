"""Message → new state. The one place where what a person does and what registries answer become what is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.oci.digest import DigestError
from app.oci.origin import Origin
from app.ports.clock import Clock
from app.ports.shell import Shell
from app.ports.transport import Transport
from app.state import keeping, later_pages, receiving, signing
from app.state.connections import Connections
from app.state.countdown import Countdown
from app.state.failure import failure_of
from app.state.fresh import fresh
from app.state.host_config import HostConfig
from app.state.host_gate import HostGate
from app.state.idle_lock import IdleLock
from app.state.local_pages import LocalPages
from app.state.messages import Command, Input, Message, Navigate, Start, Submit
from app.state.model import AppState, Catalog, Landing, Missing, Page, Tags
from app.state.page_cache import PageCache
from app.state.publisher import Publisher
from app.state.renderer import Renderer
from app.state.route import LANDING, Route, RouteError, parse_route
from app.state.summary import has_data, is_read, partial_failure
from app.state.visit import Visit, first_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ports.crypto import Crypto
    from app.ports.hashing import Hashing
    from app.ports.probing import Prober
    from app.ports.spill import Spill
    from app.state.doctor_desk import DoctorDesk
    from app.state.files_desk import FilesDesk
    from app.state.playground_desk import PlaygroundDesk


class Controller:
    """Owns the AppState. `page_origin`: where this copy is served from, None when it is no web page (an extension).

    `crypto`: None where the platform checks no signatures (plain http). `prober`: makes what the doctor looks by,
    None where nothing is examined. `spill`, `hashing`: make where layers are put aside, and what hashes them.
    """

    def __init__(
        self,
        shell: Shell,
        clock: Clock,
        transport: Transport,
        renderer: Renderer,
        config: HostConfig,
        page_origin: Origin | None,
        crypto: Crypto | None = None,
        prober: Callable[[], Prober] | None = None,
        spill: Callable[[], Spill | None] = lambda: None,
        hashing: Callable[[], Hashing | None] = lambda: None,
    ) -> None:
        self.shell = shell
        self.clock = clock
        self.crypto = crypto
        self.connections = Connections(transport, clock, page=page_origin)
        self.countdown = Countdown(clock)
        self.publisher = Publisher(shell, clock, renderer, lambda: self.state, self._unwritten)
        self.cache = PageCache(clock)
        self.visit: Visit | None = None
        self.nav = 0
        self.gate = HostGate(page_origin)
        self.page_origin = page_origin
        self.local = LocalPages(self.connections, clock, crypto, self.refresh, lambda: self._playground(transport))
        self._idle = IdleLock(clock)
        self._prober = prober
        self._desk: DoctorDesk | None = None
        self.spill = spill
        self.hashing = hashing
        self._files: FilesDesk | None = None
        self.can_keep = True
        self.secure = True
        self.state = AppState(
            LANDING, Landing("", None), False, None, None, False, None, None, None, config, keeping.DEFAULT, ()
        )

    def receive(self, message: Message) -> None:
        """Act on one message of the shell. What nobody foresaw becomes a failed page, where a page can say so."""
        if isinstance(message, Submit | Command):
            self.publisher.hurry()
        if isinstance(message, Start | Navigate | Submit | Input | Command):
            self._idle.touch()
        try:
            receiving.act(self, message)
        except Exception as error:
            if not is_read(self.state.page):
                raise
            self.change(self.state._replace(loading=False, busy=False, failure=failure_of(error)))

    def close(self) -> None:
        """Give up what is under way; nothing is committed any more."""
        if self.visit is not None:
            self.visit.close()
        self.local.close()
        if self._files is not None:
            self._files.close()
        self.connections.close()
        self.publisher.close()

    def change(self, state: AppState) -> None:
        """Take that state; it is committed soon."""
        before = self.state
        limited = state.failure or partial_failure(state)
        if self.countdown.aim(limited, loading=state.loading) and self.visit is not None:
            self.visit.rest()
        self.state = self._with_times(state)
        if before.settings != state.settings:
            keeping.save(self.shell, before.settings, state.settings)
            self.connections.configure(state.settings.token_lifetime, state.settings.offline)
        if state.login is not None:
            self.connections.asked(state.login)
        elif before.busy and not state.busy and state.approval is None and state.route.registry is not None:
            self.connections.settle(state.route.registry)
        if has_data(self.state) and self.visit is not None and not has_data(before):
            self._remember_opened()
        self.publisher.soon()

    def refresh(self) -> None:
        """What this tab itself knows has changed: show it, where that is what the page is of."""
        page = self.local.page(self.state.route, self.state.page)
        if page is not None:
            self.change(self.state._replace(page=page))

    def tick(self) -> None:
        """A second has passed: times are shown anew, and what waited for its time is done."""
        if self._idle.is_due(self.state.settings.idle_lock) and (
            self.connections.is_anybody() or self.local.has_secret
        ):
            signing.sign_out_all(self, locked=True)
        # A form that is open meanwhile is not taken from under somebody's hands.
        if self.countdown.is_due() and self.state.login is None and self.state.approval is None:
            self.countdown.begin_try()
            self.retry()
        registry = self.state.route.registry
        if registry is not None:
            self.connections.keep_fresh(registry)
        page = self.local.page(self.state.route, self.state.page) or self.state.page
        state = self._with_times(self.state._replace(page=page))
        if state != self.state:
            self.state = state
            self.publisher.soon()

    def open_hash(self, nav: int, text: str, *, by_hand: bool = True) -> None:
        """Show the page that the address names."""
        try:
            route = parse_route(text)
        except RouteError as error:
            # A mistyped address stays to be mended, unless a password was typed into it.
            self._leave(nav, by_hand=by_hand, address=text, fixed=error.text == text)
            page = Missing("", error.text, (error.position, error.reason))
            self.change(fresh(self.state, LANDING, page))
        else:
            self.open(route, nav, by_hand=by_hand, address=text)

    def open(
        self, route: Route, nav: int, *, push: bool = False, by_hand: bool = True, address: str | None = None
    ) -> None:
        """Show that page: what is known of it at once, the rest as it is read. `address`: the hash that led here."""
        chunks = self.chunks()
        self._leave(nav, by_hand=by_hand, push=push, address=address)
        page = self.cache.find(route)
        known = page is not None
        try:
            page = page or self.cache.alike(route) or self._first_page(route)
        except DigestError as error:
            self.change(fresh(self.state, route, Missing("blob", str(route), (error.position, error.reason))))
            return
        registry = route.registry if is_read(page) else None
        asked = self.gate.first_unasked(route, self.state) if registry is not None else None
        self.change(fresh(self.state, route, page)._replace(confirm=asked, loading=not known and registry is not None))
        # From one list of tags to another that is known, the rows stay where they are, and nothing new comes into view.
        self.begin(read=not known, chunks=chunks if known and isinstance(page, Tags) else ())

    def begin(self, *, read: bool = True, chunks: tuple[int, ...] = ()) -> None:
        """Start reading the page of the present route, unless its host must be confirmed first."""
        state = self.state
        if state.route.registry is None or state.confirm is not None or not is_read(state.page):
            return
        if self.visit is not None:
            self.visit.close()
        client = self.connections.client(state.route.registry)
        later = partial(later_pages.load, self)
        self.visit = Visit(state.route, client, self.clock, lambda: self.state, self.change, chunks, self.doctor, later)
        if read:
            self.visit.start()
        else:
            self.visit.aim()

    def confirm(self) -> None:
        """The private host of this route may be contacted, in this tab."""
        if self.state.confirm is not None:
            self.gate.confirm(self.state.confirm)
            another = self.gate.first_unasked(self.state.route, self.state)
            self.change(self.state._replace(confirm=another, loading=True))
            self.begin()

    def doctor(self) -> DoctorDesk | None:
        """Who examines what does not answer; how is imported when it is first wanted."""
        if self._desk is None and self._prober is not None:
            from app.client.permitted_prober import PermittedProber
            from app.state.doctor_desk import DoctorDesk

            prober = PermittedProber(self._prober(), self.connections.permits, lambda: self.state.route.registry)
            self._desk = DoctorDesk(self, prober)
        return self._desk

    def files(self) -> FilesDesk:
        """Who reads layers; how is imported when it is first wanted."""
        if self._files is None:
            from app.state.files_desk import FilesDesk

            self._files = FilesDesk(self.clock, self.spill, self.hashing)
        return self._files

    def _playground(self, transport: Transport) -> PlaygroundDesk:
        from app.state.playground_desk import PlaygroundDesk

        board = self.state.config.playground
        return PlaygroundDesk(transport, self.clock, self._prober, board, self.page_origin, self.refresh)

    def restart(self, page: Page | None = None, *, onward: bool = False) -> None:
        """Read the page again, as whoever one is now; what was on it stays until there is something newer.

        `onward`: a list goes on where it ended.
        """
        state = self.state
        page = page or state.page
        if not is_read(page) or state.confirm is not None or state.route.registry is None:
            return
        if isinstance(page, Catalog | Tags) and not onward:
            page = page._replace(listing=page.listing._replace(following=None))
        self.publisher.retell()
        login = state.login if state.busy else None
        self.change(state._replace(page=page, loading=True, failure=None, login=login, approval=None, mistake=None))
        self.begin(chunks=self.chunks())

    def retry(self) -> None:
        """Try once more what failed: a list goes on where it ended."""
        page = self.state.page
        onward = isinstance(page, Catalog | Tags) and page.listing.failure is not None
        self.restart(None if has_data(self.state) else self.fresh_page(), onward=onward)

    def fresh_page(self) -> Page:
        """The page of the present route before anything is read."""
        return self._first_page(self.state.route)

    def show_page(self, route: Route, page: Page) -> None:
        """Show a page that is made already, as a new one."""
        self._leave(self.nav, by_hand=False, push=True)
        self.change(fresh(self.state, route, page))

    def _first_page(self, route: Route) -> Page:
        local = self.local.page(route, self.state.page)
        return local or first_page(route, can_keep=self.can_keep, secure=self.secure)

    def chunks(self) -> tuple[int, ...]:
        """The chunks in view, of a list of tags."""
        return self.visit.chunks if self.visit is not None and isinstance(self.state.page, Tags) else ()

    def _unwritten(self, error: Exception) -> None:
        """The view could not write this page: show its failure instead of its data, and if that fails too, say so."""
        state = fresh(self.state, self.state.route, self.state.page)
        if is_read(state.page) and (self.state.failure is None or has_data(state)):
            if self.visit is not None:
                self.visit.close()
            self.change(state._replace(page=self.fresh_page(), failure=failure_of(error)))
        else:
            self.publisher.give_up(state.config.title)

    def _leave(
        self, nav: int, *, by_hand: bool, push: bool = False, address: str | None = None, fixed: bool = False
    ) -> None:
        self.cache.keep(self.state)
        self.countdown.reset()
        self.local.leave()
        if self.visit is not None:
            self.visit.close()
            self.visit = None
        self.nav = nav
        self.publisher.navigated(nav, by_hand=by_hand, push=push, address=address, fixed=fixed)

    def _remember_opened(self) -> None:
        registry = self.state.route.registry
        if registry is not None:
            settings = keeping.opened(self.state.settings, self.state.route.at_registry().subject, self.clock.now())
            keeping.save(self.shell, self.state.settings, settings)
            self.state = self.state._replace(settings=settings)

    def _with_times(self, state: AppState) -> AppState:
        return signing.with_standing(state, self.connections)._replace(retry=self.countdown.left())
