"""The page that compares two references, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from app.oci.value import value
from app.state.route import LANDING, Route, RouteError, parse_route

if TYPE_CHECKING:
    from app.client.fetched import Fetched
    from app.oci.config import ImageConfig
    from app.oci.descriptor import Descriptor
    from app.state.compare_files import FilesCompared
    from app.state.failure import Failure
    from app.trust.sbom import Sbom

Which = Literal["left", "right"]


@value
class Side(NamedTuple):
    """One of the two. `route`: of its manifest. `identity`: whom it was read as, None for nobody.

    `chosen`: the entry of its index that is compared, None where it is no index. `image`: the manifest whose layers are
    compared. `failure`: why it, or its config, could not be read.
    """

    route: Route
    fetched: Fetched | None = None
    identity: str | None = None
    chosen: Descriptor | None = None
    image: Fetched | None = None
    config: ImageConfig | None = None
    failure: Failure | None = None


@value
class Listed(NamedTuple):
    """The list of packages of one side. `found`: None where it has none among its referrers; `where`: the manifest that
    it is in; `failure`: why nobody could look."""

    found: Sbom | None
    where: Descriptor | None = None
    failure: Failure | None = None


@value
class ComparePage(NamedTuple):
    """Two references. `right`: None before a second one is named. `packages`: of both, each None until looked for.

    `files`: None until a person asks for them. `typed`, `mistake`: what was entered as the second one, and what is
    wrong with it, at which character.
    """

    left: Side
    right: Side | None
    platform: str | None
    packages: Mapping[Which, Listed]
    files: FilesCompared | None = None
    typed: str = ""
    mistake: tuple[int, str] | None = None

    @property
    def has_data(self) -> bool:
        """Whether something that was read can be shown."""
        return self.right is None or self.left.fetched is not None

    @property
    def pending(self) -> bool:
        """Whether files are being read."""
        return self.files is not None and self.files.running

    @property
    def partial_failure(self) -> Failure | None:
        """Why a side is missing."""
        right = None if self.right is None else self.right.failure
        return self.left.failure or right


def begin(route: Route) -> ComparePage:
    """The page before anything is read."""
    left = Side(route.at_manifest(route.tag, route.digest))
    page = ComparePage(left, None, route.parameter("platform") or None, {}, typed=route.tail)
    if not route.tail:
        return page
    try:
        other = parse_other(route, route.tail)
    except RouteError as error:
        return page._replace(typed=error.text, mistake=(error.position, error.reason))
    return page._replace(right=Side(other), typed=other.subject)


def parse_other(route: Route, text: str) -> Route:
    """The second reference: like any route, or `:tag` and `@digest` of the repository of the first. Raises RouteError.

    What follows its tag or digest is left out.
    """
    near = str(route.at_repository(route.repository)) if text.startswith((":", "@")) else ""
    try:
        other = parse_route(near + text)
    except RouteError as error:
        # The text of the error, since a password in it is masked.
        raise RouteError(error.text[len(near) :], max(0, error.position - len(near)), error.reason) from None
    if other.registry is None or other.repository is None:
        raise RouteError(text, len(text), "An image is missing, such as registry.example/app:2.0.")
    if other.tag is None and other.digest is None:
        other = other._replace(tag="latest")
    return other.at_manifest(other.tag, other.digest)


def address(route: Route, other: Route) -> Route:
    """Where both are compared; the platform goes along."""
    platform = route.parameter("platform")
    query = (("platform", platform),) if platform else ()
    return route.at_manifest(route.tag, route.digest).at_view("compare", other.subject).with_query(query)


def other_in(route: Route) -> Route:
    """The second reference in an address; the landing page where there is none."""
    try:
        return parse_other(route, route.tail) if route.tail else LANDING
    except RouteError:
        return LANDING
