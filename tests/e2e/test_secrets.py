"""A password and its tokens are in the worker's memory and in requests to whom they are for, and nowhere else."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, Response, expect

from tests.e2e import minted
from tests.e2e.forms import SignIn, approval, notice
from tests.e2e.hosting import Hosting
from tests.e2e.pages import until
from tests.e2e.portolan import Portolan
from tests.e2e.transcript_pages import Inspector, Transcript, UseCases, visit

PASSWORD = "harbour"  # the sample's own; too common a word to look for
CANARY = "c4n4ry-Ünter-deck/+?"
BASE64 = base64.b64encode(f"admin:{CANARY}".encode()).decode()

# All that a page can keep: storages, databases with what is in them, caches, the history and the document itself.
KEPT = """async () => {
  const databases = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const read = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
      databases.push(name, store, await read(objects.getAllKeys()), await read(objects.getAll()));
    }
    database.close();
  }
  const caches_ = globalThis.caches ? await caches.keys() : [];
  return JSON.stringify({
    local: Object.entries(localStorage), session: Object.entries(sessionStorage), databases, caches_,
    cookies: document.cookie, name: window.name, title: document.title, address: location.href,
    state: history.state, document: document.documentElement.outerHTML,
  });
}"""


class Watch:
    """Collects what a tab writes to its console, where it sends requests, and what tokens it is given. Its ends come
    when they like: wait for what they should bring."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.console: list[str] = []
        self.addresses: list[str] = []
        self.bodies: list[str] = []
        self.tokens: set[str] = set()
        page.on("console", self._said)
        page.on("request", self._request)
        page.on("requestfinished", self._finished)

    def stop(self) -> None:
        self._page.remove_listener("console", self._said)
        self._page.remove_listener("request", self._request)
        self._page.remove_listener("requestfinished", self._finished)

    def wait_for_tokens(self, number: int) -> None:
        until(self._page, lambda: len(self.tokens) >= number, lambda: f"{len(self.tokens)} of {number}")

    def _said(self, message: ConsoleMessage) -> None:
        self.console.append(message.text)

    def _request(self, request: Request) -> None:
        self.addresses.append(unquote(request.url))
        self.bodies.append(request.post_data or "")

    def _finished(self, request: Request) -> None:
        scheme, _, secret = request.all_headers().get("authorization", "").partition(" ")
        if scheme == "Bearer":
            self.tokens.add(secret)
        if "/token?" in request.url:
            self._token(request.response())

    def _token(self, response: Response | None) -> None:
        if response is not None and response.ok:
            self.tokens.add(json.loads(response.text())["token"])


@pytest.fixture
def watched(app: Portolan) -> Iterator[tuple[Portolan, Watch]]:
    watch = Watch(app.page)
    yield app, watch
    watch.stop()


@pytest.fixture
def alone(fresh: Page, hosting: Hosting) -> tuple[Portolan, Watch]:
    """In a browser profile that is thrown away."""
    watch = Watch(fresh)
    app = Portolan(fresh, hosting.site, set(hosting.origins.values()))
    app.goto()
    app.booted()
    return app, watch


def authorized(hosting: Hosting) -> set[tuple[str, str]]:
    """The listeners to which credentials were sent, and by which scheme. That nobody else is asked anything, `app` has
    an eye on."""
    return {
        (name, one["authorization"])
        for name in hosting.origins
        for one in hosting.requests(name)
        if one["authorization"]
    }


def traces(watch: Watch, kept: str, exported: str = "") -> list[str]:
    """Where a secret was found."""
    # A token's signature alone would be as much of a leak as the whole.
    secrets = {CANARY, BASE64, *watch.tokens, *(token.rpartition(".")[2] for token in watch.tokens)}
    places = {
        "downloads": exported,
        "what the page keeps": kept,
        "the same, decoded": unquote(json.dumps(json.loads(kept), ensure_ascii=False)),
        "the console": "\n".join(watch.console),
        "addresses": "\n".join(watch.addresses),
        "bodies of requests": "\n".join(watch.bodies),
    }
    return [place for place, text in places.items() if any(secret in text for secret in secrets)]


PLANTED = """async (text) => {
  sessionStorage.setItem("x", text);
  const request = indexedDB.open("planted");
  request.onupgradeneeded = () => request.result.createObjectStore("store").put({ deep: text }, 1);
  await new Promise((resolve) => { request.onsuccess = resolve; });
  request.result.close();
  document.querySelector("main").dataset.x = text;
  history.replaceState({ text }, "");
  console.info(text);
  void fetch(`static/icon.svg?${encodeURIComponent(text)}`);
}"""


def test_the_search_finds_what_it_looks_for(alone: tuple[Portolan, Watch]) -> None:
    app, watch = alone
    with app.page.expect_event("requestfinished", lambda request: "icon.svg?" in request.url):
        app.page.evaluate(PLANTED, CANARY)
    until(app.page, lambda: CANARY in watch.console, lambda: watch.console)
    kept = json.loads(app.page.evaluate(KEPT))
    for place in ("session", "databases", "state", "document"):
        assert CANARY in json.dumps(kept[place], ensure_ascii=False)
    assert traces(watch, json.dumps(kept, ensure_ascii=False)) == [
        "what the page keeps",
        "the same, decoded",
        "the console",
        "addresses",
    ]
    assert traces(watch, "{}", f"Authorization: {CANARY}")[0] == "downloads"


def test_a_wrong_password_leaves_no_trace(watched: tuple[Portolan, Watch], hosting: Hosting) -> None:
    app, watch = watched
    for listener, repository in (("basic", "sample/harbour"), ("bearer", "private/logbook")):
        app.open(f"{hosting.netloc(listener)}/{repository}", "login")
        SignIn(app).give(("admin", CANARY))
        if listener == "bearer":
            approval(app).button("Approve and remember").click()
        SignIn(app).error.wait_for()
        assert traces(watch, app.page.evaluate(KEPT)) == []
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour")
    assert traces(watch, app.page.evaluate(KEPT)) == []


def walk(app: Portolan, watch: Watch, registry: str, directory: Path) -> list[str]:
    """Where a secret was found on the pages that tell of a sign-in there, and in what they let one download."""
    found: list[str] = []
    transcript = Transcript(app)
    for named in ("", registry):
        transcript.open(named)
        transcript.lines.first.wait_for(state="attached")
        exported = "".join(transcript.export(kind, directory).read_text(encoding="utf-8") for kind in ("HAR", "text"))
        assert '"log"' in exported
        found += traces(watch, app.page.evaluate(KEPT), exported)
    Inspector(app).open(registry)
    found += traces(watch, app.page.evaluate(KEPT))
    UseCases(app).open(registry)
    found += traces(watch, app.page.evaluate(KEPT))
    visit(app, "-/identities", "identities")
    return found + traces(watch, app.page.evaluate(KEPT))


def test_a_wrong_password_is_in_no_account_of_it(
    watched: tuple[Portolan, Watch], hosting: Hosting, tmp_path: Path
) -> None:
    app, watch = watched
    for listener, repository in (("basic", "sample/harbour"), ("bearer", "private/logbook")):
        app.open(f"{hosting.netloc(listener)}/{repository}", "login")
        SignIn(app).give(("admin", CANARY))
        if listener == "bearer":
            approval(app).button("Approve 127").click()
        SignIn(app).error.wait_for()
        assert walk(app, watch, hosting.netloc(listener), tmp_path) == []


def test_tokens_are_in_no_account_of_them(watched: tuple[Portolan, Watch], hosting: Hosting, tmp_path: Path) -> None:
    app, watch = watched
    app.open(f"{hosting.netloc('bearer')}/private/logbook", "login")
    SignIn(app).give(("sailor", PASSWORD))
    approval(app).button("Approve 127").click()
    app.arrive(f"{hosting.netloc('bearer')}/private/logbook")
    watch.wait_for_tokens(2)
    assert walk(app, watch, hosting.netloc("bearer"), tmp_path) == []


@pytest.mark.parametrize("kind", ["password", "identity token", "registry token"])
def test_what_a_configuration_held_leaves_no_trace(
    watched: tuple[Portolan, Watch], hosting: Hosting, tmp_path: Path, kind: str
) -> None:
    app, watch = watched
    host, token = hosting.netloc("bearer"), minted.es256()
    watch.tokens.add(token)
    entry = {
        "password": {"auth": BASE64},
        "identity token": {"identitytoken": token},
        "registry token": {"registrytoken": token},
    }[kind]
    visit(app, "-/identities", "identities")
    form = app.page.get_by_role("form", name="Import a configuration")
    form.get_by_role("textbox").fill(json.dumps({"auths": {host: entry}}))
    form.get_by_role("button", name="Import").click()
    notice(app, "1 credential imported").wait_for()
    assert traces(watch, app.page.evaluate(KEPT)) == []
    app.goto(f"{host}/private/logbook")
    app.page.locator('main[data-subject$="/private/logbook"]:not([data-state="loading"])').wait_for()
    assert walk(app, watch, host, tmp_path) == []


def test_a_pasted_token_and_key_leave_no_trace(watched: tuple[Portolan, Watch], hosting: Hosting) -> None:
    app, watch = watched
    inspector = Inspector(app)
    inspector.open()
    opaque = "opaque-secret-of-a-registry-0123456789"
    for token, kind in ((minted.with_jwk(), "JWT, RS256"), (minted.es256(), "JWT, ES256"), (opaque, "opaque")):
        watch.tokens.add(token)
        inspector.inspect(token)
        expect(inspector.kind).to_have_text(kind)
        assert traces(watch, app.page.evaluate(KEPT)) == []
    key = minted.private_pem(minted.ec_key()).splitlines()[1]
    watch.tokens.add(key)
    inspector.inspect(minted.es256())
    expect(inspector.kind).to_have_text("JWT, ES256")
    inspector.check(f"-----BEGIN PRIVATE KEY-----\n{key}\n-----END PRIVATE KEY-----\n")
    assert traces(watch, app.page.evaluate(KEPT)) == []
    app.open(f"{hosting.netloc('anonymous')}/sample/notes")
    assert traces(watch, app.page.evaluate(KEPT)) == []


def test_a_password_goes_to_those_alone_whom_it_is_for(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    SignIn(app).give(("sailor", PASSWORD))
    app.arrive(f"{hosting.netloc('basic')}/sample/harbour")
    app.open(f"{hosting.netloc('bearer')}/private/logbook", "login")
    SignIn(app).give(("sailor", PASSWORD))
    approval(app).button("Approve 127").click()
    app.arrive(f"{hosting.netloc('bearer')}/private/logbook")
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour:latest")
    assert authorized(hosting) == {("basic", "basic"), ("token", "basic"), ("bearer", "bearer")}


def test_tokens_leave_no_trace(watched: tuple[Portolan, Watch], hosting: Hosting) -> None:
    app, watch = watched
    app.open(f"{hosting.netloc('bearer')}/private/logbook", "login")
    SignIn(app).give(("sailor", PASSWORD))
    approval(app).button("Approve and remember").click()
    app.arrive(f"{hosting.netloc('bearer')}/private/logbook")
    for route in ("", "/private/logbook:latest", "/private/logbook:latest/-/raw", "/sample/harbour:latest"):
        app.open(f"{hosting.netloc('bearer')}{route}")
        assert traces(watch, app.page.evaluate(KEPT)) == []
    app.goto(f"{hosting.netloc('bearer')}/private/chartroom")
    app.page.locator('main[data-problem="denied"]').wait_for()
    watch.wait_for_tokens(3)
    assert traces(watch, app.page.evaluate(KEPT)) == []


def test_a_blob_behind_a_redirect_gets_no_credentials(alone: tuple[Portolan, Watch], hosting: Hosting) -> None:
    app, _ = alone  # whose browser has not kept the blob from another page
    route = f"{hosting.netloc('basic-redirect')}/sample/many-tags:latest"
    app.open(route, "login")
    hosting.forget()
    SignIn(app).give(("sailor", PASSWORD))
    app.arrive(route)
    fetched = hosting.requests("storage")
    assert fetched
    assert {one["authorization"] for one in fetched} == {None}
    assert authorized(hosting) == {("basic-redirect", "basic")}


def test_a_password_in_an_address_is_not_kept(watched: tuple[Portolan, Watch], hosting: Hosting) -> None:
    app, _ = watched
    app.page.evaluate("(hash) => { location.hash = hash; }", f"#/https://admin:{BASE64}@ghcr.io/team/app")
    app.page.locator('main[data-problem="bad-input"]').wait_for()
    kept = json.loads(app.page.evaluate(KEPT))
    assert BASE64 not in json.dumps(kept)


def test_a_password_typed_into_the_first_input_is_not_repeated(watched: tuple[Portolan, Watch]) -> None:
    app, _ = watched
    app.search(f"https://admin:{BASE64}@ghcr.io/team/app")
    app.page.locator('main[data-problem="bad-input"]').wait_for()
    assert BASE64 not in app.page.locator("main").inner_html()
    assert BASE64 not in app.page.evaluate("location.href")


def test_after_a_reload_nobody_is_signed_in(watched: tuple[Portolan, Watch], hosting: Hosting) -> None:
    app, _ = watched
    route = f"{hosting.netloc('basic')}/sample/harbour"
    app.open(route, "login")
    SignIn(app).give(("sailor", PASSWORD))
    app.arrive(route)
    app.page.reload()
    app.booted()
    app.arrive(route, "login")
