"""Measures the start, lists, long tasks and layers, each beside its yardstick in the same run, and prints a table.

    python -m tests.bench [--repeat 5] [--only pages|layers]

Trust ratios before absolutes: both sides of each were measured on the same machine in the same minutes.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.bench.hosts import Hosts
from tests.bench.layers import measure_layers
from tests.e2e.conftest import ARGUMENTS

# The browser counts a tab's memory when asked, not when it next collects garbage.
EAGER = "--enable-blink-features=ForceEagerMeasureMemory"
DELAY = 20  # ms before every answer of the registry
HEAD = "| what, ms | Portolan | yardstick | ratio | goal |\n|---|---|---|---|---|"
LONG_TASKS = """
globalThis.longTasks = [];
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) longTasks.push({ start: task.startTime, duration: task.duration });
}).observe({ type: "longtask", buffered: true });
"""
MARK = "(name) => performance.getEntriesByName(name).at(-1)?.startTime ?? null"

GO = """(hash) => {
  addEventListener("hashchange", () => performance.mark("went"));
  performance.clearMarks();
  location.hash = hash;
}"""


def mark(page: Page, name: str) -> float:
    """When that mark was set, ms since navigation; waits for it."""
    for _ in range(600):
        found = page.evaluate(MARK, name)
        if found is not None:
            return float(found)
        page.wait_for_timeout(50)
    raise SystemExit(f"{page.url} never set the mark {name}")


class Bench:
    def __init__(self, browser: Browser, hosts: Hosts, repeat: int) -> None:
        self.browser = browser
        self.hosts = hosts
        self.repeat = repeat

    def start(self, url: str, name: str, *, warm: bool) -> list[float]:
        """ms from navigation to the mark, in new profiles, or in one that has the files."""
        took: list[float] = []
        context = self.browser.new_context()
        if warm:
            self._once(context, url, name)
        for _ in range(self.repeat):
            if not warm:
                context.close()
                context = self.browser.new_context()
            took.append(self._once(context, url, name))
        context.close()
        return took

    def _once(self, context: BrowserContext, url: str, name: str) -> float:
        page = context.new_page()
        page.goto(url)
        took = mark(page, name)
        page.close()
        return took

    def lists(self, key: str) -> tuple[list[float], list[float]]:
        """ms from the change of the address to the list shown: Portolan's and the floor's, alternately."""
        registry = self.hosts.hosting.origins["anonymous"]
        path, most = ("_catalog", 1000) if key == "repositories" else ("sample/many-tags/tags/list", 100)
        route = registry.partition("//")[2] + ("" if key == "repositories" else "/sample/many-tags")
        context = self.browser.new_context(viewport={"width": 1280, "height": 900})
        ours, floors = [], []
        app, floor = context.new_page(), context.new_page()
        floor.goto(f"{self.hosts.yardstick}floor.html")
        mark(floor, "ready")
        for number in range(self.repeat + 1):
            app.goto("about:blank")
            app.goto(self.hosts.portolan)
            mark(app, "portolan:shown")
            app.evaluate(
                GO,
                f"#/{route}",
            )
            seen = mark(app, "portolan:first-data") - mark(app, "went")
            floor.evaluate("performance.clearMarks()")
            asked = json.dumps([registry, path, key, most, number])
            floor.evaluate("(hash) => { location.hash = encodeURIComponent(hash); }", asked)
            mark(floor, "shown")
            took = floor.evaluate("performance.getEntriesByName('shown').at(-1).detail.took")
            if number:  # the first of each warms connections and preflights
                ours.append(seen)
                floors.append(float(took))
        context.close()
        return ours, floors

    def tasks(self, throttling: int) -> list[list[float]]:
        """The durations (ms) of the tasks over 50 ms of the page's thread, from navigation to shown, one list a run."""
        runs = []
        context = self.browser.new_context(viewport={"width": 1280, "height": 900})
        self._once(context, self.hosts.portolan, "portolan:shown")
        for _ in range(self.repeat):
            page = context.new_page()
            page.add_init_script(LONG_TASKS)
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": throttling})
            page.goto(self.hosts.portolan + "#/" + self.hosts.hosting.netloc("anonymous"))
            end = mark(page, "portolan:shown")
            found = page.evaluate("longTasks")
            runs.append([task["duration"] for task in found if task["start"] < end])
            page.close()
        context.close()
        return runs


def figures(took: list[float]) -> str:
    return f"{statistics.median(took):.0f} [{min(took):.0f} to {max(took):.0f}]"


def row(name: str, ours: list[float], other: list[float], goal: str) -> str:
    ratio = statistics.median(ours) / statistics.median(other)
    return f"| {name} | {figures(ours)} | {figures(other)} | **{ratio:.2f}** | {goal} |"


def measure(browser: Browser, hosts: Hosts, repeat: int, tell: Callable[[str], None]) -> None:
    bench = Bench(browser, hosts, repeat)
    shipped = f"{hosts.yardstick}shipped.html"
    for warm, goal in ((False, ""), (True, "≤ 0.5")):
        ours = bench.start(hosts.portolan, "portolan:python", warm=warm)
        theirs = bench.start(shipped, "python", warm=warm)
        tell(row(f"navigation to the first Python line, {'warm' if warm else 'cold'}", ours, theirs, goal))
    tell(row("first page shown, warm", bench.start(hosts.portolan, "portolan:shown", warm=True), theirs, ""))
    tell(row("catalog, first 1,000 repositories", *bench.lists("repositories"), "≤ 3"))
    tell(row("first 100 of 1,200 tags", *bench.lists("tags"), ""))
    for throttling in (1, 4):
        runs = bench.tasks(throttling)
        longest = [max(run, default=0.0) for run in runs]
        counts = [float(len(run)) for run in runs]
        name = f"tasks over 50 ms until a catalog is shown, CPU {throttling} times slower: count, longest"
        goal = "none" if throttling == 1 else "1, ≤ 300"
        tell(f"| {name} | {statistics.median(counts):.0f}, {figures(longest)} | | | {goal} |")


def tell(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--only", choices=("pages", "layers"))
    options = parser.parse_args()
    repeat = options.repeat
    hosts = Hosts(DELAY)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*ARGUMENTS, EAGER])
        machine = f"{os.cpu_count()} cores, {platform.machine()}, Chromium {browser.version}"
        today = datetime.datetime.now(tz=datetime.UTC).date()
        print(f"{today}, {machine}, median [min to max] of {repeat}; registry {DELAY} ms away\n")
        print(HEAD)
        if options.only != "layers":
            measure(browser, hosts, repeat, tell)
        if options.only != "pages":
            measure_layers(browser, hosts, repeat, tell)
        browser.close()
    hosts.close()


if __name__ == "__main__":
    main()
