"""Equality for value types: a named tuple equals only values of its own type."""

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def _equal(self: tuple[object, ...], other: object) -> bool:
    return type(self) is type(other) and tuple.__eq__(self, other)


def _unequal(self: tuple[object, ...], other: object) -> bool:
    return not _equal(self, other)


def _hash(self: tuple[object, ...]) -> int:
    return hash((type(self).__qualname__, *(_hashable(field) for field in self)))


def _hashable(field: object) -> object:
    # Annotations and labels are read-only mappings, which have no hash of their own before Python 3.12.
    return frozenset(field.items()) if isinstance(field, Mapping) else field


def value(cls: type[T]) -> type[T]:
    """Class decorator for a `typing.NamedTuple`: type-strict `==` and `!=`, and a hash that matches.

    Without it a named tuple equals every tuple with the same fields, so that `Digest("sha256", "…")` would
    equal a pair of strings and two unrelated types would share a dictionary key.
    """
    if not issubclass(cls, tuple):
        raise TypeError(f"{cls.__name__} is not a named tuple")
    for name, method in (("__eq__", _equal), ("__ne__", _unequal), ("__hash__", _hash)):
        setattr(cls, name, method)
    return cls
