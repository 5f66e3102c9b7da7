"""in-toto statements and the envelopes around them."""

from app.oci.digest import DigestError, parse_digest
from app.oci.document import InvalidDocument, Json, decode
from app.state.predicate import predicate_of
from app.trust.encoded import LONGEST
from app.trust.envelope import Envelope
from app.trust.statement import Provenance, Statement, StatementSubject, parse_statement
from app.view.components import digest_link, external, is_web, maybe_link, notice, pairs
from app.view.format import plural, size
from app.view.frame import caret
from app.view.json_view import Target, json_view
from app.view.markup import Element, Node, el, foreign
from app.view.tables import body, cell, column, row, row_head, table

_SUBJECTS = 50
_MATERIALS = 200


def statement(found: Statement, target: Target, level: str = "h3") -> Element:
    """What is claimed, of what; and where it is a provenance, how that was built."""
    entries: list[tuple[Node, Node]] = [
        ("Claims", maybe_link(found.predicate_type)),
        ("About", el("ul", None, [_subject(one, target) for one in found.subjects[:_SUBJECTS]], _more(found))),
        ("Statement", maybe_link(found.type) if found.type else el("span.faint", None, "of no type")),
    ]
    return el(
        "div.section",
        None,
        el(level, None, "in-toto statement"),
        pairs(entries, "dl.kv.kv--wide"),
        _provenance(found.provenance, level) if found.provenance is not None else None,
        _predicate(found, target),
    )


def envelope(found: Envelope, level: str = "h3") -> Element:
    """The envelope without what is in it."""
    keys = [el("code", None, foreign(one.key)) for one in found.signatures if one.key]
    entries: list[tuple[Node, Node]] = [
        ("Payload", (foreign(found.payload_type), ", ", size(len(found.payload)))),
        ("Signatures", str(len(found.signatures)) if found.signatures else "none: anybody could have written it"),
    ]
    if keys:
        entries.append(("Keys, as the signer calls them", [(one, " ") for one in keys[:_SUBJECTS]]))
    return el("div.section", None, el(level, None, "DSSE envelope"), pairs(entries, "dl.kv.kv--wide"))


def other_payload(found: Envelope, target: Target, level: str = "h3") -> Node:
    """The payload of an envelope that is no statement that can be read: as JSON where it is that, and why not."""
    told: Node = None
    if "in-toto" in found.payload_type:
        told = _unreadable(found, level)
    try:
        decoded = decode(found.payload, "payload", LONGEST)
    except InvalidDocument as error:
        return (told, el("p.muted", None, "The payload is no JSON: ", foreign(str(error)), "."))
    return (told, folded_json("Payload", decoded, target))


def folded_json(label: str, decoded: Json, target: Target) -> Element:
    """A document as JSON, folded."""
    return el(
        "details",
        None,
        el("summary.row.tight", None, caret(), f"{label} as JSON"),
        json_view(decoded, target, label),
    )


def _unreadable(found: Envelope, level: str) -> Node:
    try:
        parse_statement(found.payload)
    except InvalidDocument as error:
        return notice(
            "danger", "The statement in it cannot be read", el("p", None, foreign(str(error)), "."), level=level
        )
    return None


def _subject(one: StatementSubject, target: Target) -> Element:
    named = (foreign(one.name), " ") if one.name else None
    return el("li", None, named, [(_digest(algorithm, text, target), " ") for algorithm, text in one.digests[:20]])


def _digest(algorithm: str, text: str, target: Target) -> Node:
    try:
        digest = parse_digest(f"{algorithm}:{text}")
    except DigestError:
        return el("code", None, foreign(f"{algorithm}:{text}"))
    return digest_link(digest, target(digest, None, None), "subject")


def _more(found: Statement) -> Node:
    more = len(found.subjects) - _SUBJECTS
    return el("li.muted", None, f"and {plural(more, 'more', 'more')}") if more > 0 else None


def _provenance(found: Provenance, level: str) -> Element:
    entries: list[tuple[Node, Node]] = []
    for name, text in (
        ("Built by", found.builder),
        ("Source", found.source),
        ("Kind of build", found.build_type),
        ("Run", found.invocation),
        ("Started", found.started),
        ("Finished", found.finished),
    ):
        if text:
            entries.append((name, maybe_link(text)))
    return el(
        "div.section",
        None,
        el(level, None, "SLSA provenance, as its builder says"),
        pairs(entries, "dl.kv.kv--wide") if entries else el("p.muted", None, "It says nothing that is known here."),
        _materials(found.materials) if found.materials else None,
    )


def _materials(found: tuple[tuple[str, str], ...]) -> Element:
    rows = [
        row(row_head("full", _address(uri)), cell("full", el("code", None, foreign(digests)) if digests else ""))
        for uri, digests in found[:_MATERIALS]
    ]
    more = len(found) - len(rows)
    return el(
        "div.section",
        None,
        table("What went in", (column("What went in"), column("Digest")), body(rows)),
        el("p.muted.small", None, f"and {plural(more, 'more', 'more')} in the JSON") if more > 0 else None,
    )


def _address(uri: str) -> Node:
    # git+https://… is an address of git; the same without it is one of the web.
    bare = uri.removeprefix("git+")
    return external(bare, foreign(uri)) if is_web(bare) else foreign(uri)


def _predicate(found: Statement, target: Target) -> Node:
    predicate = predicate_of(found.raw)
    return folded_json("Predicate", predicate, target) if predicate is not None else None
