"""zot with each way to sign in, where somebody has it (tests/real/needs.py)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.real.explorer import Explorer
from tests.real.needs import needed
from tests.real.shore import INDEX
from tests.servers.images import Image
from tests.servers.people import PILOT, Person
from tests.servers.pushing import Skopeo
from tests.servers.token_service import TokenService
from tests.servers.zot import WAYS, Zot, zot


@pytest.fixture(scope="module", params=WAYS)
def place(
    request: pytest.FixtureRequest,
    programs: None,
    issuer: TokenService,
    image: Image,
    logs: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Zot]:
    """Each way, with an image in it that skopeo pushed."""
    needed("zot")
    folder = tmp_path_factory.mktemp("zot")
    with zot(request.param, folder / "zot", logs, issuer.office) as made:
        assert Skopeo(made.host, folder / "skopeo", PILOT).push(image, INDEX) == image.digest
        yield made


def enter(explorer: Explorer, place: Zot, person: Person = PILOT) -> None:
    explorer.enter(person, approval=bool(place.realm))


def test_who_signs_in_reads_the_image(explorer: Explorer, place: Zot, image: Image) -> None:
    explorer.open(f"{place.host}/{INDEX}")
    enter(explorer, place)
    explorer.awaits("manifest", "shown", f"{place.host}/{INDEX}")
    expect(explorer.main).to_contain_text(image.digest)


def test_who_signs_in_reads_the_catalog(explorer: Explorer, place: Zot) -> None:
    explorer.open(place.host)
    enter(explorer, place)
    explorer.awaits("registry", "shown", place.host)
    expect(explorer.links_to(f"{place.host}/lab/harbour").first).to_be_visible()


def test_a_wrong_password_is_said_to_be_wrong(explorer: Explorer, place: Zot) -> None:
    explorer.open(f"{place.host}/{INDEX}")
    enter(explorer, place, Person(PILOT.name, "not this one"))
    expect(explorer.login.locator("[aria-invalid=true]").first).to_be_visible()
    explorer.awaits("manifest", "login")


def test_signing_out_asks_again(explorer: Explorer, place: Zot) -> None:
    explorer.open(f"{place.host}/{INDEX}")
    enter(explorer, place)
    explorer.awaits("manifest", "shown")
    explorer.page.locator("[data-command=sign-out]").click()
    explorer.awaits("manifest", "login")
