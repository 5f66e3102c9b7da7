"""What can go wrong with a request to a registry, as types with the facts in fields.

    ClientError
    ├─ Unreachable    no usable answer arrived
    ├─ BadAnswer      an answer arrived that is not the registry API's
    ├─ BadDigest      the bytes are not the ones that were asked for
    ├─ NotFound       404
    ├─ Unsupported    the registry does not offer this operation
    ├─ Forbidden      403, or a 401 that signing in cannot change
    ├─ RateLimited    429
    ├─ ServerFailed   5xx
    └─ Refused        any other 4xx

The exceptions of `app.auth.errors` stand beside these and pass through the client unchanged.
"""

from typing import Literal

from app.oci.digest import Digest
from app.oci.error import ErrorInfo
from app.oci.origin import Origin

UnreachableReason = Literal["network", "timeout", "truncated"]
BadAnswerReason = Literal["html", "json", "shape", "too-large", "status", "link"]


class ClientError(Exception):
    """A request that failed. `url`: the one that was asked for, not one that a redirect led to; that one may be signed.

    `codes`: the errors of the answer's body, empty when it had none that can be read.
    `answered_by`: the origin whose answer this is when a redirect led to another one.
    `authorized`: whether the request carried an Authorization field.
    """

    def __init__(
        self,
        method: str,
        url: str,
        status: int | None = None,
        codes: tuple[ErrorInfo, ...] = (),
        *,
        answered_by: Origin | None = None,
        authorized: bool = False,
    ) -> None:
        super().__init__(f"{method} {url}: {'no answer' if status is None else status}")
        self.method = method
        self.url = url
        self.status = status
        self.codes = codes
        self.answered_by = answered_by
        self.authorized = authorized


class NotFound(ClientError):
    """The registry has no such repository, manifest or blob, or does not say that it has."""


class Unsupported(ClientError):
    """The registry does not offer this operation: 405, 501, the code UNSUPPORTED, or a catalog that is 404."""


class Forbidden(ClientError):
    """403: known or not, who asks may not."""


class ServerFailed(ClientError):
    """5xx. The body may have been anything."""


class Refused(ClientError):
    """Any other 4xx: the registry understood and declined."""


class RateLimited(ClientError):
    """429. `retry_after`: seconds to wait from the moment of the answer, None when it did not say (or it is hidden)."""

    def __init__(
        self,
        method: str,
        url: str,
        status: int | None = 429,
        codes: tuple[ErrorInfo, ...] = (),
        *,
        retry_after: float | None = None,
        answered_by: Origin | None = None,
        authorized: bool = False,
    ) -> None:
        super().__init__(method, url, status, codes, answered_by=answered_by, authorized=authorized)
        self.retry_after = retry_after


class Unreachable(ClientError):
    """No usable answer: `network` (refused, CORS, DNS, TLS: a page cannot tell), `timeout`, `truncated`."""

    def __init__(self, method: str, url: str, reason: UnreachableReason, status: int | None = None) -> None:
        super().__init__(method, url, status)
        self.reason: UnreachableReason = reason


class BadAnswer(ClientError):
    """An answer that is not the registry API's.

    `reason`: html (a page for people), json (not JSON), shape (JSON of another shape; `path` says where, as in
    `layers[3].digest`), too-large (more than `limit` bytes), status (one that no such request gets),
    link (it names a next page that must not be followed: of another origin, or over plain http from https).
    `detail`: what is wrong, a phrase that follows the path; empty where `reason` says all.
    """

    def __init__(
        self,
        method: str,
        url: str,
        reason: BadAnswerReason,
        status: int | None = None,
        *,
        path: str = "",
        detail: str = "",
        limit: int | None = None,
    ) -> None:
        super().__init__(method, url, status)
        self.reason: BadAnswerReason = reason
        self.path = path
        self.detail = detail
        self.limit = limit


class BadDigest(ClientError):
    """The bytes received are not those of the digest. `size`: how many bytes arrived."""

    def __init__(self, method: str, url: str, expected: Digest, actual: Digest, size: int) -> None:
        super().__init__(method, url, 200)
        self.expected = expected
        self.actual = actual
        self.size = size
