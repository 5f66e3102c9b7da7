"""The start: what a person sees and can do before Python is up, and what they are told when it never is."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan, origin_of

WASM = re.compile(r"pyodide\.asm\.wasm")


class Gate:
    """Holds back the answers to requests that match until it is opened."""

    def __init__(self, page: Page, pattern: re.Pattern[str]) -> None:
        self._held: list[Route] = []
        self._open = False
        page.route(pattern, self._take)

    def _take(self, route: Route) -> None:
        if self._open:
            route.continue_()
        else:
            self._held.append(route)

    def open(self) -> None:
        self._open = True
        for route in self._held:
            route.continue_()


def opened(page: Page, hosting: Hosting, route: str = "") -> Portolan:
    app = Portolan(page, hosting.site, set(hosting.origins.values()))
    app.goto(route)
    return app


def test_the_first_page_is_readable_before_python_runs(fresh: Page, hosting: Hosting) -> None:
    Gate(fresh, WASM)
    opened(fresh, hosting)
    expect(fresh.get_by_role("heading", name="Explore a container registry")).to_be_visible()
    expect(fresh.get_by_label("Registry or image reference").last).to_be_editable()
    expect(fresh.locator("html")).to_have_attribute("data-boot", "loading")


def test_what_is_typed_during_the_start_stays_in_the_input(fresh: Page, hosting: Hosting) -> None:
    gate = Gate(fresh, WASM)
    app = opened(fresh, hosting)
    fresh.locator("#reference").fill("ghcr.io/org/app")
    gate.open()
    app.booted()
    expect(fresh.locator("#reference")).to_have_value("ghcr.io/org/app")
    expect(fresh.locator("#reference")).to_be_focused()


def test_what_is_submitted_during_the_start_is_opened_once_python_is_up(fresh: Page, hosting: Hosting) -> None:
    gate = Gate(fresh, WASM)
    app = opened(fresh, hosting)
    app.search(f"{hosting.netloc('anonymous')}/sample/harbour")
    gate.open()
    app.arrive(f"{hosting.netloc('anonymous')}/sample/harbour")


def test_a_link_followed_during_the_start_is_opened_once_python_is_up(fresh: Page, hosting: Hosting) -> None:
    gate = Gate(fresh, WASM)
    app = opened(fresh, hosting)
    fresh.get_by_role("link", name="Settings").click()
    gate.open()
    fresh.locator('main[data-view="settings"]').wait_for()
    assert app.complaints == []


def test_a_deep_link_shows_the_frame_of_its_page_at_once(fresh: Page, hosting: Hosting) -> None:
    Gate(fresh, WASM)
    opened(fresh, hosting, "registry.example/team/app:1.2")
    expect(fresh.locator("main h1")).to_have_text("registry.example/team/app:1.2")


def test_the_start_names_its_steps(fresh: Page, hosting: Hosting) -> None:
    Gate(fresh, WASM)
    opened(fresh, hosting)
    expect(fresh.locator("#boot")).to_contain_text(re.compile(r"Fetching the Python runtime.*step 1 of 4"))


@pytest.fixture(scope="module")
def started(browser: Browser, hosting: Hosting) -> Iterator[Portolan]:
    """The app in an empty browser profile, where nothing was done but to start it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    app = Portolan(context.new_page(), hosting.site, set())
    app.goto()
    app.booted()
    yield app
    context.close()


def test_the_marks_of_the_start_come_in_order(started: Portolan) -> None:
    # All are there: the page says that it is ready after the last of them.
    names = started.page.evaluate("performance.getEntriesByType('mark').map((mark) => mark.name)")
    assert names == ["portolan:shell", "portolan:python", "portolan:shown"]


def test_nothing_is_said_in_the_console_and_no_stranger_is_asked(started: Portolan, hosting: Hosting) -> None:
    assert started.allowed == {origin_of(hosting.site)}
    assert started.complaints == []


@pytest.mark.parametrize(
    "file",
    ["pyodide.asm.wasm", "python_stdlib.zip", "pyodide.mjs", "app.zip", "pyscript.toml", "core.js", "morphdom-esm.js"],
)
def test_a_missing_file_is_named(fresh: Page, hosting: Hosting, file: str) -> None:
    fresh.route(re.compile(re.escape(file)), lambda route: route.fulfill(status=404, body="not here"))
    opened(fresh, hosting)
    expect(fresh.get_by_role("heading", name="Portolan could not start")).to_be_visible(timeout=30_000)
    expect(fresh.get_by_role("alert")).to_contain_text(file)
    expect(fresh.get_by_role("button", name="Try again")).to_be_visible()


def test_an_interrupted_network_is_told(fresh: Page, hosting: Hosting) -> None:
    fresh.route(WASM, lambda route: route.abort())
    opened(fresh, hosting)
    expect(fresh.get_by_role("alert")).to_contain_text("pyodide.asm.wasm", timeout=30_000)


def test_blocked_site_data_is_told(fresh: Page, hosting: Hosting) -> None:
    fresh.add_init_script(
        "Object.defineProperty(globalThis, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
    )
    opened(fresh, hosting)
    expect(fresh.get_by_role("alert")).to_contain_text("blocks site data")


def test_an_old_browser_is_told(fresh: Page, hosting: Hosting) -> None:
    fresh.add_init_script("delete globalThis.WebAssembly;")
    opened(fresh, hosting)
    expect(fresh.get_by_role("alert")).to_contain_text("too old")


def test_framed_by_another_page_it_does_not_start(fresh: Page, hosting: Hosting) -> None:
    page = f'<iframe src="{hosting.site}"></iframe>'
    fresh.route(f"{hosting.site}frame", lambda route: route.fulfill(content_type="text/html", body=page))
    fresh.goto(f"{hosting.site}frame")
    inside = fresh.frame_locator("iframe")
    expect(inside.get_by_role("link", name="Open Portolan in its own tab")).to_be_visible()
    expect(inside.locator("html")).to_have_attribute("data-boot", "failed")


EVAL = """() => new Promise((resolve) => setTimeout(() => {
  try { resolve(`ran ${(0, eval)("1 + 1")}`); } catch (error) { resolve(error.name); }
}))"""
FOREIGN = """(url) => import(url).then(() => "ran", (error) => error.name)"""


@pytest.fixture
def policed(started: Portolan) -> Iterator[Page]:
    """A page that would get a stranger's script, if it asked for it; what its browser says of that is forgotten."""
    page, script = started.page, "http://stranger.localhost/x.js"
    page.route(script, lambda route: route.fulfill(content_type="text/javascript", body="1"))
    yield page
    page.unroute(script)
    started.complaints.clear()


@pytest.mark.parametrize("script", [EVAL, FOREIGN], ids=["eval", "a foreign import"])
@pytest.mark.parametrize("where", ["page", "worker"])
def test_the_policy_forbids(policed: Page, where: str, script: str) -> None:
    evaluate: Callable[..., object] = policed.evaluate if where == "page" else policed.workers[0].evaluate
    assert evaluate(script, "http://stranger.localhost/x.js") in {"EvalError", "TypeError"}


def test_markup_from_a_string_is_refused_in_the_page(policed: Page) -> None:
    refused = policed.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; } catch (error) { return error.name; } }"
    )
    assert refused == "TypeError"
