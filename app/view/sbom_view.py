"""Lists of packages: what a document says is in an image."""

from collections.abc import Sequence
from typing import NamedTuple

from app.oci.value import value
from app.trust.sbom import Package, Sbom
from app.view.components import arguments, command, external, hidden, maybe_link, moment, pairs
from app.view.format import count, listed, plural
from app.view.markup import Element, Node, el, foreign
from app.view.tables import body, cell, column, row, row_head, table

MOST = 200
"""Rows that are shown at once."""


@value
class Packages(NamedTuple):
    """What a person has chosen of a list: the filter and how many rows. `key`: of the list, for the commands."""

    search: str = ""
    shown: int = MOST
    key: str = ""


def sbom_view(found: Sbom, chosen: Packages | None = None, level: str = "h3") -> Element:
    """A summary and the packages. `chosen`: None where the page cannot filter."""
    licences = len({one.licence for one in found.packages if one.licence})
    entries: list[tuple[Node, Node]] = [
        ("Format", (found.format, " ", foreign(found.version)) if found.version else found.format),
        ("Packages", count(len(found.packages))),
    ]
    if found.name:
        entries.append(("Of", foreign(found.name)))
    if found.created:
        entries.append(("Written", moment(found.created)))
    if found.tools:
        entries.append(("By", foreign(listed(found.tools[:20]))))
    if licences:
        entries.append(("Licences", plural(licences, "kind")))
    return el(
        "div.section",
        None,
        el(level, None, f"{found.format} list of packages"),
        el("p.muted.small", None, "What its maker says is in the image; nothing of it was compared with the files."),
        pairs(entries, "dl.kv.kv--wide"),
        _packages(found.packages, chosen) if found.packages else el("p.muted", None, "It lists no package."),
    )


def matching(packages: Sequence[Package], search: str) -> list[Package]:
    """Those that have the text in a field, whatever the case."""
    wanted = search.strip().lower()
    if not wanted:
        return list(packages)
    return [one for one in packages if any(wanted in field.lower() for field in one)]


def _packages(found: tuple[Package, ...], chosen: Packages | None) -> Node:
    shown = matching(found, chosen.search) if chosen is not None else list(found)
    most = chosen.shown if chosen is not None else MOST
    rows = [_row(one) for one in shown[:most]]
    columns = (column("Package"), column("Version"), column("Licence"), column("Package URL"))
    return (
        _filter(chosen, len(shown), len(found)) if chosen is not None else None,
        table("Packages", columns, body(rows)) if rows else el("p.muted", None, "No package has that in it."),
        _rest(len(shown) - len(rows), chosen),
    )


def _row(one: Package) -> Element:
    return row(
        row_head("full", foreign(one.name) if one.name else el("span.faint", None, "no name")),
        cell("", foreign(one.version), label="Version" if one.version else None),
        cell("", maybe_link(one.licence) if one.licence else "", label="Licence" if one.licence else None),
        cell("full", el("span.mono.small", None, _purl(one.purl)) if one.purl else ""),
    )


def _purl(text: str) -> Node:
    """A package's address, a link to its page where its registry is known."""
    from app.oci.purl import PurlError, page_of, parse_purl

    try:
        page = page_of(parse_purl(text))
    except PurlError:
        page = None
    return foreign(text) if page is None else external(page, foreign(text))


def _filter(chosen: Packages, left: int, whole: int) -> Element:
    name = f"packages-{chosen.key}" if chosen.key else "packages"
    attributes = {
        "id": name,
        "type": "search",
        "data-input": name,
        "value": chosen.search or None,
        "placeholder": "Filter packages",
        "autocomplete": "off",
        "autocapitalize": "off",
        "spellcheck": "false",
    }
    said = f"{count(left)} of {plural(whole, 'package')}" if chosen.search.strip() else plural(whole, "package")
    return el(
        "div.toolbar",
        None,
        el("div.grow", None, el("label", {"for": name}, hidden("Filter packages")), el("input.input", attributes)),
        el("span.muted", {"role": "status"}, said),
    )


def _rest(left: int, chosen: Packages | None) -> Node:
    if left <= 0:
        return None
    said = el("span.muted.small", None, f"{plural(left, 'more', 'more')} not shown")
    if chosen is None:
        return el("p", None, said)
    return el("p.row", None, command("packages-more", "Show more", args=arguments(key=chosen.key)), said)
