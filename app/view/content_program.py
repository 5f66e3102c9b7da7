"""Programs: the header of an ELF file, the imports and exports of WebAssembly."""

from collections.abc import Sequence

from app.layers.elf import Elf, NotElf, parse_elf
from app.layers.wasm import NotWasm, Wasm, parse_wasm
from app.view.components import notice, pairs
from app.view.format import plural, size
from app.view.markup import Element, Node, el, foreign, hostile
from app.view.tables import body, cell, column, row, row_head, table

MOST = 150
"""Rows of one table."""


def elf_view(content: bytes) -> Element:
    """What an ELF file says of itself."""
    try:
        found = parse_elf(content)
    except NotElf as error:
        return notice("warn", "This is no ELF file that can be read", el("p", None, f"{error}."), level="h3")
    entries: list[tuple[Node, Node]] = [
        ("Type", found.type),
        ("Machine", f"{found.machine}, {found.bits} bits, {found.endian} endian"),
        ("System", found.system),
        ("Entry", el("code", None, f"{found.entry:#x}")),
        ("Interpreter", el("code", None, foreign(found.interpreter))) if found.interpreter else ("Interpreter", "none"),
        ("Linking", "static" if found.static else "dynamic" if found.needed or found.interpreter else "not said"),
    ]
    if found.needed:
        entries.append(("Needs", _list(found.needed)))
    for label, text in (("Soname", found.soname), ("Run path", found.run_path), ("Build ID", found.build_id)):
        if text:
            entries.append((label, el("code", None, foreign(text))))
    return el("div.flow", None, el("div.card-body", None, pairs(entries)), _segments(found), _sections(found))


def _list(names: Sequence[str]) -> Node:
    return [el("div", None, el("code", None, foreign(name))) for name in names[:MOST]]


def _segments(found: Elf) -> Node:
    if not found.segments:
        return None
    columns = (
        column("Segment"),
        column("Flags"),
        column("Offset", "num"),
        column("Address", "num"),
        column("Size", "num"),
    )
    rows = [
        row(
            row_head("lead", el("code", None, hostile(one.type))),
            cell("fit", el("code", None, one.flags), label="flags"),
            cell("num", el("code", None, f"{one.offset:#x}"), label="offset"),
            cell("num", el("code", None, f"{one.address:#x}"), label="address"),
            cell("num", size(one.size)),
        )
        for one in found.segments[:MOST]
    ]
    return table("Segments of the program", columns, body(*rows))


def _sections(found: Elf) -> Node:
    if not found.sections:
        return None
    rows = [
        row(
            row_head("lead", el("code", None, foreign(one.name or "(no name)"))),
            cell("num", el("code", None, f"{one.offset:#x}"), label="offset"),
            cell("num", size(one.size)),
        )
        for one in found.sections[:MOST]
    ]
    return table(
        "Sections of the program", (column("Section"), column("Offset", "num"), column("Size", "num")), body(*rows)
    )


def wasm_view(content: bytes) -> Element:
    """What a WebAssembly module asks for and offers."""
    try:
        found = parse_wasm(content)
    except NotWasm as error:
        said = f"It is damaged at byte {error.offset:,}."
        return notice("warn", "This is no WebAssembly that can be read", el("p", None, said), level="h3")
    facts: list[tuple[Node, Node]] = [
        ("Kind", "component" if found.component else "module"),
        ("Version", str(found.version)),
        ("Sections", el("code", None, foreign(", ".join(one.name for one in found.sections[:MOST])))),
    ]
    cut = el("p.card-body.muted", None, "The bytes end before the last section does.") if found.truncated else None
    return el("div.flow", None, el("div.card-body", None, pairs(facts)), cut, _imports(found), _exports(found))


def _imports(found: Wasm) -> Node:
    if not found.imports:
        return None
    rows = [
        row(
            row_head("lead", el("code", None, foreign(f"{one.module}.{one.name}"))),
            cell("fit", one.kind),
            cell("full", el("code", None, one.type)) if one.type else cell("full"),
        )
        for one in found.imports[:MOST]
    ]
    return (
        table("Imports", (column("Import"), column("Kind"), column("Type")), body(*rows)),
        _more(len(found.imports), "import"),
    )


def _exports(found: Wasm) -> Node:
    if not found.exports:
        return None
    rows = [
        row(row_head("lead", el("code", None, foreign(one.name))), cell("fit", one.kind))
        for one in found.exports[:MOST]
    ]
    return (table("Exports", (column("Export"), column("Kind")), body(*rows)), _more(len(found.exports), "export"))


def _more(number: int, what: str) -> Node:
    return el("p.card-body.faint", None, f"{plural(number - MOST, what)} more") if number > MOST else None
