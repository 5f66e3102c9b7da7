"""What the page shows, as frozen values: one AppState, and one value for each kind of page in it."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from app.auth.errors import ApprovalPrompt, LoginPrompt
from app.auth.identity import Standing
from app.client.registry import Fetched
from app.oci.config import ImageConfig
from app.oci.descriptor import Descriptor
from app.oci.digest import Digest
from app.oci.origin import Origin
from app.oci.value import value
from app.state.failure import Failure
from app.state.host_config import HostConfig
from app.state.route import Route

CHUNK = 25
"""Rows in one region of a long list: what is filled in, and given up again, together."""

PATCH_ROWS = 200
"""Rows that one commit may bring: more would be a task of the page's thread that can be felt."""

Theme = Literal["auto", "light", "dark"]
TagOrder = Literal["version", "-version", "name", "-name"]


@value
class Recent(NamedTuple):
    """A registry that was opened before: the subject of its route, and when (seconds since 1970)."""

    subject: str
    when: float


@value
class Settings(NamedTuple):
    """What this browser keeps between visits, when the person lets it."""

    remember: bool
    theme: Theme
    recents: tuple[Recent, ...]
    approvals: tuple[tuple[str, str], ...]
    """(registry origin, realm origin) pairs that credentials may go to."""


@value
class Listing(NamedTuple):
    """A list that arrives in pages. `failure`: why it ends here, the items so far staying. `following`: the address of
    the next page, None before the first and after the last."""

    items: tuple[str, ...]
    complete: bool
    loading: bool
    failure: Failure | None
    following: str | None = None


@value
class Landing(NamedTuple):
    """The first page. `typed`: what was entered; `mistake`: what is wrong with it, and at which character."""

    typed: str
    mistake: tuple[int, str] | None


@value
class Catalog(NamedTuple):
    """A registry. `rows`: the repositories that match the filter, in order; `shown`: how many of them are rendered."""

    listing: Listing
    filter: str
    grouped: bool
    rows: tuple[str, ...]
    shown: int


@value
class TagDetail(NamedTuple):
    """What a row of the tag table says beyond the name; sizes in bytes, over all platforms. `complete`: nothing more
    of it is being read."""

    digest: Digest | None
    kind: str | None
    size: int | None
    platforms: tuple[str, ...]
    created: str | None
    failure: Failure | None
    complete: bool = True


@value
class Tags(NamedTuple):
    """A repository. `details` has the rows that were in view; `rows` and `shown` as in Catalog."""

    listing: Listing
    filter: str
    order: TagOrder
    rows: tuple[str, ...]
    shown: int
    details: Mapping[str, TagDetail]


@value
class Child(NamedTuple):
    """One manifest of an index; `fetched` once it was read."""

    descriptor: Descriptor
    fetched: Fetched | None
    failure: Failure | None


@value
class ManifestPage(NamedTuple):
    """A manifest. `image`: the manifest whose layers are shown: itself, or the platform chosen from an index
    (`platform`, as in the route's query, or the first one). `referrers`: None until known to exist or not."""

    fetched: Fetched | None
    children: tuple[Child, ...]
    platform: str | None
    image: Fetched | None
    config: ImageConfig | None
    config_failure: Failure | None
    referrers: tuple[Descriptor, ...] | None
    referrers_failure: Failure | None


@value
class Raw(NamedTuple):
    """The JSON of a manifest as it was received, every digest a link."""

    fetched: Fetched | None
    loading: bool


@value
class Blob(NamedTuple):
    """A blob. `media_type` and `size` are what the link to it said, hints only; `content` is verified bytes."""

    digest: Digest
    media_type: str | None
    size: int | None
    content: bytes | None
    too_large: bool


@value
class SettingsPage(NamedTuple):
    """The settings. `can_keep`: this browser lets the page keep things; `secure`: the page came by https."""

    can_keep: bool
    secure: bool


@value
class Missing(NamedTuple):
    """A view that this version does not have, or a route that cannot be read (`mistake`: position and reason)."""

    view: str
    text: str
    mistake: tuple[int, str] | None


Page = Landing | Catalog | Tags | ManifestPage | Raw | Blob | SettingsPage | Missing


@value
class AppState(NamedTuple):
    """All that the view needs. At most one of login, approval and confirm is set; each stands above what was
    already on the page. `busy`: a sign-in is being tried. `failure`: what stopped this page; data may be shown."""

    route: Route
    page: Page
    loading: bool
    failure: Failure | None
    login: LoginPrompt | None
    busy: bool
    approval: ApprovalPrompt | None
    confirm: Origin | None
    standing: Standing | None
    config: HostConfig
    settings: Settings
    suggestions: tuple[str, ...]
