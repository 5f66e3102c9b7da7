"""More than one person at one registry, one after the other and at the same time."""

from playwright.sync_api import expect

from tests.real.auth_cases import ADMINS, sign_in
from tests.real.explorer import Explorer
from tests.servers.harbour import Harbour
from tests.servers.playground_tokens import ADMIN, SAILOR


def test_after_signing_out_somebody_else_signs_in_and_reads_more(explorer: Explorer, by_playground: Harbour) -> None:
    explorer.open(f"{by_playground.host}/{ADMINS}")
    sign_in(explorer, SAILOR)
    explorer.awaits("manifest", "failed", problem="denied")
    explorer.page.locator("[data-command=sign-out]").click()
    explorer.sign_in(ADMIN)
    explorer.awaits("manifest", "shown", f"{by_playground.host}/{ADMINS}")
    expect(explorer.page.locator(".identity")).to_contain_text(ADMIN.name)
