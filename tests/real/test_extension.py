"""The extension: registries as they come, without a proxy and without any CORS setting, read in Chromium."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from playground.config import Config, parse_listener
from playground.server import Running
from playwright.sync_api import Locator, Playwright, expect

from tests.real.explorer import Explorer
from tests.real.extension import Grants, Loaded, bare, loaded, really_granted, unguarded
from tests.real.needs import needed
from tests.servers.distribution import PROGRAMS, VERSIONS, Version
from tests.servers.images import Image
from tests.servers.people import PILOT
from tests.servers.playground_tokens import playing
from tests.servers.pushing import Skopeo
from tests.servers.token_service import TokenService

INDEX = "lab/harbour:1.0"

# Registries that send no CORS headers, of which one sends blobs from a storage that does not either.
SAMPLE = ("bare:anonymous,no-cors", "moved:anonymous,no-cors,redirect-blobs=cold", "cold:storage,no-cors",
          "hidden:anonymous,no-cors,redirect-blobs=dark", "dark:storage,no-cors")  # fmt: skip
BLOBS = "sample/layers:gzip"

Kind = tuple[Version, bool]
KINDS: list[Kind] = [(version, token) for version in VERSIONS for token in (False, True)]


@pytest.fixture(scope="module")
def registries(
    image: Image, issuer: TokenService, logs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Kind, str]]:
    """distribution of each version with htpasswd and with token: host:port."""
    for program in (*PROGRAMS.values(), "htpasswd", "skopeo"):
        needed(program)
    folder = tmp_path_factory.mktemp("bare")
    with unguarded(folder / "stock", logs / "stock-bare.log") as host:
        Skopeo(host, folder / "skopeo").push(image, INDEX)
    with ExitStack() as stack:
        hosts: dict[Kind, str] = {}
        for version, token in KINDS:
            name = f"{version}-{'token' if token else 'htpasswd'}"
            (folder / name).mkdir()
            started = bare(
                version, folder / "stock/storage", folder / name, logs / f"bare-{name}.log", issuer if token else None
            )
            hosts[version, token] = stack.enter_context(started)
        yield hosts


@pytest.fixture(scope="module")
def sample() -> Iterator[Running]:
    listeners = [parse_listener(text) for text in SAMPLE]
    with playing(Config(only=[], listeners=listeners, content="small")) as running:
        yield running


@pytest.fixture(scope="module")
def stranger() -> Iterator[str]:
    """A script of another origin, which any page may load."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript")
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(b"export default 1;")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name it has in http.server
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def started(
    registries: dict[Kind, str],
    sample: Running,
    issuer: TokenService,
    stranger: str,
    playwright: Playwright,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Loaded]:
    """One boot for all of this file. The browser itself lets it read all but the storage `dark`."""
    origins = [f"http://{host}" for host in (*registries.values(), issuer.address)]
    origins += [origin for name, origin in sample.origins.items() if name != "dark"]
    origins.append(public(sample.origins["bare"]))
    with loaded(playwright, tmp_path_factory.mktemp("extension"), [*origins, stranger]) as started:
        yield started


@pytest.fixture
def extension(started: Loaded) -> Iterator[Loaded]:
    """As newly opened, with nothing granted; it may not complain in the console."""
    started.grants.be()
    started.explorer.reset()
    yield started
    complaints = started.complaints.copy()
    started.complaints.clear()
    assert complaints == []


@pytest.fixture
def explorer(extension: Loaded) -> Explorer:  # the one of the site, in this file
    return extension.explorer


@pytest.fixture
def grants(extension: Loaded) -> Grants:
    return extension.grants


def allow(explorer: Explorer) -> Locator:
    return explorer.main.locator("[data-grant]:not([type=submit])")


def public(origin: str) -> str:
    """That origin under a name that is not this machine's, which the browser finds here all the same."""
    return origin.replace("127.0.0.1", "registry.example")


def asked(sample: Running, name: str) -> list[str]:
    """Method and path of what came to a listener."""
    entries = cast("list[Any]", sample.listeners[name].log.as_json())
    return [f"{one['method']} {one['path']}" for one in entries]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind[0]}-{'token' if kind[1] else 'htpasswd'}")
def test_a_registry_as_it_comes_is_read_through_its_sign_in(
    kind: Kind, explorer: Explorer, grants: Grants, registries: dict[Kind, str], issuer: TokenService, image: Image
) -> None:
    host = registries[kind]
    grants.be(f"http://{host}", f"http://{issuer.address}")
    explorer.open(f"{host}/{INDEX}")
    explorer.enter(PILOT, approval=kind[1])
    explorer.awaits("manifest", "shown", f"{host}/{INDEX}")
    expect(explorer.main).to_contain_text(image.digest)
    expect(explorer.main.locator("#config")).to_contain_text("/bin/pilot")


def test_nothing_is_sent_to_a_registry_before_it_was_allowed(
    explorer: Explorer, grants: Grants, sample: Running
) -> None:
    origin = sample.origins["bare"]
    netloc = urlsplit(origin).netloc
    sample.listeners["bare"].log.clear()
    explorer.open(f"{netloc}/{BLOBS}")
    explorer.awaits("manifest", "login", problem="permission")
    expect(explorer.main).to_contain_text(netloc)
    assert asked(sample, "bare") == []
    allow(explorer).click()
    explorer.awaits("manifest", "shown", f"{netloc}/{BLOBS}")
    assert grants.asked() == [[origin]]
    assert not any(line.startswith("OPTIONS") for line in asked(sample, "bare"))


def test_a_refusal_is_said_and_can_be_tried_again(explorer: Explorer, grants: Grants, sample: Running) -> None:
    netloc = urlsplit(sample.origins["bare"]).netloc
    grants.refuse()
    explorer.open(f"{netloc}/{BLOBS}")
    allow(explorer).click()
    expect(explorer.main.get_by_role("alert")).to_contain_text("did not allow it")
    explorer.awaits("manifest", "login", problem="permission")
    grants.allow()
    allow(explorer).click()
    explorer.awaits("manifest", "shown", f"{netloc}/{BLOBS}")


def test_a_token_service_of_another_origin_is_asked_for_on_its_own(
    explorer: Explorer, grants: Grants, registries: dict[Kind, str], issuer: TokenService
) -> None:
    host = registries["3.1", True]
    grants.be(f"http://{host}")
    before = len(issuer.asked("harbour"))
    explorer.open(f"{host}/{INDEX}")
    explorer.awaits("manifest", "login", problem="permission")
    expect(explorer.main).to_contain_text(issuer.address)
    assert len(issuer.asked("harbour")) == before
    allow(explorer).click()
    expect(explorer.login).to_be_visible()
    assert grants.asked() == [[f"http://{issuer.address}"]]
    explorer.enter(PILOT, approval=True)
    explorer.awaits("manifest", "shown", f"{host}/{INDEX}")


def test_a_blob_is_read_from_the_storage_it_is_redirected_to(
    explorer: Explorer, grants: Grants, sample: Running
) -> None:
    netloc = urlsplit(sample.origins["moved"]).netloc
    grants.be(sample.origins["moved"], sample.origins["cold"])
    explorer.open(f"{netloc}/{BLOBS}")
    explorer.awaits("manifest", "shown", f"{netloc}/{BLOBS}")


def test_a_storage_that_nobody_can_see_is_asked_for_by_its_address(
    explorer: Explorer, grants: Grants, sample: Running
) -> None:
    netloc = urlsplit(sample.origins["hidden"]).netloc
    grants.be(sample.origins["hidden"])
    explorer.open(f"{netloc}/{BLOBS}")
    explorer.awaits("manifest", "partial", f"{netloc}/{BLOBS}", problem="permission")
    form = explorer.main.locator("form[data-form=storage]")
    expect(form).to_contain_text("redirect_url")
    button = form.get_by_role("button", name="Allow this address")
    expect(button).to_be_disabled()
    # A whole signed URL may be pasted; what counts is its origin.
    form.get_by_label("Where it leads to").fill(f"{sample.origins['dark']}/blobs/x?signature=y")
    expect(button).to_be_enabled()
    grants.refuse()
    button.click()
    expect(explorer.main.get_by_role("alert")).to_contain_text("did not allow it")
    assert grants.asked() == [[sample.origins["dark"]]]


def test_plain_http_is_read_under_any_name(explorer: Explorer, grants: Grants, sample: Running) -> None:
    origin = public(sample.origins["bare"])
    grants.be(origin)
    explorer.open(f"{origin}/{BLOBS}")
    explorer.awaits("manifest", "shown", f"{origin}/{BLOBS}")


def test_what_was_granted_is_listed_and_taken_back(explorer: Explorer, grants: Grants, sample: Running) -> None:
    origin = sample.origins["bare"]
    netloc = urlsplit(origin).netloc
    grants.be(origin)
    explorer.open("-/settings")
    explorer.page.get_by_role("button", name=f"Take back {origin}").click()
    expect(explorer.page.get_by_text("Nothing was allowed yet.")).to_be_visible()
    explorer.open(f"{netloc}/{BLOBS}")
    explorer.awaits("manifest", "login", problem="permission")


@pytest.mark.parametrize(
    "attempt",
    [
        "eval('1')",
        "new Function('return 1')()",
        "import('STRANGER/script.js')",
        "import('data:text/javascript,export default 1')",
        "fetch('data:,x')",
    ],
)
def test_no_foreign_code_runs_in_its_worker(attempt: str, extension: Loaded, stranger: str) -> None:
    worker = next(
        worker for worker in extension.page.workers if worker.url.endswith("/static/vendor/pyscript/worker.js")
    )
    # What a debugger evaluates is free to eval until it first waits.
    code = """async () => {
      await new Promise((done) => setTimeout(done, 0));
      try { await (ATTEMPT); return "ran"; } catch (error) { return error.name; }
    }""".replace("ATTEMPT", attempt.replace("STRANGER", stranger))
    assert worker.evaluate(code) in ("EvalError", "TypeError")


def test_its_worker_may_ask_the_stranger_whose_script_it_may_not_run(extension: Loaded, stranger: str) -> None:
    worker = extension.page.workers[0]
    assert worker.evaluate(f"fetch('{stranger}/script.js').then(answer => answer.status)") == 200


def test_whatever_is_started_as_a_worker_is_the_one_of_the_package(extension: Loaded) -> None:
    for url in ("blob:x", "static/shell/main.js"):
        extension.page.evaluate("url => { new Worker(url, {type: 'module'}).terminate() }", url)
    assert {urlsplit(worker.url).path for worker in extension.page.workers} == {"/static/vendor/pyscript/worker.js"}


def test_its_button_opens_it_in_a_tab(extension: Loaded) -> None:
    with extension.page.context.expect_page() as opened:
        # As the browser does it when the button is pressed.
        extension.background.evaluate("() => { chrome.action.onClicked.dispatch({}) }")
    tab = opened.value
    assert tab.url == extension.page.url.partition("#")[0]
    tab.close()


def test_the_browser_names_what_it_granted_as_portolan_reads_it(extension: Loaded, sample: Running) -> None:
    assert f"{sample.origins['bare']}/*" in really_granted(extension.page)
