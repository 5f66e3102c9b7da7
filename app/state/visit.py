"""One page being read: its task, and what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING

from app.auth.errors import ApprovalPrompt, ApprovalRequired, LoginPrompt, LoginRequired
from app.client.registry import RegistryClient
from app.ports.clock import Clock
from app.state import blob_page, catalog_page, later_pages, manifest_page, tags_page
from app.state.failure import Failure, failure_of
from app.state.model import (
    CHUNK,
    AppState,
    Blob,
    Catalog,
    Landing,
    ManifestPage,
    Missing,
    Page,
    Raw,
    SettingsPage,
    Tags,
)
from app.state.route import Route
from app.state.summary import is_later
from app.state.tag_reader import TagReader

if TYPE_CHECKING:
    from app.state.doctor_desk import DoctorDesk
    from app.state.doctor_model import Checkup

Change = Callable[[AppState], None]


class Visit:
    """Implements Work for one navigation. After `close` nothing of it reaches the state any more.

    `doctor`: who examines what was never answered. `later`: reads the pages that `later_pages` knows.
    """

    def __init__(
        self,
        route: Route,
        client: RegistryClient,
        clock: Clock,
        state: Callable[[], AppState],
        change: Change,
        chunks: tuple[int, ...] = (),
        doctor: Callable[[], DoctorDesk | None] = lambda: None,
        later: Callable[[Visit], Awaitable[None]] | None = None,
    ) -> None:
        self.route = route
        self.client = client
        self.clock = clock
        self.chunks = chunks
        """Of the list, in view: the page says so only when that changes."""
        self._state = state
        self._change = change
        self._doctor = doctor
        self._later = later
        self._task: asyncio.Task[None] | None = None
        self._others: set[asyncio.Task[None]] = set()
        self.held: object = None
        """What the commands of this page go on with: it is gone with the page."""
        self.instead: Page | None = None
        """What to show when this fails: the page that stands there was read by another identity."""
        self._closed = False
        self._reader = TagReader(self) if isinstance(state().page, Tags) else None

    def page(self) -> Page:
        return self._state().page

    def show(self, page: Page) -> None:
        if not self._closed:
            self._change(self._state()._replace(page=page))
            self.aim()

    def diagnose(self, checkup: Checkup | None) -> None:
        """Show what the doctor has found so far."""
        if not self._closed:
            self._change(self._state()._replace(checkup=checkup))

    def trouble(self, failure: Failure) -> None:
        if not self._closed:
            self._change(self._state()._replace(failure=failure))

    def start(self) -> None:
        """Read the page, from where an earlier attempt ended."""
        if self._closed:
            return
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.ensure_future(self._run())

    def close(self) -> None:
        self._closed = True
        for task in (self._task, *self._others):
            if task is not None:
                task.cancel()
        if self._reader is not None:
            self._reader.close()

    def also(self, job: Coroutine[None, None, None]) -> None:
        """Do this beside reading the page; it ends with the visit."""
        if self._closed:
            job.close()
            return
        task = asyncio.ensure_future(self._beside(job))
        self._others.add(task)
        task.add_done_callback(self._others.discard)

    async def _beside(self, job: Coroutine[None, None, None]) -> None:
        try:
            await job
        except LoginRequired as error:
            self._finish(login=error.prompt)
        except ApprovalRequired as error:
            self._finish(approval=error.prompt)
        except Exception as error:  # the same as in _run
            self.trouble(failure_of(error))

    def rest(self) -> None:
        """Read no more rows: the registry is asked too often."""
        if self._reader is not None:
            self._reader.close()

    def near(self, chunks: tuple[int, ...]) -> None:
        """These chunks of the list are in view: fill their rows in, and show more when the last one comes near."""
        self.chunks = chunks
        page = self.page()
        if isinstance(page, Catalog | Tags) and chunks and (max(chunks) + 3) * CHUNK >= page.shown:
            self.more()
        self.aim()

    def more(self) -> None:
        """Show more of the rows that are there."""
        page = self.page()
        if isinstance(page, Catalog | Tags) and page.shown < len(page.rows):
            self.show(page._replace(shown=page.shown + 4 * CHUNK))

    def aim(self) -> None:
        """Read the rows that are in view, and no others."""
        page = self.page()
        if self._reader is not None and isinstance(page, Tags) and not self._closed:
            rendered = page.rows[: page.shown]
            self._reader.aim([tag for chunk in self.chunks for tag in rendered[chunk * CHUNK : (chunk + 1) * CHUNK]])

    async def _run(self) -> None:
        self._begin()
        try:
            await self._load()
        except asyncio.CancelledError:
            raise
        except LoginRequired as error:
            self._finish(login=error.prompt)
        except ApprovalRequired as error:
            self._finish(approval=error.prompt)
        except Exception as error:  # whatever it is, a person gets a page and not a silence
            self._finish(failure=failure_of(error))
            doctor = self._doctor()
            if doctor is not None:
                await doctor.attend(self, error)
        else:
            self._finish()

    def _begin(self) -> None:
        state = self._state()
        page = state.page
        if isinstance(page, Catalog | Tags):
            page = page._replace(listing=page.listing._replace(loading=True, failure=None))
        self._change(state._replace(page=page, loading=True, failure=None, checkup=None))

    def _finish(
        self,
        *,
        login: LoginPrompt | None = None,
        approval: ApprovalPrompt | None = None,
        failure: Failure | None = None,
    ) -> None:
        if self._closed:
            return
        state = self._state()
        page = state.page
        if isinstance(page, Catalog | Tags):
            page = page._replace(listing=page.listing._replace(loading=False))
        if failure is not None and self.instead is not None:
            page = self.instead
        if login is None and approval is None and not state.busy:
            login = state.login  # a form that was opened by hand meanwhile
        self._change(
            state._replace(
                page=page,
                loading=False,
                busy=False,
                confirm=None,
                login=login,
                approval=approval,
                failure=failure or state.failure,
            )
        )

    async def _load(self) -> None:
        match self.page():
            case Catalog():
                await catalog_page.load(self)
            case Tags():
                await tags_page.load(self)
            case ManifestPage():
                await manifest_page.load(self)
            case Raw():
                await manifest_page.load_raw(self)
            case Blob():
                await blob_page.load(self)
            case page if is_later(page) and self._later is not None:
                await self._later(self)
            case _:
                doctor = self._doctor()
                if doctor is not None:
                    await doctor.examine(self)


def first_page(route: Route, *, can_keep: bool, secure: bool) -> Page:
    """The page of that route before anything is read. Raises DigestError for a blob without a digest."""
    match route.page:
        case "landing":
            return Landing("", None)
        case "registry":
            return catalog_page.begin(route)
        case "repository":
            return tags_page.begin(route)
        case "manifest":
            return manifest_page.begin(route)
        case "raw":
            return Raw(None, loading=True)
        case "blob":
            return blob_page.begin(route)
        case "settings":
            return SettingsPage(can_keep, secure)
        case "doctor":
            from app.state.doctor_model import begin

            return begin(route)
        case other:
            return later_pages.begin(route) or Missing(other, str(route), None)
