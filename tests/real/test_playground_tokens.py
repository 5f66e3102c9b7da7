"""Both distributions with tokens of the playground's token service: who may read what, and for how long."""

import threading
import time

import pytest
from playground.access import CATALOG, Resource, allowed_actions
from playwright.sync_api import expect

from tests.real.asking import ask
from tests.real.auth_cases import ADMINS, MANY, MEMBERS, OPEN, TAGS, Places, sign_in
from tests.real.explorer import Explorer
from tests.servers.gate import gate
from tests.servers.harbour import Harbour
from tests.servers.images import Image
from tests.servers.people import Person
from tests.servers.playground_tokens import LEEWAY, LIFETIME, SAILOR, PlaygroundTokens

LEFT = 8  # seconds that a registry still takes a token for: enough for a page of tags, even on a busy machine


def test_a_user_reads_what_is_open_to_users(explorer: Explorer, by_playground: Harbour, image: Image) -> None:
    explorer.open(f"{by_playground.host}/{MEMBERS}")
    sign_in(explorer, SAILOR)
    explorer.awaits("manifest", "shown", f"{by_playground.host}/{MEMBERS}")
    expect(explorer.main).to_contain_text(image.digest)


def test_a_user_who_may_not_read_a_repository_is_told_so_and_stays_signed_in(
    explorer: Explorer, by_playground: Harbour
) -> None:
    explorer.open(f"{by_playground.host}/{MEMBERS}")
    sign_in(explorer, SAILOR)
    explorer.awaits("manifest", "shown", f"{by_playground.host}/{MEMBERS}")
    explorer.open(f"{by_playground.host}/{ADMINS}")
    explorer.awaits("manifest", "failed", f"{by_playground.host}/{ADMINS}", problem="denied")
    expect(explorer.login).to_have_count(0)
    expect(explorer.main).to_contain_text("repository:private/chartroom:pull")
    explorer.open(f"{by_playground.host}/{MEMBERS}")
    explorer.awaits("manifest", "shown", f"{by_playground.host}/{MEMBERS}")


def test_a_visitor_reads_the_public_part_and_is_asked_to_sign_in_for_the_rest(
    explorer: Explorer, by_playground: Harbour
) -> None:
    explorer.open(f"{by_playground.host}/{OPEN}")
    explorer.awaits("manifest", "shown", f"{by_playground.host}/{OPEN}")
    explorer.open(f"{by_playground.host}/{MEMBERS}")
    explorer.awaits("manifest", "login", f"{by_playground.host}/{MEMBERS}")
    explorer.open(f"{by_playground.host}/{OPEN}")
    explorer.awaits("manifest", "shown", f"{by_playground.host}/{OPEN}")


def test_a_visitor_who_goes_on_without_signing_in_is_denied_the_catalog(
    explorer: Explorer, by_playground: Harbour
) -> None:
    explorer.open(by_playground.host)
    explorer.awaits("registry", "login", by_playground.host)
    explorer.page.locator("[data-command=cancel]").click()
    explorer.awaits("registry", "failed", by_playground.host, problem="denied")
    expect(explorer.page.locator("form[data-form=repository]")).to_be_visible()


def test_a_user_who_may_not_list_the_catalog_can_open_a_repository_by_name(
    explorer: Explorer, by_playground: Harbour
) -> None:
    with pytest.MonkeyPatch.context() as rules:
        nobody_lists(rules)
        explorer.open(by_playground.host)
        sign_in(explorer, SAILOR)
        explorer.awaits("registry", "failed", by_playground.host, problem="denied")
    expect(explorer.login).to_have_count(0)
    form = explorer.page.locator("form[data-form=repository]")
    form.locator("input[name=name]").fill("private/logbook")
    form.locator("button[type=submit]").click()
    explorer.awaits("repository", "shown", f"{by_playground.host}/private/logbook")


def nobody_lists(rules: pytest.MonkeyPatch) -> None:
    """The catalog is for nobody, as at Docker Hub."""

    def without_catalog(user: str | None, resource: Resource) -> frozenset[str]:
        return frozenset() if resource == CATALOG else allowed_actions(user, resource)

    rules.setattr("playground.tokens.allowed_actions", without_catalog)


def test_a_wrong_password_is_said_to_be_wrong(explorer: Explorer, by_playground: Harbour) -> None:
    explorer.open(f"{by_playground.host}/{MEMBERS}")
    sign_in(explorer, Person(SAILOR.name, "not this one"))
    expect(explorer.login.locator("[aria-invalid=true]").first).to_be_visible()
    explorer.awaits("manifest", "login")


def test_after_signing_out_only_the_public_part_is_left(explorer: Explorer, by_playground: Harbour) -> None:
    explorer.open(f"{by_playground.host}/{MEMBERS}")
    sign_in(explorer, SAILOR)
    explorer.awaits("manifest", "shown")
    explorer.page.locator("[data-command=sign-out]").click()
    explorer.awaits("manifest", "login", f"{by_playground.host}/{MEMBERS}")
    explorer.open(f"{by_playground.host}/{OPEN}")
    explorer.awaits("manifest", "shown", f"{by_playground.host}/{OPEN}")


def test_a_token_that_expires_between_two_pages_of_tags_is_renewed(
    explorer: Explorer, places: Places, tokens: PlaygroundTokens
) -> None:
    place = places.get("3.1")  # 2.8 knows no pages of tags
    pause = threading.Event()
    with gate(place.host) as way, pytest.MonkeyPatch.context() as slow:
        # The page takes the token to be good for LIFETIME; the registry refuses it after LEFT.
        slow.setattr(tokens, "behind", LIFETIME + LEEWAY - LEFT)
        way.hold("last=")
        explorer.open(f"{way.host}/{MANY}")
        sign_in(explorer, SAILOR)
        authorization = way.await_held()
        deadline = time.monotonic() + 60
        while ask(place.host, f"/v2/{MANY}/tags/list?n=1", Authorization=authorization).status != 401:
            assert time.monotonic() < deadline
            pause.wait(0.2)
        slow.undo()
        way.release()
        expect(explorer.main).to_contain_text(f"{TAGS:,} tags")
        explorer.awaits("repository", "shown", f"{way.host}/{MANY}")
    second = [one for one in way.passed if one.method == "GET" and "last=" in one.path]
    assert [one.status for one in second] == [401, 200]
    assert second[0].authorization == authorization != second[1].authorization
