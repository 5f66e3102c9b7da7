"""What the page shows, as frozen values: one AppState, and one value for each kind of page in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from app.oci.value import value
from app.state.raw_model import Blob as Blob
from app.state.raw_model import Raw as Raw

if TYPE_CHECKING:  # names of fields alone: start-up need not pay for the rooms behind them
    from app.auth.credential import CredentialKind
    from app.auth.docker_config import ConfigProblem
    from app.auth.entry import Group
    from app.auth.errors import ApprovalPrompt, LoginPrompt
    from app.auth.inspection import Inspection
    from app.auth.observation import Observation
    from app.auth.signature import Verification
    from app.auth.standing import AnonymousRead, Identity, Standing
    from app.client.registry import Fetched
    from app.oci.config import ImageConfig
    from app.oci.descriptor import Descriptor
    from app.oci.digest import Digest
    from app.oci.origin import Origin
    from app.state.base_model import BaseCheck
    from app.state.doctor_model import Checkup
    from app.state.failure import Failure
    from app.state.host_config import HostConfig
    from app.state.page import Page as Page
    from app.state.route import Route
else:
    Page = object

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
    """What this browser keeps between visits, when the person lets it.

    `approvals`: (registry origin, realm origin) pairs that credentials may go to. `token_lifetime`: seconds that tokens
    are used, 0 for one request each, None as long as they say. `idle_lock`: minutes without a hand on the page until
    it signs out everywhere, 0 never. `offline`: ask token services for refresh tokens.
    """

    remember: bool
    theme: Theme
    recents: tuple[Recent, ...]
    approvals: tuple[tuple[str, str], ...]
    token_lifetime: float | None = None
    idle_lock: int = 0
    offline: bool = False


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
    (`platform`, as in the route's query, or the first one). `referrers`: None until known to exist or not.

    `facts`: the config of a chart or a WebAssembly module, in JSON. `base`: of the image that this one was built on.
    """

    fetched: Fetched | None
    children: tuple[Child, ...]
    platform: str | None
    image: Fetched | None
    config: ImageConfig | None
    config_failure: Failure | None
    referrers: tuple[Descriptor, ...] | None
    referrers_failure: Failure | None
    facts: bytes | None = None
    base: BaseCheck | None = None


@value
class SettingsPage(NamedTuple):
    """The settings. `can_keep`: this browser lets the page keep things; `secure`: the page came by https."""

    can_keep: bool
    secure: bool


@value
class TranscriptPage(NamedTuple):
    """What was said between this tab and one registry, or all. `revision` grows with every change.

    `left_out`: how many requests of the tab were given up for newer ones.
    """

    groups: tuple[Group, ...]
    revision: int
    registry: Origin | None
    left_out: int = 0


@value
class HeldToken(NamedTuple):
    """A token in memory, never its value. `asked`, `granted`: scopes, granted None when it is opaque. `expires_in`:
    whole seconds. `identity`: the name of whose it is, None when anonymous. `inspection`: of when it was first seen, so
    the times in it stand still."""

    asked: tuple[str, ...]
    granted: tuple[str, ...] | None
    expires_in: float
    identity: str | None
    inspection: Inspection


@value
class TokenPage(NamedTuple):
    """Tokens looked into. `inspection`: of the one that was pasted; `verification`: of its signature, None before that
    was asked for. `checking`: it is under way. `held`: the tokens in memory for the registry of the route."""

    inspection: Inspection | None
    verification: Verification | None
    checking: bool
    held: tuple[HeldToken, ...]


@value
class RegistryIdentities(NamedTuple):
    """The identities of one registry, in the order in which they signed in."""

    registry: Origin
    identities: tuple[Identity, ...]


@value
class ImportReport(NamedTuple):
    """What became of an imported configuration. `imported`: netloc of the registry, kind of credential, user name."""

    imported: tuple[tuple[str, CredentialKind, str | None], ...]
    helpers: tuple[str, ...]
    problems: tuple[ConfigProblem, ...]


@value
class IdentitiesPage(NamedTuple):
    """All identities of this tab. `report`: of the latest import on this page."""

    registries: tuple[RegistryIdentities, ...]
    report: ImportReport | None


@value
class UseCasesPage(NamedTuple):
    """What the registry of the route did in this tab for each use case of the working group."""

    observations: tuple[Observation, ...]
    registry: Origin


@value
class Missing(NamedTuple):
    """A view that this version does not have, or a route that cannot be read (`mistake`: position and reason)."""

    view: str
    text: str
    mistake: tuple[int, str] | None


@value
class AppState(NamedTuple):
    """All that the view needs. At most one of login, approval and confirm is set; each stands above what was
    already on the page. `busy`: a sign-in is being tried. `failure`: what stopped this page; data may be shown.

    `identities`: of the registry of the route. `anonymously`: what is shown was read without the identity in use, for
    the reason in `anonymous_read`. `retry`: whole seconds until it is tried again by itself, None when it is not.
    `mistake`: what is wrong with what was entered in a form of this page. `locked`: the idle lock signed out.
    `extension`: this is a page of the browser extension, to which CORS does not apply; it may read the origins in
    `granted` (match patterns without a path: ask `app.client.permits.covers`) and asks for no others. `refused`: the
    browser has just refused another one. `storage`: what was typed on this page as the origin of a storage.
    `checkup`: what the doctor found, on its page and on that of a registry that never answered.
    """

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
    identities: tuple[Identity, ...] = ()
    anonymously: bool = False
    anonymous_read: AnonymousRead | None = None
    retry: float | None = None
    mistake: Failure | None = None
    locked: bool = False
    extension: bool = False
    granted: tuple[str, ...] = ()
    refused: bool = False
    storage: str = ""
    checkup: Checkup | None = None
