"""Long lists and long names: sample/many-tags, the fleet, the limits of the grammar, and what is private."""

from datetime import date, timedelta

from playground.archives import folder, text
from playground.images import add_image, layer
from playground.store import Repository
from playground.words import PARTS

TAGS = 1200
IMAGES = 40
NIGHTLIES = 199
NAME_MAX = 255
TAG_MAX = 128


def small_image(name: str, *tags: str) -> Repository:
    """A repository of one image with one small layer."""
    repository = Repository()
    one = layer([folder("etc"), text("etc/name", name + "\n")], f"COPY {name} /etc/name")
    add_image(repository, [one, 'CMD ["/bin/cat" "/etc/name"]'], *tags)
    return repository


def build_many_tags(count: int = TAGS) -> Repository:
    """`latest`, nightly-YYYY-MM-DD and versions, 1,200 tags in all that share 40 images."""
    repository = Repository()
    nightlies = min(NIGHTLIES, count // 4)
    first = date(2026, 3, 1)
    tags = ["latest", *(f"nightly-{first + timedelta(days=day)}" for day in range(nightlies))]
    numbers = range(1, count - len(tags) + 1)
    tags += [f"{number // 100}.{number // 10 % 10}.{number % 10}" for number in numbers]
    digests = []
    for at in range(IMAGES):
        one = layer([text("etc/build", f"build {at}\n")], f"COPY build-{at} /etc/build")
        digests.append(add_image(repository, [one], created=f"2026-{1 + at // 4:02}-{1 + at % 28:02}T06:00:00Z").digest)
    # Neighbours share an image, as tags that name one release do.
    repository.tags = {tag: digests[at * IMAGES // len(tags)] for at, tag in enumerate(tags)}
    return repository


def longest_name() -> str:
    """A nested name of exactly 255 characters, in all."""
    name = "limits/" + "/".join(PARTS[:19])
    return name + "/" + "z" * (NAME_MAX - len(name) - 1)


def longest_tag() -> str:
    """A tag of exactly 128 characters."""
    return ("1.0.0-rc.1_built.on-a-long-voyage" * 4)[:TAG_MAX]


def build_limits() -> dict[str, Repository]:
    """Names at the limits of the grammar: the longest, the shortest, and every separator."""
    shared = small_image("limits", "latest", longest_tag(), "_", "A", "0")
    return dict.fromkeys((longest_name(), "o", "limits/a__b.c-d--e_f", "limits/0"), shared)


def build_private() -> dict[str, Repository]:
    """Access to these is what access.py is about."""
    return {name: small_image(name, "latest", "1.0") for name in ("private/chartroom", "private/logbook")}
