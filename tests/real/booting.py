"""Portolan in a tab of its own, up to where Python runs."""

from typing import NamedTuple

from playwright.sync_api import Browser, Error, Page

BOOT = 90_000  # ms; a boot takes 2 s, on a busy machine much more


class Booted(NamedTuple):
    """The page with Python up, and what its console has said that is an error or a warning."""

    page: Page
    complaints: list[str]


def boot(browser: Browser, address: str) -> Booted:
    """The page at that address, in a profile of its own, once Python is up."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    try:
        page.wait_for_selector("html[data-boot=ready]", state="attached", timeout=BOOT)
    except Error as late:
        late.add_note("\n".join(said))
        raise
    return Booted(page, said)
