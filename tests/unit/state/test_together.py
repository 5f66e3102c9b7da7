import asyncio

import pytest

from app.state.together import together


def test_all_of_them_run_at_the_same_time() -> None:
    async def run() -> None:
        meeting = asyncio.Barrier(3)

        async def come() -> None:
            await meeting.wait()

        await together(come(), come(), come())

    asyncio.run(run())


def test_none_is_no_time() -> None:
    asyncio.run(together())


def test_the_first_failure_ends_the_others_and_is_the_callers() -> None:
    ended: list[str] = []

    async def fail() -> None:
        raise KeyError("x")

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("wait")

    async def run() -> None:
        with pytest.raises(KeyError):
            await together(wait(), fail(), wait())
        await asyncio.sleep(0)
        assert ended == ["wait", "wait"]

    asyncio.run(run())


def test_cancelling_ends_them_all() -> None:
    ended: list[str] = []

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("wait")

    async def run() -> None:
        task = asyncio.ensure_future(together(wait(), wait()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert ended == ["wait", "wait"]

    asyncio.run(run())
