from app.auth.errors import RealmRefused
from app.oci.origin import Origin
from app.state.failure import Failure, failure_of
from app.view.challenge_form import challenge_form
from app.view.markup import render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import REGISTRY

GHCR = Origin("https", "ghcr.io", None)


def form(registry: Origin = REGISTRY, mistake: Failure | None = None) -> Node:
    return read(render(challenge_form(registry, mistake))).one("form", data_form="challenge")


def test_it_asks_for_realm_and_service() -> None:
    node = form()
    assert [one["name"] for one in node.all("input")] == ["realm", "service"]
    assert all("value" not in one.attributes for one in node.all("input"))


def test_where_the_registry_is_a_known_one_they_are_filled_in_and_that_is_said() -> None:
    node = form(GHCR)
    assert (node.by_id("realm")["value"], node.by_id("service")["value"]) == ("https://ghcr.io/token", "ghcr.io")
    assert "filled in below" in node.text


def test_it_says_how_one_finds_them() -> None:
    assert "curl -i https://registry.example.net/v2/" in form().text


def test_a_realm_that_is_refused_says_why_at_its_field() -> None:
    node = form(mistake=failure_of(RealmRefused(REGISTRY, "http://x/", "downgrade")))
    field = node.by_id("realm")
    assert field["aria-invalid"] == "true"
    assert "unencrypted" in node.by_id(field["aria-describedby"]).text


def test_another_mistake_is_told_in_general_words() -> None:
    assert "cannot be used as a realm" in form(mistake=failure_of(ValueError())).text
