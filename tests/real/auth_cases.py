"""Registries for the tests of signing in: the images in them, and how to get past what is asked first."""

from contextlib import ExitStack
from pathlib import Path

from tests.real.explorer import Explorer
from tests.servers.distribution import Version
from tests.servers.harbour import Harbour, harbour
from tests.servers.images import Image
from tests.servers.people import Person
from tests.servers.playground_tokens import PlaygroundTokens
from tests.servers.pushing import Skopeo

# As the people of the playground's token service may read them.
OPEN = "sample/harbour:1.0"  # everybody
MEMBERS = "private/logbook:1.0"  # sailor and admin
SECOND = "private/logbook:2.0"  # the same, another tag
ADMINS = "private/chartroom:1.0"  # admin
MANY = "private/soundings"  # sailor and admin; more tags than one page of a list holds
TAGS = 1200


def guarded_by_playground(
    version: Version, tokens: PlaygroundTokens, image: Image, folder: Path, logs: Path, stack: ExitStack
) -> Harbour:
    """A registry that takes the tokens of the playground, with these images in it."""

    def stock(host: str) -> None:
        skopeo = Skopeo(host, folder.with_name(f"{folder.name}-skopeo"))
        for reference in (OPEN, MEMBERS, SECOND, ADMINS, f"{MANY}:t0000"):
            skopeo.push(image, reference)
        multiply(folder / "storage", MANY, image.digest)

    return stack.enter_context(harbour(version, "token", folder, logs, tokens.office, stock=stock))


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
