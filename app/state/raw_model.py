"""The pages of what was received as it was received: the JSON of a manifest, a blob."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.oci.value import value

if TYPE_CHECKING:  # names of fields alone, as in the other models
    from app.client.registry import Fetched
    from app.oci.digest import Digest


@value
class Raw(NamedTuple):
    """The JSON of a manifest, every digest a link. `folds`: how often all was unfolded since the page was opened,
    below 0 folded."""

    fetched: Fetched | None
    loading: bool
    folds: int = 0


@value
class Blob(NamedTuple):
    """A blob. `media_type` and `size` are what the link to it said, hints only; `content` is verified bytes.

    `folds`: as in Raw. `part`: of a large one, where the bytes start and the bytes, which nothing can verify; None for
    the bytes where the registry sends no parts. `received`: bytes of a large one that came to be downloaded, None when
    none is.
    """

    digest: Digest
    media_type: str | None
    size: int | None
    content: bytes | None
    too_large: bool
    folds: int = 0
    part: tuple[int, bytes | None] | None = None
    received: int | None = None
