"""The transcript: the whole exchange of a sign-in as it was, what it leaves out, and how it is taken away."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.e2e.forms import ADMIN, SAILOR, SignIn, approval, problem, signed_in, signed_in_by_token
from tests.e2e.hosting import Hosting
from tests.e2e.pages import Sent, move_on, rows_read
from tests.e2e.portolan import Portolan
from tests.e2e.transcript_pages import JWT, Transcript

CANARY = "c4n4ry-deck-of-the-harbour"
LOGBOOK = "Tags of private/logbook"


def bearer(app: Portolan, hosting: Hosting, user: tuple[str, str] = SAILOR) -> Transcript:
    """Sign in at the registry with a token service, and open what was said, all of it: nothing is under way then."""
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook", user)
    rows_read(app, 2)
    transcript = Transcript(app)
    transcript.open(hosting.netloc("bearer"))
    return transcript


def test_a_bearer_challenge_is_shown_parameter_by_parameter(app: Portolan, hosting: Hosting) -> None:
    line = bearer(app, hosting).talk(LOGBOOK, "not signed in").line(0)
    expect(line.status).to_have_text("401")
    expect(line.request).to_contain_text(f"GET{hosting.origins['bearer']}/v2/private/logbook/tags/list")
    challenge = line.challenge("Bearer")
    assert challenge.names() == ["realm", "service", "scope"]
    expect(challenge.value("realm")).to_have_text(f"{hosting.origins['token']}/token")
    expect(challenge.value("service")).to_have_text("bearer.playground")
    expect(challenge.value("scope")).to_have_text("repository:private/logbook:pull")
    expect(challenge.row("realm")).to_contain_text("where tokens are given out")


def test_each_decision_has_its_reason_and_its_section(app: Portolan, hosting: Hosting) -> None:
    talk = bearer(app, hosting).talk(LOGBOOK, "not signed in")
    expect(talk.line(0).decision).to_contain_text("Asked without credentials")
    expect(talk.line(0).section).to_have_text("RFC 9110 section 11.1 (challenge and response)")
    link = talk.line(0).section.get_by_role("link")
    expect(link).to_have_attribute("href", "https://www.rfc-editor.org/rfc/rfc9110#section-11.1")
    expect(talk.line(1).decision).to_contain_text("Asked the token service that the challenge names")
    expect(talk.line(1).section).to_contain_text("distribution token specification")
    expect(talk.line(2).decision).to_contain_text("Sent again with the token that the Bearer challenge asks for")


def test_a_token_request_tells_what_was_asked_for_and_what_was_granted(app: Portolan, hosting: Hosting) -> None:
    talk = bearer(app, hosting).talk(LOGBOOK, "answered")
    token = talk.asked_of("/token?")
    expect(token.status).to_have_text("200")
    expect(token.item).to_contain_text("It issued a token for 5 minutes. The token is not recorded.")
    expect(token.notes).to_contain_text("Sent with user name and password (Basic)")
    assert token.access.cells("repository:private/logbook") == ["pull", "pull", "read", "as asked"]


def test_a_grant_of_nothing_is_told_as_refused(app: Portolan, hosting: Hosting) -> None:
    token = bearer(app, hosting).talk(LOGBOOK, "not signed in").asked_of("/token?")
    expect(token.notes).to_contain_text("Sent without credentials")
    asked, granted, allows, result = token.access.cells("repository:private/logbook")
    assert (asked, allows, result) == ("pull", "nothing", "refused")
    assert granted.startswith("nothing")


def test_the_retry_with_the_token_follows_the_token_request(app: Portolan, hosting: Hosting) -> None:
    talk = bearer(app, hosting).talk(LOGBOOK, "answered")
    expect(talk.lines).to_have_count(2)
    expect(talk.line(1).status).to_have_text("200")
    expect(talk.line(1).request).to_contain_text("/v2/private/logbook/tags/list")
    expect(talk.line(1).notes).to_contain_text("Sent with a token (Bearer)")


def test_preflights_that_had_to_happen_are_named_with_their_reason(app: Portolan, hosting: Hosting) -> None:
    transcript = bearer(app, hosting)
    told = "The browser had to ask first (preflight): it carries Authorization"
    expect(transcript.talk(LOGBOOK, "answered").line(1).notes).to_contain_text(told)
    expect(transcript.talk(LOGBOOK, "not signed in").line(0).notes).not_to_contain_text("preflight")


def test_the_preflights_named_are_those_that_the_registry_saw(app: Portolan, hosting: Hosting) -> None:
    transcript = bearer(app, hosting)
    named = transcript.lines.filter(has_text="(preflight)").locator("h3.request > span:nth-child(3)")
    told = {urlsplit(url).path for url in named.all_text_contents()}
    seen = [*hosting.requests("bearer"), *hosting.requests("token")]
    assert {urlsplit(one["path"]).path for one in seen if one["method"] == "OPTIONS"} <= told


def test_every_request_that_the_browser_made_is_in_it(app: Portolan, hosting: Hosting) -> None:
    with Sent(app, hosting.origins["bearer"]) as registry, Sent(app, hosting.origins["token"]) as service:
        transcript = bearer(app, hosting)
        expect(app.main).not_to_contain_text("under way")
        asked = sorted(one for one in (*registry.requests, *service.requests) if one.startswith("GET "))
    assert sorted(f"GET {url}" for url in transcript.addresses()) == asked


def test_the_time_of_each_request_and_of_all_is_told(app: Portolan, hosting: Hosting) -> None:
    transcript = bearer(app, hosting)
    line = transcript.talk(LOGBOOK, "answered").line(0)
    expect(line.request).to_have_text(re.compile(r"#\d+ · [\d.]+ m?s$"))
    expect(transcript.counted).to_contain_text(re.compile(r"\d+ requests, [\d.]+ m?s"))


def test_headers_are_shown_and_the_authorization_is_not(app: Portolan, hosting: Hosting) -> None:
    line = bearer(app, hosting).talk(LOGBOOK, "answered").line(1)
    line.open_headers()
    expect(line.headers).to_contain_text("Authorization: Bearer not recorded")
    expect(line.headers).to_contain_text("Content-Type: application/json")


def test_a_basic_sign_in_is_one_challenge_and_one_retry(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour")
    transcript = Transcript(app)
    transcript.open(hosting.netloc("basic"))
    first = transcript.talk("Tags of sample/harbour", "not signed in").line(0)
    assert first.challenge("Basic").names() == ["realm"]
    expect(first.item).to_contain_text("It answered 401: it wants Basic.")
    again = transcript.talk("Tags of sample/harbour", "answered").line(0)
    expect(again.status).to_have_text("200")
    expect(again.notes).to_contain_text("Sent with user name and password (Basic)")


def test_a_wrong_password_is_told_as_one(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    app.sign_in("sailor", CANARY)
    SignIn(app).error.wait_for()
    transcript = Transcript(app)
    transcript.open(hosting.netloc("basic"))
    talk = transcript.talk("Tags of sample/harbour", "wrong user name or password")
    expect(talk.lines.last).to_contain_text("401")
    expect(talk.lines.last.locator("ul.notes").first).to_contain_text("Sent with user name and password (Basic)")
    assert CANARY not in app.page.content()


def test_a_wrong_password_of_a_token_service_is_put_down_to_it(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/private/logbook", "login")
    app.sign_in("sailor", CANARY)
    approval(app).button("Approve 127").click()
    SignIn(app).error.wait_for()
    transcript = Transcript(app)
    transcript.open(hosting.netloc("bearer"))
    token = transcript.talk(LOGBOOK, "wrong user name or password").asked_of("/token?")
    expect(token.status).to_have_text("401")
    expect(token.request).to_contain_text(hosting.origins["token"])
    assert CANARY not in app.page.content()


def test_a_denial_names_the_scope_that_was_refused(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")
    route = f"{hosting.netloc('bearer')}/private/chartroom"
    app.goto(route)
    problem(app, route, "failed", "denied")
    transcript = Transcript(app)
    transcript.open(hosting.netloc("bearer"))
    talk = transcript.talk("Tags of private/chartroom", "not allowed")
    expect(talk.card).to_contain_text("Scope: repository:private/chartroom:pull")
    expect(talk.asked_of("/token?").access.row("repository:private/chartroom")).to_contain_text("refused")
    expect(Transcript(app).lines.filter(has_text="insufficient_scope").first).to_be_visible()


def test_a_redirect_to_another_origin_takes_the_authorization_away(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic-redirect')}/sample/many-tags:latest")
    transcript = Transcript(app)
    transcript.open(hosting.netloc("basic-redirect"))
    blob = transcript.talk("Blob sha256:", "answered").line(0)
    expect(blob.notes).to_contain_text(f"Redirected to another origin: {hosting.origins['storage']}/blobs/sha256:")
    expect(blob.notes).to_contain_text("The browser took the Authorization away there, as it must")
    # None at all where the browser has kept the blob.
    assert {one["authorization"] for one in hosting.requests("storage")} <= {None}


def test_a_redirect_without_credentials_had_nothing_to_take_away(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('redirect')}/sample/many-tags:latest")
    transcript = Transcript(app)
    transcript.open(hosting.netloc("redirect"))
    blob = transcript.talk("Blob sha256:", "answered").line(0)
    expect(blob.notes).to_contain_text(f"Redirected to another origin: {hosting.origins['storage']}")
    expect(blob.notes).not_to_contain_text("took the Authorization away")


def test_a_pause_is_a_line_of_its_own(app: Portolan, hosting: Hosting) -> None:
    hosting.break_anew("pausing")
    app.open(f"{hosting.netloc('pausing')}/sample/harbour")
    transcript = Transcript(app)
    transcript.open(hosting.netloc("pausing"))
    talk = transcript.talk("Tags of sample/harbour", "answered")
    expect(talk.line(0).status).to_have_text("429")
    expect(talk.line(1).request).to_contain_text("wait")
    expect(talk.line(1).request).to_contain_text("2.0 s")
    expect(talk.line(1).section).to_contain_text("RFC 9110 section 10.2.3 (Retry-After)")
    expect(talk.line(2).decision).to_contain_text("Sent again after the pause.")


def test_a_pause_that_is_left_to_the_person_ends_the_talk(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('rate-limited')}/sample/harbour", "failed")
    transcript = Transcript(app)
    transcript.open(hosting.netloc("rate-limited"))
    talk = transcript.talk("Tags of sample/harbour", "rate limited")
    expect(talk.lines).to_have_count(1)
    expect(talk.line(0).status).to_have_text("429")


def test_a_token_service_without_cors_is_the_line_without_an_answer(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('mute-tokens')}/sample/harbour", "failed")
    transcript = Transcript(app)
    transcript.open(hosting.netloc("mute-tokens"))
    talk = transcript.talk("Tags of sample/harbour", "the token service is unreachable, or sends no CORS headers")
    token = talk.asked_of("/token?")
    expect(token.status).to_have_text("none")
    expect(token.request).to_contain_text(hosting.origins["mute"])
    expect(token.item).to_contain_text("for want of CORS headers")


def test_a_hidden_challenge_is_told_to_be_hidden(app: Portolan, hosting: Hosting) -> None:
    app.open(hosting.netloc("hidden"), "failed")
    transcript = Transcript(app)
    transcript.open(hosting.netloc("hidden"))
    talk = transcript.talk("List of repositories", "the challenge is hidden")
    expect(talk.line(0).item).to_contain_text("No challenge can be read.")
    expect(talk.line(1).decision).to_contain_text("Asked the API's root")


def two_registries(app: Portolan, hosting: Hosting) -> Transcript:
    """Pages of two, and then what was said to both: pages that read no rows, so nothing is under way then."""
    app.open(f"{hosting.netloc('bearer')}/sample/harbour:latest/-/raw")
    app.open(f"{hosting.netloc('anonymous')}/sample/notes:latest/-/raw")
    transcript = Transcript(app)
    transcript.open()
    return transcript


def test_the_transcript_of_all_registries_names_each(app: Portolan, hosting: Hosting) -> None:
    transcript = two_registries(app, hosting)
    for name in ("bearer", "anonymous"):
        expect(transcript.cards.filter(has_text=hosting.netloc(name)).first).to_be_visible()
    expect(transcript.registries.get_by_role("link")).to_have_count(3)


def test_it_is_filtered_by_registry(app: Portolan, hosting: Hosting) -> None:
    transcript = two_registries(app, hosting)
    transcript.registries.get_by_role("link", name=hosting.netloc("bearer")).click()
    expect(app.main).to_have_attribute("data-subject", hosting.netloc("bearer"))
    expect(transcript.lines.first).to_be_attached()
    origins = {f"{urlsplit(one).scheme}://{urlsplit(one).netloc}" for one in transcript.addresses()}
    assert origins == {hosting.origins["bearer"], hosting.origins["token"]}
    transcript.registries.get_by_role("link", name="All registries").click()
    expect(transcript.cards.filter(has_text=hosting.netloc("anonymous")).first).to_be_visible()


def test_it_survives_navigation(app: Portolan, hosting: Hosting) -> None:
    transcript = bearer(app, hosting)
    before = transcript.addresses()
    app.open(f"{hosting.netloc('anonymous')}/sample/notes")
    app.page.goto(f"{hosting.site}#/-/settings")
    app.page.locator('main[data-view="settings"]').wait_for()
    transcript.open(hosting.netloc("bearer"))
    expect(transcript.lines.first).to_be_attached()
    assert set(before) <= set(transcript.addresses())


def test_a_group_that_was_closed_stays_closed_while_the_clock_runs(app: Portolan, hosting: Hosting) -> None:
    transcript = bearer(app, hosting)
    card = transcript.talk(LOGBOOK, "not signed in").card
    card.locator("summary").first.click()
    expect(card).not_to_have_attribute("open", "")
    timer = app.identity.locator(".timer")
    expect(timer).not_to_have_text(timer.inner_text())
    expect(card).not_to_have_attribute("open", "")


def test_a_reload_forgets_it_and_asks_nobody(app: Portolan, hosting: Hosting) -> None:
    transcript = bearer(app, hosting)
    hosting.forget()
    app.page.reload()
    app.booted()
    expect(transcript.empty).to_be_visible()
    move_on(app, hosting)
    assert hosting.requests("bearer") == []


def test_it_is_cleared_for_one_registry_alone(app: Portolan, hosting: Hosting) -> None:
    transcript = two_registries(app, hosting)
    transcript.open(hosting.netloc("bearer"))
    transcript.clear.click()
    expect(transcript.empty).to_be_visible()
    expect(transcript.lines).to_have_count(0)
    transcript.open()
    expect(transcript.cards.filter(has_text="sample/notes").first).to_be_visible()
    expect(transcript.cards.filter(has_text="sample/harbour")).to_have_count(0)


def test_all_of_it_is_cleared(app: Portolan, hosting: Hosting) -> None:
    transcript = two_registries(app, hosting)
    transcript.clear.click()
    expect(transcript.empty).to_be_visible()
    expect(app.page.get_by_role("button", name="Export HAR")).to_have_count(0)


def test_it_is_empty_after_everything_was_forgotten(app: Portolan, hosting: Hosting) -> None:
    bearer(app, hosting)
    app.reset()
    transcript = Transcript(app)
    transcript.open()
    expect(transcript.empty).to_be_visible()


def test_a_failed_page_leads_to_what_was_said(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('mute-tokens')}/sample/harbour", "failed")
    app.main.get_by_role("link", name="Transcript").click()
    expect(Transcript(app).lines).to_have_count(2)
    expect(app.main).to_have_attribute("data-subject", hosting.netloc("mute-tokens"))


def test_a_har_has_the_entries_of_the_page(app: Portolan, hosting: Hosting, tmp_path: Path) -> None:
    transcript = bearer(app, hosting)
    expect(app.main).not_to_contain_text("under way")
    path = transcript.export("HAR", tmp_path)
    host, _, port = hosting.netloc("bearer").partition(":")
    assert path.name == f"transcript-{host}-{port}.har"
    log = json.loads(path.read_text(encoding="utf-8"))["log"]
    assert log["version"] == "1.2"
    assert log["creator"]["name"] == "Portolan"
    assert sorted(one["request"]["url"] for one in log["entries"]) == sorted(transcript.addresses())


def test_a_har_is_what_its_specification_asks_for(app: Portolan, hosting: Hosting, tmp_path: Path) -> None:
    entries = json.loads(bearer(app, hosting).export("HAR", tmp_path).read_text(encoding="utf-8"))["log"]["entries"]
    assert entries
    for one in entries:
        assert {"startedDateTime", "time", "request", "response", "cache", "timings"} <= set(one)
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", one["startedDateTime"])
        assert one["time"] >= 0
        common = {"httpVersion", "cookies", "headers", "headersSize", "bodySize"}
        assert common | {"method", "url", "queryString"} <= set(one["request"])
        assert common | {"status", "statusText", "content", "redirectURL"} <= set(one["response"])
        assert {"send", "wait", "receive"} <= set(one["timings"])
    assert [one["startedDateTime"] for one in entries] == sorted(one["startedDateTime"] for one in entries)


def test_a_request_without_an_answer_has_the_status_0_in_a_har(app: Portolan, hosting: Hosting, tmp_path: Path) -> None:
    app.open(f"{hosting.netloc('mute-tokens')}/sample/harbour", "failed")
    transcript = Transcript(app)
    transcript.open(hosting.netloc("mute-tokens"))
    entries = json.loads(transcript.export("HAR", tmp_path).read_text(encoding="utf-8"))["log"]["entries"]
    assert [one["response"]["status"] for one in entries] == [401, 0]
    assert entries[1]["response"]["comment"] == "No usable answer: network"


def test_no_export_has_an_authorization_or_a_token_or_a_password(
    app: Portolan, hosting: Hosting, tmp_path: Path
) -> None:
    transcript = bearer(app, hosting, ADMIN)
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    app.sign_in("sailor", CANARY)
    SignIn(app).error.wait_for()
    transcript.open()
    har, text = (transcript.export(kind, tmp_path).read_text(encoding="utf-8") for kind in ("HAR", "text"))
    entries = json.loads(har)["log"]["entries"]
    names = {
        header["name"].lower() for one in entries for side in ("request", "response") for header in one[side]["headers"]
    }
    assert "www-authenticate" in names
    assert "authorization" not in names
    for exported in (har, text):
        assert CANARY not in exported
        assert ADMIN[1] not in exported
        assert not JWT.search(exported)


def test_the_text_is_for_a_bug_report(app: Portolan, hosting: Hosting, tmp_path: Path) -> None:
    transcript = bearer(app, hosting)
    path = transcript.export("text", tmp_path)
    assert path.suffix == ".txt"
    text = path.read_text(encoding="utf-8")
    assert text.startswith("Portolan transcript; credentials and tokens were never recorded\n")
    assert "challenge bearer\n      realm = " in text
    assert "scope = repository:private/logbook:pull" in text
    assert "asked: repository:private/logbook:pull\n    granted: repository:private/logbook:pull" in text
    for url in transcript.addresses():
        assert url in text


def test_an_export_of_all_registries_has_the_plain_name(app: Portolan, hosting: Hosting, tmp_path: Path) -> None:
    transcript = two_registries(app, hosting)
    assert transcript.export("HAR", tmp_path).name == "transcript.har"
    assert transcript.export("text", tmp_path).name == "transcript.txt"
