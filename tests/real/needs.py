"""Programs that a test cannot do without."""

import os

import pytest

from tests.servers.binaries import BinaryMissing, find_binary


def needed(program: str) -> str:
    """The path of a program; without it the test is not run, which on a build server is a failure."""
    try:
        return find_binary(program)
    except BinaryMissing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing), pytrace=False)
        pytest.skip(f"not run: {missing}")
