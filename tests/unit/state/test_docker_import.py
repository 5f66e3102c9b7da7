import json

from app.auth.credential import Password
from app.state.connections import Connections
from app.state.docker_import import import_config
from app.state.model import ImportReport
from app.state.route import HUB_ORIGIN
from tests.unit.fake_transport import FakeClock, FakeTransport
from tests.unit.state.fake_content import REGISTRY

CANARY = "c4n4ry-swordfish"
ANN = {"username": "ann", "password": CANARY}


def connections() -> Connections:
    return Connections(FakeTransport(), FakeClock())


def taken_in(found: Connections, **auths: object) -> ImportReport:
    return import_config(found, json.dumps({"auths": {key.replace("_", "."): each for key, each in auths.items()}}))


def used(found: Connections) -> list[tuple[str, bool]]:
    return [(one.name, one.in_use) for one in found.identities(REGISTRY)]


def test_each_credential_becomes_an_identity_of_its_registry() -> None:
    found = connections()
    report = taken_in(found, r_example=ANN, other_example={"registrytoken": CANARY})
    assert report.imported == (("r.example", "password", "ann"), ("other.example", "registry-token", None))
    assert used(found) == [("ann", True)]


def test_the_address_of_the_first_index_is_docker_hub() -> None:
    found = connections()
    import_config(found, json.dumps({"auths": {"https://index.docker.io/v1/": ANN}}))
    assert [one.name for one in found.identities(HUB_ORIGIN)] == ["ann"]


def test_who_is_signed_in_stays_in_use() -> None:
    found = connections()
    found.auth(REGISTRY).sign_in(Password("bob", "x"))
    taken_in(found, r_example=ANN)
    assert used(found) == [("bob", True), ("ann", False)]


def test_one_of_the_same_name_takes_its_place() -> None:
    found = connections()
    found.auth(REGISTRY).sign_in(Password("ann", "old"))
    taken_in(found, r_example=ANN)
    assert used(found) == [("ann", True)]


def test_one_user_of_several_namespaces_is_several_identities_and_the_widest_is_used() -> None:
    found = connections()
    auths = {"r.example": ANN, "r.example/lab": ANN, "r.example/lab/app": ANN}
    import_config(found, json.dumps({"auths": auths}))
    assert used(found) == [("ann (lab/app)", False), ("ann (lab)", False), ("ann", True)]


def test_what_was_imported_is_known_not_to_be_typed() -> None:
    found = connections()
    taken_in(found, r_example=ANN)
    signed = found.auth(REGISTRY).signed
    assert signed is not None
    assert signed.stored


def test_what_cannot_be_used_is_reported_by_its_place() -> None:
    report = import_config(connections(), '{"auths": {"r.example": {"auth": "%"}}, "credsStore": "desktop"}')
    assert report.imported == ()
    assert report.helpers == ("desktop",)
    assert [(one.path, one.reason) for one in report.problems] == [('auths["r.example"].auth', "base64")]


def test_no_secret_is_in_a_report() -> None:
    report = taken_in(connections(), r_example=ANN, b_example={"identitytoken": CANARY}, c_example={"auth": CANARY})
    assert CANARY not in repr(report)
