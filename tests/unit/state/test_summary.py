import pytest

from app.auth.errors import ApprovalPrompt, LoginPrompt
from app.client.errors import NotFound, Unreachable
from app.client.fetched import Fetched
from app.cors.diagnosis import Diagnosis, Ruling
from app.cors.subject import Subject
from app.oci.descriptor import Descriptor
from app.oci.digest import digest_of
from app.oci.manifest_document import parse_manifest
from app.oci.media_type import OCI_MANIFEST
from app.oci.origin import parse_origin
from app.ports.shell import MainData, State
from app.state.doctor_model import Checkup, DoctorPage
from app.state.failure import failure_of
from app.state.host_config import DEFAULT
from app.state.keeping import DEFAULT as SETTINGS
from app.state.model import (
    AppState,
    Blob,
    Catalog,
    Child,
    IdentitiesPage,
    Landing,
    Listing,
    ManifestPage,
    Missing,
    Page,
    Raw,
    SettingsPage,
    TagDetail,
    Tags,
    TokenPage,
    TranscriptPage,
    UseCasesPage,
)
from app.state.route import LANDING, parse_route
from app.state.summary import has_data, summarise
from tests.unit.state.fake_content import image_of

REGISTRY = parse_origin("r.example")
GONE = failure_of(NotFound("GET", "https://r.example/v2/"))
DOWN = failure_of(Unreachable("GET", "https://r.example/v2/", "network"))
LOGIN = LoginPrompt(REGISTRY, "basic", "r", None, None, (), reason="required", username=None)
APPROVAL = ApprovalPrompt(REGISTRY, REGISTRY, "bearer", None, (), anonymous=False, reason="")
RAW = image_of(b"{}")
FETCHED = Fetched(RAW, "", digest_of(RAW), None, parse_manifest(RAW, None))
NO_MANIFEST = ManifestPage(None, (), None, None, None, None, None, None)
FAILED_CHILD = Child(Descriptor(OCI_MANIFEST, digest_of(b"x"), 1, {}, None, None, (), None), None, DOWN)
EMPTY = Listing((), complete=False, loading=True, failure=None)
WHOLE = Listing(("a",), complete=True, loading=False, failure=None)
NO_BLOB = Blob(digest_of(b"x"), None, None, None, too_large=False)


def state_of(page: Page, route: str = "r.example") -> AppState:
    return AppState(parse_route(route), page, False, None, None, False, None, None, None, DEFAULT, SETTINGS, ())


def catalog(listing: Listing) -> Catalog:
    return Catalog(listing, "", grouped=False, rows=listing.items, shown=200)


@pytest.mark.parametrize(
    ("page", "data"),
    [
        (Landing("", None), True),
        (SettingsPage(can_keep=True, secure=True), True),
        (Missing("files", "", None), False),
        (catalog(EMPTY), False),
        (catalog(WHOLE), True),
        (catalog(WHOLE._replace(items=())), True),
        (Tags(EMPTY, "", "name", (), 200, {"a": TagDetail(None, None, None, (), None, None)}), False),
        (NO_MANIFEST, False),
        (NO_MANIFEST._replace(fetched=FETCHED), True),
        (Raw(None, loading=True), False),
        (Raw(FETCHED, loading=False), True),
        (NO_BLOB, False),
        (NO_BLOB._replace(content=b""), True),
        (NO_BLOB._replace(too_large=True), True),
        (TranscriptPage((), 0, None), True),
        (TokenPage(None, None, checking=False, held=()), True),
        (IdentitiesPage((), None), True),
        (UseCasesPage((), REGISTRY), True),
    ],
)
def test_a_page_has_data_or_not(page: Page, data: bool) -> None:
    assert has_data(state_of(page)) is data


@pytest.mark.parametrize(
    ("state", "word", "problem"),
    [
        (state_of(Landing("", None), ""), "idle", ""),
        (state_of(Landing("x", (0, "no")), ""), "idle", "bad-input"),
        (state_of(SettingsPage(can_keep=True, secure=True), "-/settings"), "shown", ""),
        (state_of(TranscriptPage((), 0, REGISTRY), "r.example/-/transcript"), "shown", ""),
        (state_of(TokenPage(None, None, checking=False, held=()), "-/token"), "shown", ""),
        (state_of(IdentitiesPage((), None), "-/identities"), "shown", ""),
        (state_of(UseCasesPage((), REGISTRY), "r.example/-/use-cases"), "shown", ""),
        (state_of(Missing("files", "", None)), "failed", "unsupported"),
        (state_of(catalog(EMPTY))._replace(loading=True), "loading", ""),
        (state_of(catalog(EMPTY))._replace(failure=GONE), "failed", "not-found"),
        (state_of(catalog(WHOLE)), "shown", ""),
        (state_of(catalog(WHOLE))._replace(loading=True), "partial", ""),
        (state_of(catalog(WHOLE))._replace(failure=DOWN), "partial", "unreachable"),
        (state_of(catalog(WHOLE._replace(complete=False))), "partial", ""),
        (state_of(catalog(WHOLE._replace(complete=False, failure=DOWN))), "partial", "unreachable"),
        (state_of(catalog(EMPTY))._replace(login=LOGIN), "login", ""),
        (state_of(catalog(WHOLE))._replace(login=LOGIN), "login", ""),
        (state_of(catalog(EMPTY))._replace(approval=APPROVAL), "login", ""),
        (state_of(catalog(EMPTY))._replace(confirm=REGISTRY), "login", ""),
        (state_of(NO_MANIFEST)._replace(loading=True), "loading", ""),
        (state_of(NO_MANIFEST._replace(fetched=FETCHED))._replace(loading=True), "partial", ""),
        (state_of(NO_MANIFEST._replace(fetched=FETCHED)), "shown", ""),
        (state_of(NO_MANIFEST._replace(fetched=FETCHED, config_failure=GONE)), "partial", "not-found"),
        (state_of(NO_MANIFEST._replace(fetched=FETCHED, children=(FAILED_CHILD,))), "partial", "unreachable"),
        (state_of(NO_MANIFEST._replace(fetched=FETCHED, referrers_failure=GONE)), "shown", ""),
    ],
)
def test_the_page_is_summed_up(state: AppState, word: State, problem: str) -> None:
    main = summarise(state)
    assert (main.state, main.problem) == (word, problem)


def test_view_and_subject_are_those_of_the_route() -> None:
    main = summarise(state_of(Raw(FETCHED, loading=False), "r.example/lab:1/-/raw?x=y"))
    assert main == MainData("raw", "shown", "r.example/lab:1", "", "")


def test_an_address_that_cannot_be_read_has_no_view_of_its_own() -> None:
    state = state_of(Missing("", "#/X", (2, "no")))._replace(route=LANDING)
    assert summarise(state) == MainData("missing", "failed", "", "", "bad-input")


def test_the_doctors_verdicts_are_told_worst_first_on_any_page() -> None:
    rulings = tuple(Ruling(name, "", (), None, ()) for name in ("challenge-not-exposed", "link-not-exposed"))
    checkup = Checkup(Subject(REGISTRY, None), (), Diagnosis(rulings, ended=True), running=False)
    for page in (DoctorPage(), catalog(EMPTY)):
        assert summarise(state_of(page)._replace(checkup=checkup)).verdict == "challenge-not-exposed link-not-exposed"
        assert summarise(state_of(page)).verdict == ""


def test_the_doctors_page_waits_for_its_last_step() -> None:
    page = state_of(DoctorPage())
    assert summarise(page._replace(loading=True)).state == "loading"
    assert summarise(page).state == "shown"
    assert summarise(page._replace(failure=DOWN)).state == "failed"
    assert not has_data(page)
