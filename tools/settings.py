"""pyscript.toml as `make run` serves it: the file of the checkout with what the sample registry offers named in it."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypeGuard

Scalar: TypeAlias = str | int | float | bool
Value: TypeAlias = "Scalar | Sequence[Value] | Mapping[str, Value]"


def with_registries(source: str, registries: Sequence[Mapping[str, str]], playground: str | None = None) -> str:
    """The TOML with `[portolan]` `registries` set to these (`url`, `name`); all else in it stays as it was.

    `playground`: the origin where the sample registry's scenarios are played, if they are.
    """
    settings = tomllib.loads(source)
    own = settings.setdefault("portolan", {})
    own["registries"] = [dict(registry) for registry in registries]
    if playground is not None:
        own["playground"] = playground
    return "\n".join(table_lines((), settings)).strip() + "\n"


def table_lines(path: tuple[str, ...], table: Mapping[str, Value]) -> list[str]:
    """A table as TOML: its own keys first, then the tables and lists of tables in it, each under a header of its own.

    Inline tables are avoided: PyScript reads this file as well, with a parser that knows headers only.
    """
    lines: list[str] = []
    below: list[str] = []
    for key, value in table.items():
        inner = (*path, quoted(key))
        if isinstance(value, Mapping):
            below += ["", f"[{'.'.join(inner)}]", *table_lines(inner, value)]
        elif is_list_of_tables(value):
            for one in value:
                below += ["", f"[[{'.'.join(inner)}]]", *table_lines(inner, one)]
        else:
            lines.append(f"{quoted(key)} = {inline(value)}")
    return lines + below


def is_list_of_tables(value: Value) -> TypeGuard[list[Mapping[str, Value]]]:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def quoted(key: str) -> str:
    """A key, bare where TOML allows it: A-Z, a-z, 0-9, `_` and `-`."""
    bare = key and all(letter.isascii() and (letter.isalnum() or letter in "_-") for letter in key)
    return key if bare else text(key)


def inline(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(inline(one) for one in value)}]"
    return text(value)


def text(value: Value) -> str:
    """A string, number or boolean: JSON's are TOML's, but for one character that JSON does not escape."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
