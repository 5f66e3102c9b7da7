"""What the shell tells: plain data from the page, checked once and made into values."""

from collections.abc import Mapping
from typing import NamedTuple

from app.oci.value import value


@value
class Start(NamedTuple):
    """The page is up. `kept`: texts this browser kept, None when it keeps nothing. `secure`: the page came by https.

    `extension`: it is a page of an extension; then `granted` has the origins that it may read.
    """

    nav: int
    hash: str
    kept: Mapping[str, str] | None
    secure: bool
    extension: bool
    granted: tuple[str, ...] = ()


@value
class Navigate(NamedTuple):
    """The address changed; `nav` counts these."""

    nav: int
    hash: str


@value
class Submit(NamedTuple):
    form: str
    fields: Mapping[str, str]


@value
class Input(NamedTuple):
    """What a field holds now, as one types; never that of a password."""

    name: str
    text: str


@value
class Command(NamedTuple):
    name: str
    args: Mapping[str, object]


@value
class Near(NamedTuple):
    """The chunks of a long list that are in view now."""

    region: str
    chunks: tuple[int, ...]


@value
class Granted(NamedTuple):
    """The origins that the extension may read now. `ok`: False when the browser has just refused to add some."""

    origins: tuple[str, ...]
    ok: bool


class Resume:
    """The page was woken, or came back from the browser's cache of pages."""


Message = Start | Navigate | Submit | Input | Command | Near | Granted | Resume


class UnknownMessage(ValueError):
    """The shell said something that this version does not know."""


def parse_message(kind: str, args: list[object]) -> Message:
    """Raises UnknownMessage: the shell and the worker are not of the same version."""
    match kind, args:
        case "start", [
            {"nav": int(nav), "hash": str(text), "kept": kept, "secure": secure, "extension": extension, **more}
        ]:
            # Null of JavaScript is no None in every version of Pyodide, so what is no dictionary is nothing kept.
            texts = _texts(kept) if isinstance(kept, dict) else None
            return Start(nav, text, texts, bool(secure), bool(extension), _strings(more.get("granted")))
        case "navigate", [int(nav), str(text)]:
            return Navigate(nav, _whole(text))
        case "submit", [str(form), fields]:
            return Submit(form, _texts(fields))
        case "input", [str(name), str(text)]:
            return Input(name, _whole(text))
        case "command", [str(name), dict(given)]:
            return Command(name, {str(key): _plain(entry) for key, entry in given.items()})
        case "near", [str(region), list(chunks)]:
            return Near(region, tuple(chunk for chunk in chunks if isinstance(chunk, int)))
        case "granted", [list(origins), bool(ok)]:
            return Granted(_strings(origins), ok)
        case "resume", _:
            return Resume()
    raise UnknownMessage(kind)


def _texts(given: object) -> Mapping[str, str]:
    if not isinstance(given, dict):
        return {}
    return {key: _whole(text) for key, text in given.items() if isinstance(key, str) and isinstance(text, str)}


def _strings(given: object) -> tuple[str, ...]:
    return tuple(one for one in given if isinstance(one, str)) if isinstance(given, list) else ()


def _plain(entry: object) -> object:
    """A text, a number or a truth; anything else is None, which JavaScript's null is not everywhere."""
    if isinstance(entry, str):
        return _whole(entry)
    return entry if isinstance(entry, bool | int | float) else None


def _whole(text: str) -> str:
    """With U+FFFD for halves of characters: JavaScript's texts may hold them, and no URL can."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
