"""More than one person at one registry, one after the other and at the same time."""

from playwright.sync_api import Locator, expect

from tests.real.auth_cases import ADMINS, MEMBERS, sign_in
from tests.real.explorer import Explorer
from tests.servers.harbour import Harbour
from tests.servers.people import Person
from tests.servers.playground_tokens import ADMIN, SAILOR


def test_after_signing_out_somebody_else_signs_in_and_reads_more(explorer: Explorer, by_playground: Harbour) -> None:
    explorer.open(f"{by_playground.host}/{ADMINS}")
    sign_in(explorer, SAILOR)
    explorer.awaits("manifest", "failed", problem="denied")
    explorer.page.locator("[data-command=sign-out]").click()
    explorer.sign_in(ADMIN)
    explorer.awaits("manifest", "shown", f"{by_playground.host}/{ADMINS}")
    expect(explorer.page.locator(".identity")).to_contain_text(ADMIN.name)


def test_two_are_signed_in_at_the_same_time_and_each_reads_what_it_may(
    explorer: Explorer, by_playground: Harbour
) -> None:
    explorer.open(f"{by_playground.host}/{MEMBERS}")
    sign_in(explorer, ADMIN)
    explorer.awaits("manifest", "shown", f"{by_playground.host}/{MEMBERS}")
    explorer.run("add-identity")
    explorer.sign_in(SAILOR)
    expect(bar(explorer)).to_contain_text(SAILOR.name)
    explorer.awaits("manifest", "shown", f"{by_playground.host}/{MEMBERS}")
    explorer.open(f"{by_playground.host}/{ADMINS}")
    explorer.awaits("manifest", "failed", problem="denied")
    switch(explorer, ADMIN)
    explorer.awaits("manifest", "shown", f"{by_playground.host}/{ADMINS}")
    expect(bar(explorer)).to_contain_text(ADMIN.name)
    switch(explorer, SAILOR)
    explorer.awaits("manifest", "failed", problem="denied")


def test_signing_out_of_one_leaves_the_other(explorer: Explorer, by_playground: Harbour) -> None:
    explorer.open(f"{by_playground.host}/{MEMBERS}")
    sign_in(explorer, ADMIN)
    explorer.awaits("manifest", "shown", f"{by_playground.host}/{MEMBERS}")
    explorer.run("add-identity")
    explorer.sign_in(SAILOR)
    expect(bar(explorer)).to_contain_text(SAILOR.name)
    explorer.page.locator("#context [data-command=sign-out]").click()
    expect(bar(explorer)).not_to_contain_text(SAILOR.name)
    switch(explorer, ADMIN)
    explorer.open(f"{by_playground.host}/{ADMINS}")
    explorer.awaits("manifest", "shown", f"{by_playground.host}/{ADMINS}")


def bar(explorer: Explorer) -> Locator:
    """Who one is, above the page; without the menu, where all of them stand."""
    return explorer.page.locator(".identity > span").first


def switch(explorer: Explorer, person: Person) -> None:
    """By the menu of the bar."""
    menu = explorer.page.locator("#context details.menu")
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    menu.get_by_role("button", name=f"Use {person.name}", exact=True).click()
