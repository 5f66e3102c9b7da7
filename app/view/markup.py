"""The only writer of HTML: elements are made here, escaped here and refused here.

An Element is finished text. Children that are plain strings are escaped as they go in, so no tree has to be walked
again: Pyodide runs this for every row of a long list.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

AttributeValue = str | int | bool | None
Attributes = Mapping[str, AttributeValue] | None
Node: TypeAlias = "str | Element | Iterable[Node] | None"

_TAGS = frozenset(
    (
        "a", "b", "bdi", "br", "button", "circle", "code", "dd", "details", "div", "dl", "dt", "em", "fieldset", "form",
        "h1", "h2", "h3", "h4", "hr", "img", "input", "kbd", "label", "legend", "li", "mark", "nav", "ol", "option",
        "p", "path", "pre", "progress", "rect", "s", "section", "select", "small", "span", "strong", "summary", "svg",
        "table", "tbody", "td", "textarea", "th", "thead", "time", "title", "tr", "ul", "use", "wbr",
    )
)  # fmt: skip
_VOID = frozenset(("br", "hr", "img", "input", "wbr"))
_ATTRIBUTES = frozenset(
    (
        "accept", "alt", "autocapitalize", "autocomplete", "checked", "class", "colspan", "cx", "cy", "d", "datetime",
        "dir", "disabled", "fill", "for", "height", "hidden", "href", "id", "inputmode", "lang", "list", "max",
        "maxlength", "name", "open", "placeholder", "preserveAspectRatio", "r", "readonly", "rel", "required", "role",
        "rows", "rowspan", "rx", "scope", "selected", "spellcheck", "src", "start", "stroke", "tabindex", "target",
        "title", "type", "value", "viewBox", "width", "x", "y",
    )
)  # fmt: skip
_URLS = frozenset(("href", "src"))
_SAFE_URL = ("#", "https://", "http://")
# A picture comes with the page itself: an address would tell a stranger who looks at it. No SVG: that is a document.
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif|bmp|x-icon);base64,[A-Za-z0-9+/]*+={0,2}")
_DATA = re.compile(r"(?:data|aria)-[a-z]+(?:-[a-z]+)*")
_CLASSES = re.compile(r"[a-z0-9]+(?:-{1,2}[a-z0-9]+)*")
_UNPRINTABLE = re.compile("[\0\ud800-\udfff]")

# What a reader cannot see or what reorders the text around it: controls, bidirectional marks and isolates, zero-width
# characters, line and paragraph separators, tag characters, lone surrogates.
_HOSTILE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_SHORT = 18
_QUOTE = '"'

_opened: dict[str, tuple[str, str]] = {}
_names: dict[str, tuple[str, bool]] = {}


class UnsafeMarkup(Exception):
    """Something that must never be in the page: `what` (a tag, an attribute, an address) and its `value`."""

    def __init__(self, what: str, value: str) -> None:
        super().__init__(f"{what} is not allowed: {value!r}")
        self.what = what
        self.value = value


class Element:
    """A piece of HTML that is safe to put into the page. Made by the functions of this module alone."""

    __slots__ = ("_html",)

    def __init__(self, html: str) -> None:
        self._html = html

    def __repr__(self) -> str:
        return f"Element({self._html!r})"


def el(kind: str, attributes: Attributes = None, *children: Node) -> Element:
    """One element. `kind`: the tag, with its fixed classes by dots (`p.muted.small`).

    Attributes: None and False leave one out, True writes it bare. Raises UnsafeMarkup.
    """
    opening, closing = _opened.get(kind) or _open(kind)
    if attributes:
        opening += _written(kind, attributes)
    if not closing:
        if children:
            raise UnsafeMarkup("a child", kind)
        return Element(opening + ">")
    if len(children) == 1 and isinstance(children[0], str):
        return Element(f"{opening}>{_escape(children[0])}{closing}")
    out = [opening, ">"]
    for child in children:
        _append(out, child)
    out.append(closing)
    return Element("".join(out))


def group(*children: Node) -> Element:
    """Several nodes as one, without an element around them."""
    out: list[str] = []
    for child in children:
        _append(out, child)
    return Element("".join(out))


def render(node: Node) -> str:
    """The HTML of a node."""
    return group(node)._html


def wrapping(text: str) -> Element:
    """Text that may break after / : @ - and a dot; what is hostile in it is made visible."""
    shown = _escape(hostile(text))
    if len(text) > _SHORT:
        shown = (
            shown.replace("/", "/<wbr>")
            .replace(":", ":<wbr>")
            .replace("@", "@<wbr>")
            .replace("-", "-<wbr>")
            .replace(".", ".<wbr>")
        )
    return Element(shown)


def foreign(text: str) -> Element:
    """Text that somebody else wrote: isolated, so that its direction cannot reach the words around it."""
    if text.isascii():
        return wrapping(text)
    return Element(f"<bdi>{wrapping(text)._html}</bdi>")


def hostile(text: str, keep: str = "") -> str:
    r"""The text with every invisible or reordering character written out, as \u202e; those in `keep` stay."""
    if text.isascii() and text.isprintable():
        return text
    return _HOSTILE.sub(lambda found: found[0] if found[0] in keep else _spelled(ord(found[0])), text)


def data_id(prefix: str, text: str) -> str:
    """An id made from data: a name of ours and a hash, so that no data can claim an id of the page."""
    from hashlib import sha256

    return f"{prefix}-{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def _spelled(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _escape(text: str) -> str:
    if not text.isascii() or "\0" in text:
        text = _UNPRINTABLE.sub("\ufffd", text)
    # A parser turns a bare carriage return into a line feed.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _append(out: list[str], node: Node) -> None:
    if isinstance(node, Element):
        out.append(node._html)
    elif isinstance(node, str):
        out.append(_escape(node))
    elif node is not None:
        for child in node:
            _append(out, child)


def _written(kind: str, attributes: Mapping[str, AttributeValue]) -> str:
    out: list[str] = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        prefix, is_url = _names.get(name) or _name(name)
        if name == "class" and "." in kind:
            raise UnsafeMarkup("a second class", kind)
        if value is True:
            out.append(prefix[:-2])
            continue
        text = value if isinstance(value, str) else str(value)
        if is_url and not (_PICTURE.fullmatch(text) if name == "src" else text.startswith(_SAFE_URL)):
            raise UnsafeMarkup(name, text[:200])
        out.append(f'{prefix}{_escape(text).replace(_QUOTE, "&quot;")}"')
    return "".join(out)


def _open(kind: str) -> tuple[str, str]:
    tag, *classes = kind.split(".")
    if tag not in _TAGS:
        raise UnsafeMarkup("the element", tag)
    for name in classes:
        if not _CLASSES.fullmatch(name):
            raise UnsafeMarkup("the class", name)
    written = f' class="{" ".join(classes)}"' if classes else ""
    _opened[kind] = (f"<{tag}{written}", "" if tag in _VOID else f"</{tag}>")
    return _opened[kind]


def _name(name: str) -> tuple[str, bool]:
    if name not in _ATTRIBUTES and not _DATA.fullmatch(name):
        raise UnsafeMarkup("the attribute", name)
    _names[name] = (f' {name}="', name in _URLS)
    return _names[name]
