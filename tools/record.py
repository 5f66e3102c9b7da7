"""`python -m tools.record`: plays every scenario of the playground in Chromium and writes down what was sent and seen.

The recording is what the page shows where no sample registry plays: cors-examples/playground/recorded.json. Ports and
versions of headers that change from run to run are left out, so that recording again gives the same file.
"""

import argparse
import json
import re
import shutil
import sys
import tomllib
from collections.abc import Mapping
from typing import Any

from tools import vendor
from tools.paths import ROOT, relative
from tools.stage import Stage

FOLDER = ROOT / "cors-examples" / "playground"
FILE = FOLDER / "recorded.json"

# What listeners and the page are called in the recording.
NAMES = {
    "registry": "registry.example",
    "token": "auth.example",
    "storage": "storage.example",
    "other": "moved.example",
}
PAGE = "portolan.example"

# The name that does not exist is not looked up: how long that takes is another network's matter.
NOWHERE = "--host-resolver-rules=MAP nowhere.invalid ~NOTFOUND"
ARGUMENTS = ["--no-sandbox", NOWHERE]
SECONDS = 15


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.record", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if the file is not what was recorded")
    options = parser.parse_args(arguments)
    vendor.fill(print)
    text = written(record())
    if options.check:
        return 0 if FILE.is_file() and FILE.read_text("utf-8") == text else 1
    FILE.write_text(text, "utf-8")
    print(f"{relative(FILE)}: {len(text)} bytes")
    return 0


def live_scenarios() -> list[str]:
    """The ids of those that are played, in order."""
    document = tomllib.loads((FOLDER / "scenarios.toml").read_text("utf-8"))
    return [one["id"] for one in document["scenario"] if one.get("live", True)]


def record() -> dict[str, Any]:
    """All scenarios, broken and fixed."""
    from playwright.sync_api import sync_playwright

    stage = Stage()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
            page = browser.new_page()
            page.goto(stage.site)
            page.locator('html[data-boot="ready"]').wait_for(timeout=SECONDS * 1000)
            found = {name: play(page, stage, name) for name in live_scenarios()}
            version = browser.version.partition(".")[0]
            browser.close()
    finally:
        stage.close()
    return {"recorded": f"Chromium {version}", "scenarios": found}


def play(page: Any, stage: Stage, name: str) -> dict[str, Any]:
    """One scenario on that page (Playwright's), as it is and with its fix."""
    page.goto(f"{stage.site}#/-/playground/{name}")
    broken = taken(page, stage, name, fixed=False)
    page.locator("#fix").click()
    return {"broken": broken, "fixed": taken(page, stage, name, fixed=True)}


def taken(page: Any, stage: Stage, name: str, *, fixed: bool) -> Any:
    """What the page has to copy once it has seen all, under the names of the recording."""
    has = ":not([data-fixed])" if not fixed else "[data-fixed]"
    shown = page.locator(f'main[data-view="playground"][data-state="shown"] [data-scenario="{name}"]{has}')
    shown.wait_for(timeout=SECONDS * 1000)
    text = page.locator("#copy-run [data-copy]").get_attribute("data-copy")
    return json.loads(renamed(text, stage.site, stage.origins, name))


def renamed(text: str, site: str, origins: Mapping[str, str], name: str) -> str:
    """With names for ports. `site`, `origins`: as of a Stage."""
    hosts = {site.rstrip("/").partition("//")[2]: PAGE}
    for role, host in NAMES.items():
        listener = name if role == "registry" else f"{name}-{role}"
        if listener in origins:
            hosts[origins[listener].partition("//")[2]] = host
    pattern = re.compile("|".join(rf"{re.escape(host)}(?!\d)" for host in hosts))
    return pattern.sub(lambda found: hosts[found[0]], text)


def written(recording: Mapping[str, Any]) -> str:
    """The recording as text. Most steps are the same in many scenarios, so each is written once, on a line of its own,
    and named by its number; what does not say anything is left out."""
    steps: dict[str, int] = {}
    runs = [f"  {compact(name)}: {compact(numbered(runs, steps))}" for name, runs in recording["scenarios"].items()]
    parts = [
        f' "recorded": {compact(recording["recorded"])}',
        ' "steps": [\n' + ",\n".join(f"  {step}" for step in steps) + "\n ]",
        ' "scenarios": {\n' + ",\n".join(runs) + "\n }",
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def numbered(runs: Mapping[str, Any], steps: dict[str, int]) -> dict[str, Any]:
    """The runs of one scenario with numbers for steps; those that are new are added."""
    return {
        kind: run
        | {"said": [spare(one) for one in run["said"]]}
        | {"seen": [steps.setdefault(compact(spare(step)), len(steps)) for step in run["seen"]]}
        for kind, run in runs.items()
    }


def spare(found: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    told = {key: entry for key, entry in found.items() if entry not in (None, [], "")}
    return told | {"sent": [spare(one) for one in told["sent"]]} if "sent" in told else told


def compact(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    sys.exit(main())
