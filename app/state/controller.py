"""Message → new state. The one place where what a person does and what registries answer become what is shown."""

from app.auth.credential import Password
from app.oci.digest import DigestError
from app.oci.origin import Origin
from app.ports.clock import Clock
from app.ports.shell import Shell
from app.ports.transport import Transport
from app.state import commands, keeping
from app.state.connections import Connections
from app.state.failure import failure_of
from app.state.host_config import HostConfig
from app.state.host_gate import HostGate
from app.state.landing_input import InputMistake, parse_input
from app.state.messages import Command, Granted, Input, Message, Navigate, Near, Resume, Start, Submit
from app.state.model import AppState, Catalog, Landing, Missing, Page, Tags
from app.state.page_cache import PageCache
from app.state.publisher import Publisher
from app.state.renderer import Renderer
from app.state.route import LANDING, Route, RouteError, parse_route
from app.state.suggestions import suggest
from app.state.summary import has_data, is_read
from app.state.visit import Visit, first_page


class Controller:
    """Owns the AppState. `page_origin`: where this copy is served from, None when it is no web page (an extension)."""

    def __init__(
        self,
        shell: Shell,
        clock: Clock,
        transport: Transport,
        renderer: Renderer,
        config: HostConfig,
        page_origin: Origin | None,
    ) -> None:
        self.shell = shell
        self.clock = clock
        self.connections = Connections(transport, clock)
        self.publisher = Publisher(shell, clock, renderer, lambda: self.state, self._unwritten)
        self.cache = PageCache(clock)
        self.visit: Visit | None = None
        self.nav = 0
        self._gate = HostGate(page_origin)
        self._can_keep = True
        self._secure = True
        self.state = AppState(
            LANDING, Landing("", None), False, None, None, False, None, None, None, config, keeping.DEFAULT, ()
        )

    def receive(self, message: Message) -> None:
        """Act on one message of the shell. What nobody foresaw becomes a failed page, where a page can say so."""
        try:
            self._act(message)
        except Exception as error:
            if not is_read(self.state.page):
                raise
            self.change(self.state._replace(loading=False, busy=False, failure=failure_of(error)))

    def close(self) -> None:
        """Give up what is under way; nothing is committed any more."""
        if self.visit is not None:
            self.visit.close()
        self.publisher.close()

    def _act(self, message: Message) -> None:
        if isinstance(message, Submit | Command):
            self.publisher.hurry()
        match message:
            case Start(nav=nav, hash=text, kept=kept, secure=secure):
                self._start(nav, text, kept, secure)
            case Navigate(nav=nav, hash=text):
                self.open_hash(nav, text)
            case Submit(form=form, fields=fields):
                self._submit(form, fields)
            case Input(name=name, text=text):
                self._input(name, text)
            case Command(name=name, args=args):
                commands.run(self, name, args)
            case Near(chunks=chunks):
                if self.visit is not None:
                    self.visit.near(chunks)
            case Granted() | Resume():
                self.tick()

    def change(self, state: AppState) -> None:
        """Take that state; it is committed soon."""
        before, self.state = self.state, self._with_standing(state)
        keeping.save(self.shell, before.settings, self.state.settings)
        if state.login is not None:
            self.connections.asked(state.login)
        if has_data(self.state) and self.visit is not None and not has_data(before):
            self._remember_opened()
        self.publisher.soon()

    def tick(self) -> None:
        """Time has passed: what is left of a token's life is shown anew."""
        state = self._with_standing(self.state)
        if state.standing != self.state.standing:
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
            self.change(self._fresh(LANDING, page))
        else:
            self.open(route, nav, by_hand=by_hand, address=text)

    def open(
        self, route: Route, nav: int, *, push: bool = False, by_hand: bool = True, address: str | None = None
    ) -> None:
        """Show that page: what is known of it at once, the rest as it is read. `address`: the hash that led here."""
        chunks = self._chunks()
        self._leave(nav, by_hand=by_hand, push=push, address=address)
        page = self.cache.find(route)
        known = page is not None
        try:
            page = page or self.cache.alike(route) or first_page(route, can_keep=self._can_keep, secure=self._secure)
        except DigestError as error:
            self.change(self._fresh(route, Missing("blob", str(route), (error.position, error.reason))))
            return
        registry = route.registry if is_read(page) else None
        asked = registry if registry is not None and self._gate.must_ask(registry, self.state) else None
        self.change(self._fresh(route, page)._replace(confirm=asked, loading=not known and registry is not None))
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
        self.visit = Visit(state.route, client, self.clock, lambda: self.state, self.change, chunks)
        if read:
            self.visit.start()
        else:
            self.visit.aim()

    def confirm(self) -> None:
        """The private host of this route may be contacted, in this tab."""
        if self.state.confirm is not None:
            self._gate.confirm(self.state.confirm)
            self.change(self.state._replace(confirm=None, loading=True))
            self.begin()

    def restart(self, page: Page | None = None, *, onward: bool = False) -> None:
        """Read the page again, as whoever one is now; what was on it stays until there is something newer.

        `onward`: a list goes on where it ended.
        """
        state = self.state
        page = page or state.page
        if not is_read(page) or state.confirm is not None:
            return
        if isinstance(page, Catalog | Tags) and not onward:
            page = page._replace(listing=page.listing._replace(following=None))
        self.publisher.retell()
        login = state.login if state.busy else None
        self.change(state._replace(page=page, loading=True, failure=None, login=login, approval=None))
        self.begin(chunks=self._chunks())

    def stop_sign_in(self) -> None:
        """Give up the sign-in that is being tried, and its credential."""
        registry = self.state.route.registry
        if self.visit is not None:
            self.visit.close()
        if registry is not None:
            self.connections.auth(registry).sign_out()
            self.connections.renew(registry)
        state = self.state._replace(busy=False, loading=False)
        if isinstance(state.page, Catalog | Tags):
            state = state._replace(page=state.page._replace(listing=state.page.listing._replace(loading=False)))
        self.change(state)
        self.begin(read=False, chunks=self._chunks())

    def fresh_page(self) -> Page:
        """The page of the present route before anything is read."""
        return first_page(self.state.route, can_keep=self._can_keep, secure=self._secure)

    def forget_all(self) -> None:
        """Sign out everywhere and drop all that was read."""
        self.connections.forget(self.state.settings.approvals)
        self.cache.clear()
        self._gate.forget()

    def _start(self, nav: int, text: str, kept: object, secure: bool) -> None:
        self._can_keep, self._secure = kept is not None, secure
        settings = keeping.parse_settings(kept if isinstance(kept, dict) else {})
        self.state = self.state._replace(settings=settings)
        self.connections.forget(settings.approvals)
        self.open_hash(nav, text, by_hand=False)

    def _submit(self, form: str, fields: object) -> None:
        given = fields if isinstance(fields, dict) else {}
        if form == "open":
            self._open_input(given.get("reference", ""))
        elif form == "repository" and self.state.route.registry is not None:
            self._open_input(f"{self.state.route.registry}/{given.get('name', '').strip().strip('/')}")
        elif form == "login" and self.state.login is not None:
            auth = self.connections.auth(self.state.login.registry)
            auth.sign_in(Password(given.get("username", ""), given.get("password", "")))
            self.connections.renew(self.state.login.registry)
            self.cache.clear()
            self.state = self.state._replace(busy=True)
            self.restart()

    def _open_input(self, text: str) -> None:
        try:
            route = parse_input(text)
        except InputMistake as error:
            # The text of the error, since passwords in it are masked.
            page = Landing(error.text, (error.position, error.reason))
            if isinstance(self.state.page, Landing):
                self.publisher.retell()
                self.change(self.state._replace(page=page))
            else:
                self._leave(self.nav, by_hand=False, push=True)
                self.change(self._fresh(LANDING, page))
            self.publisher.focus("reference")
        else:
            self.open(route, self.nav, push=True)

    def _input(self, name: str, text: str) -> None:
        if name == "filter":
            commands.set_filter(self, text)
        elif name == "reference":
            self.change(self.state._replace(suggestions=suggest(self.state, text)))

    def _chunks(self) -> tuple[int, ...]:
        """The chunks in view, of a list of tags."""
        return self.visit.chunks if self.visit is not None and isinstance(self.state.page, Tags) else ()

    def _unwritten(self, error: Exception) -> None:
        """The view could not write this page: show its failure instead of its data, and if that fails too, say so."""
        state = self._fresh(self.state.route, self.state.page)
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
        if self.visit is not None:
            self.visit.close()
            self.visit = None
        self.nav = nav
        self.publisher.navigated(nav, by_hand=by_hand, push=push, address=address, fixed=fixed)

    def _fresh(self, route: Route, page: Page) -> AppState:
        return self.state._replace(
            route=route,
            page=page,
            loading=False,
            failure=None,
            login=None,
            busy=False,
            approval=None,
            confirm=None,
            suggestions=(),
        )

    def _remember_opened(self) -> None:
        registry = self.state.route.registry
        if registry is not None:
            settings = keeping.opened(self.state.settings, self.state.route.at_registry().subject, self.clock.now())
            keeping.save(self.shell, self.state.settings, settings)
            self.state = self.state._replace(settings=settings)

    def _with_standing(self, state: AppState) -> AppState:
        registry = state.route.registry
        standing = None if registry is None else self.connections.standing(registry)
        return state._replace(standing=standing)
