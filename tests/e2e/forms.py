"""Page objects of what asks or tells a person something: sign-in, approvals, notices, controls. They assert nothing."""

import re
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Locator, Page

from tests.e2e import minted
from tests.e2e.doctor_pages import Doctor
from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan
from tests.e2e.transcript_pages import Inspector, Transcript, UseCases, visit

SAILOR = ("sailor", "harbour")
ADMIN = ("admin", "lighthouse")


class SignIn:
    """The form, and what it says the registry asked for."""

    def __init__(self, app: Portolan) -> None:
        self.app = app
        self.form = app.page.locator('form[data-form="login"]')
        self.username = self.form.get_by_label("Username")
        self.password = self.form.get_by_label("Password or access token")
        self.submit = self.form.locator('button[type="submit"]')
        self.leave = self.form.get_by_role("button", name="Continue without signing in")
        self.asked = app.page.get_by_role("region", name="What the registry asked")
        self.error = self.form.locator(".field-error")

    def give(self, user: tuple[str, str]) -> None:
        self.app.sign_in(*user)


class Question:
    """A card that asks before something is contacted: an approval, a warning, a private host."""

    def __init__(self, app: Portolan, title: str) -> None:
        self.card = app.page.locator(".card").filter(has=app.page.get_by_role("heading", name=title))
        self.leave = self.card.get_by_role("button", name=re.compile("^(Continue without signing in|Do not)$"))

    def button(self, name: str) -> Locator:
        return self.card.get_by_role("button", name=name)


def approval(app: Portolan) -> Question:
    return Question(app, "Sign in through another host?")


def insecure(app: Portolan) -> Question:
    return Question(app, "Send the password unencrypted?")


def private_host(app: Portolan) -> Question:
    return Question(app, "Contact a host on your own network?")


def notice(app: Portolan, title: str | re.Pattern[str]) -> Locator:
    """The notice with that title."""
    return app.page.locator(".notice").filter(has=app.page.get_by_role("heading", name=title))


def retry(app: Portolan) -> Locator:
    return app.page.get_by_role("button", name="Retry")


def problem(app: Portolan, route: str, state: str, kind: str) -> None:
    """Wait until the page of that canonical route is in that state with that problem."""
    subject = route.partition("?")[0].partition("/-/")[0]
    found = f'main[data-subject="{subject}"][data-state="{state}"][data-problem="{kind}"]'
    app.page.locator(found).wait_for(timeout=30_000)


def signed_in(app: Portolan, route: str, user: tuple[str, str] = SAILOR) -> None:
    """Open a page that asks for a sign-in, and sign in."""
    app.open(route, "login")
    app.sign_in(*user)
    app.arrive(route)


def signed_in_by_token(app: Portolan, route: str, user: tuple[str, str] = SAILOR) -> None:
    """The same where the password goes to a token server that must be approved."""
    app.open(route, "login")
    app.sign_in(*user)
    approval(app).button("Approve 127").click()
    app.arrive(route)


class Kind(NamedTuple):
    """One kind of page: its name, and how one gets there, to the end of its loading."""

    name: str
    show: Callable[[Portolan, Hosting], object]


def _at(listener: str, path: str = "", state: str = "shown") -> Callable[[Portolan, Hosting], None]:
    def show(app: Portolan, hosting: Hosting) -> None:
        app.open(f"{hosting.netloc(listener)}{path}", state)

    return show


def _landing(app: Portolan, hosting: Hosting) -> None:
    app.page.goto(f"{hosting.site}#/")
    app.page.locator('main[data-view="landing"][data-state="idle"]').wait_for(timeout=30_000)


def _mistake(app: Portolan, hosting: Hosting) -> None:
    _landing(app, hosting)
    app.search("ghcr.io/Org/App name")
    app.page.locator("mark.offend").wait_for(timeout=30_000)


def _settings(app: Portolan, hosting: Hosting) -> None:
    app.goto("-/settings")
    app.page.locator('main[data-view="settings"]').wait_for(timeout=30_000)


def _unreadable(app: Portolan, hosting: Hosting) -> None:
    app.goto("ghcr.io/Org/App")
    app.page.locator('main[data-view="missing"]').wait_for(timeout=30_000)


def _first_layer(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/chart{_tag(app, hosting, 'chart')}/-/raw")
    app.page.locator('main a[href*="/-/blob/"]').first.click()
    app.page.locator('main[data-view="blob"][data-state="shown"]').wait_for(timeout=30_000)


def _tag(app: Portolan, hosting: Hosting, name: str) -> str:
    """The first tag of a sample repository, with its colon."""
    app.open(f"{hosting.netloc('anonymous')}/sample/{name}")
    return f":{app.page.locator('a.tag').first.inner_text()}"


def _artifact(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/chart{_tag(app, hosting, 'chart')}")


def _schema1(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/antique{_tag(app, hosting, 'antique')}")


def _tags(app: Portolan, hosting: Hosting) -> None:
    """With its rows filled in."""
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour")
    app.rows().first.wait_for()
    app.page.locator(".skeleton").first.wait_for(state="detached")


def _failed_rows(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('manifests-fail')}/sample/chart")
    app.rows().last.get_by_text("not readable").wait_for()


def _image(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/many-tags:latest")


def _wrong_password(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    app.sign_in("sailor", "wrong")
    SignIn(app).error.wait_for(timeout=30_000)


def _approval(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/private/logbook", "login")
    app.sign_in(*SAILOR)
    approval(app).card.wait_for(timeout=30_000)


def _denied(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/private/chartroom", "login")
    app.sign_in(*SAILOR)
    problem(app, f"{hosting.netloc('basic')}/private/chartroom", "failed", "denied")


def _pull_menu(app: Portolan, hosting: Hosting) -> None:
    _image(app, hosting)
    app.page.locator("main details.menu:has-text('Pull') summary").click()


def _people(app: Portolan, hosting: Hosting) -> None:
    """Signed in at two registries, one of them by a token service."""
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour")
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")


def _transcript(app: Portolan, hosting: Hosting) -> None:
    _people(app, hosting)
    route = f"{hosting.netloc('bearer')}/private/chartroom"
    app.goto(route)
    problem(app, route, "failed", "denied")
    transcript = Transcript(app)
    transcript.open()
    transcript.cards.first.wait_for()
    transcript.cards.evaluate_all(
        "(all) => { for (const one of all) for (const part of [one, ...one.querySelectorAll('details')])"
        " part.open = true; }"
    )


def _empty_transcript(app: Portolan, hosting: Hosting) -> None:
    Transcript(app).open(hosting.netloc("anonymous"))


def _inspected(make: Callable[[], str], *, check: bool = False) -> Callable[[Portolan, Hosting], None]:
    def show(app: Portolan, hosting: Hosting) -> None:
        inspector = Inspector(app)
        inspector.open()
        inspector.inspect(make())
        if check:
            inspector.check()

    return show


def _tokens_in_use(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")
    Inspector(app).open(hosting.netloc("bearer"))


def _nobody(app: Portolan, hosting: Hosting) -> None:
    visit(app, "-/identities", "identities")


def _identities(app: Portolan, hosting: Hosting) -> None:
    _people(app, hosting)
    visit(app, "-/identities", "identities")


def _imported(app: Portolan, hosting: Hosting) -> None:
    visit(app, "-/identities", "identities")
    form = app.page.get_by_role("form", name="Import a configuration")
    form.get_by_role("textbox").fill(
        f'{{"auths": {{"{hosting.netloc("basic")}": {{"auth": "c2FpbG9yOmhhcmJvdXI="}}, "Bad Host": {{}}}},'
        ' "credsStore": "desktop", "credHelpers": {"gcr.io": "gcloud"}}'
    )
    form.get_by_role("button", name="Import").click()
    notice(app, re.compile("imported")).wait_for()


def _use_cases(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")
    UseCases(app).open(hosting.netloc("bearer"))


def _hidden(app: Portolan, hosting: Hosting) -> None:
    """With a realm in the form that is never contacted."""
    app.open(hosting.netloc("hidden"), "failed")
    form = app.page.get_by_role("form", name="Enter the challenge")
    form.get_by_label("Realm").fill("ftp://harbour.test/token")
    form.get_by_role("button", name="Ask there").click()
    form.locator(".field-error").wait_for()


def _countdown(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('rate-limited')}/sample/harbour", "failed")
    notice(app, "The registry asks for a pause").locator(".timer").wait_for()


def _doctor(listener: str, path: str = "") -> Callable[[Portolan, Hosting], None]:
    def show(app: Portolan, hosting: Hosting) -> None:
        Doctor(app).open(f"{hosting.netloc(listener)}{path}")

    return show


def _doctor_asked_wrongly(app: Portolan, hosting: Hosting) -> None:
    app.goto("-/doctor")
    Doctor(app).enter(reference=hosting.netloc("anonymous"), realm="nowhere")
    app.page.locator(".field-error").wait_for()


def _playground(tail: str, there: str) -> Callable[[Portolan, Hosting], None]:
    def show(app: Portolan, hosting: Hosting) -> None:
        app.goto(f"-/playground{tail}")
        app.page.locator(f'main[data-view="playground"][data-state="shown"] {there}').first.wait_for()

    return show


KINDS = (
    Kind("landing", _landing),
    Kind("landing with a mistake", _mistake),
    Kind("settings", _settings),
    Kind("address that cannot be read", _unreadable),
    Kind("catalog", _at("anonymous", "?filter=sample")),
    Kind("catalog by namespace", _at("anonymous", "?filter=sample&group=namespace")),
    Kind("list on its way", _at("hang", "", "loading")),
    Kind("manifest on its way", _at("hang", "/sample/harbour:latest", "loading")),
    Kind("tags", _tags),
    Kind("rows that failed", _failed_rows),
    Kind("index", _at("anonymous", "/sample/harbour:latest")),
    Kind("image", _image),
    Kind("pull menu", _pull_menu),
    Kind("artifact", _artifact),
    Kind("schema 1", _schema1),
    Kind("raw", _at("anonymous", "/sample/harbour:latest/-/raw")),
    Kind("blob", _first_layer),
    Kind("sign-in", _at("basic", "/sample/harbour", "login")),
    Kind("wrong password", _wrong_password),
    Kind("approval", _approval),
    Kind("denied", _denied),
    Kind("list closed", _at("no-catalog", "", "failed")),
    Kind("list hidden", _at("hidden", "", "failed")),
    Kind("unreachable", _at("no-cors", "/sample/harbour", "failed")),
    Kind("asked to wait, with a countdown", _countdown),
    Kind("wrong bytes", _at("wrong-digest", "/sample/harbour:latest", "failed")),
    Kind("not found", _at("anonymous", "/sample/nowhere", "failed")),
    Kind("transcript", _transcript),
    Kind("empty transcript", _empty_transcript),
    Kind("pasted token", _inspected(minted.with_x5c, check=True)),
    Kind("opaque token", _inspected(lambda: "gho_16C7e42F292c6912E7710c838347Ae178B4a")),
    Kind("text that is no token", _inspected(lambda: "eyJhbGciOiJSUzI1NiJ9.eyJzdWIi")),
    Kind("tokens in use", _tokens_in_use),
    Kind("signed in nowhere", _nobody),
    Kind("identities", _identities),
    Kind("imported configuration", _imported),
    Kind("use cases", _use_cases),
    Kind("hidden challenge, entered wrongly", _hidden),
    Kind("doctor", _doctor("preflight")),
    Kind("doctor of a token service", _doctor("mute-tokens")),
    Kind("doctor, nothing wrong", _doctor("anonymous")),
    Kind("doctor, asked wrongly", _doctor_asked_wrongly),
    Kind("playground", _playground("", ".scenarios")),
    Kind("scenario, recorded", _playground("/storage-without-cors", "details.talk[open]")),
    Kind("scenario, only explained", _playground("/mixed-content", "#verdict .notice")),
)


def boot_failure(page: Page, site: str) -> None:
    """The page that says that the start failed."""
    page.route(re.compile(r"pyodide\.asm\.wasm"), lambda route: route.fulfill(status=404, body="not here"))
    page.goto(site)
    page.locator('html[data-boot="failed"]').wait_for(timeout=30_000)
