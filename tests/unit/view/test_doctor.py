"""The doctor's page."""

import pytest

from app.auth.standing import Standing
from app.cors.public import known_silent
from app.oci.origin import parse_origin
from app.state.doctor_model import Checkup, DoctorPage
from app.view import doctor
from tests.unit.view.examined import BLOCKED, CLOSED, FINE, PAGE, REMEDIES, RUNNING, SEVERAL, SUBJECT, checkup
from tests.unit.view.examined import doctor as state
from tests.unit.view.reading import Node
from tests.unit.view.states import ALICE, REGISTRY, shown


def page(found: Checkup | None = CLOSED, **fields: object) -> Node:
    return shown(state(found, **fields))  # type: ignore[arg-type]


def headings(node: Node) -> list[str]:
    return [one.words for one in node.all("h2")]


def test_the_verdict_comes_first_and_says_what_is_wrong_and_who_has_to_change_it() -> None:
    node = page()
    told = node.all("div.notice")[0]
    assert told.one("span.verdict").words == "The registry is up, but it does not let this page read its answers."
    assert "https://portolan.example" in told.words
    assert "What next:" in told.words
    assert "notice--danger" in told.classes


def test_a_registry_that_can_be_read_is_said_to_be_fine() -> None:
    told = page(FINE).all("div.notice")[0]
    assert "notice--ok" in told.classes
    assert "Nothing has to change." in told.words
    assert page(FINE).all("section", id="unseen") == []


def test_while_it_runs_the_steps_so_far_are_there_and_counted_in_a_live_region() -> None:
    node = page(RUNNING)
    assert node.by_id("doctor-progress")["role"] == "status"
    assert node.by_id("doctor-progress").words == "Examining: 2 steps, 0 passed, 1 failed, 30 ms so far"
    assert node.by_id("probes-registry").all("tbody")[0].all("tr")[2].all("span.outcome")[0].words == "asking…"
    assert node.all("section", id="unseen") == []
    assert node.all("button", data_copy="") == []
    assert "Copy report" not in node.words


def test_before_the_first_answer_it_counts_nothing() -> None:
    waiting = checkup(BLOCKED._replace(sight=None, meaning="asking"), running=True)
    assert page(waiting).by_id("doctor-progress").words == "Examining: waiting for the first answer"


def test_once_it_has_ended_the_report_can_be_copied_and_it_can_be_run_again() -> None:
    node = page()
    copied = next(one for one in node.all("button") if one.words == "Copy report")
    assert copied["data-copy"].startswith("# Can a web page read registry.example.net?")
    assert node.one("button", data_command="doctor-again").words == "Run again"


def test_the_other_verdicts_stand_below_the_worst() -> None:
    also = page(SEVERAL).by_id("also")
    assert [one.words for one in also.all("h3")] == ["The registry hides from this page that a list goes on."]


def test_without_a_registry_there_is_the_form_alone() -> None:
    node = shown(state(None, "#/-/doctor", DoctorPage()))
    assert headings(node) == ["What shall be examined?"]
    assert node.all("button", data_command="doctor-again") == []


def test_the_form_keeps_what_was_entered_and_says_what_is_wrong_beside_it() -> None:
    wrong = DoctorPage(mistake=("realm", "That is no address."), typed=("r.example", "auth", ""))
    node = shown(state(None, "#/-/doctor", wrong))
    field = node.by_id("doctor-realm")
    assert field["value"] == "auth"
    assert field["aria-invalid"] == "true"
    assert node.by_id(field["aria-describedby"]).words == "That is no address."
    assert node.by_id("doctor-reference")["value"] == "r.example"
    assert doctor.announce(state(None, "#/-/doctor", wrong)) == "That is no address."


def test_a_private_host_is_asked_about_and_nothing_can_be_run_meanwhile() -> None:
    node = page(None, confirm=REGISTRY)
    assert node.one("button", data_command="confirm-host")
    assert node.all("button", data_command="doctor-again") == []


def test_credentials_are_offered_only_to_who_is_signed_in() -> None:
    assert page().all("input", data_command="doctor-credentials") == []
    node = page(standing=ALICE)
    box = node.one("input", data_command="doctor-credentials")
    assert "checked" not in box.attributes
    assert "alice" in node.words
    assert "nowhere before you say so" in node.words


def test_where_no_credential_could_be_used_it_says_so() -> None:
    yes = DoctorPage(allowed="alice")
    assert "nothing of it was sent" in page(CLOSED, page=yes, standing=ALICE).words
    assert "nothing of it was sent" not in page(CLOSED._replace(signed=True), page=yes, standing=ALICE).words
    assert (
        "checked" in page(CLOSED, page=yes, standing=ALICE).one("input", data_command="doctor-credentials").attributes
    )


def test_a_public_registry_without_cors_is_named_with_the_ways_out() -> None:
    known = known_silent(parse_origin("https://docker.io"))
    assert known is not None
    node = page(CLOSED, page=DoctorPage(known=known, remedies=REMEDIES))
    told = node.all("div.notice")[0].words
    assert f"Docker Hub is known to send no CORS headers ({known.evidence})." in told
    assert node.by_id("fix-around").all("summary")[0].words == "A relay"
    assert node.one("div", data_offer="extension")


def test_nothing_is_said_of_a_known_registry_that_can_be_read_after_all() -> None:
    known = DoctorPage(known=known_silent(parse_origin("https://docker.io")))
    assert "is known to send no CORS" not in page(FINE, page=known).words
    granted = CLOSED._replace(subject=SUBJECT._replace(granted=True))
    assert "is known to send no CORS" not in page(granted, page=known, extension=True).words


def test_inside_the_extension_cors_does_not_apply_and_the_page_says_so() -> None:
    node = page(FINE, extension=True)
    assert "Inside the extension CORS does not apply" in node.words
    assert page(CLOSED, page=DoctorPage(remedies=REMEDIES), extension=True).all("div", data_offer="extension") == []


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            CLOSED,
            "The registry is up, but it does not let this page read its answers. 2 steps, 0 passed, 1 failed, 30 ms",
        ),
        (RUNNING, "CORS doctor for registry.example.net"),
        (None, "CORS doctor for registry.example.net"),
    ],
)
def test_the_end_is_announced_with_the_verdict(found: Checkup | None, words: str) -> None:
    assert doctor.announce(state(found)) == words


def test_the_title_names_the_registry() -> None:
    assert doctor.title(state(None)) == "CORS doctor for registry.example.net"
    assert doctor.title(state(None, "#/-/doctor")) == "CORS doctor"


def test_an_extension_or_a_file_has_no_origin_to_name() -> None:
    nowhere = CLOSED._replace(subject=SUBJECT._replace(page=None))
    node = page(nowhere, page=DoctorPage(remedies=REMEDIES))
    assert "from a page of" not in node.words
    assert str(PAGE) not in node.words
    assert node.all("select", id="fix-origins") == []


def test_a_hostile_name_of_an_identity_is_shown_harmlessly() -> None:
    node = page(standing=Standing("basic", "a\u202eb", None))
    assert "a\\u202eb" in node.words
