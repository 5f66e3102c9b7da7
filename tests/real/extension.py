"""Portolan as an extension in Chromium, and registries as they come: no proxy in front, no CORS setting.

No prompt of the browser can be answered without a person. So what it would grant is in the manifest of the test, and
the page is shown a list of its own (`Grants`): what is not on it Portolan may not ask, though the browser would let it.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, Playwright, Worker

from tests.real.explorer import Explorer
from tests.servers.distribution import OPEN, Version, distribution, htpasswd_auth, token_auth
from tests.servers.token_service import TokenService
from tools import extension

BOOT = 90_000  # ms

# The browser's list as the page is shown it. Asking for a permission answers as told, `ask` lists what was asked.
_GRANTS = """(() => {
  const real = chrome.permissions, heard = [];
  window.granted = real.getAll.bind(real);
  window.grants = { given: [], ask: [], answer: true };
  const tell = () => heard.forEach((listener) => listener({}));
  const change = (origins, add) => {
    grants.given = grants.given.filter((one) => !origins.includes(one));
    if (add) grants.given.push(...origins);
    tell();
  };
  real.getAll = async () => ({ origins: [...grants.given], permissions: [] });
  real.request = async ({ origins }) => {
    if (!navigator.userActivation.isActive) throw new Error("no gesture");
    grants.ask.push(origins);
    if (grants.answer) change(origins, true);
    return grants.answer;
  };
  real.remove = async ({ origins }) => (change(origins, false), true);
  for (const event of [real.onAdded, real.onRemoved]) event.addListener = (listener) => heard.push(listener);
  window.replace = (origins) => { grants.given = origins; grants.ask = []; grants.answer = true; tell(); };
})()"""


class Grants:
    """The browser's permissions, as the page is shown them; origins without a path."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def be(self, *origins: str) -> None:
        """From now on these alone are granted, and the next request for more will be."""
        self._page.evaluate("origins => replace(origins)", [f"{origin}/*" for origin in origins])

    def refuse(self) -> None:
        """Whoever is asked next says no."""
        self._page.evaluate("() => { grants.answer = false }")

    def allow(self) -> None:
        self._page.evaluate("() => { grants.answer = true }")

    def asked(self) -> list[list[str]]:
        """What the browser was asked for, request by request."""
        asked: list[list[str]] = self._page.evaluate("() => grants.ask")
        return [[pattern.removesuffix("/*") for pattern in origins] for origins in asked]


def really_granted(page: Page) -> set[str]:
    """The browser's own list."""
    return set(page.evaluate("async () => (await granted()).origins"))


class Loaded(NamedTuple):
    """The extension's page with Python up, and its background script; `complaints`: errors and warnings in the page's
    console."""

    page: Page
    background: Worker
    explorer: Explorer
    grants: Grants
    complaints: list[str]


@contextmanager
def loaded(playwright: Playwright, folder: Path, granted: Sequence[str]) -> Iterator[Loaded]:
    """Builds the extension, gives it those origins for good, and starts it."""
    package = extension.build("chromium", folder / "package")
    file = package / "manifest.json"
    given = [f"{origin}/*" for origin in granted]
    file.write_text(json.dumps({**json.loads(file.read_text()), "host_permissions": given}))
    context = playwright.chromium.launch_persistent_context(
        str(folder / "profile"),
        executable_path=shutil.which("chromium"),
        headless=False,  # extensions need the whole browser; its own headless mode has them
        viewport={"width": 1280, "height": 900},
        args=[
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--host-resolver-rules=MAP *.example 127.0.0.1",
            f"--disable-extensions-except={package}",
            f"--load-extension={package}",
        ],
    )
    workers = context.service_workers
    background = workers[0] if workers else context.wait_for_event("serviceworker")
    page = context.new_page()
    page.add_init_script(_GRANTS)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(background.url.replace("background.js", "index.html"))
    page.wait_for_selector("html[data-boot=ready]", state="attached", timeout=BOOT)
    yield Loaded(page, background, Explorer(page), Grants(page), said)
    context.close()


@contextmanager
def bare(version: Version, storage: Path, folder: Path, log: Path, issuer: TokenService | None) -> Iterator[str]:
    """The host:port of a distribution as it comes, with a copy of that storage. It asks for a user name and a password,
    or with an issuer for a token of it, at the issuer's own address."""
    shutil.copytree(storage, folder / "storage")
    if issuer is None:
        auth = htpasswd_auth(folder)
    else:
        auth = token_auth(folder, version, f"http://{issuer.address}/token", "harbour", issuer.office)
    with distribution(version, folder, log, auth) as host:
        yield host


@contextmanager
def unguarded(folder: Path, log: Path) -> Iterator[str]:
    """The host:port of one that lets everybody push; what was pushed is in the folder `storage` below."""
    folder.mkdir(parents=True)
    with distribution("2.8", folder, log, OPEN) as host:
        yield host
