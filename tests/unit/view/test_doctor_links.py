"""Where the doctor is found from a page that failed."""

from app.auth.errors import TokenServiceFailed
from app.oci.origin import parse_origin
from app.state.model import Blob
from app.view.doctor_links import doctor_link
from tests.unit.view.states import HOST, MANIFEST, REPOSITORY, at, digest, manifest_page, tags

REALM = parse_origin("https://auth.example.net")


def test_it_is_for_what_the_page_shows() -> None:
    assert doctor_link(at(REPOSITORY, tags(()))) == f"{REPOSITORY}/-/doctor"
    assert doctor_link(at(MANIFEST, manifest_page(None))) == f"{MANIFEST}/-/doctor"


def test_a_blob_goes_along() -> None:
    blob = digest("x")
    state = at(f"{REPOSITORY}/-/blob/{blob}", Blob(blob, None, None, None, too_large=False))
    assert doctor_link(state) == f"{REPOSITORY}/-/doctor?blob=sha256%3A{blob.encoded}"


def test_the_realm_goes_along_without_what_was_asked_of_it() -> None:
    error = TokenServiceFailed(REALM, "https://auth.example.net/token?scope=x&account=ann", None, "unreachable", None)
    assert doctor_link(at(REPOSITORY, tags(())), error).endswith("?realm=https%3A%2F%2Fauth.example.net%2Ftoken")
    assert HOST in doctor_link(at(REPOSITORY, tags(())), error)
