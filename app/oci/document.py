"""JSON documents of a registry: decoding hostile bytes, and typed access that says where it failed."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NoReturn

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

# distribution-spec, "Pushing Manifests": registries SHOULD accept manifests of at least 4 MiB.
LARGEST_DOCUMENT = 4 * 1024 * 1024
DEEPEST = 100
_LARGEST_INTEGER = 2**63 - 1

EMPTY: Mapping[str, str] = MappingProxyType({})

# A string, closed or not: the alternative to the closing quote keeps the scan linear on unterminated ones.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class InvalidDocument(ValueError):
    """Bytes that are no such document.

    `what` names the kind of document, `path` the place in it (`layers[2].digest`, empty for the whole), `reason` is a
    phrase that follows the path.
    """

    def __init__(self, what: str, path: str, reason: str) -> None:
        self.what = what
        self.path = path
        self.reason = reason
        super().__init__(what, path, reason)

    def __str__(self) -> str:
        place = f"{self.what}: {self.path}" if self.path else self.what
        return f"{place} {self.reason}"


def decode(data: bytes, what: str, limit: int = LARGEST_DOCUMENT) -> Json:
    """Decode JSON (RFC 8259) of at most `limit` bytes.

    Refused as InvalidDocument: anything but UTF-8, a key given twice (clients differ in which one counts), nesting
    beyond 100, NaN and Infinity, numbers beyond 64 bits. A lone surrogate becomes U+FFFD.
    """
    if len(data) > limit:
        raise InvalidDocument(what, "", f"has {len(data)} bytes, more than the {limit} that are read")
    _check_depth(data, what)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidDocument(what, "", f"is not UTF-8 at byte {error.start}") from None
    try:
        decoded: Json = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_int=_integer,
            parse_float=_float,
        )
    except json.JSONDecodeError as error:
        raise InvalidDocument(what, "", f"is not JSON at character {error.pos}") from None
    except _Refused as error:
        raise InvalidDocument(what, "", str(error)) from None
    return _without_surrogates(decoded) if _SURROGATE.search(text) else decoded


class _Refused(Exception):
    pass


def _check_depth(data: bytes, what: str) -> None:
    # Before parsing: json's scanner is recursive C, and WebAssembly's stack is small.
    if data.count(b"[") + data.count(b"{") <= DEEPEST:
        return
    depth = 0
    for bracket in _STRING.sub(b"", data).translate(None, _NOT_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > DEEPEST:
            raise InvalidDocument(what, "", f"is nested more than {DEEPEST} deep")


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    decoded = dict(pairs)
    if len(decoded) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _Refused(f"has the key {json.dumps(key[:100])} twice in one object")
            seen.add(key)
    return decoded


def _refuse_constant(text: str) -> NoReturn:
    raise _Refused(f"has {text}, which is not JSON")


def _integer(text: str) -> int:
    if len(text) > 20:
        raise _Refused("has a number beyond 64 bits")
    return int(text)


def _float(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise _Refused("has a number beyond 64 bits")
    return number


def _without_surrogates(decoded: Json) -> Json:
    if isinstance(decoded, str):
        return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(decoded, list):
        return [_without_surrogates(item) for item in decoded]
    if isinstance(decoded, dict):
        return {str(_without_surrogates(key)): _without_surrogates(item) for key, item in decoded.items()}
    return decoded


def at(path: str, key: str | int) -> str:
    """The path of a member or item: `layers` and 2 give `layers[2]`, that and `digest` give `layers[2].digest`."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key


def as_object(decoded: Json, path: str) -> Mapping[str, Json]:
    """The value as an object. This and the getters below raise InvalidDocument with `path`."""
    if not isinstance(decoded, dict):
        raise InvalidDocument("document", path, f"is {_kind(decoded)}, not an object")
    return decoded


def member(parent: Mapping[str, Json], key: str, path: str) -> Mapping[str, Json] | None:
    """The object under `key`, None where absent or null (Go writes null for what was never set)."""
    found = parent.get(key)
    return None if found is None else as_object(found, at(path, key))


def items(parent: Mapping[str, Json], key: str, path: str) -> Iterable[tuple[Json, str]]:
    """Each item of the array under `key` with its path; nothing where absent or null."""
    found = parent.get(key)
    if found is None:
        return ()
    if not isinstance(found, list):
        raise InvalidDocument("document", at(path, key), f"is {_kind(found)}, not an array")
    return ((item, at(at(path, key), index)) for index, item in enumerate(found))


def optional_text(parent: Mapping[str, Json], key: str, path: str) -> str | None:
    """The string under `key`, None where absent or null."""
    found = parent.get(key)
    if found is None or isinstance(found, str):
        return found
    raise InvalidDocument("document", at(path, key), f"is {_kind(found)}, not a string")


def text(parent: Mapping[str, Json], key: str, path: str) -> str:
    """The string under `key`."""
    found = optional_text(parent, key, path)
    if found is None:
        raise InvalidDocument("document", at(path, key), "is missing")
    return found


def optional_integer(parent: Mapping[str, Json], key: str, path: str) -> int | None:
    """The integer under `key`, 0 to 2^63-1, None where absent or null."""
    found = parent.get(key)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int):
        raise InvalidDocument("document", at(path, key), f"is {_kind(found)}, not an integer")
    if not 0 <= found <= _LARGEST_INTEGER:
        raise InvalidDocument("document", at(path, key), "is not between 0 and 2^63-1")
    return found


def flag(parent: Mapping[str, Json], key: str, path: str) -> bool:
    """The boolean under `key`, False where absent or null."""
    found = parent.get(key)
    if found is None or isinstance(found, bool):
        return bool(found)
    raise InvalidDocument("document", at(path, key), f"is {_kind(found)}, not true or false")


def texts(parent: Mapping[str, Json], key: str, path: str) -> tuple[str, ...]:
    """The array of strings under `key`, empty where absent or null."""
    found: list[str] = []
    for item, place in items(parent, key, path):
        if not isinstance(item, str):
            raise InvalidDocument("document", place, f"is {_kind(item)}, not a string")
        found.append(item)
    return tuple(found)


def text_map(parent: Mapping[str, Json], key: str, path: str) -> Mapping[str, str]:
    """The object of strings under `key`, read-only, empty where absent or null."""
    found = member(parent, key, path)
    return MappingProxyType({name: text(found, name, at(path, key)) for name in found}) if found else EMPTY


def keys(parent: Mapping[str, Json], key: str, path: str) -> Sequence[str]:
    """The keys of the object under `key`, which Docker uses for sets; empty where absent or null."""
    return tuple(member(parent, key, path) or ())


def _kind(decoded: Json) -> str:
    if isinstance(decoded, bool):
        return "a boolean"
    for kind, name in ((str, "a string"), (list, "an array"), (dict, "an object"), (type(None), "null")):
        if isinstance(decoded, kind):
            return name
    return "a number"
