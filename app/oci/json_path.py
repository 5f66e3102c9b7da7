"""Paths into JSON as jq writes them: `.layers[].digest`, `.annotations."a.b"`, `.[0]`, `.packages[10:20]`."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from app.oci.document import Json
from app.oci.grammar import GrammarError, named
from app.oci.value import value

# jq's manual, "Basic filters", the part that walks:
#   path   := step { ["|"] step } | "."
#   step   := "." key | ["."] "[" [ number | string | [number] ":" [number] ] "]", a "?" may follow
#   key    := [A-Za-z_][A-Za-z0-9_]* | string
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*+")
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]{1,15}")
_SPACE = re.compile(r"[ \t]*+")

LONGEST = 2000
MOST = 100_000
"""Values that are looked through for what a path names."""

StepKind = Literal["key", "index", "slice", "every"]


class JsonPathError(GrammarError):
    """A text that is no path."""


@value
class Step(NamedTuple):
    """One step down. `key`: of an object; `start`: the index, or where a slice starts; `stop`: where a slice ends."""

    kind: StepKind
    key: str = ""
    start: int | None = None
    stop: int | None = None

    def __str__(self) -> str:
        if self.kind == "key":
            return f".{self.key}" if _KEY.fullmatch(self.key) else f".{json.dumps(self.key, ensure_ascii=False)}"
        if self.kind == "every":
            return "[]"
        start = "" if self.start is None else str(self.start)
        if self.kind == "index":
            return f"[{start}]"
        return f"[{start}:{'' if self.stop is None else self.stop}]"


JsonPath = tuple[Step, ...]


@value
class Found(NamedTuple):
    """A value that a path names. `parent`: the object it is a member of, None for an item of an array."""

    path: JsonPath
    found: Json
    parent: Mapping[str, Json] | None


@value
class Missed(NamedTuple):
    """Where a path leads no further. `step`: what was wanted of the value at `path`, which is `kind` (an object …)."""

    path: JsonPath
    step: Step
    kind: str


def path_text(path: Sequence[Step]) -> str:
    """A path as jq takes it; `.` is the whole document."""
    text = "".join(map(str, path))
    return text if text.startswith(".") else f".{text}"


def parse_json_path(text: str) -> JsonPath:
    """Parse a path; a leading dot may be missing. Raises JsonPathError."""
    if len(text) > LONGEST:
        raise JsonPathError(text, LONGEST, f"A path has at most {LONGEST:,} characters.")
    at = _skip(text, 0)
    if at == len(text):
        raise JsonPathError(text, at, "A path begins with a dot.")
    if _KEY.match(text, at):
        text, shift = f"{text[:at]}.{text[at:]}", 1
    else:
        shift = 0
    try:
        return _steps(text, at)
    except JsonPathError as error:
        if not shift:
            raise
        original = text[:at] + text[at + 1 :]
        raise JsonPathError(original, error.position - shift, error.reason) from None


def _steps(text: str, at: int) -> JsonPath:
    steps: list[Step] = []
    end = len(text.rstrip(" \t"))
    first = True
    while at < end:
        if not first and text[at] == "|":
            at = _skip(text, at + 1)
            if at >= end:
                raise JsonPathError(text, at, "A step follows “|”.")
        character = text[at]
        if character == ".":
            step, at = _after_dot(text, at + 1, end)
            if step is not None:
                steps.append(step)
            elif at < end and text[at] not in "|[":
                raise JsonPathError(text, at, _bad_key(text, at))
            elif at >= end and steps:
                raise JsonPathError(text, at, "A key follows the dot.")
        elif character == "[":
            step, at = _bracket(text, at + 1)
            steps.append(step)
        else:
            wanted = "A dot or “[” begins a step" if first else "A dot, “[” or “|” follows a step"
            raise JsonPathError(text, at, f"{wanted}, not {named(character)}.{_hint(text, at)}")
        if text.startswith("?", at):
            at += 1
        at, first = _skip(text, at), False
    return tuple(steps)


def _after_dot(text: str, at: int, end: int) -> tuple[Step | None, int]:
    """The step behind a dot, None for a dot that stands alone."""
    key = _KEY.match(text, at)
    if key:
        return Step("key", key[0]), key.end()
    if text.startswith('"', at):
        name, at = _string(text, at)
        return Step("key", name), at
    if text.startswith("[", at):
        return _bracket(text, at + 1)
    return None, _skip(text, at) if at < end else at


def _bad_key(text: str, at: int) -> str:
    if text[at] == ".":
        return "A key stands between two dots."
    return f"A key begins with a letter or “_”, not with {named(text[at])}; any other is written in double quotes."


def _hint(text: str, at: int) -> str:
    # What most keys of annotations have: a minus or a slash, which jq takes for arithmetic.
    return " A key with such characters is written in double quotes." if text[at] in "-/@:+" else ""


def _bracket(text: str, at: int) -> tuple[Step, int]:
    at = _skip(text, at)
    if text.startswith("]", at):
        return Step("every"), at + 1
    if text.startswith('"', at):
        name, at = _string(text, at)
        return Step("key", name), _close(text, at)
    start, at = _number(text, at)
    if text.startswith(":", at):
        stop, at = _number(text, _skip(text, at + 1))
        return Step("slice", "", start, stop), _close(text, at)
    if start is None:
        raise JsonPathError(
            text, at, f"Between brackets stands a number, a slice, a string or nothing, not {named(text[at : at + 1])}."
        )
    return Step("index", "", start), _close(text, at)


def _number(text: str, at: int) -> tuple[int | None, int]:
    found = _NUMBER.match(text, at)
    return (None, at) if found is None else (int(found[0]), _skip(text, found.end()))


def _string(text: str, at: int) -> tuple[str, int]:
    found = _STRING.match(text, at)
    if found is None:
        raise JsonPathError(text, at, "The string that begins here has no end.")
    try:
        return str(json.loads(found[0])), found.end()
    except ValueError:
        raise JsonPathError(text, at, "The string that begins here is none of JSON.") from None


def _close(text: str, at: int) -> int:
    at = _skip(text, at)
    if not text.startswith("]", at):
        raise JsonPathError(text, at, f"“]” is missing, not {named(text[at : at + 1])}.")
    return at + 1


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def select(document: Json, path: JsonPath) -> tuple[tuple[Found, ...], tuple[Missed, ...]]:
    """What a path names, in order, and where it led no further (each kind of miss once)."""
    missed: dict[tuple[Step, str], Missed] = {}
    current = [Found((), document, None)]
    for step in path:
        following: list[Found] = []
        for one in current:
            before = len(following)
            following.extend(_down(one, step, MOST - len(following)))
            if len(following) == before and not (step.kind in ("every", "slice") and isinstance(one.found, list)):
                kind = kind_of_value(one.found)
                missed.setdefault((step, kind), Missed(one.path, step, kind))
        current = following
    return tuple(current), tuple(missed.values())


def _down(at: Found, step: Step, most: int) -> Iterator[Found]:
    found = at.found
    if isinstance(found, dict):
        names = [step.key] if step.kind == "key" else list(found) if step.kind == "every" else []
        for name in names[:most]:
            if name in found:
                yield Found((*at.path, Step("key", name)), found[name], found)
    elif isinstance(found, list):
        if step.kind == "every":
            for number, item in enumerate(found[:most]):
                yield Found((*at.path, Step("index", "", number)), item, None)
        elif step.kind == "index" and step.start is not None and -len(found) <= step.start < len(found):
            number = step.start % len(found)
            yield Found((*at.path, Step("index", "", number)), found[number], None)
        elif step.kind == "slice":
            yield Found((*at.path, step), found[step.start : step.stop], None)


def kind_of_value(found: Json) -> str:
    """What a value is, with its article."""
    if isinstance(found, bool):
        return "true or false"
    for kind, name in ((str, "a string"), (list, "an array"), (dict, "an object"), (type(None), "null")):
        if isinstance(found, kind):
            return name
    return "a number"
