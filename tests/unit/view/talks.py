"""What was said with a registry, for tests of the view: a list of tags that took a challenge and a token."""

from app.auth.challenge import parse_challenges
from app.auth.entry import Exchange, Group
from app.auth.outcome import Outcome
from app.auth.standing import Identity
from app.oci.origin import Origin

REGISTRY = Origin("https", "registry.example.net", None)
OTHER = Origin("https", "registry.example.org", None)
SCOPE = "repository:harbour/tide-gauge:pull"
CHALLENGE = f'Bearer realm="https://auth.example.org/v1/token",service="registry.example.net",scope="{SCOPE}"'
TAGS = "https://registry.example.net/v2/harbour/tide-gauge/tags/list?n=1000"
TOKEN = f"https://auth.example.org/v1/token?service=registry.example.net&scope={SCOPE}"
STARTED = 1_770_806_167.0
OK = Outcome("ok", ())

FIRST = Exchange(
    number=1,
    group=1,
    registry=REGISTRY,
    started=STARTED,
    purpose="resource",
    why="first-contact",
    method="GET",
    url=TAGS,
    authorization="none",
    request_headers=(("accept", "application/json"),),
    preflight_because=(),
    seconds=0.061,
    status=401,
    answered_by="https://registry.example.net/v2/harbour/tide-gauge/tags/list",
    response_headers=(("content-type", "application/json"), ("www-authenticate", CHALLENGE)),
    challenges=parse_challenges(CHALLENGE),
    codes=("UNAUTHORIZED",),
    ended=OK,
)
ASKED = FIRST._replace(
    number=2,
    purpose="token",
    why="challenge-bearer",
    url=TOKEN,
    authorization="basic",
    preflight_because=("authorization",),
    asked=(SCOPE,),
    seconds=0.212,
    status=200,
    answered_by="https://auth.example.org/v1/token",
    response_headers=(("content-type", "application/json"),),
    challenges=(),
    codes=(),
    granted=(SCOPE,),
    expires_in=300.0,
    lifetime=300.0,
    opaque=False,
    refreshable=False,
)
AGAIN = FIRST._replace(
    number=3,
    why="challenge-bearer",
    authorization="bearer",
    preflight_because=("authorization",),
    seconds=0.097,
    status=200,
    response_headers=(("content-type", "application/json"), ("link", '</v2/x?last=1>; rel="next"')),
    challenges=(),
    codes=(),
)
TALK = Group(1, REGISTRY, (FIRST, ASKED, AGAIN), OK)
BLOB = AGAIN._replace(
    number=4,
    group=2,
    why="known-bearer",
    url=f"https://registry.example.net/v2/harbour/tide-gauge/blobs/sha256:{'ab' * 32}",
    redirected="cross-origin",
    stripped=True,
    answered_by="https://storage.example.com/blobs/ab",
    withheld=("location",),
)
REDIRECTED = Group(2, REGISTRY, (BLOB,), OK)
_DENIED = Outcome("denied", ("repository:harbour/ledger:pull",))
NARROW = ASKED._replace(
    number=6, group=3, asked=("repository:harbour/ledger:pull",), granted=(), ended=_DENIED, refreshable=True
)
REFUSED = Group(
    3,
    REGISTRY,
    (
        FIRST._replace(number=5, group=3, url=TAGS.replace("tide-gauge", "ledger"), ended=_DENIED),
        NARROW,
        AGAIN._replace(
            number=7, group=3, status=401, codes=("DENIED",), url=TAGS.replace("tide-gauge", "ledger"), ended=_DENIED
        ),
    ),
    _DENIED,
)
BUSY = FIRST._replace(
    number=8, group=4, registry=OTHER, status=429, challenges=(), codes=("TOOMANYREQUESTS",), ended=None
)
WAIT = BUSY._replace(
    number=9, purpose="wait", why="rate-limited", method="", url="", seconds=2.0, status=None, response_headers=()
)
SILENT = BUSY._replace(
    number=10, why="after-wait", status=None, failure="network", codes=(), response_headers=(), seconds=0.02
)
PAUSED = Group(4, OTHER, (BUSY, WAIT, SILENT), None)

ALICE = Identity("alice", "password", "alice", True, True, "bearer", 272.4)
ROBOT = Identity("robot$harbour", "identity-token", "robot$harbour", False, False, "bearer", None)
NAMELESS = Identity("registry-token", "registry-token", None, False, False, "", None)
