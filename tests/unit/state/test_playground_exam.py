import asyncio

from app.state.playground_board import Board
from app.state.playground_exam import examine, subject_of
from app.state.playground_model import LOOK, Run, Scenario, Told
from app.state.playground_witness import Witness
from tests.unit.cors.fake_servers import Cors
from tests.unit.fake_transport import FakeClock
from tests.unit.state.fake_board import BOARD, PAGE, REGISTRY, FakeBoard
from tests.unit.state.test_playground_model import CATALOGUE


def scenario(name: str) -> Scenario:
    found = CATALOGUE.find(name)
    assert found is not None
    return found


def runs(name: str, cors: Cors) -> list[Run]:
    fake = FakeBoard(cors)

    async def scene() -> list[Run]:
        witness = Witness(fake.browser, Board(fake.transport, BOARD), name)
        told = Told(REGISTRY, False)
        return [run async for run in examine(scenario(name), CATALOGUE, told, PAGE, witness, FakeClock())]

    return asyncio.run(scene())


def test_each_step_is_told_as_it_begins_and_as_it_ends() -> None:
    found = runs("no-allow-origin", Cors(origins=()))
    assert [run.running for run in found] == [True] * (len(found) - 1) + [False]
    first = next(run for run in found if run.seen).seen[0]
    assert (first.question, first.outcome, first.sent) == ("read", None, ())
    assert len(found[-1].seen) == (len(found) - 2) / 2


def test_what_the_server_sent_stands_beside_what_the_page_saw() -> None:
    last = runs("no-allow-origin", Cors(origins=()))[-1]
    read, reach = last.seen[:2]
    assert (read.outcome, [one.origin for one in read.sent]) == ("blocked", [str(PAGE)])
    assert (reach.outcome, reach.ways, [one.origin for one in reach.sent]) == ("opaque", ("no-cors",), [None])


def test_a_verdict_names_its_host_and_a_command() -> None:
    said = runs("no-allow-origin", Cors(origins=()))[-1].said[0]
    assert (said.verdict, said.host) == ("no-usable-allow-origin", "127.0.0.1:6001")
    assert said.curl.startswith("curl ")


def test_where_nothing_is_wrong_that_is_said_of_the_registry() -> None:
    last = runs("no-allow-origin", Cors())[-1]
    assert [(one.verdict, one.host, one.curl) for one in last.said] == [("ok", "127.0.0.1:6001", "")]


def test_one_more_request_shows_what_the_doctor_does_not_ask() -> None:
    look = runs("hidden-content-range", Cors())[-1].seen[-1]
    assert (look.question, look.method, look.headers) == (LOOK, "GET", (("Range", "bytes=0-9"),))
    assert look.url == f"{REGISTRY}/v2/sample/notes/blobs/{CATALOGUE.blob}"
    assert look.meaning == "header-hidden"
    assert look.sent


def test_the_value_of_an_authorization_is_not_kept() -> None:
    steps = runs("no-allow-origin", Cors())[-1].seen
    assert ("Authorization", "…") in [header for one in steps for header in one.headers]
    assert not [text for one in steps for name, text in one.headers if name == "Authorization" and text != "…"]


def test_only_the_samples_own_user_is_sent_where_a_scenario_needs_one() -> None:
    subject = subject_of(scenario("only-on-success"), CATALOGUE, REGISTRY, PAGE)
    assert subject.authorization == "Basic c2FpbG9yOmhhcmJvdXI="
    assert (subject.repository, subject.reference, str(subject.blob)) == ("sample/notes", "latest", CATALOGUE.blob)
    assert subject_of(scenario("reset"), CATALOGUE, REGISTRY, PAGE).authorization is None
