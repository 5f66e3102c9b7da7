"""The question whether the image that an image was built on has moved on, and its answer."""

from typing import Literal, NamedTuple

from app.oci.digest import Digest
from app.oci.value import value


@value
class BaseCheck(NamedTuple):
    """What became of the question which digest the tag of a base image has now. `name`: the reference; `digest`: None
    where its registry does not say, or `state` is not known; `reason`: a phrase, of what failed."""

    name: str
    state: Literal["asking", "known", "private", "login", "failed"]
    digest: Digest | None
    reason: str = ""
