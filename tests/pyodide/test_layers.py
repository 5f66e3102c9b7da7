"""Layers read by the Python that the page has, whose zlib and zstd are others than those of the unit tests."""

import pytest

from tests.pyodide.conftest import Inside
from tests.unit.layers.layer_kit import gzip_of, noise, tar_of
from tests.unit.layers.zstd_kit import zstd_of

RAW = tar_of(("folder", None), ("folder/text", b"words " * 3000), ("noise", noise(1, 50_000)))

SCAN = """
import asyncio
import time
from app.layers.blob_source import HeldBlob
from app.layers.reading import read_file
from app.layers.scan import Scan
from app.oci.digest import digest_of


class Clock:
    now = staticmethod(time.time)
    monotonic = staticmethod(time.monotonic)

    async def sleep(self, seconds):
        pass


def done(coroutine):
    # Nothing in it waits, so that it ends at the first step.
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value


clock, source = Clock(), HeldBlob(blob)
index = done(Scan(clock, digest=digest_of(blob), diff_id=digest_of(raw), size=len(blob)).run(source))
content = done(read_file(index, 1, source, clock))
paths = [entry.path for entry in index.entries]
[index.compression, index.state, index.digest, index.diff_id, paths, len(content.data)]
"""


@pytest.mark.parametrize(("compression", "blob"), [("none", RAW), ("gzip", gzip_of(RAW)), ("zstd", zstd_of(RAW))])
def test_a_layer_is_listed_verified_and_read(inside: Inside, compression: str, blob: bytes) -> None:
    code = f"blob = bytes.fromhex({blob.hex()!r})\nraw = bytes.fromhex({RAW.hex()!r})\n{SCAN}"
    assert inside(code) == [compression, "complete", "ok", "ok", ["folder/", "folder/text", "noise"], 18000]
