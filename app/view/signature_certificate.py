"""Certificates and entries of the transparency log, as they came: nothing of them is believed."""

from collections.abc import Mapping, Sequence

from app.trust.certificate import Certificate, Extension
from app.trust.rekor import LogEntry
from app.view.components import maybe_link, notice, pairs
from app.view.format import count, day, instant, listed, plural
from app.view.frame import caret
from app.view.markup import Element, Node, el, foreign

# What Fulcio writes about the sign-in by which somebody got the certificate, in the words of a person.
_FULCIO: Mapping[str, str] = {
    "issuer": "Signed in at",
    "issuer (v2)": "Signed in at",
    "build signer URI": "Signed by the build",
    "build signer digest": "Signed by the build of commit",
    "runner environment": "Ran on",
    "source repository URI": "Source repository",
    "source repository digest": "Source commit",
    "source repository ref": "Source branch or tag",
    "source repository identifier": "Source repository number",
    "source repository owner URI": "Source owner",
    "source repository owner identifier": "Source owner number",
    "build config URI": "Build configured by",
    "build config digest": "Build configured at commit",
    "build trigger": "Build started by",
    "run invocation URI": "Build run",
    "source repository visibility at signing": "Repository was then",
    "deployment environment": "Deployed to",
}
_MOST = 60


def certificates(found: Sequence[Certificate], chain: Sequence[Certificate] = (), level: str = "h3") -> Node:
    """The first one in full, those that issued it folded. `chain`: further ones that came beside them."""
    if not found and not chain:
        return None
    first, *others = (*found, *chain)
    return el(
        "div.section",
        None,
        el(level, None, "Certificate"),
        certificate(first),
        [_folded(one, number) for number, one in enumerate(others, 2)],
    )


def certificate(found: Certificate) -> Element:
    """What one says."""
    entries: list[tuple[Node, Node]] = []
    for kind, text in found.names[:_MOST]:
        entries.append((f"Identity ({kind})", el("b", None, maybe_link(text))))
    if found.subject:
        entries.append(("Subject", foreign(found.subject)))
    elif not found.names:
        entries.append(("Identity", "it names nobody"))
    entries.append(("Issued by", foreign(found.issuer) if found.issuer else el("span.faint", None, "nobody named")))
    entries.append(("Valid", f"from {_time(found.not_before)} to {_time(found.not_after)}"))
    entries += _sign_in(found)
    entries.append(("Key", foreign(found.key)))
    entries.append(("Its own signature", foreign(found.algorithm)))
    if found.uses:
        entries.append(("For", foreign(listed(found.uses[:_MOST]))))
    if found.is_authority:
        entries.append(("Kind", "certificate authority: it may issue others"))
    entries.append(("Serial number", el("code", None, foreign(found.serial))))
    others = [one for one in found.extensions if not _is_told(one)]
    return el("div.flow", None, pairs(entries, "dl.kv.kv--wide"), _extensions(others) if others else None)


def log_entry(entry: LogEntry, level: str = "h3") -> Element:
    """An entry of the transparency log that stands beside a signature."""
    entries: list[tuple[Node, Node]] = []
    if entry.integrated is not None:
        entries.append(("Taken in", f"{day(entry.integrated)}, {instant(entry.integrated)}"))
    if entry.position is not None:
        entries.append(("Position in the log", count(entry.position)))
    if entry.kind:
        entries.append(("Kind", foreign(entry.kind)))
    if entry.log:
        entries.append(("Log", el("code", None, foreign(entry.log))))
    beside = [word for word, there in (("a signed promise", entry.promise), ("a proof", entry.proof)) if there]
    entries.append(("Beside it", f"{listed(tuple(beside))} of inclusion, not checked" if beside else "no proof"))
    return el("div.section", None, el(level, None, "Transparency log (Rekor)"), pairs(entries, "dl.kv.kv--wide"))


def chain_view(found: Sequence[Certificate], level: str = "h3") -> Node:
    """Certificates alone, each in full."""
    if not found:
        return notice("plain", "No certificate is in it", level=level)
    parts: list[Node] = []
    for number, one in enumerate(found, 1):
        title = "Certificate" if len(found) == 1 else f"Certificate {number} of {len(found)}"
        parts.append(el("div.section", None, el(level, None, title), certificate(one)))
    return parts


def _folded(found: Certificate, number: int) -> Element:
    return el(
        "details",
        None,
        el(
            "summary.row.tight",
            None,
            caret(),
            el("span", None, f"Certificate {number} beside it: ", foreign(found.identity or "no name")),
        ),
        certificate(found),
    )


def _sign_in(found: Certificate) -> list[tuple[Node, Node]]:
    # The older extension and the newer one say the same.
    said = {(_FULCIO.get(name, name[:1].upper() + name[1:]), text): None for name, text in found.fulcio}
    return [(name, maybe_link(text)) for name, text in list(said)[:_MOST]]


def _is_told(one: Extension) -> bool:
    return one.identifier in ("2.5.29.17", "2.5.29.37", "2.5.29.19") or (
        one.identifier.startswith("1.3.6.1.4.1.57264.1.") and one.name is not None and one.text is not None
    )


def _extensions(found: list[Extension]) -> Element:
    shown = [
        (
            foreign(one.name or one.identifier),
            (
                foreign(one.text) if one.text else el("span.faint", None, "not read"),
                " (critical)" if one.critical else None,
            ),
        )
        for one in found[:_MOST]
    ]
    return el(
        "details",
        None,
        el("summary.row.tight", None, caret(), plural(len(found), "further extension")),
        pairs(shown, "dl.kv.kv--wide"),
    )


def _time(text: str) -> str:
    # As certificates are read here: 2026-09-21T07:00:00Z.
    return text.replace("T", " ").replace("Z", " UTC") if text.isascii() else text
