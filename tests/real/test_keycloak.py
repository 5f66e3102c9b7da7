"""Keycloak as the token service of both distributions, in a real browser."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.real.auth_cases import sign_in
from tests.real.explorer import Explorer
from tests.real.needs import needed
from tests.real.shore import INDEX
from tests.servers.distribution import PROGRAMS, VERSIONS, Version
from tests.servers.harbour import Harbour, harbour
from tests.servers.images import Image
from tests.servers.office import Office
from tests.servers.people import PILOT, Person
from tests.servers.pushing import Skopeo

OTHER = "lab/deep/er/harbour:1.0"
WRONG = Person(PILOT.name, "not this one")


@pytest.fixture(scope="module")
def office(keycloak_starting: Future[Office]) -> Office:
    return keycloak_starting.result()


@pytest.fixture(scope="module", params=VERSIONS)
def place(
    request: pytest.FixtureRequest,
    programs: None,
    office: Office,
    image: Image,
    logs: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Harbour]:
    """Each version with images in it that skopeo pushed with a token of Keycloak."""
    version: Version = request.param
    needed(PROGRAMS[version])
    folder = tmp_path_factory.mktemp("keycloak") / f"{version}-keycloak"
    with ExitStack() as stack:
        made = stack.enter_context(harbour(version, "token", folder, logs, office))
        skopeo = Skopeo(made.host, folder / "skopeo", PILOT)
        for reference in (INDEX, OTHER):
            assert skopeo.push(image, reference) == image.digest
        yield made


def sign_ins(place: Harbour) -> int:
    """Requests with PILOT's name that reached Keycloak: nginx writes the user of Basic into its log."""
    lines = (place.folder / "proxy" / "access.log").read_text().splitlines()
    return sum(f" {PILOT.name} [" in line and "/protocol/docker-v2/auth?" in line for line in lines)


def test_after_the_realm_is_approved_the_image_is_shown(explorer: Explorer, place: Harbour, image: Image) -> None:
    before = sign_ins(place)
    explorer.open(f"{place.host}/{INDEX}")
    explorer.sign_in(PILOT)
    expect(explorer.approve).to_be_visible()
    expect(explorer.main).to_contain_text(place.realm.removeprefix("http://"))
    assert sign_ins(place) == before
    explorer.approve.click()
    explorer.awaits("manifest", "shown", f"{place.host}/{INDEX}")
    explorer.waits_for(lambda: sign_ins(place) > before)
    expect(explorer.main).to_contain_text(image.digest)
    for platform in image.platforms:
        expect(explorer.main).to_contain_text(platform)


def test_one_sign_in_is_enough_for_catalog_tags_and_another_repository(explorer: Explorer, place: Harbour) -> None:
    explorer.open(place.host)
    sign_in(explorer, PILOT)
    explorer.awaits("registry", "shown", place.host)
    for reference in (INDEX, OTHER):
        name = reference.partition(":")[0]
        expect(explorer.links_to(f"{place.host}/{name}").first).to_be_visible()
    explorer.open(f"{place.host}/lab/harbour")
    explorer.awaits("repository", "shown", f"{place.host}/lab/harbour")
    expect(explorer.links_to(f"{place.host}/{INDEX}").first).to_be_visible()
    explorer.open(f"{place.host}/{OTHER}")
    explorer.awaits("manifest", "shown", f"{place.host}/{OTHER}")


def test_a_wrong_password_is_said_to_be_wrong_and_can_be_mended(explorer: Explorer, place: Harbour) -> None:
    explorer.open(f"{place.host}/{INDEX}")
    sign_in(explorer, WRONG)
    expect(explorer.login.locator("[aria-invalid=true]").first).to_be_visible()
    explorer.awaits("manifest", "login")
    expect(explorer.login.locator("input[name=username]")).to_have_value(WRONG.name)
    explorer.sign_in(PILOT)
    explorer.awaits("manifest", "shown", f"{place.host}/{INDEX}")


def test_after_signing_out_the_image_is_asked_for_anew_and_denied(explorer: Explorer, place: Harbour) -> None:
    explorer.open(f"{place.host}/{INDEX}")
    sign_in(explorer, PILOT)
    explorer.awaits("manifest", "shown")
    explorer.page.locator("[data-command=sign-out]").click()
    explorer.awaits("manifest", "login")
    explorer.page.locator("[data-command=cancel]").click()
    explorer.awaits("manifest", "failed", problem="denied")
