"""The token inspector: any token taken apart without a request, its signature checked; tokens in use by name alone."""

import base64
import json
import re
from collections.abc import Callable, Iterator

import jwt
import pytest
from playwright.sync_api import Request, expect

from tests.e2e import minted
from tests.e2e.forms import signed_in_by_token
from tests.e2e.hosting import Hosting
from tests.e2e.identity_forms import forward
from tests.e2e.portolan import Portolan
from tests.e2e.transcript_pages import JWT, Inspector


@pytest.fixture
def inspector(app: Portolan) -> Inspector:
    inspector = Inspector(app)
    inspector.open()
    return inspector


@pytest.fixture
def requests(app: Portolan) -> Iterator[list[str]]:
    """What the tab asks anyone for, from the end of the fixtures before."""
    seen: list[str] = []

    def note(request: Request) -> None:
        if not request.url.endswith("/static/icon.svg"):  # which the browser fetches when it likes
            seen.append(request.url)

    app.page.on("request", note)
    yield seen
    app.page.remove_listener("request", note)


def test_header_and_claims_are_decoded_and_said_to_be_hints(inspector: Inspector) -> None:
    inspector.inspect(minted.with_jwk())
    expect(inspector.kind).to_have_text("JWT, RS256")
    assert set(inspector.header.names()) == {"alg", "typ", "jwk"}
    expect(inspector.header.value("alg")).to_have_text("RS256")
    expect(inspector.claims.value("iss")).to_have_text("harbour-master")
    expect(inspector.claims.value("sub")).to_have_text("sailor")
    expect(inspector.claims.row("aud")).to_contain_text("whom it is for: the registry's service")
    expect(inspector.pasted).to_contain_text("What a token says of itself is a hint")
    expect(inspector.pasted.locator(".badge", has_text="unverified").first).to_be_visible()


def test_times_are_told_as_times(inspector: Inspector) -> None:
    inspector.inspect(minted.with_jwk())
    expect(inspector.claims.value("exp")).to_have_text(re.compile(r"^\d{10} \d+ \w{3} \d{4}, \d\d:\d\d:\d\d UTC$"))


def test_what_the_token_allows_is_a_table(inspector: Inspector) -> None:
    inspector.inspect(minted.with_jwk())
    assert inspector.access.cells("repository:team/app") == ["pull, push", "read and write"]
    assert inspector.access.cells("registry:catalog") == ["*", "list the repositories"]


def test_scopes_of_a_mount_are_explained(inspector: Inspector) -> None:
    scopes = [
        {"type": "repository", "name": "team/app", "actions": ["pull", "push"]},
        {"type": "repository", "name": "team/base", "actions": ["pull"]},
    ]
    inspector.inspect(minted.es256(access=scopes))
    expect(inspector.access.row("repository:team/app")).to_contain_text("write")
    expect(inspector.access.row("repository:team/base")).to_contain_text("mounted blob")


def test_a_token_without_access_says_that_it_does_not_tell(inspector: Inspector) -> None:
    inspector.inspect(jwt.encode({"sub": "sailor"}, minted.ec_key(), "ES256"))
    expect(inspector.pasted).to_contain_text("It has no access claim")
    expect(inspector.told("Ends")).to_have_text("it does not say when")


def test_the_time_that_is_left_runs_down(inspector: Inspector) -> None:
    inspector.inspect(minted.es256(left=600))
    timer = inspector.told("Ends in").locator(".timer")
    expect(timer).to_have_text(re.compile(r"^9:\d\d$"))
    expect(timer).not_to_have_text(timer.inner_text())
    expect(inspector.told("State")).to_contain_text("valid now, by its own claims")


@pytest.fixture
def passing(inspector: Inspector) -> Iterator[Inspector]:
    """Where time is put forward, which holds until the page is loaded anew."""
    yield inspector
    inspector.page.reload()
    inspector.app.booted()


def test_a_token_expires_while_one_looks_at_it(passing: Inspector) -> None:
    passing.inspect(minted.es256(left=600))
    expect(passing.told("State")).to_contain_text("valid now, by its own claims")
    forward(passing.page, 601)
    expect(passing.told("Ends in")).to_contain_text("expired")
    expect(passing.told("State")).to_contain_text("expired, by its own claims")


def test_an_expired_token_is_said_to_be_expired(inspector: Inspector) -> None:
    inspector.inspect(minted.with_jwk(left=-3600))
    expect(inspector.told("State")).to_contain_text("expired, by its own claims")
    expect(inspector.told("Ends in").locator(".timer")).to_have_count(0)


def test_an_opaque_token_is_said_to_be_opaque(inspector: Inspector) -> None:
    inspector.inspect("gho_16C7e42F292c6912E7710c838347Ae178B4a")
    expect(inspector.kind).to_have_text("opaque")
    expect(inspector.pasted).to_contain_text("This token is opaque")
    expect(inspector.pasted).to_contain_text("40 characters")
    expect(inspector.signature).to_have_count(0)
    expect(inspector.pasted).not_to_contain_text("gho_")


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("eyJhbGciOiJSUzI1NiJ9.eyJzdWIi", "has not three parts"),
        ("eyJhbGciOiJSUzI1NiJ9.e$$$.AAAA", "is not base64url"),
        ("eyJhbGciOiJSUzI1NiJ9.bm8.AAAA", "its claims are not a JSON object"),
        ("eyJhbGciOiJSUzI1NiJ9.a.b.c.d", "encrypted token (JWE)"),
        ("Törkénbröd", "characters that no header can carry"),
    ],
)
def test_what_is_no_token_is_told_with_what_is_wrong(inspector: Inspector, token: str, words: str) -> None:
    inspector.inspect(token)
    expect(inspector.kind).to_have_text("not a token")
    expect(inspector.pasted).to_contain_text(words)


def test_nothing_pasted_is_told(inspector: Inspector) -> None:
    inspector.submit.click()
    # The browser tells it, and sends nothing.
    expect(inspector.field).to_have_js_property("validity.valueMissing", True)
    expect(inspector.field).to_be_focused()
    expect(inspector.pasted).to_have_count(0)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda token: f"Bearer {token}",
        lambda token: f"Authorization: Bearer {token}\n",
        lambda token: json.dumps({"token": token, "expires_in": 300}),
        lambda token: f"  {token[:60]}\n{token[60:]}\n",
    ],
    ids=["scheme", "header", "answer", "broken into lines"],
)
def test_a_token_is_found_in_what_was_copied_with_it(inspector: Inspector, wrap: Callable[[str], str]) -> None:
    inspector.inspect(wrap(minted.es256()))
    expect(inspector.kind).to_have_text("JWT, ES256")
    expect(inspector.claims.value("sub")).to_have_text("sailor")


def test_json_in_base64_shows_when_it_ends_and_no_secret(inspector: Inspector) -> None:
    told = {"payload": "the-secret-itself", "version": "2", "expiration": 4102444800}
    inspector.inspect(base64.b64encode(json.dumps(told).encode()).decode())
    expect(inspector.kind).to_have_text("JSON in base64")
    expect(inspector.claims.value("payload")).to_have_text("not shown")
    expect(inspector.pasted).not_to_contain_text("the-secret-itself")


def test_the_field_is_emptied_and_the_token_is_not_in_the_page(inspector: Inspector) -> None:
    token = minted.with_jwk()
    inspector.inspect(token)
    expect(inspector.field).to_have_value("")
    assert token not in inspector.page.content()
    assert token.rpartition(".")[2] not in inspector.page.content()


def test_a_pasted_token_is_gone_when_the_page_is_left(inspector: Inspector, hosting: Hosting) -> None:
    inspector.inspect(minted.es256())
    inspector.app.open(f"{hosting.netloc('anonymous')}/sample/notes")
    inspector.open()
    expect(inspector.pasted).to_have_count(0)


def test_a_hostile_claim_is_text(inspector: Inspector) -> None:
    inspector.inspect(minted.es256(sub='<img src=x onerror="document.title=1">', azp="over\u202egnp"))
    expect(inspector.claims.value("sub")).to_have_text('<img src=x onerror="document.title=1">')
    expect(inspector.pasted.locator("img")).to_have_count(0)


def test_the_key_in_the_header_checks_the_signature(inspector: Inspector) -> None:
    inspector.inspect(minted.with_jwk())
    expect(inspector.result).to_contain_text("not checked yet")
    inspector.check()
    expect(inspector.result).to_contain_text("The signature fits the key in the token's own header.")
    expect(inspector.told("Checked by")).to_have_text("the key in the token's header (jwk)")
    expect(inspector.told("It proves")).to_contain_text("The token is whole")
    expect(inspector.told("It does not")).to_contain_text("anyone can make a key and put it into a token")
    expect(inspector.told("It does not")).to_contain_text("prove that the registry trusts the key")


def test_the_certificate_in_the_header_checks_the_signature(inspector: Inspector) -> None:
    inspector.inspect(minted.with_x5c())
    inspector.check()
    expect(inspector.result).to_contain_text("The signature fits the certificate in the token's own header.")
    expect(inspector.told("Checked by")).to_contain_text("x5c")


@pytest.mark.parametrize(
    "key",
    [
        lambda: minted.pem(minted.ec_key()),
        lambda: minted.jwk(minted.ec_key()),
        lambda: minted.jwks(minted.ec_key(), "harbour-key"),
    ],
    ids=["PEM", "JWK", "JWKS"],
)
def test_a_pasted_key_checks_the_signature(inspector: Inspector, key: Callable[[], str]) -> None:
    inspector.inspect(minted.es256())
    inspector.check(key())
    expect(inspector.result).to_contain_text("The signature fits the key that you pasted.")
    expect(inspector.told("It proves")).to_contain_text("The holder of the private half of the pasted key made it")
    expect(inspector.told("It does not")).to_contain_text("prove that the registry trusts that key")


def test_a_pasted_pem_of_rsa_checks_the_signature(inspector: Inspector) -> None:
    inspector.inspect(minted.with_jwk())
    inspector.check(minted.pem(minted.rsa_key()))
    expect(inspector.told("Checked by")).to_have_text("the key that you pasted")
    expect(inspector.result).to_contain_text("The signature fits the key that you pasted.")


@pytest.mark.parametrize("make", [minted.with_jwk, minted.with_x5c], ids=["jwk", "x5c"])
def test_a_tampered_token_does_not_fit_its_key(inspector: Inspector, make: Callable[[], str]) -> None:
    inspector.inspect(minted.tampered(make()))
    expect(inspector.claims.value("sub")).to_have_text("pirate")
    inspector.check()
    expect(inspector.result).to_contain_text("The signature does not fit the key.")
    expect(inspector.told("It proves")).to_have_text("Nothing.")


def test_another_key_does_not_fit(inspector: Inspector) -> None:
    inspector.inspect(minted.es256())
    stranger = json.loads(minted.jwks(minted.ec_key(), "x"))["keys"][0]
    inspector.check(json.dumps(stranger))
    expect(inspector.result).to_contain_text("The signature does not fit the key.")


def test_a_key_of_another_type_is_told(inspector: Inspector) -> None:
    inspector.inspect(minted.es256())
    inspector.check(minted.pem(minted.rsa_key()))
    expect(inspector.result).to_contain_text("The key is of another type than the token's algorithm needs.")


def test_without_any_key_there_is_nothing_to_check_by(inspector: Inspector) -> None:
    inspector.inspect(minted.es256())
    expect(inspector.signature).to_contain_text("names its key (kid) and does not carry it")
    inspector.check()
    expect(inspector.result).to_contain_text("There is no key to check by")


def test_a_shared_secret_is_not_asked_for(inspector: Inspector) -> None:
    inspector.inspect(minted.hs256())
    inspector.check()
    expect(inspector.result).to_contain_text("signed by a shared secret (HS…)")
    expect(inspector.result).to_contain_text("do not paste it")


def test_an_unsigned_token_is_said_to_be_unsigned(inspector: Inspector) -> None:
    inspector.inspect(minted.unsigned())
    inspector.check()
    expect(inspector.result).to_contain_text("not signed at all (alg none)")


def test_a_private_key_is_refused_and_forgotten(inspector: Inspector) -> None:
    inspector.inspect(minted.es256())
    inspector.check(minted.private_pem(minted.ec_key()))
    expect(inspector.told("The key")).to_contain_text("It is a private key. Nobody should paste one anywhere")
    assert "PRIVATE KEY" not in inspector.page.content()


def test_the_focus_stays_on_the_button_that_checked(inspector: Inspector) -> None:
    inspector.inspect(minted.with_jwk())
    inspector.check()
    expect(inspector.signature.get_by_role("button")).to_be_focused()


def test_what_came_of_it_is_announced(inspector: Inspector) -> None:
    inspector.inspect(minted.with_jwk())
    expect(inspector.app.announced).to_have_text("The token is taken apart below")
    inspector.check()
    expect(inspector.app.announced).to_have_text("The signature fits the key in the token's own header.")


def test_what_is_being_typed_stays_while_the_clock_runs(inspector: Inspector) -> None:
    inspector.inspect(minted.es256(left=600))
    inspector.field.fill("half a token")
    inspector.signature.get_by_role("textbox").fill("half a key")
    timer = inspector.told("Ends in").locator(".timer")
    expect(timer).not_to_have_text(timer.inner_text())
    expect(inspector.field).to_have_value("half a token")
    expect(inspector.signature.get_by_role("textbox")).to_have_value("half a key")


def test_a_new_token_forgets_the_check_of_the_one_before(inspector: Inspector) -> None:
    inspector.inspect(minted.with_jwk())
    inspector.check()
    expect(inspector.result).to_contain_text("fits the key")
    inspector.inspect(minted.es256())
    expect(inspector.kind).to_have_text("JWT, ES256")
    expect(inspector.result).to_contain_text("not checked yet")


def test_inspecting_and_checking_ask_nobody(inspector: Inspector, requests: list[str]) -> None:
    inspector.inspect(minted.with_jwk())
    inspector.check()
    assert requests == []


def test_a_token_is_inspected_offline(inspector: Inspector, requests: list[str]) -> None:
    inspector.page.context.set_offline(True)
    try:
        inspector.inspect(minted.with_x5c())
        inspector.check()
        expect(inspector.result).to_contain_text("The signature fits the certificate")
    finally:
        inspector.page.context.set_offline(False)
    assert requests == []


def test_tokens_in_use_are_listed_against_what_was_asked_without_their_value(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")
    inspector = Inspector(app)
    inspector.open(hosting.netloc("bearer"))
    card = inspector.cards.filter(has_text="sailor").first
    expect(card.locator("summary")).to_contain_text("repository:private/logbook:pull")
    expect(card.locator("summary")).to_contain_text("JWT, ES256")
    expect(card.locator("summary .timer")).to_have_text(re.compile(r"^[45]:\d\d$"))
    assert inspector.access_of(card).cells("repository:private/logbook") == ["pull", "pull", "read", "as asked"]
    assert not JWT.search(app.page.content())


def test_an_anonymous_token_in_use_is_said_to_be_nobodys(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/sample/harbour")
    inspector = Inspector(app)
    inspector.open(hosting.netloc("bearer"))
    expect(inspector.cards).to_have_count(1)
    expect(inspector.cards.locator("summary")).to_contain_text("anonymous")


def test_after_signing_out_no_token_is_in_use(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")
    app.command("sign-out").first.click()
    app.arrive(f"{hosting.netloc('bearer')}/private/logbook", "login")
    inspector = Inspector(app)
    inspector.open(hosting.netloc("bearer"))
    expect(inspector.cards.filter(has_text="sailor")).to_have_count(0)


def test_a_registry_without_tokens_says_so(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/notes")
    inspector = Inspector(app)
    inspector.open(hosting.netloc("anonymous"))
    expect(inspector.held).to_contain_text("None is in memory")


def test_one_pastes_a_token_beside_those_in_use(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/sample/harbour")
    inspector = Inspector(app)
    inspector.open(hosting.netloc("bearer"))
    inspector.inspect(minted.with_jwk())
    inspector.check()
    expect(inspector.result).to_contain_text("fits the key")
    expect(inspector.cards).to_have_count(1)
