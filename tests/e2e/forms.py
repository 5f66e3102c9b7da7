"""Page objects of what asks or tells a person something: sign-in, approvals, notices, controls. They assert nothing."""

import re
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Locator, Page

from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan

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
    app.page.locator("main details.menu summary").click()


KINDS = (
    Kind("landing", _landing),
    Kind("landing with a mistake", _mistake),
    Kind("settings", _settings),
    Kind("address that cannot be read", _unreadable),
    Kind("catalog", _at("anonymous", "?filter=sample")),
    Kind("catalog by namespace", _at("anonymous", "?filter=sample&group=namespace")),
    Kind("list on its way", _at("hang", "", "loading")),
    Kind("manifest on its way", _at("hang", "/sample/harbour:latest", "loading")),
    Kind("tags", _at("anonymous", "/sample/harbour")),
    Kind("rows that failed", _at("manifests-fail", "/sample/chart")),
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
    Kind("asked to wait", _at("rate-limited", "/sample/harbour", "failed")),
    Kind("wrong bytes", _at("wrong-digest", "/sample/harbour:latest", "failed")),
    Kind("not found", _at("anonymous", "/sample/nowhere", "failed")),
)


def boot_failure(page: Page, site: str) -> None:
    """The page that says that the start failed."""
    page.route(re.compile(r"pyodide\.asm\.wasm"), lambda route: route.fulfill(status=404, body="not here"))
    page.goto(site)
    page.locator('html[data-boot="failed"]').wait_for(timeout=30_000)
