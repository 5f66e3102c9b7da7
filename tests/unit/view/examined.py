"""Examinations as the doctor's page shows them, for tests of the view."""

from app.cors.diagnosis import ALTERNATIVES, Diagnosis, Ruling
from app.cors.finding import Finding
from app.cors.fixes import Fix
from app.cors.subject import Subject
from app.oci.origin import Origin
from app.ports.probing import Probe, Sight
from app.ports.transport import Headers
from app.state.doctor_model import Checkup, DoctorPage, Remedy
from app.state.model import AppState
from tests.unit.view.states import HOST, REGISTRY, at

PAGE = Origin("https", "portolan.example", None)
DOCTOR = f"{HOST}/-/doctor"
PING = "https://registry.example.net/v2/"
CURL = "curl -gsS -o /dev/null -D - 'https://registry.example.net/v2/'"
SUBJECT = Subject(REGISTRY, PAGE, secure=True)

BLOCKED = Finding(1, "registry", "read", Probe("GET", PING), Sight("blocked", seconds=0.02), "silent")
HIDDEN = Finding(2, "registry", "reach", Probe("GET", PING, mode="no-cors"), Sight("opaque", seconds=0.01), "hidden")
READABLE = Finding(
    1, "registry", "read", Probe("GET", PING), Sight("readable", 401, Headers(), b"", 0.03, PING), "readable"
)
CHALLENGE = Finding(2, "registry", "challenge", None, READABLE.sight, "header-hidden")
ASKING = Finding(3, "registry", "redirect", Probe("GET", PING, redirect="manual"), None, "asking")
TOKEN = Finding(
    4, "token", "read", Probe("GET", "https://auth.example/token"), Sight("readable", 200, seconds=0.04), "readable"
)

NGINX = Fix("nginx", "nginx", "nginx", "add_header X always;\n# second line", "The word always matters.", "Ran nginx 1")
NONE = Fix("zot", "zot", "json", None, "Put a proxy in front.", "")


def ruling(verdict: str, *findings: int, url: str = PING) -> Ruling:
    return Ruling(verdict, url, ALTERNATIVES.get(verdict.removeprefix("token-"), ()), CURL, findings)


def checkup(
    *findings: Finding, rulings: tuple[Ruling, ...] = (), running: bool = False, signed: bool = False
) -> Checkup:
    return Checkup(SUBJECT, findings, Diagnosis(rulings, not running), running, signed)


CLOSED = checkup(BLOCKED, HIDDEN, rulings=(ruling("no-usable-allow-origin", 1, 2),))
FINE = checkup(READABLE)
RUNNING = checkup(BLOCKED, HIDDEN, ASKING, running=True)
SEVERAL = checkup(
    READABLE, CHALLENGE, TOKEN, rulings=(ruling("challenge-not-exposed", 2), ruling("link-not-exposed", 2))
)
REMEDIES = (Remedy("registry", (NGINX, NONE)), Remedy("around", (NGINX._replace(title="A relay"),)))


def doctor(found: Checkup | None, hash_: str = DOCTOR, page: DoctorPage | None = None, **fields: object) -> AppState:
    """The doctor's page, showing that."""
    return at(hash_, page or DoctorPage(typed=("registry.example.net", "", "")), checkup=found, **fields)
