"""Message → new state. The one place where what a person does and what registries answer become what is shown."""

from app.auth.credential import Password
from app.oci.digest import DigestError
from app.oci.origin import Origin, is_private
from app.ports.clock import Clock
from app.ports.shell import Shell
from app.ports.transport import Transport
from app.state import commands, keeping
from app.state.connections import Connections
from app.state.host_config import HostConfig
from app.state.landing_input import InputMistake, parse_input
from app.state.messages import Command, Granted, Input, Message, Navigate, Near, Resume, Start, Submit
from app.state.model import AppState, Landing, Missing, Page, SettingsPage
from app.state.page_cache import PageCache
from app.state.publisher import Publisher
from app.state.renderer import Renderer
from app.state.route import LANDING, Route, RouteError, parse_route
from app.state.suggestions import suggest
from app.state.summary import has_data
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
        self.publisher = Publisher(shell, clock, renderer, lambda: self.state)
        self.cache = PageCache(clock)
        self.visit: Visit | None = None
        self.nav = 0
        self._page_origin = page_origin
        self._confirmed: set[Origin] = set()
        self._can_keep = True
        self._secure = True
        self.state = AppState(
            LANDING, Landing("", None), False, None, None, False, None, None, None, config, keeping.DEFAULT, ()
        )

    def receive(self, message: Message) -> None:
        """Act on one message of the shell."""
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
        if has_data(self.state) and self.visit is not None and not has_data(before):
            self._remember_opened()
        self.publisher.soon()

    def tick(self) -> None:
        """Time has passed: what is left of a token's life is shown anew."""
        state = self._with_standing(self.state)
        if state.standing != self.state.standing:
            self.state = state
            self.publisher.soon()

    def open_hash(self, nav: int, text: str) -> None:
        """Show the page that the address names."""
        try:
            route = parse_route(text)
        except RouteError as error:
            self._leave(nav, by_hand=True)
            page = Missing("", error.text, (error.position, error.reason))
            self.change(self._fresh(LANDING, page))
            return
        self.open(route, nav)

    def open(self, route: Route, nav: int, *, push: bool = False, by_hand: bool = True) -> None:
        """Show that page: what is known of it at once, the rest as it is read."""
        self._leave(nav, by_hand=by_hand, push=push)
        page = self.cache.find(route)
        known = page is not None
        try:
            page = page or first_page(route, can_keep=self._can_keep, secure=self._secure)
        except DigestError as error:
            self.change(self._fresh(route, Missing("blob", str(route), (error.position, error.reason))))
            return
        registry = route.registry
        asked = registry if registry is not None and self._must_ask(registry) else None
        self.change(self._fresh(route, page)._replace(confirm=asked, loading=not known and registry is not None))
        if registry is not None and asked is None:
            self.begin(read=not known)

    def begin(self, *, read: bool = True) -> None:
        """Start reading the page of the present route."""
        route = self.state.route
        if route.registry is None or isinstance(self.state.page, Landing | SettingsPage | Missing):
            return
        if self.visit is not None:
            self.visit.close()
        client = self.connections.client(route.registry)
        self.visit = Visit(route, client, self.clock, lambda: self.state, self.change)
        if read:
            self.visit.start()

    def confirm(self) -> None:
        """The private host of this route may be contacted, in this tab."""
        if self.state.confirm is not None:
            self._confirmed.add(self.state.confirm)
            self.change(self.state._replace(confirm=None, loading=True))
            self.begin()

    def restart(self, page: Page | None = None) -> None:
        """Read the page again, as whoever one is now; what was on it stays until there is something newer."""
        self.change(self.state._replace(page=page or self.state.page, loading=True, failure=None))
        self.begin()

    def fresh_page(self) -> Page:
        """The page of the present route before anything is read."""
        return first_page(self.state.route, can_keep=self._can_keep, secure=self._secure)

    def forget_all(self) -> None:
        """Sign out everywhere and drop all that was read."""
        self.connections.forget(self.state.settings.approvals)
        self.cache.clear()
        self._confirmed.clear()

    def _start(self, nav: int, text: str, kept: object, secure: bool) -> None:
        self._can_keep, self._secure = kept is not None, secure
        settings = keeping.parse_settings(kept if isinstance(kept, dict) else {})
        self.state = self.state._replace(settings=settings)
        self.connections.forget(settings.approvals)
        try:
            route = parse_route(text)
        except RouteError:
            self.open_hash(nav, text)
        else:
            self.open(route, nav, by_hand=False)

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
            page = Landing(text, (error.position, error.reason))
            if isinstance(self.state.page, Landing):
                self.change(self.state._replace(page=page))
                self.publisher.focus("reference")
            else:
                self._leave(self.nav, by_hand=False, push=True)
                self.change(self._fresh(LANDING, page))
                self.publisher.focus("reference")
            return
        self.open(route, self.nav, push=True)

    def _input(self, name: str, text: str) -> None:
        if name == "filter":
            commands.set_filter(self, text)
        elif name == "reference":
            self.change(self.state._replace(suggestions=suggest(self.state, text)))

    def _leave(self, nav: int, *, by_hand: bool, push: bool = False) -> None:
        self.cache.keep(self.state)
        if self.visit is not None:
            self.visit.close()
            self.visit = None
        self.nav = nav
        self.publisher.navigated(nav, by_hand=by_hand, push=push)

    def _fresh(self, route: Route, page: Page) -> AppState:
        return self.state._replace(
            route=route, page=page, loading=False, failure=None, login=None, busy=False, approval=None, confirm=None
        )

    def _must_ask(self, registry: Origin) -> bool:
        """Rule of the house: a link on a public page must not make a tab knock at a machine of the person's own network."""
        if self._page_origin is None or is_private(self._page_origin.host) or not is_private(registry.host):
            return False
        configured = any(registry == offered.origin for offered in self.state.config.registries)
        home = Route(registry, None, None, None, None, "", ()).subject
        recent = any(recent.subject == home for recent in self.state.settings.recents)
        return not (configured or recent or registry in self._confirmed)

    def _remember_opened(self) -> None:
        registry = self.state.route.registry
        if registry is not None:
            settings = keeping.opened(self.state.settings, self.state.route.at_registry().subject, self.clock.now())
            keeping.save(self.shell, self.state.settings, settings)
            self.state = self.state._replace(settings=settings)

    def _with_standing(self, state: AppState) -> AppState:
        registry = state.route.registry
        standing = None if registry is None else self.connections.auth(registry).standing(self.clock.monotonic())
        if standing is not None and standing.expires_in is not None:
            standing = standing._replace(expires_in=float(int(standing.expires_in)))
        return state._replace(standing=standing)


