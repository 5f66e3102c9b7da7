"""The doctor: by hand and by itself, live, with its words, its fixes and its report."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.doctor_pages import Doctor, checkup
from tests.e2e.forms import SAILOR, SignIn, notice, problem, signed_in
from tests.e2e.hosting import Hosting
from tests.e2e.pages import Held, asked, copy
from tests.e2e.portolan import Portolan

BASIC = "c2FpbG9yOmhhcmJvdXI="  # of SAILOR


@pytest.fixture
def doctor(app: Portolan) -> Doctor:
    return Doctor(app)


@pytest.mark.parametrize(
    ("listener", "path", "verdict"),
    [
        ("anonymous", "", "ok"),
        ("bearer", "", "ok"),
        ("no-cors", "", "no-usable-allow-origin"),
        ("no-cors-on-errors", "", "no-usable-allow-origin"),
        ("hidden", "", "challenge-not-exposed"),
        ("preflight", "", "preflight-refused"),
        ("hidden-digest", "/sample/harbour:latest", "digest-not-exposed"),
        ("mute-tokens", "", "token-no-usable-allow-origin"),
    ],
)
def test_each_fault_has_its_verdict(doctor: Doctor, hosting: Hosting, listener: str, path: str, verdict: str) -> None:
    doctor.open(f"{hosting.netloc(listener)}{path}")
    expect(doctor.app.main).to_have_attribute("data-verdict", verdict)
    expect(doctor.app.main).to_have_attribute("data-problem", "")


def test_the_page_says_what_was_asked_what_it_saw_and_what_that_means(doctor: Doctor, hosting: Hosting) -> None:
    doctor.open(hosting.netloc("no-cors"))
    expect(doctor.verdict).to_have_text("The registry is up, but it does not let this page read its answers.")
    expect(notice(doctor.app, re.compile("does not let"))).to_contain_text("a proxy in front of it, has to be changed")
    expect(doctor.rows().first).to_contain_text(f"GET {hosting.origins['no-cors']}/v2/")
    expect(doctor.rows().first).to_contain_text("blocked")
    expect(doctor.rows().nth(1)).to_contain_text("an answer, hidden")
    expect(doctor.rows().nth(1)).to_contain_text("a server replied")
    expect(doctor.app.announced).to_contain_text("does not let this page read")
    assert len(asked(hosting, "no-cors")) <= 12


def test_what_looks_alike_is_named_with_the_command_that_tells(doctor: Doctor, hosting: Hosting) -> None:
    doctor.open(hosting.netloc("no-cors"))
    expect(doctor.unseen).to_contain_text("access-control-allow-origin twice")
    expect(doctor.unseen).to_contain_text("no access-control-allow-origin")
    line = copy(doctor.app, doctor.unseen.get_by_role("button", name=re.compile("^Copy curl command")))
    assert line.startswith("curl ")
    assert f"'{hosting.origins['no-cors']}/v2/'" in line
    assert f"'Origin: {hosting.site.rstrip('/')}'" in line


def test_a_token_service_is_examined_for_itself(doctor: Doctor, hosting: Hosting) -> None:
    doctor.open(hosting.netloc("mute-tokens"))
    expect(doctor.realm_probes).to_contain_text(f"GET {hosting.origins['mute']}/token")
    expect(doctor.verdict).to_have_text("The token service is up, but it does not let this page read its answers.")
    expect(doctor.page.locator("#fix-token")).to_contain_text("The fix at the token service")


def test_rows_appear_as_they_come(doctor: Doctor, hosting: Hosting) -> None:
    held = Held(doctor.page, re.escape(f"{hosting.origins['anonymous']}/v2/"))
    doctor.app.goto(f"{hosting.netloc('anonymous')}/-/doctor")
    held.wait_for(held.asked, 1)
    expect(doctor.rows()).to_have_count(1)
    expect(doctor.rows().first).to_contain_text("asking…")
    expect(doctor.progress).to_have_attribute("role", "status")
    expect(doctor.progress).to_contain_text("Examining: waiting for the first answer")
    expect(doctor.app.main).to_have_attribute("data-state", "loading")
    expect(doctor.report).to_have_count(0)
    held.stop()
    doctor.arrive(hosting.netloc("anonymous"))
    expect(doctor.rows().first).not_to_contain_text("asking…")
    expect(doctor.progress).to_contain_text("Examined:")


def test_leaving_gives_the_examination_up(doctor: Doctor, hosting: Hosting) -> None:
    held = Held(doctor.page, re.escape(f"{hosting.origins['no-cors']}/v2/"))
    doctor.app.goto(f"{hosting.netloc('no-cors')}/-/doctor")
    held.wait_for(held.asked, 1)
    doctor.app.open(f"{hosting.netloc('anonymous')}/sample/harbour")
    held.wait_for(held.aborted, 1)
    held.stop()
    expect(doctor.app.main).to_have_attribute("data-verdict", "")


def test_run_again_sees_what_changed(doctor: Doctor, hosting: Hosting) -> None:
    doctor.page.route(f"{hosting.origins['anonymous']}/v2/**", lambda route: route.abort("connectionfailed"))
    doctor.app.allowed.add(hosting.origins["anonymous"].replace("http:", "https:"))
    doctor.open(hosting.netloc("anonymous"))
    expect(doctor.app.main).to_have_attribute("data-verdict", "unreachable")
    doctor.page.unroute_all()
    doctor.again.click()
    expect(doctor.app.main).to_have_attribute("data-verdict", "ok")
    expect(doctor.again).to_be_focused()


def test_a_registry_that_never_answered_is_examined_by_itself(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('no-cors')}/sample/harbour"
    app.goto(route)
    problem(app, route, "failed", "unreachable")
    expect(app.main).to_have_attribute("data-verdict", "no-usable-allow-origin")
    expect(checkup(app).get_by_role("heading")).to_have_text(
        "The registry is up, but it does not let this page read its answers."
    )
    expect(app.announced).to_contain_text("does not let this page read")
    checkup(app).get_by_role("link", name="See the whole diagnosis and the fix").click()
    Doctor(app).arrive(route)
    expect(Doctor(app).fix).to_be_visible()


def test_a_registry_that_answered_before_is_not_examined_but_the_doctor_is_offered(
    app: Portolan, hosting: Hosting
) -> None:
    route = f"{hosting.netloc('preflight')}/sample/harbour"
    app.open(route, "login")
    SignIn(app).give(SAILOR)
    problem(app, route, "failed", "unreachable")
    expect(checkup(app)).to_have_count(0)
    app.page.get_by_role("link", name="Ask the CORS doctor").click()
    Doctor(app).arrive(route)
    expect(app.main).to_have_attribute("data-verdict", re.compile("^preflight-refused"))


def test_a_hidden_challenge_leads_to_the_doctor(app: Portolan, hosting: Hosting) -> None:
    app.open(hosting.netloc("hidden"), "failed")
    expect(app.page.get_by_role("link", name="Ask the CORS doctor")).to_be_visible()


def test_a_silent_token_service_leads_to_the_doctor(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('mute-tokens')}/sample/harbour", "failed")
    link = app.page.get_by_role("link", name="Ask the CORS doctor")
    expect(link).to_have_attribute("href", re.compile(r"/-/doctor\?realm=http"))


def test_the_menu_of_a_registry_leads_to_its_doctor(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour")
    app.identity.locator("summary").click()
    app.identity.get_by_role("link", name="CORS doctor").click()
    Doctor(app).arrive(hosting.netloc("anonymous"))


def test_any_registry_its_realm_and_a_blob_are_examined_by_hand(doctor: Doctor, hosting: Hosting) -> None:
    doctor.page.get_by_role("navigation", name="Tools").get_by_role("link", name="Doctor").click()
    expect(doctor.app.heading).to_have_text("CORS doctor")
    doctor.enter(reference=hosting.netloc("anonymous"), realm=f"{hosting.origins['mute']}/token")
    doctor.arrive(hosting.netloc("anonymous"))
    expect(doctor.app.main).to_have_attribute("data-verdict", "token-no-usable-allow-origin")
    expect(doctor.page).to_have_url(re.compile(r"/-/doctor\?realm=http"))
    doctor.enter(realm="", blob="sha256:nothing", reference=f"{hosting.netloc('anonymous')}/sample/harbour")
    expect(doctor.form.locator("#doctor-blob")).to_be_focused()
    expect(doctor.form.locator("#doctor-blob")).to_have_accessible_description(re.compile("."))


def test_a_password_in_the_address_is_a_verdict_and_goes_nowhere(doctor: Doctor, hosting: Hosting) -> None:
    doctor.app.goto("-/doctor")
    doctor.enter(reference=f"http://sailor:harbour@{hosting.netloc('anonymous')}")
    doctor.arrive(hosting.netloc("anonymous"))
    expect(doctor.app.main).to_have_attribute("data-verdict", "url-has-credentials")
    assert "harbour" not in doctor.page.url
    assert all(one["authorization"] is None for one in hosting.requests("anonymous") if "/v2/_" in one["path"])


def _with_password(hosting: Hosting) -> list[str]:
    """The doctor's requests that carried it; rows of the page before may still have been read meanwhile."""
    found = [one["path"] for one in hosting.requests("basic") if one["authorization"] == "basic"]
    return [path for path in found if "logbook" not in path]


def test_credentials_go_only_after_a_yes_and_are_in_no_report(doctor: Doctor, hosting: Hosting) -> None:
    app, host = doctor.app, hosting.netloc("basic")
    signed_in(app, f"{host}/private/logbook")
    hosting.forget()
    doctor.open(host)
    assert _with_password(hosting) == []
    expect(doctor.credentials).not_to_be_checked()
    doctor.credentials.check()
    expect(doctor.rows().filter(has_text="_catalog").first).to_contain_text("200, readable")
    doctor.arrive(host)
    expect(doctor.credentials).to_be_checked()
    told = copy(app, doctor.report)
    assert _with_password(hosting) != []
    assert BASIC not in told
    assert "harbour:" not in told
    assert BASIC not in app.page.content()


def test_the_report_is_copied_as_markdown(doctor: Doctor, hosting: Hosting) -> None:
    doctor.open(hosting.netloc("no-cors"))
    told = copy(doctor.app, doctor.report)
    assert told.startswith(f"# Can a web page read {hosting.netloc('no-cors')}?")
    assert "- Verdicts: `no-usable-allow-origin`" in told
    assert f"- Page: `{hosting.site.rstrip('/')}`" in told
    assert "```sh\ncurl " in told
    assert "| 1 | May a page read it?" in told


def test_the_configuration_is_for_this_registry_and_changes_with_the_choices(doctor: Doctor, hosting: Hosting) -> None:
    doctor.open(hosting.netloc("no-cors"))
    nginx = doctor.configuration("nginx")
    expect(nginx).to_contain_text(hosting.site.rstrip("/"))
    expect(nginx).to_contain_text(hosting.origins["no-cors"].rpartition(":")[2])
    expect(nginx).to_contain_text('default "*"')
    expect(nginx).not_to_contain_text("DELETE")
    doctor.page.get_by_label("Deleting too").check()
    expect(nginx).to_contain_text("DELETE")
    doctor.page.get_by_label("Readable by").select_option("list")
    expect(nginx).not_to_contain_text('default "*"')
    expect(doctor.fix).to_contain_text(f"written for {hosting.site.rstrip('/')}")
    text = copy(doctor.app, doctor.fix.get_by_role("button", name="Copy nginx configuration"))
    assert "DELETE" in text


def test_every_server_is_there_and_one_without_a_setting_says_why(doctor: Doctor, hosting: Hosting) -> None:
    doctor.open(hosting.netloc("preflight"))
    names = doctor.fix.locator("summary").all_inner_texts()
    wanted = ["nginx", "Caddy", "HAProxy", "Apache", "Traefik", "Envoy", "ingress-nginx", "distribution", "zot"]
    assert [one.strip() for one in names[: len(wanted)]] == wanted
    doctor.fix.locator("summary", has_text="distribution").click()
    expect(doctor.fix).to_contain_text("put a proxy in front")
    expect(doctor.around).to_contain_text("A relay of your own")
    expect(doctor.around).to_contain_text("make extension")


def test_a_server_chosen_by_the_keyboard_stays_when_a_choice_changes(doctor: Doctor, hosting: Hosting) -> None:
    doctor.open(hosting.netloc("no-cors"))
    doctor.fix.locator("summary", has_text="Caddy").focus()
    doctor.page.keyboard.press("Enter")
    expect(doctor.configuration("Caddy")).to_be_visible()
    expect(doctor.configuration("nginx")).to_be_hidden()
    doctor.page.get_by_label("Deleting too").focus()
    doctor.page.keyboard.press("Space")
    expect(doctor.configuration("Caddy")).to_contain_text("DELETE")
    expect(doctor.configuration("Caddy")).to_be_visible()
    expect(doctor.page.get_by_label("Deleting too")).to_be_focused()
