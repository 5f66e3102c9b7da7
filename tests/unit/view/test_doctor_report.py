"""The report for a ticket."""

from app.cors.subject import Subject
from app.ports.probing import Probe, Sight
from app.ports.transport import Headers
from app.view.doctor_report import report
from tests.unit.view.examined import BLOCKED, CLOSED, CURL, FINE, PAGE, READABLE, SEVERAL, SUBJECT, checkup, ruling
from tests.unit.view.states import REGISTRY


def test_it_says_who_asked_whom_and_what_came_of_it() -> None:
    text = report(CLOSED, "0.1.0 · abc")
    assert text.startswith("# Can a web page read registry.example.net?\n")
    assert "- Registry: `https://registry.example.net`" in text
    assert "- Page: `https://portolan.example`" in text
    assert "- Verdicts: `no-usable-allow-origin`" in text
    assert "- Credentials: none were sent" in text
    assert "by Portolan 0.1.0 · abc" in text


def test_it_has_every_verdict_with_its_meaning_and_its_command() -> None:
    text = report(SEVERAL, "")
    assert "## The registry asks for a sign-in, and this page cannot see how." in text
    assert "## The registry hides from this page that a list goes on." in text
    assert text.count(f"```sh\n{CURL}\n```") == 2
    assert "A page cannot tell these apart:" in text
    assert "**What next:**" in text


def test_it_has_every_probe_in_a_table() -> None:
    rows = [line for line in report(CLOSED, "").splitlines() if line.startswith("| ")]
    assert rows[0] == "| # | Question | Asked | Seen | Meaning |"
    assert len(rows) == 2 + len(CLOSED.findings)
    assert "`GET https://registry.example.net/v2/`" in rows[2]
    assert all(row.count(" | ") == 4 for row in rows)


def test_it_is_short_where_nothing_is_wrong() -> None:
    text = report(FINE, "")
    assert "Nothing has to change." in text
    assert "curl" not in text


def test_nothing_secret_is_in_it() -> None:
    subject = Subject(REGISTRY, PAGE, authorization="Basic c2VjcmV0")
    sight = Sight("readable", 401, Headers([("Set-Cookie", "tr3asure")]), b"tr3asure", url="https://x/?sig=tr3asure")
    probe = Probe("GET", "https://registry.example.net/v2/", (("Authorization", "Basic c2VjcmV0"),))
    found = checkup(READABLE._replace(probe=probe, sight=sight), signed=True)._replace(subject=subject)
    text = report(found, "")
    assert "tr3asure" not in text
    assert "c2VjcmV0" not in text
    assert "- Credentials: sent to the registry, as the person allowed" in text


def test_texts_of_somebody_else_cannot_become_markup() -> None:
    hostile = Probe("GET", "https://r.example/v2/`|<b>\u202e[x](https://evil.example)")
    found = checkup(BLOCKED._replace(probe=hostile), rulings=(ruling("no-usable-allow-origin", 1),))
    row = next(line for line in report(found, "").splitlines() if line.startswith("| 1 |"))
    assert "\u202e" not in row
    assert "``GET https://r.example/v2/`\\|<b>\\u202e[x](https://evil.example)``" in row


def test_a_page_without_an_origin_says_so() -> None:
    text = report(CLOSED._replace(subject=SUBJECT._replace(page=None)), "")
    assert "- Page: of a browser extension or a file, without an origin of its own" in text
