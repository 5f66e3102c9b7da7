"""Page objects of the doctor. They hold locators and actions, and assert nothing."""

from playwright.sync_api import Locator

from tests.e2e.portolan import Portolan


class Doctor:
    """The doctor's page."""

    def __init__(self, app: Portolan) -> None:
        self.app = app
        self.page = app.page
        self.verdict = app.page.locator("main .notice .verdict")
        self.progress = app.page.locator("#doctor-progress")
        self.probes = app.page.get_by_role("table", name="Probes of the registry")
        self.realm_probes = app.page.get_by_role("table", name="Probes of the token service")
        self.unseen = app.page.locator("#unseen")
        self.fix = app.page.locator("#fix-registry")
        self.around = app.page.locator("#fix-around")
        self.again = app.page.get_by_role("button", name="Run again")
        self.report = app.page.get_by_role("button", name="Copy report")
        self.credentials = app.page.get_by_role("checkbox", name="Also try with my credentials")
        self.form = app.page.get_by_role("form", name="Examine a registry")

    def open(self, subject: str, query: str = "") -> None:
        """Examine that registry, repository or manifest, to the end."""
        self.app.goto(f"{subject}/-/doctor{query}")
        self.arrive(subject)

    def arrive(self, subject: str) -> None:
        found = f'main[data-view="doctor"][data-subject="{subject}"][data-state="shown"]:not([data-verdict=""])'
        self.page.locator(found).wait_for(timeout=30_000)

    def rows(self) -> Locator:
        return self.probes.locator("tbody tr")

    def configuration(self, server: str) -> Locator:
        return self.fix.get_by_role("region", name=f"{server} configuration")

    def enter(self, **fields: str) -> None:
        """Fill the form and press Enter."""
        for name, text in fields.items():
            self.form.locator(f'[name="{name}"]').fill(text)
        self.form.locator('[name="reference"]').press("Enter")


def checkup(app: Portolan) -> Locator:
    """What the doctor found by itself, below a notice."""
    return app.page.locator("#checkup")
