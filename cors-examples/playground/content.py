"""All content of the sample registry, built by code: the same code on the same Python makes the same digests."""

from playground.content_artifacts import build_chart, build_notes, build_wasm
from playground.content_classic import build_antique, build_classic
from playground.content_harbour import build_harbour
from playground.content_hostile import build_damaged, build_hostile
from playground.content_kinds import build_flux, build_nested, build_pki, build_policy
from playground.content_layers import build_layers
from playground.content_lists import build_limits, build_many_tags, build_private, small_image
from playground.content_streams import build_streams
from playground.content_trust import add_trust
from playground.content_wharf import build_wharf
from playground.store import Repository, Store
from playground.words import fleet_names

REPOSITORIES = 1500
SMALL = {"tags": 30, "repositories": 40}
HOME = "registry.example"


def build_store(content: str = "full", home: str = HOME) -> Store:
    """Every repository; "small" has shorter lists and is otherwise the same. `home`: host and port of this registry,
    for an image that names its base in full."""
    base = Repository()
    harbour = build_harbour(base)
    add_trust(harbour)
    repositories: dict[str, Repository] = {
        "sample/harbour": harbour,
        "sample/base": base,
        "sample/classic": build_classic(),
        "sample/antique": build_antique(),
        "sample/layers": build_layers(),
        "sample/chart": build_chart(),
        "sample/wasm": build_wasm(),
        "sample/notes": build_notes(),
        "sample/wharf": build_wharf(base, home),
        "sample/streams": build_streams(),
        "sample/nested": build_nested(),
        "sample/policy": build_policy(),
        "sample/flux": build_flux(),
        "sample/pki": build_pki(),
        "sample/hostile": build_hostile(),
        "sample/damaged": build_damaged(),
        "sample/many-tags": build_many_tags(**({} if content == "full" else {"count": SMALL["tags"]})),
        **build_private(),
        **build_limits(),
    }
    # One repository object under many names: they cost no more than their names.
    vessel = small_image("fleet", "latest")
    count = REPOSITORIES if content == "full" else SMALL["repositories"]
    repositories |= dict.fromkeys(fleet_names(count - len(repositories)), vessel)
    return Store(repositories)
