import asyncio

import pytest

from app.auth.identity import RegistryAuth
from app.client.session import Session
from app.oci.digest import digest_of
from app.ports.spill import SpillFile
from app.state.files_reading import Job, Reading
from tests.unit.fake_transport import FakeClock, FakeTransport
from tests.unit.layers.layer_kit import gzip_of, tar_of
from tests.unit.state.fake_content import REGISTRY, REPOSITORY
from tests.unit.state.fake_files import BELOW, Registry, ref


class FakeFile:
    """Implements SpillFile in memory."""

    def __init__(self) -> None:
        self.data = b""
        self.complete = False

    @property
    def size(self) -> int:
        return len(self.data)

    def write(self, data: bytes) -> bool:
        self.data += data
        return True

    def finish(self) -> None:
        self.complete = True

    def read(self, start: int, length: int) -> bytes:
        return self.data[start : start + length]

    def drop(self) -> None:
        self.data, self.complete = b"", False


class FakeSpill:
    def __init__(self) -> None:
        self.file = FakeFile()

    async def open(self, key: str, size: int | None) -> SpillFile | None:
        return self.file


def reading(registry: Registry, **fields: object) -> Reading:
    one = registry.layer(*BELOW)
    session = Session(REGISTRY, registry.transport, FakeClock(), RegistryAuth(REGISTRY))
    named = ref(1, one["size"], digest=digest_of(registry.blobs[one["digest"]]), **fields)
    return Reading(named, session, REPOSITORY)


def run(job: Job) -> None:
    async def play() -> None:
        job.start()
        while job.running:
            await job.wait(0.2)

    asyncio.run(play())


def test_a_job_reads_its_layers_to_their_end() -> None:
    one = reading(Registry())
    job = Job([one], FakeClock(), None, (0,))
    run(job)
    state = one.state(reading=False)
    assert (state.phase, state.listed, state.digest, job.error) == ("complete", True, "ok", None)


def test_where_ranges_are_ignored_bytes_are_put_aside_and_read_from_there() -> None:
    one, spill = reading(Registry()), FakeSpill()
    one._probe.ranged = False
    run(Job([one], FakeClock(), spill, (0,)))
    assert spill.file.complete
    assert one.source()[1] == "spill"
    one.drop()
    assert spill.file.size == 0
    assert one.source()[1] == "range"


def test_where_ranges_are_not_known_to_be_ignored_nothing_is_put_aside() -> None:
    one, spill = reading(Registry()), FakeSpill()
    run(Job([one], FakeClock(), spill, (0,)))
    assert (spill.file.size, one.source()[1]) == (0, "range")


def test_a_layer_that_its_descriptor_holds_is_not_asked_for() -> None:
    data = gzip_of(tar_of(*BELOW))
    session = Session(REGISTRY, FakeTransport(), FakeClock(), RegistryAuth(REGISTRY))
    one = Reading(ref(1, len(data), digest=digest_of(data), data=data), session, REPOSITORY)
    run(Job([one], FakeClock(), None, (0,)))
    assert (one.listed, one.source()[1]) == (True, "held")


@pytest.mark.parametrize(("field", "phase"), [("held", "waiting"), ("thorough", "complete")])
def test_what_a_person_said_enough_of_is_not_read(field: str, phase: str) -> None:
    one = reading(Registry())
    setattr(one, field, True)
    run(Job([one], FakeClock(), None, (0,)))
    assert one.state(reading=False).phase == phase


def test_a_failure_is_not_tried_again_until_a_person_wants_it() -> None:
    registry = Registry()
    one = reading(registry)
    registry.gone.update(registry.blobs)
    run(Job([one], FakeClock(), None, (0,)))
    assert one.state(reading=False).phase == "failed"
    registry.gone.clear()
    run(Job([one], FakeClock(), None, (0,)))
    assert one.failure is not None
    one.go_on()
    run(Job([one], FakeClock(), None, (0,)))
    assert one.state(reading=False).phase == "complete"


def test_another_name_for_a_layer_keeps_the_diff_id_that_is_known() -> None:
    one = reading(Registry(), diff_id=digest_of(b"d"))
    one.name(one.ref._replace(number=4, diff_id=None))
    assert (one.ref.number, one.ref.diff_id) == (4, digest_of(b"d"))
