"""Programs that a test cannot do without."""

import os

import pytest

from tests.servers.binaries import BinaryMissing, find_binary

# Tested where somebody has them, even on a build server: no package registry brings them, so no set-up can.
NOT_TO_BE_HAD = {"zot"}


def needed(program: str) -> str:
    """The path of a program; without it the test is not run, which on a build server is a failure."""
    try:
        return find_binary(program)
    except BinaryMissing as missing:
        if program in NOT_TO_BE_HAD:
            pytest.skip(f"not run: {program} is not on PATH")
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing), pytrace=False)
        pytest.skip(f"not run: {missing}")
