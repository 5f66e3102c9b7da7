from app.auth.inspection import inspect_token
from app.auth.signature import Verification
from app.state.model import AppState, HeldToken, TokenPage
from app.view import token_page
from tests.unit.view.reading import Node
from tests.unit.view.states import HOST, at, keys, shown
from tests.unit.view.test_inspection import NOW, SECRET, jwt

PULL = "repository:a/b:pull"
HELD = HeldToken((PULL,), (PULL,), 270.0, "alice", inspect_token(jwt(), (PULL,), NOW))
OPAQUE = HeldToken((PULL,), None, 58.0, None, inspect_token("f00dfeed", (PULL,), NOW))
EMPTY = TokenPage(None, None, False, ())
PASTED = EMPTY._replace(inspection=inspect_token(jwt(), (), NOW))


def state(page: TokenPage = EMPTY, hash_: str = f"{HOST}/-/token") -> AppState:
    return at(hash_, page)


def page(found: TokenPage = EMPTY, hash_: str = f"{HOST}/-/token") -> Node:
    return shown(state(found, hash_))


def test_a_token_is_pasted_into_a_field_that_is_emptied() -> None:
    form = page().one("form", data_form="inspect")
    area = form.one("textarea")
    assert (area["name"], area["autocomplete"], area.text) == ("token", "off", "")
    assert "data-clear" in form.attributes
    assert "data-input" not in area.attributes


def test_the_tokens_in_use_say_whose_they_are_and_for_how_long() -> None:
    cards = page(EMPTY._replace(held=(HELD, OPAQUE))).all("details.talk")
    assert [one.one("summary").one("h3").words for one in cards] == [PULL, PULL]
    assert "of alice" in cards[0].one("summary").words
    assert "of anonymous" in cards[1].one("summary").words
    assert cards[0].by_id("left-held-0").words == "4:30"
    assert "opaque" in cards[1].one("summary").words


def test_without_a_token_in_memory_it_says_so() -> None:
    assert "None is in memory" in page().text


def test_away_from_a_registry_only_pasted_ones_are_shown() -> None:
    node = page(PASTED, "#/-/token")
    assert node.all("", id="held") == []
    assert node.by_id("pasted")


def test_a_pasted_token_is_taken_apart_and_can_be_checked() -> None:
    node = page(PASTED)
    assert node.one("form", data_form="verify")
    assert node.by_id("left-pasted").words == "4:30"
    assert "Only the registry judges" in node.text


def test_an_opaque_one_has_no_signature_to_check() -> None:
    assert page(EMPTY._replace(inspection=OPAQUE.inspection)).all("form", data_form="verify") == []


def test_a_second_changes_nothing_but_the_countdowns() -> None:
    later = HELD._replace(expires_in=269.0)
    pasted = inspect_token(jwt(), (), NOW + 1)
    before = keys(state(PASTED._replace(held=(HELD,))))
    after = keys(state(PASTED._replace(inspection=pasted, held=(later,))))
    assert {name for name in before if before[name] != after[name]} == {"left-pasted", "left-held-0"}


def test_the_tokens_themselves_are_nowhere() -> None:
    text = page(PASTED._replace(held=(HELD,))).text
    assert SECRET not in text
    assert jwt()[:40] not in text


def test_what_happened_is_announced() -> None:
    broken = EMPTY._replace(inspection=inspect_token("eyJ.x", (), NOW))
    assert token_page.announce(state()) == "Tokens of registry.example.net"
    assert token_page.announce(state(PASTED)) == "The token is taken apart below"
    assert token_page.announce(state(broken)) == "The token cannot be read"
    checked = PASTED._replace(verification=Verification("does-not-match"))
    assert token_page.announce(state(checked)) == "The signature does not fit the key."
    assert token_page.title(state(EMPTY, "#/-/token")) == "Token inspector"


def test_many_tokens_are_counted_and_not_all_shown() -> None:
    assert "and 10 more" in page(EMPTY._replace(held=(OPAQUE,) * 60)).text
