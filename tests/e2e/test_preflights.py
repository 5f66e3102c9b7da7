"""What a page costs in preflights, as the sample registry counted them: none for visitors, one per URL signed in."""

from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.e2e.forms import SAILOR
from tests.e2e.hosting import Hosting
from tests.e2e.pages import Tags
from tests.e2e.portolan import Portolan

REPOSITORY = "sample/harbour"
MANIFEST = f"{REPOSITORY}:latest"
LAYERS = "sample/layers:gzip"


def preflights(hosting: Hosting, name: str) -> Counter[str]:
    """How many a URL cost, by path and query."""
    return Counter(one["path"] for one in hosting.requests(name) if one["method"] == "OPTIONS")


def with_credentials(hosting: Hosting, name: str) -> Counter[str]:
    """How often a URL was asked for with an Authorization field."""
    asked = (one for one in hosting.requests(name) if one["method"] != "OPTIONS")
    return Counter(one["path"] for one in asked if one["authorization"])


def read_all(app: Portolan, host: str) -> None:
    """A catalog, a list of tags with all of its rows, an index, an image, its JSON and its config."""
    app.open(host)
    app.open(f"{host}/{REPOSITORY}")
    expect(app.rows().first).to_be_visible()
    expect(Tags(app).unread()).to_have_count(0)
    app.open(f"{host}/{MANIFEST}")
    expect(app.page.locator("#referrers .skeleton")).to_have_count(0)
    app.open(f"{host}/{LAYERS}")
    expect(app.page.locator("#referrers .skeleton")).to_have_count(0)
    app.open(f"{host}/{LAYERS}/-/raw")
    app.page.go_back()
    app.arrive(f"{host}/{LAYERS}")
    app.page.locator("#config a").first.click()
    app.page.locator('main[data-view="blob"][data-state="shown"]').wait_for()


@pytest.mark.parametrize("name", ["anonymous", "redirect"])
def test_a_visitor_costs_none(name: str, app: Portolan, hosting: Hosting) -> None:
    read_all(app, hosting.netloc(name))
    assert len(hosting.requests(name)) > 10
    assert preflights(hosting, name) == Counter()
    assert preflights(hosting, "storage") == Counter()


@pytest.fixture
def signed_in(app: Portolan, hosting: Hosting) -> str:
    """The host of a registry with Basic, once somebody is signed in there; the form came without a preflight. No other
    test signs in to it: the browser would know the answers to its preflights."""
    host = hosting.netloc("counted")
    app.open(host, "login")
    assert preflights(hosting, "counted") == Counter()
    app.sign_in(*SAILOR)
    app.arrive(host)
    return host


def test_who_signed_in_costs_one_for_each_url(signed_in: str, app: Portolan, hosting: Hosting) -> None:
    read_all(app, signed_in)
    counted, asked = preflights(hosting, "counted"), with_credentials(hosting, "counted")
    assert counted.keys() == asked.keys()
    assert set(counted.values()) == {1}
    assert max(asked.values()) > 1  # what is read again costs no other one


def test_a_token_service_is_asked_without_any(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/{LAYERS}")
    assert hosting.requests("token")
    assert preflights(hosting, "token") == Counter()
