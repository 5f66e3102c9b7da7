import asyncio

import pytest

from app.layers.local_hash import LocalHashing
from app.layers.verification import Verification
from app.oci.digest import Digest, digest_of, parse_digest


def concluded(
    digest: Digest | None, diff_id: Digest | None, *, whole: bool = True, sound: bool = True, plain: bool = False
) -> tuple[str, str]:
    made = Verification(LocalHashing(), digest, diff_id)
    if plain:
        made.plain()
    made.blob(b"packed")
    made.output(b"open" if not plain else b"ignored")
    asyncio.run(made.settle())
    asyncio.run(made.conclude(whole, sound))
    return made.digest, made.diff_id


BLOB, OPEN = digest_of(b"packed"), digest_of(b"open")


def test_before_the_end_nothing_is_concluded() -> None:
    made = Verification(LocalHashing(), BLOB, None)
    assert (made.digest, made.diff_id) == ("unfinished", "unknown")


@pytest.mark.parametrize(
    ("digest", "diff_id", "verdicts"),
    [
        (BLOB, OPEN, ("ok", "ok")),
        (OPEN, BLOB, ("wrong", "wrong")),
        (None, OPEN, ("unknown", "ok")),
        (parse_digest("blake3:" + "0" * 64), digest_of(b"open", "sha512"), ("unknown", "ok")),
    ],
)
def test_both_are_held_against_what_they_should_be(
    digest: Digest | None, diff_id: Digest | None, verdicts: tuple[str, str]
) -> None:
    assert concluded(digest, diff_id) == verdicts


def test_what_was_left_out_or_could_not_be_opened_is_never_right() -> None:
    assert concluded(BLOB, OPEN, whole=False) == ("wrong", "ok")
    assert concluded(BLOB, OPEN, sound=False) == ("ok", "wrong")
    assert concluded(None, None, whole=False, sound=False) == ("unknown", "unknown")


def test_what_is_not_compressed_is_hashed_once() -> None:
    assert concluded(BLOB, BLOB, plain=True) == ("ok", "ok")


def test_a_blob_that_cannot_be_opened_says_nothing_of_its_diff_id() -> None:
    made = Verification(LocalHashing(), BLOB, OPEN)
    made.closed()
    asyncio.run(made.conclude(True, False))
    assert made.diff_id == "unknown"
