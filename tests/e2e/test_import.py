"""A docker configuration brought in by paste and by file: who one is then, and what of it cannot be used."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.forms import ADMIN, SAILOR, approval, problem, signed_in
from tests.e2e.hosting import Hosting
from tests.e2e.identity_forms import Identities, Import, Menu, auth, issued
from tests.e2e.pages import move_on, rows_read
from tests.e2e.portolan import Portolan


def opened(app: Portolan) -> Import:
    Identities(app).open()
    return Import(app)


def test_a_pasted_configuration_signs_in(app: Portolan, hosting: Hosting) -> None:
    netloc = hosting.netloc("basic")
    opened(app).paste({"auths": {netloc: {"auth": auth(*SAILOR)}}})
    expect(Import(app).report).to_contain_text("1 credential imported")
    expect(Import(app).report).to_contain_text(f"{netloc}: password of sailor")
    expect(Identities(app).row(netloc, "sailor")).to_contain_text(re.compile("password, not tried yet.*in use"))
    app.open(f"{netloc}/sample/harbour")
    expect(app.identity).to_contain_text("signed in as sailor")


def test_a_chosen_file_signs_in(app: Portolan, hosting: Hosting) -> None:
    netloc = hosting.netloc("basic")
    opened(app).choose(json.dumps({"auths": {netloc: {"auth": auth(*SAILOR)}}}).encode())
    expect(Import(app).report).to_contain_text("1 credential imported")
    expect(Import(app).file).to_have_value("")
    app.open(f"{netloc}/sample/harbour")
    expect(app.identity).to_contain_text("signed in as sailor")


def test_the_same_file_can_be_chosen_twice(app: Portolan, hosting: Hosting) -> None:
    content = json.dumps({"auths": {hosting.netloc("basic"): {"auth": auth(*SAILOR)}}}).encode()
    form = opened(app)
    form.choose(content)
    expect(Identities(app).row(hosting.netloc("basic"), "sailor")).to_be_visible()
    Identities(app).sign_out(hosting.netloc("basic"), "sailor")
    expect(Identities(app).tables).to_have_count(0)
    form.choose(content)
    expect(Identities(app).row(hosting.netloc("basic"), "sailor")).to_be_visible()


def test_importing_asks_no_registry_anything(app: Portolan, hosting: Hosting) -> None:
    opened(app).paste({"auths": {hosting.netloc(name): {"auth": auth(*SAILOR)} for name in ("basic", "bearer")}})
    expect(Import(app).report).to_contain_text("2 credentials imported")
    move_on(app, hosting)
    assert [hosting.requests(name) for name in ("basic", "bearer", "token")] == [[], [], []]


def test_what_was_pasted_does_not_stay_in_the_page(app: Portolan, hosting: Hosting) -> None:
    form = opened(app)
    secret = auth("sailor", "canary")
    form.paste({"auths": {hosting.netloc("basic"): {"auth": secret}}})
    expect(form.report).to_contain_text("1 credential imported")
    expect(form.pasted).to_have_value("")
    kept = app.page.evaluate("JSON.stringify([document.documentElement.outerHTML, localStorage, sessionStorage])")
    assert secret not in kept
    assert "canary" not in kept


def test_what_was_imported_ends_with_the_tab(app: Portolan, hosting: Hosting) -> None:
    form = opened(app)
    form.paste({"auths": {hosting.netloc("basic"): {"auth": auth(*SAILOR)}}})
    expect(form.report).to_contain_text("1 credential imported")
    app.page.reload()
    app.booted()
    expect(app.main).to_contain_text("You are signed in to no registry.")


def test_an_imported_password_still_asks_before_it_goes_to_another_origin(app: Portolan, hosting: Hosting) -> None:
    opened(app).paste({"auths": {hosting.netloc("bearer"): {"username": "sailor", "password": "harbour"}}})
    expect(Import(app).report).to_contain_text("1 credential imported")
    route = f"{hosting.netloc('bearer')}/private/logbook"
    app.goto(route)
    expect(approval(app).card).to_be_visible()
    assert {one["authorization"] for one in hosting.requests("token") if one["method"] != "OPTIONS"} <= {None}
    approval(app).button("Approve 127").click()
    app.arrive(route)
    expect(app.identity).to_contain_text("signed in as sailor")


def test_an_identity_token_is_imported(app: Portolan, hosting: Hosting) -> None:
    refresh = issued(hosting, ADMIN, service="bearer.playground", offline_token="true")["refresh_token"]
    netloc = hosting.netloc("bearer")
    opened(app).paste({"auths": {netloc: {"auth": auth("admin", ""), "identitytoken": refresh}}})
    expect(Import(app).report).to_contain_text(f"{netloc}: identity token of admin")
    app.goto(f"{netloc}/private/chartroom")
    approval(app).button("Approve 127").click()
    app.arrive(f"{netloc}/private/chartroom")
    expect(app.identity).to_contain_text("signed in as admin")
    assert "POST" in {one["method"] for one in hosting.requests("token")}


def test_a_registry_token_is_imported(app: Portolan, hosting: Hosting) -> None:
    netloc = hosting.netloc("bearer")
    scope = "repository:private/logbook:pull"
    token = issued(hosting, SAILOR, service="bearer.playground", scope=scope)["token"]
    opened(app).paste({"auths": {netloc: {"registrytoken": token}}})
    expect(Import(app).report).to_contain_text(f"{netloc}: registry token")
    app.open(f"{netloc}/private/logbook")
    rows_read(app, 2)
    assert hosting.requests("token") == []


def test_several_entries_sign_in_at_several_registries(app: Portolan, hosting: Hosting) -> None:
    form = opened(app)
    form.paste(
        {
            "auths": {
                hosting.netloc("basic"): {"auth": auth(*SAILOR)},
                f"{hosting.origins['bearer']}/v1/": {"auth": auth(*ADMIN)},
                "https://index.docker.io/v1/": {"auth": auth("whaler", "canary")},
            }
        }
    )
    expect(form.report).to_contain_text("3 credentials imported")
    expect(Identities(app).tables).to_have_count(3)
    expect(Identities(app).row("docker.io", "whaler")).to_be_visible()


def test_who_is_signed_in_already_stays_the_one_in_use(app: Portolan, hosting: Hosting) -> None:
    netloc = hosting.netloc("basic")
    signed_in(app, f"{netloc}/sample/harbour")
    opened(app).paste({"auths": {netloc: {"auth": auth(*ADMIN)}}})
    expect(Identities(app).row(netloc, "sailor")).to_contain_text("in use")
    expect(Identities(app).row(netloc, "admin")).not_to_contain_text("in use")
    app.goto(f"{netloc}/private/chartroom")
    problem(app, f"{netloc}/private/chartroom", "failed", "denied")
    Menu(app).use("admin")
    app.arrive(f"{netloc}/private/chartroom")


def test_credential_helpers_are_named_as_what_a_page_cannot_read(app: Portolan, hosting: Hosting) -> None:
    form = opened(app)
    form.paste(
        {
            "auths": {hosting.netloc("basic"): {"auth": auth(*SAILOR)}, "https://index.docker.io/v1/": {}},
            "credsStore": "osxkeychain",
            "credHelpers": {"gcr.io": "gcloud"},
        }
    )
    expect(form.report).to_contain_text("1 credential imported")
    expect(form.report).to_contain_text("Not readable from a page: what credential helpers keep")
    expect(form.report).to_contain_text("osxkeychain")
    expect(form.report).to_contain_text("gcloud")
    expect(form.report).to_contain_text("its credential is kept by a credential helper")


def test_a_configuration_of_helpers_alone_imports_nothing(app: Portolan) -> None:
    form = opened(app)
    form.paste({"credsStore": "desktop"})
    expect(form.report).to_contain_text("No credential was imported")
    expect(form.report).to_contain_text("desktop")
    expect(Identities(app).tables).to_have_count(0)


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("", "It is not JSON."),
        ("{", "It is not JSON."),
        ("[]", "It is not a JSON object."),
        ("{}", "auths: it has no “auths”, so there is no credential in it."),
        ('{"auths": []}', "that is of another type than it should be"),
        ('{"auths": {"harbour.example": {"auth": "***"}}}', "its base64 is damaged"),
        ('{"auths": {"harbour.example": {"auth": "c2FpbG9y"}}}', "it is not “user:password”"),
        ('{"auths": {"harbour.example": {}}}', "there is no credential in it"),
        ('{"auths": {"a b": {"auth": "YTpi"}}}', "that is no address of a registry"),
        ('{"auths": {"harbour.example": {"registrytoken": "a b"}}}', "characters that no header can carry"),
    ],
)
def test_what_cannot_be_used_is_said(app: Portolan, config: str, said: str) -> None:
    form = opened(app)
    form.paste(config)
    expect(form.report).to_contain_text("No credential was imported")
    expect(form.report).to_contain_text(said)


def test_a_broken_entry_is_named_and_the_others_are_used(app: Portolan, hosting: Hosting) -> None:
    netloc = hosting.netloc("basic")
    form = opened(app)
    form.paste({"auths": {netloc: {"auth": auth(*SAILOR)}, "harbour.example": {"auth": "***"}}})
    expect(form.report).to_contain_text("1 credential imported")
    expect(form.report).to_contain_text('auths["harbour.example"].auth: its base64 is damaged.')
    expect(Identities(app).tables).to_have_count(1)


def test_a_file_that_is_too_large_is_said_to_be(app: Portolan) -> None:
    form = opened(app)
    form.choose(b'{"auths": {}, "padding": "' + b"x" * (1 << 20) + b'"}')
    expect(form.report).to_contain_text("No credential was imported")
    expect(form.report).to_contain_text("larger than 1 MiB")


def test_a_file_that_is_no_text_is_said_to_be_no_json(app: Portolan) -> None:
    form = opened(app)
    form.choose(bytes(range(256)))
    expect(form.report).to_contain_text("It is not JSON.")


def test_a_hostile_entry_is_shown_as_text(app: Portolan) -> None:
    form = opened(app)
    form.paste({"auths": {"<img src=x onerror=alert(1)>": {"auth": "***"}}, "credsStore": "<b>desktop</b>"})
    expect(form.report).to_contain_text("<img src=x onerror=alert(1)>")
    expect(form.report).to_contain_text("<b>desktop</b>")
    expect(form.report.locator("img, b")).to_have_count(0)


def test_a_wrong_password_that_was_imported_is_told_where_it_is_needed(app: Portolan, hosting: Hosting) -> None:
    netloc = hosting.netloc("basic")
    opened(app).paste({"auths": {netloc: {"auth": auth("sailor", "wrong")}}})
    expect(Import(app).report).to_contain_text("1 credential imported")
    app.open(f"{netloc}/sample/harbour", "login")
    expect(app.page.locator('form[data-form="login"] .field-error')).to_contain_text("did not accept them")


def test_refused_credentials_give_way_to_an_anonymous_read_that_is_said(app: Portolan, hosting: Hosting) -> None:
    netloc = hosting.netloc("bearer")
    opened(app).paste({"auths": {netloc: {"auth": auth("sailor", "wrong")}}})
    expect(Import(app).report).to_contain_text("1 credential imported")
    app.goto(f"{netloc}/sample/harbour")
    approval(app).button("Approve 127").click()
    app.arrive(f"{netloc}/sample/harbour")
    expect(app.rows().first).to_be_visible()
    expect(app.identity).to_contain_text("read anonymously")
    said = "This was read without the credentials of sailor: they were refused."
    expect(Menu(app).open().menu).to_contain_text(said)
