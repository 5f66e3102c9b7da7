"""Registries for the tests of signing in: the images in them, and how to get past what is asked first."""

from contextlib import ExitStack
from pathlib import Path

from tests.real.explorer import Explorer
from tests.real.needs import needed
from tests.servers.distribution import PROGRAMS, Version
from tests.servers.harbour import Harbour, harbour
from tests.servers.images import Image
from tests.servers.people import Person
from tests.servers.playground_tokens import PlaygroundTokens
from tests.servers.pushing import Skopeo

# As the people of the playground's token service may read them.
OPEN = "sample/harbour:1.0"  # everybody
MEMBERS = "private/logbook:1.0"  # sailor and admin
ADMINS = "private/chartroom:1.0"  # admin
MANY = "private/soundings"  # sailor and admin; more tags than one page of a list holds
TAGS = 1200


class Places:
    """A registry of each version that takes the tokens of the playground, started when first asked for."""

    def __init__(self, tokens: PlaygroundTokens, image: Image, folder: Path, logs: Path, stack: ExitStack) -> None:
        self._tokens = tokens
        self._image = image
        self._folder = folder
        self._logs = logs
        self._stack = stack
        self._made: dict[Version, Harbour] = {}

    def get(self, version: Version) -> Harbour:
        if version not in self._made:
            needed(PROGRAMS[version])
            folder = self._folder / f"{version}-playground"
            made = harbour(
                version, "token", folder, self._logs, self._tokens.office, stock=lambda host: self._stock(host, folder)
            )
            self._made[version] = self._stack.enter_context(made)
        return self._made[version]

    def _stock(self, host: str, folder: Path) -> None:
        skopeo = Skopeo(host, folder / "skopeo")
        for reference in (OPEN, MEMBERS, ADMINS, f"{MANY}:t0000"):
            skopeo.push(self._image, reference)
        multiply(folder / "storage", MANY, self._image.digest)


def multiply(storage: Path, repository: str, digest: str) -> None:
    """Tags as distribution keeps them, each a file that holds a digest: a push of each would take minutes."""
    tags = storage / "docker/registry/v2/repositories" / repository / "_manifests/tags"
    for number in range(1, TAGS):
        link = tags / f"t{number:04}" / "current" / "link"
        link.parent.mkdir(parents=True)
        link.write_text(digest)


def sign_in(explorer: Explorer, person: Person) -> None:
    """By the form, at a token service of another origin that was not approved before."""
    explorer.enter(person, approval=True)
