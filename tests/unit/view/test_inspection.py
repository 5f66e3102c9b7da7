import base64
import json

from app.auth.inspection import Inspection, inspect_token
from app.view.inspection import inspection, kind_badge, timeless
from app.view.markup import render
from tests.unit.view.reading import Node, read

NOW = 1_770_802_597.0
SECRET = "c2lnbmF0dXJlLXRoYXQtbm9ib2R5LXNlZXM"
CLAIMS: dict[str, object] = {
    "iss": "auth.example.org",
    "sub": "",
    "exp": int(NOW) + 270,
    "access": [{"type": "repository", "name": "a/b", "actions": ["pull"]}],
}


def jwt(claims: dict[str, object] = CLAIMS, **header: object) -> str:
    parts = [{"alg": "RS256", "typ": "JWT", **header}, claims]
    coded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join((*coded, SECRET))


def found(text: str, asked: tuple[str, ...] = ()) -> Inspection:
    return inspect_token(text, asked, NOW)


def shown(text: str, asked: tuple[str, ...] | None = None) -> Node:
    return read(render(inspection(found(text, asked or ()), "pasted", asked)))


def test_header_and_claims_are_tables_with_meanings() -> None:
    node = shown(jwt(kid="K1"))
    cells = [[cell.words for cell in row if cell.tag in ("th", "td")] for row in node.all("tbody")[0].all("tr")]
    assert cells == [
        ["alg", "RS256", "how it is signed"],
        ["typ", "JWT", "what it is"],
        ["kid", "K1", "the name of the key that signed it"],
    ]


def test_everything_is_marked_as_unverified() -> None:
    marks = [one.words for one in shown(jwt()).all("span.badge--warn")]
    assert marks == ["unverified"] * 4  # its times, header, claims and access


def test_an_empty_claim_and_one_of_another_issuer_are_shown_as_they_are() -> None:
    claims = shown(jwt({"sub": "", "x-own": [1]})).all("tbody")[1]
    assert [row.all("td")[0].words for row in claims.all("tr")] == ["empty", "[1]"]


def test_a_time_is_a_number_and_a_date() -> None:
    assert "1770802867 11 Feb 2026, 09:41:07 UTC" in shown(jwt()).words


def test_the_time_of_a_pasted_token_runs_down_in_its_region() -> None:
    assert shown(jwt()).by_id("left-pasted")
    assert "valid now, by its own claims" in shown(jwt()).words
    assert shown(jwt(), ("repository:a/b:pull",)).all("", id="left-pasted") == []


def test_a_token_without_an_end_says_so() -> None:
    assert "Ends" in shown(jwt({"sub": "a"})).text
    assert "it does not say when" in shown(jwt({"sub": "a"})).text


def test_access_is_compared_with_what_was_asked() -> None:
    table = shown(jwt(), ("repository:a/b:pull", "repository:c:pull")).all("tbody")[2]
    assert [row.all("td")[-1].words for row in table.all("tr")] == ["as asked", "refused"]


def test_a_pasted_token_is_compared_with_nothing() -> None:
    assert [one.words for one in shown(jwt()).all("thead")[2].all("th")] == ["Resource", "Granted", "Allows to"]


def test_a_token_that_allows_nothing_and_one_that_does_not_tell_differ() -> None:
    assert "It allows nothing" in shown(jwt({"access": []})).text
    assert "no access claim" in shown(jwt({"sub": "a"})).text


def test_an_opaque_token_is_said_to_be_opaque_and_not_shown() -> None:
    node = shown("f00dfeedf00dfeed", ("repository:a:pull",))
    assert node.one("h3").words == "This token is opaque"
    assert "f00dfeed" not in node.text
    assert "cannot be told" in node.text


def test_what_is_no_token_says_why() -> None:
    assert "not three parts" in shown("eyJhbGciOiJ.x").one("div.notice--danger").text


def test_json_in_base64_keeps_its_secret() -> None:
    secret = base64.b64encode(json.dumps({"payload": SECRET, "expiration": int(NOW) + 9}).encode()).decode()
    node = shown(secret)
    assert SECRET not in node.text
    assert "not shown" in node.text


def test_the_signature_is_not_shown() -> None:
    assert SECRET not in shown(jwt()).text


def test_the_kind_is_a_word() -> None:
    texts = (jwt(), "f00dfeed", "eyJ.x", "e30=")
    words = [read(render(kind_badge(found(text)))).words for text in texts]
    assert words == ["JWT, RS256", "opaque", "not a token", "JSON in base64"]


def test_a_second_later_it_is_the_same_but_for_the_time() -> None:
    first, second = inspect_token(jwt(), (), NOW), inspect_token(jwt(), (), NOW + 1)
    assert first != second
    assert timeless(first) == timeless(second)


def test_hostile_claims_make_no_element() -> None:
    node = shown(jwt({"<b>\u202e": "<i>\u202e"}, kid="<u>"))
    assert node.all("i") == node.all("u") == []
    assert "\u202e" not in node.text


def test_a_token_of_many_claims_is_cut() -> None:
    assert "and 40 more" in shown(jwt({f"c{number}": 1 for number in range(100)})).text
