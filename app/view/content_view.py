"""Any bytes as a person can read them: text, JSON, a picture, a certificate, a program; a hex dump for the rest."""

from base64 import b64encode
from collections.abc import Callable
from typing import Literal

from app.layers.hexdump import WIDTH, hexdump
from app.layers.sniff import Sniffed, sniff
from app.oci.document import InvalidDocument, decode
from app.view.components import notice
from app.view.content_text import LINES, lines_of, text_view
from app.view.format import count, plural, size
from app.view.json_view import json_view
from app.view.markup import Element, Node, el, hostile

As = Literal["text", "json", "image", "x509", "elf", "wasm", "tar", "hex"]

HEX_ROWS = 256
"""Of one page of a hex dump."""

LARGEST_PICTURE = 2 << 20
LARGEST_JSON = 2 << 20

# Where another form of the same bytes leads: which form, and from which line or byte on.
Href = Callable[[str, int], str]

_WORDS: dict[As, str] = {
    "text": "text",
    "json": "JSON",
    "image": "picture",
    "x509": "certificate",
    "elf": "program",
    "wasm": "WebAssembly",
    "tar": "archive",
    "hex": "bytes",
}


def content_view(
    content: bytes,
    name: str,
    media_type: str,
    total_size: int,
    as_: str | None,
    href: Href | None = None,
    at: int = 0,
) -> Element:
    """The bytes in the form asked for, else in the one that suits them best, with the other forms as links.

    `content`: the first bytes of `total_size`. `at`: the first line or byte to show. Without `href` nothing is linked.
    """
    found = sniff(content, total_size)
    if found.kind == "empty":
        return notice("plain", "Empty", el("p", None, "It has no byte at all."), level="h3")
    forms = forms_of(found, content, total_size)
    chosen = next((one for one in forms if one == as_), forms[0])
    return el(
        "div.content",
        None,
        _choices(forms, chosen, href),
        _shown(chosen, found, content, name, total_size, href, max(at, 0)),
        _cut(content, total_size),
    )


def facts(content: bytes, total_size: int) -> str:
    """What the bytes are, in a few words: 20 lines · 570 B · UTF-8."""
    found = sniff(content, total_size)
    if found.encoding:
        named = {"utf-8-sig": "UTF-8", "latin-1": "Latin-1"}.get(found.encoding, found.encoding.upper())
        whole = len(content) == total_size
        lines = (plural(len(lines_of(_text(content, found))), "line"),) if whole else ()
        return " · ".join((*lines, size(total_size), named))
    return f"{size(total_size)} · {found.name}" if total_size else "empty"


def forms_of(found: Sniffed, content: bytes, total_size: int) -> tuple[As, ...]:
    """The forms that these bytes can be shown in, the best first; bytes always."""
    whole = len(content) == total_size
    forms: list[As] = []
    match found.kind:
        case "image" if whole and total_size <= LARGEST_PICTURE:
            forms.append("image")
        case "certificate" if whole:
            forms.append("x509")
        case "pem" if found.name == "certificate":
            forms += ["x509", "text"]
        case "elf":
            forms.append("elf")
        case "wasm":
            forms.append("wasm")
        case "archive":
            forms.append("tar")
        case "json" if whole and total_size <= LARGEST_JSON and _decoded(content) is not None:
            forms += ["json", "text"]
    if found.encoding and "text" not in forms:
        forms.append("text")
    return (*forms, "hex")


def _decoded(content: bytes) -> tuple[object] | None:
    try:
        return (decode(content, "blob"),)
    except InvalidDocument:
        return None


def _text(content: bytes, found: Sniffed) -> str:
    return content.decode(found.encoding or "utf-8", "replace")


def _choices(forms: tuple[As, ...], chosen: As, href: Href | None) -> Node:
    if href is None or len(forms) < 2:
        return None
    items = [
        el("li", None, el("a", {"href": href(one, 0), "aria-current": "true" if one == chosen else None}, _WORDS[one]))
        for one in forms
    ]
    return el(
        "nav.choices", {"aria-label": "Shown as"}, el("span.muted.small", None, "Shown as"), el("ul", None, items)
    )


def _shown(form: As, found: Sniffed, content: bytes, name: str, total_size: int, href: Href | None, at: int) -> Node:
    label = f"Content of {hostile(name)}"
    match form:
        case "text":
            return _lines(lines_of(_text(content, found)), name, label, href, at)
        case "json":
            return json_view(decode(content, "blob"), lambda digest, kind, octets: None, label)
        case "image":
            picture = f"data:{found.media_type};base64,{b64encode(content).decode('ascii')}"
            return el("p.picture", None, el("img", {"src": picture, "alt": label}))
        case "x509":
            from app.view.content_certificate import certificate_view

            return certificate_view(content, _text(content, found) if found.encoding else None)
        case "elf":
            from app.view.content_program import elf_view

            return elf_view(content)
        case "wasm":
            from app.view.content_program import wasm_view

            return wasm_view(content)
        case "tar":
            said = f"This is an archive ({found.name}). What is in it is not opened here; the download has all of it."
            return el("p.card-body.muted", None, said)
    return _bytes(content, label, total_size, href, at)


def _lines(lines: list[str], name: str, label: str, href: Href | None, at: int) -> Node:
    start = min(at, max(len(lines) - 1, 0)) if href is not None else 0
    shown = text_view(lines, name, label, start)
    end = min(start + LINES, len(lines))
    if href is None or (not start and end == len(lines)):
        return shown
    return (
        shown,
        _pages(
            f"Lines {count(start + 1)} to {count(end)} of {count(len(lines))}",
            "text",
            href,
            start,
            end,
            LINES,
            len(lines),
        ),
    )


def _bytes(content: bytes, label: str, total_size: int, href: Href | None, at: int) -> Node:
    page = HEX_ROWS * WIDTH
    start = min(at - at % WIDTH, (len(content) - 1) - (len(content) - 1) % WIDTH) if href is not None else 0
    rows = hexdump(content, start, HEX_ROWS)
    lines = [f"{row.offset:08x}  {row.hex:<48}  {row.text}" for row in rows]
    shown = el("pre.dump", {"tabindex": 0, "role": "region", "aria-label": label}, el("code", None, "\n".join(lines)))
    end = min(start + page, len(content))
    if href is None or (not start and end == len(content)):
        return shown
    words = f"Bytes {count(start)} to {count(end - 1)} of {count(total_size)}"
    return (shown, _pages(words, "hex", href, start, end, page, total_size))


def _pages(words: str, form: As, href: Href, start: int, end: int, page: int, total: int) -> Element:
    links: list[Node] = []
    if start:
        links += [el("a", {"href": href(form, max(start - page, 0))}, "Before"), " "]
    if end < total:
        links.append(el("a", {"href": href(form, end)}, "Next"))
    return el("p.card-foot.row", None, el("span", None, words), *links)


def _cut(content: bytes, total_size: int) -> Node:
    if len(content) >= total_size:
        return None
    return el(
        "p.card-foot", None, f"The first {size(len(content))} of {size(total_size)} are read; the download has all."
    )
