"""X.509 certificates as a person reads them; nothing of them was verified."""

from app.auth.der import NotDer
from app.trust.certificate import Certificate, parse_certificate
from app.view.components import notice, pairs
from app.view.markup import Element, Node, el, foreign

MOST = 20
"""Certificates of one file that are shown; a bundle of all authorities has some hundred and fifty."""


def certificate_view(content: bytes, text: str | None) -> Element:
    """The certificates of a PEM text, or the one in DER."""
    found, beyond = _read(content, text)
    if not found:
        return notice("warn", "No certificate could be read", el("p", None, "See it as text or bytes."), level="h3")
    more = el("p.card-body.faint", None, f"{beyond:,} more in the file") if beyond else None
    noted = el("p.card-body.muted.small", None, "Read, not checked: nobody was asked whether they are genuine.")
    return el("div.flow", None, [_shown(one) for one in found], more, noted)


def _read(content: bytes, text: str | None) -> tuple[list[Certificate], int]:
    if text is None:
        try:
            return [parse_certificate(content)], 0
        except NotDer:
            return [], 0
    from base64 import b64decode

    found: list[Certificate] = []
    parts = text.split("-----BEGIN CERTIFICATE-----")[1:]
    for part in parts[:MOST]:
        try:
            found.append(parse_certificate(b64decode("".join(part.partition("-----END")[0].split()))))
        except (NotDer, ValueError):
            continue
    return found, max(len(parts) - MOST, 0)


def _shown(one: Certificate) -> Element:
    entries: list[tuple[Node, Node]] = [
        ("Subject", foreign(one.subject or "(none)")),
        ("Issuer", foreign(one.issuer or "(none)")),
        ("Valid", f"{one.not_before} to {one.not_after}"),
        ("Key", foreign(one.key)),
        ("Signed by", foreign(one.algorithm)),
        ("Serial", el("code", None, foreign(one.serial))),
    ]
    if one.names:
        entries.append(
            ("Names", [el("div", None, f"{kind} ", el("code", None, foreign(name))) for kind, name in one.names[:50]])
        )
    if one.uses:
        entries.append(("For", ", ".join(one.uses)))
    if one.is_authority:
        entries.append(("Authority", "may sign other certificates"))
    entries += [(foreign(name), el("code", None, foreign(text))) for name, text in one.fulcio]
    return el("div.card-body", None, pairs(entries))
