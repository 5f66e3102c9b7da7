"""The working group's use cases: what a registry did for each in this tab."""

import re

from playwright.sync_api import expect

from app.auth.use_cases import USE_CASES
from tests.e2e.forms import ADMIN, SAILOR, problem, signed_in, signed_in_by_token
from tests.e2e.hosting import Hosting
from tests.e2e.pages import move_on
from tests.e2e.portolan import Portolan
from tests.e2e.transcript_pages import Transcript, UseCases, visit


def use_cases(app: Portolan, registry: str) -> UseCases:
    found = UseCases(app)
    found.open(registry)
    return found


def test_every_use_case_of_the_working_group_is_listed_with_a_word(app: Portolan, hosting: Hosting) -> None:
    found = use_cases(app, hosting.netloc("anonymous"))
    expect(found.table.table.locator("tbody tr")).to_have_count(len(USE_CASES))
    for number in range(len(USE_CASES)):
        expect(found.table.table.locator("tbody tr").nth(number).locator("td").first).not_to_be_empty()


def test_a_registry_that_was_not_asked_anything_showed_nothing(app: Portolan, hosting: Hosting) -> None:
    found = use_cases(app, hosting.netloc("anonymous"))
    expect(found.counted).to_contain_text(f"0 of {len(USE_CASES)} use cases seen")
    move_on(app, hosting)
    assert hosting.requests("anonymous") == []


def test_anonymous_reading_without_a_token_is_seen(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/notes")
    found = use_cases(app, hosting.netloc("anonymous"))
    expect(found.case("Read without signing in")).to_contain_text("It answered without any credentials.")
    expect(found.case("The registry says how one signs in")).to_contain_text("It answered without asking for anything.")


def test_a_sign_in_by_bearer_shows_what_the_registry_did(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")
    found = use_cases(app, hosting.netloc("bearer"))
    method = found.case("The registry says how one signs in")
    expect(method).to_contain_text("It answered 401 and named its schemes.")
    expect(method).to_contain_text("offered: bearer")
    pull = found.case("Permission to pull")
    expect(pull).to_contain_text("The token allows what was asked for, by its own words.")
    expect(pull).to_contain_text("granted: repository:private/logbook:pull")
    expect(found.case("Passwords and tokens as credentials")).to_contain_text("kinds: password")
    expect(found.case("Clients that run for long")).to_contain_text("lifetimes in seconds: 300")


def test_a_denial_is_the_use_case_of_another_action(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")
    route = f"{hosting.netloc('bearer')}/private/chartroom"
    app.goto(route)
    problem(app, route, "failed", "denied")
    case = use_cases(app, hosting.netloc("bearer")).case("A token for another action")
    expect(case).to_contain_text("It refused: the one who asks is known, and may not.")
    expect(case).to_contain_text("repository:private/chartroom:pull")


def test_a_list_of_repositories_that_is_closed_is_told(app: Portolan, hosting: Hosting) -> None:
    app.open(hosting.netloc("bearer"), "login")
    case = use_cases(app, hosting.netloc("bearer")).case("Permission to list the repositories")
    expect(case).to_contain_text("It refuses the list to the one who asks.")
    expect(case).to_contain_text("registry:catalog:*")


def test_a_redirect_is_seen_with_where_it_went(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic-redirect')}/sample/many-tags:latest")
    case = use_cases(app, hosting.netloc("basic-redirect")).case("Content from another host")
    expect(case).to_contain_text("the browser took the Authorization away")
    expect(case).to_contain_text(hosting.origins["storage"])


def test_what_cannot_be_seen_from_a_page_says_why(app: Portolan, hosting: Hosting) -> None:
    found = use_cases(app, hosting.netloc("anonymous"))
    certificates = found.case("Certificates of authorities and clients")
    expect(certificates).to_contain_text("not to be seen from a page")
    expect(certificates).to_contain_text("a page cannot see or choose them")
    expect(found.case("Permission to push and to delete")).to_contain_text("Portolan never asks to push")


def test_several_identities_are_seen_once_there_are_two(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour", SAILOR)
    case = use_cases(app, hosting.netloc("basic")).case("Several identities for one registry")
    expect(case).to_contain_text("Fewer than two identities are signed in.")
    visit(app, "-/identities", "identities")
    app.main.get_by_role("button", name="Add another identity for").click()
    app.sign_in(*ADMIN)
    app.arrive(hosting.netloc("basic"))
    case = use_cases(app, hosting.netloc("basic")).case("Several identities for one registry")
    expect(case).to_contain_text("Several identities are signed in, and one is in use at a time.")
    expect(case).to_contain_text("identities: 2")


def test_a_use_case_leads_to_its_requests(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/sample/harbour:latest/-/raw")  # which reads no rows: the number stays
    case = use_cases(app, hosting.netloc("bearer")).case("Permission to pull")
    number = re.findall(r"\d+", case.get_by_role("link").inner_text())[0]
    case.get_by_role("link").click()
    expect(app.main).to_have_attribute("data-view", "transcript")
    expect(Transcript(app).lines.filter(has_text=re.compile(rf"#{number} ·"))).to_have_count(1)


def test_the_page_asks_the_registry_for_nothing(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/sample/notes:latest/-/raw")  # which reads no rows afterwards
    hosting.forget()
    found = use_cases(app, hosting.netloc("bearer"))
    expect(found.case("Permission to pull")).to_contain_text("seen")
    move_on(app, hosting)
    assert hosting.requests("bearer") == []
    assert hosting.requests("token") == []
