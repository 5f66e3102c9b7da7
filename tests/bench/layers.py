"""Layers: how fast one is listed, how a click fares meanwhile, and what memory it takes."""

import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, CDPSession, Page

from tests.bench.hosts import Hosts
from tests.bench.registry import REPOSITORY, Registry
from tests.bench.stowage import Stowage

MEDIUM, LARGE = 250_000_000, 2_000_000_000
PATIENCE = 300_000  # ms
CLICKS = 12
EVERY = 1500  # ms between two looks at the memory

# When the page came to be what is waited for, by its own clock; and when its address was changed from inside.
WATCH = """
globalThis.told = {};
globalThis.moved = [];
for (const name of ["replaceState", "pushState"]) {
  const native = history[name];
  history[name] = function (...given) { moved.push(performance.now()); return native.apply(this, given); };
}
globalThis.longTasks = [];
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) longTasks.push(task.duration);
}).observe({ type: "longtask", buffered: true });
addEventListener("DOMContentLoaded", () => {
  const main = document.getElementById("main");
  new MutationObserver(() => { told[main.dataset.state] ??= performance.now(); })
    .observe(main, { attributes: true, attributeFilter: ["data-state"] });
});
"""
BEGIN = """() => {
  told = {}; moved = []; longTasks = [];
  document.querySelector('[data-command="files-read"]').click();
  return performance.now();
}"""
CLICK = """async () => {
  const button = document.querySelector('button[data-command="files-sort"]');
  if (!button || told.shown) return null;
  moved = [];
  const began = performance.now();
  button.click();
  while (!moved.length && !told.shown) await new Promise((done) => setTimeout(done, 1));
  return moved.length ? moved[0] - began : null;
}"""


class Listed(NamedTuple):
    """ms until all was listed, ms until each click was answered, ms of the page's longest task."""

    took: float
    answers: list[float]
    longest: float


class LayerBench:
    """One layer at a registry of its own, opened in Portolan and in the floor."""

    def __init__(self, browser: Browser, portolan: str, yardstick: str, registry: Registry) -> None:
        self.browser = browser
        self.portolan = portolan
        self.yardstick = yardstick
        self.registry = registry

    def floor(self) -> float:
        """ms of the JavaScript page."""
        context = self.browser.new_context()
        page = context.new_page()
        page.goto(f"{self.yardstick}layer.html")
        wait(page, "performance.getEntriesByName('ready').length")
        url = f"http://{self.registry.host}/v2/{REPOSITORY}/blobs/{self.registry.facts.digest}"
        page.evaluate("url => { location.hash = encodeURIComponent(url) }", url)
        wait(page, "performance.getEntriesByName('shown').length")
        told: dict[str, Any] = page.evaluate("performance.getEntriesByName('shown')[0].detail")
        context.close()
        if told["members"] != self.registry.facts.members:
            raise SystemExit(f"the floor found {told['members']} members")
        return float(told["took"])

    def ours(self, during: Callable[[Page], list[float]] = lambda page: []) -> Listed:
        """Portolan, in a tab of its own. `during`: what is done while it reads."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(self.portolan)
        page.locator('html[data-boot="ready"]').wait_for(timeout=60_000)
        digest = self.registry.facts.digest
        page.goto(f"{self.portolan}#/{self.registry.host}/{REPOSITORY}:latest/-/layer/{digest}/srv/cargo")
        page.locator('[data-command="files-read"]').wait_for(timeout=60_000)
        began = page.evaluate(BEGIN)
        answers = during(page)
        wait(page, "told.shown")
        found = Listed(page.evaluate("told.shown") - began, answers, max(page.evaluate("longTasks"), default=0.0))
        context.close()
        return found

    def clicks(self, page: Page) -> list[float]:
        """ms from a click on the head of a column to its being done."""
        page.locator('button[data-command="files-sort"]').first.wait_for(timeout=60_000)
        answers = []
        for _ in range(CLICKS):
            took = page.evaluate(CLICK)
            if took is not None:
                answers.append(float(took))
            page.wait_for_timeout(60)
        return answers


class Memory:
    """What a tab holds while it reads, twice: `performance.measureUserAgentSpecificMemory`, which is the JavaScript of
    page and workers and leaves out WebAssembly's memory, where Python lives; and what is resident of its process, which
    is all there is, code and garbage included."""

    def __init__(self, browser: Browser) -> None:
        self._session: CDPSession = browser.new_browser_cdp_session()
        self._known = self._renderers()
        self.counted: list[float] = []
        self.resident: list[float] = []

    def __call__(self, page: Page) -> list[float]:
        while not page.evaluate("told.shown"):
            self.look(page)
            page.wait_for_timeout(EVERY)
        self.look(page)
        return []

    def look(self, page: Page) -> None:
        """MB, now."""
        if page.evaluate("crossOriginIsolated"):
            counted = page.evaluate("async () => (await performance.measureUserAgentSpecificMemory()).bytes")
            self.counted.append(counted / 1e6)
        resident = max((resident_of(pid) for pid in self._renderers() - self._known), default=0.0)
        self.resident.append(resident / 1e6)

    def _renderers(self) -> set[int]:
        told = self._session.send("SystemInfo.getProcessInfo")["processInfo"]
        return {one["id"] for one in told if one["type"] == "renderer"}


def resident_of(pid: int) -> float:
    """Bytes, of Linux alone."""
    file = Path(f"/proc/{pid}/status")
    if not file.exists():
        return 0.0
    fields = dict(line.split(":", 1) for line in file.read_text().splitlines())
    return float(fields["VmRSS"].split()[0]) * 1024


def wait(page: Page, expression: str) -> None:
    """Until that is so; by looking, since the page's policy lets no text become code in it."""
    for _ in range(PATIENCE // 100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise SystemExit(f"never: {expression}")


def figures(took: list[float], unit: str = "") -> str:
    return f"{statistics.median(took):.0f} [{min(took):.0f} to {max(took):.0f}]{unit}" if took else "none"


def measure_layers(browser: Browser, hosts: Hosts, repeat: int, tell: Callable[[str], None]) -> None:
    """Rows of the table."""
    registry = Registry(Stowage(MEDIUM), hold=True)
    bench = LayerBench(browser, hosts.portolan, hosts.yardstick, registry)
    floors, ours = [], []
    for _ in range(repeat):
        floors.append(bench.floor())
        ours.append(bench.ours().took)
    size = registry.facts.size / 1000
    throughput = statistics.median(floors) / statistics.median(ours)
    name = f"a layer of 250 MB listed and verified ({size / statistics.median(ours):.0f} MB/s)"
    tell(f"| {name} | {figures(ours)} | {figures(floors)} | **{throughput:.2f}** of the throughput | ≥ 0.75 |")
    found = bench.ours(bench.clicks)
    tell(f"| a click answered meanwhile | {figures(found.answers)} | | | ≤ 50 |")
    tell(f"| longest task of the page meanwhile | {found.longest:.0f} | | | ≤ 50 |")
    registry.close()
    registry = Registry(Stowage(LARGE), hold=False)
    memory = Memory(browser)
    took = LayerBench(browser, hosts.isolated, hosts.yardstick, registry).ours(memory).took
    registry.close()
    for name, seen in (
        ("JavaScript, counted by the browser", memory.counted),
        ("all that is resident", memory.resident),
    ):
        if seen:
            what = f"MB of the tab, {name}, during 2 GB ({took / 1000:.0f} s): at first, at most"
            tell(f"| {what} | {seen[0]:.0f}, {max(seen):.0f} | | | |")
