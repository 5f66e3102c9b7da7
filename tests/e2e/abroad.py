"""A browser to which this machine has public names, so that pages and registries are neither local nor secure."""

import shutil
from urllib.parse import urlsplit

from playwright.sync_api import Browser

ARGUMENTS = [
    "--no-sandbox",
    "--host-resolver-rules=MAP *.example 127.0.0.1",
    # Behind those names is loopback: without this a browser may ask, or refuse, before a page of theirs reaches it.
    "--disable-features=LocalNetworkAccessChecks,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
]


def launch(browser: Browser) -> Browser:
    """Such a browser, beside the one that runs."""
    return browser.browser_type.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)


def far(origin: str, name: str) -> str:
    """That origin under a public name."""
    return f"http://{name}.example:{urlsplit(origin).port}"
