"""A built copy with `only = true`: it reads the registries of its host, and its page can reach nothing else."""

import re
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.axe import findings
from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan
from tests.servers.processes import running, tail
from tools.paths import ROOT
from tools.publish import closed, copy_site

SAID = re.compile(r"^Portolan: (http://\S+/)$", re.MULTILINE)

# Those it reads, with what is named of each: a storage, a token service, and neither where each would be needed.
OFFERED = """[portolan]
only = true
registries = [
  {{ url = "{moved}", name = "Sample registry", storage = ["{cold}"] }},
  {{ url = "{bearer}", realms = ["{token}/token"] }},
  {{ url = "{hidden}" }},
  {{ url = "{other-bearer}" }},
]
"""
STRANGER = "anonymous"
LISTENERS = (
    "moved:anonymous,redirect-blobs=cold",
    "cold:storage",
    "hidden:anonymous,redirect-blobs=dark",
    "dark:storage",
    "other-token:token",
    "other-bearer:bearer,realm=other-token",
)

FETCHED = """url => new Promise((done) => {
  addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true });
  fetch(url, { mode: "no-cors" }).then(() => done("reached"), () => {});
})"""


@pytest.fixture(scope="module")
def hosting() -> Iterator[Hosting]:  # with listeners of its own: what is named is named for the whole copy
    hosting = Hosting(LISTENERS)
    yield hosting
    hosting.close()


@pytest.fixture(scope="module")
def site(hosting: Hosting, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the built copy."""
    folder = tmp_path_factory.mktemp("only") / "site"
    folder.mkdir()
    copy_site(ROOT, folder)
    (folder / "pyscript.toml").write_text(OFFERED.format(**hosting.origins))
    page = folder / "index.html"
    page.write_text(closed(page.read_text(), folder / "pyscript.toml"))
    log = folder.with_name("site.log")
    command = [sys.executable, "-m", "tools.serve", "--port", "0", "--root", str(folder)]
    with running(command, log, lambda: SAID.search(tail(log)) is not None, {"PYTHONPATH": str(ROOT)}):
        found = SAID.search(tail(log))
        assert found
        yield found[1]


@pytest.fixture(scope="module")
def tab(browser: Browser, hosting: Hosting, site: str) -> Iterator[Portolan]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    tab = Portolan(page, site, set(hosting.origins.values()))
    tab.goto()
    tab.booted()
    yield tab
    page.close()


@pytest.fixture
def app(tab: Portolan, hosting: Hosting) -> Iterator[Portolan]:  # of this copy, instead of the one of all other files
    tab.reset()
    tab.complaints.clear()
    hosting.forget()
    yield tab
    assert tab.complaints == []


def test_the_first_page_says_that_these_are_all(app: Portolan, hosting: Hosting) -> None:
    expect(app.page.locator("#reference-help")).to_contain_text("reads only the registries listed here")
    expect(app.page.get_by_role("region", name="Registries here").get_by_role("listitem")).to_have_count(4)
    assert findings(app.page) == []


def test_a_registry_of_its_host_is_read_from_its_storage(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('moved')}/sample/layers:gzip")
    assert hosting.requests("cold")


def test_a_registry_of_its_host_is_read_with_a_token(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/sample/layers:gzip")
    assert hosting.requests("token")


def test_another_registry_is_not_asked_and_the_page_says_why(app: Portolan, hosting: Hosting) -> None:
    app.search(f"{hosting.netloc(STRANGER)}/sample/harbour")
    app.arrive(f"{hosting.netloc(STRANGER)}/sample/harbour", "failed")
    expect(app.main).to_have_attribute("data-problem", "permission")
    expect(app.main).to_contain_text(f"This copy of Portolan does not read {hosting.netloc(STRANGER)}")
    assert hosting.requests(STRANGER) == []
    assert findings(app.page) == []


def test_a_token_service_that_was_not_named_is_not_asked(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('other-bearer')}/sample/layers:gzip", "failed")
    expect(app.main).to_contain_text(f"does not read {hosting.netloc('other-token')}")
    assert hosting.requests("other-token") == []


def test_a_storage_that_was_not_named_is_not_reached_and_the_page_says_why(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('hidden')}/sample/layers:gzip", "partial")
    expect(app.main).to_contain_text("does not read the storage of")
    assert hosting.requests("dark") == []
    # The browser tells of each redirect that the policy stopped.
    assert all("connect-src" in one for one in app.complaints)
    app.complaints.clear()


@pytest.mark.parametrize("place", ["page", "worker"])
def test_the_page_itself_reaches_no_other_origin(place: str, app: Portolan, hosting: Hosting) -> None:
    url = f"{hosting.origins[STRANGER]}/v2/"
    directive = (app.page if place == "page" else app.page.workers[0]).evaluate(FETCHED, url)
    assert directive == "connect-src"
    assert hosting.requests(STRANGER) == []
    app.complaints.clear()
