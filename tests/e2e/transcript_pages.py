"""Page objects of what a person sees of the sign-in: transcript, token inspector, use cases. They assert nothing."""

import re
from pathlib import Path

from playwright.sync_api import Locator

from tests.e2e.pages import texts
from tests.e2e.portolan import Portolan

JWT = re.compile(r"eyJ[\w-]{16,}")
"""How a JSON Web Token begins, and nothing else."""


def visit(app: Portolan, route: str, view: str) -> None:
    """To one of these pages by its address, without loading anything anew."""
    app.page.evaluate("(hash) => { location.hash = hash; }", f"#/{route}")
    subject = route.partition("-/")[0].rstrip("/")
    app.page.locator(f'main[data-view="{view}"][data-subject="{subject}"][data-state="shown"]').wait_for()


class Table:
    """A table by its rows. `names` and `cells` are of now: a table is painted whole, so it is enough to have seen
    something of it, or of what stands around it."""

    def __init__(self, table: Locator) -> None:
        self.table = table

    def row(self, name: str) -> Locator:
        """The row that begins with that text."""
        return self.table.locator("tbody tr").filter(has=self.table.page.locator("th", has_text=_exactly(name)))

    def names(self) -> list[str]:
        return texts(self.table.locator("tbody th"))

    def value(self, name: str) -> Locator:
        """The cell beside a name."""
        return self.row(name).locator("td").first

    def cells(self, name: str) -> list[str]:
        """What the row says, without its icons."""
        return [text.strip() for text in texts(self.row(name).locator("td"))]


class Line:
    """One request of the timeline."""

    def __init__(self, item: Locator) -> None:
        self.item = item
        self.request = item.locator("h3.request")
        self.status = self.request.locator(".status")
        self.decision = item.locator("h3.request + p")
        self.section = self.decision.locator(".cite")
        self.notes = item.locator("ul.notes").first
        self.headers = item.locator("details", has_text="Headers")

    def challenge(self, scheme: str) -> Table:
        name = re.compile(rf"^Challenge( \d of \d)?: {scheme} ")
        return Table(self.item.get_by_role("table", name=name))

    @property
    def access(self) -> Table:
        """What was asked for and granted."""
        return Table(self.item.get_by_role("table", name=re.compile("^Asked for and granted")))

    def open_headers(self) -> None:
        self.headers.locator("summary").click()


class Talk:
    """All that was done for one thing that the page wanted."""

    def __init__(self, card: Locator) -> None:
        self.card = card
        self.title = card.locator(".talk-title")
        self.outcome = card.locator("summary .outcome")
        self.lines = card.locator("ol.transcript > li")

    def line(self, number: int) -> Line:
        """The first is 0."""
        return Line(self.lines.nth(number))

    def asked_of(self, part: str) -> Line:
        """The first line whose address holds that."""
        return Line(self.lines.filter(has=self.card.page.locator("h3.request", has_text=part)).first)


class Transcript:
    """The timeline, of one registry or of all."""

    def __init__(self, app: Portolan) -> None:
        self.app = app
        self.page = app.page
        self.cards = app.page.locator("main details.talk")
        self.lines = app.page.locator("main ol.transcript > li")
        self.registries = app.page.get_by_role("navigation", name="Registries")
        self.counted = app.page.locator("main .pagehead .facts")
        self.empty = app.page.get_by_text("since this tab was opened or the transcript was cleared")
        self.clear = app.page.get_by_role("button", name="Clear", exact=True)

    def open(self, registry: str = "") -> None:
        visit(self.app, f"{registry}/-/transcript" if registry else "-/transcript", "transcript")

    def talk(self, title: str, outcome: str) -> Talk:
        """The latest about that with that end, opened."""
        titled = self.page.locator(".talk-title", has_text=title)
        ended = self.page.locator("summary", has_text=outcome)
        card = self.cards.filter(has=titled).filter(has=ended).first
        if card.get_attribute("open") is None:
            card.locator("summary").first.click()
        return Talk(card)

    def addresses(self) -> list[str]:
        """Of all requests, the latest group first; waits have none."""
        return [text for text in texts(self.page.locator("main h3.request > span:nth-child(3)")) if text]

    def export(self, kind: str, directory: Path) -> Path:
        """Download "HAR" or "text"; the file keeps the name that the page gave it."""
        with self.page.expect_download() as caught:
            self.page.get_by_role("button", name=f"Export {kind}").click()
        path = directory / caught.value.suggested_filename
        caught.value.save_as(path)
        return path


class Inspector:
    """The token inspector."""

    def __init__(self, app: Portolan) -> None:
        self.app = app
        self.page = app.page
        self.field = app.page.get_by_label("Token", exact=True)
        self.submit = app.page.get_by_role("button", name="Inspect")
        self.pasted = app.page.get_by_role("region", name="The pasted token")
        self.kind = self.pasted.locator(".section-head .badge")
        self.signature = app.page.get_by_role("region", name="Signature")
        self.result = self.signature.get_by_role("status")
        self.held = app.page.get_by_role("region", name="Tokens in use here")
        self.cards = self.held.locator("details.talk")
        self.header = self._table("Header (header-pasted)")
        self.claims = self._table("Claims (claims-pasted)")
        self.access = self._table("Access granted (pasted)")

    def _table(self, name: str) -> Table:
        return Table(self.pasted.get_by_role("table", name=name))

    def open(self, registry: str = "") -> None:
        visit(self.app, f"{registry}/-/token" if registry else "-/token", "token")

    def inspect(self, token: str) -> None:
        """Paste it, and wait until something was made of it. (Of another one before, if there was one.)"""
        self.field.fill(token)
        self.submit.click()
        self.pasted.wait_for()

    def check(self, key: str = "") -> None:
        """Check the signature, and wait for what comes of it."""
        self.signature.get_by_role("textbox").fill(key)
        self.signature.get_by_role("button").click()
        self.result.get_by_text("It proves").wait_for()

    def told(self, name: str, within: Locator | None = None) -> Locator:
        """What stands beside a name such as “Ends in” or “It proves”."""
        return (within or self.pasted).locator("dt", has_text=_exactly(name)).locator("+ dd")

    def access_of(self, card: Locator) -> Table:
        """What was asked for and granted of a token in use."""
        return Table(card.get_by_role("table", name=re.compile("^Access asked for and granted")))


class UseCases:
    """The working group's use cases."""

    def __init__(self, app: Portolan) -> None:
        self.app = app
        self.table = Table(app.page.get_by_role("table", name="Use cases"))
        self.counted = app.page.locator("main .pagehead .facts")

    def open(self, registry: str) -> None:
        visit(self.app, f"{registry}/-/use-cases", "use-cases")

    def case(self, title: str) -> Locator:
        return self.table.table.locator("tbody tr").filter(has=self.app.page.locator("th b", has_text=_exactly(title)))


def _exactly(text: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(text)}\s*$")
