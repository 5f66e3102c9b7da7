"""All content of the sample registry, built by code: same code, same Python, same digests."""

from playground.store import Repository, Store


def build_store(content: str = "full") -> Store:
    """Every repository."""
    return Store({"sample/harbour": Repository()})
