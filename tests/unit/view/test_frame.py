import pytest

from app.auth.identity import Standing
from app.client.errors import NotFound
from app.oci.origin import Origin
from app.state.route import parse_route
from app.view import frame
from app.view.explanation import Scene
from app.view.markup import el, group, render
from tests.unit.view.reading import read
from tests.unit.view.states import ALICE, HOST, LANDING, MANIFEST, PROMPT, REPOSITORY, SETTINGS, URL, at, digest, failed

STATE = at(MANIFEST, LANDING)
FAILURE = failed(NotFound("GET", URL, 404))


def test_what_interrupts_stands_between_heading_and_data() -> None:
    state = STATE._replace(login=PROMPT, failure=FAILURE)
    page = read(render(frame.page(state, "manifest", el("h1", None, "Head"), el("table")))).one("div.page")
    marks = [node.tag for node in page if node.tag in ("h1", "table") or {"login", "notice"} & set(node.classes)]
    assert marks == ["h1", "div", "div", "table"]


def test_a_page_that_nothing_interrupts_is_its_data() -> None:
    assert render(frame.page(STATE, "manifest", None, "data")) == '<div class="page">data</div>'


def test_the_scene_is_taken_from_the_route_and_the_standing() -> None:
    found = frame.scene(STATE._replace(standing=ALICE), "manifest")
    assert found == Scene("manifest", "registry.example.net", "harbour/tide-gauge", "2.4.1", "alice")
    assert not frame.scene(STATE._replace(extension=True), "manifest").cors


@pytest.mark.parametrize("field", ["login", "approval", "confirm"])
def test_any_question_makes_the_page_wait(field: str) -> None:
    assert frame.asking(STATE._replace(**{field: PROMPT}))  # type: ignore[arg-type]
    assert not frame.asking(STATE)


def test_the_key_ignores_filter_and_order_and_the_time_that_is_left() -> None:
    filtered = at(f"{REPOSITORY}?filter=a", LANDING, standing=ALICE)
    later = at(REPOSITORY, LANDING, standing=ALICE._replace(expires_in=1.0))
    assert frame.key(filtered) == frame.key(later)


def test_the_key_tells_who_is_signed_in_and_what_failed() -> None:
    assert frame.key(STATE) != frame.key(STATE._replace(standing=Standing("basic", "bob", None)))
    assert frame.key(STATE) != frame.key(STATE._replace(failure=FAILURE))
    assert frame.key(STATE) != frame.key(STATE._replace(busy=True))


def test_the_key_tells_whether_a_sign_in_or_an_approval_could_be_offered() -> None:
    assert frame.key(STATE) != frame.key(STATE._replace(standing=Standing("bearer", None, None)))
    assert frame.key(STATE) != frame.key(STATE._replace(settings=SETTINGS._replace(remember=False)))


def test_a_failure_is_announced_by_its_title() -> None:
    assert frame.announcement(STATE._replace(failure=FAILURE), "manifest") == "No tag 2.4.1 in harbour/tide-gauge"
    assert frame.announcement(STATE, "manifest") is None


def test_a_question_is_announced_before_a_failure() -> None:
    state = STATE._replace(failure=FAILURE, confirm=Origin("http", "10.0.0.1", None))
    assert frame.announcement(state, "manifest") == "10.0.0.1 is on a private network. Contact it?"


@pytest.mark.parametrize(
    ("hash_", "said"),
    [
        (HOST, "HTTPS"),
        ("#/http://registry.lan:5000", "plain HTTP, not encrypted"),
        ("#/localhost:5000/", "HTTP, on this"),
    ],
)
def test_the_way_to_the_registry_is_said(hash_: str, said: str) -> None:
    assert said in read(render(frame.transport(at(hash_, LANDING)))).text


def test_a_manifest_is_named_with_its_digest_in_short() -> None:
    assert frame.named(parse_route(MANIFEST)) == "harbour/tide-gauge:2.4.1"
    both = parse_route(f"{MANIFEST}@{digest('x')}")
    assert frame.named(both) == f"harbour/tide-gauge:2.4.1@sha256:{digest('x').short}"


def test_no_failure_is_no_notice() -> None:
    assert render(group(frame.failure(STATE, None, "manifest"))) == ""
