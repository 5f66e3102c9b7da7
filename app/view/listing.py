"""What pages with a long list share: the filter, the count, how the list goes on."""

from app.state.model import AppState, Listing
from app.view import frame
from app.view.components import command
from app.view.explanation import Place
from app.view.format import count, plural
from app.view.markup import Element, Node, el


def counted(listing: Listing, matching: int | None, one: str, many: str) -> str:
    """How many entries there are, and whether that is all. `matching`: what a filter leaves, None without one."""
    total = plural(len(listing.items), one, many)
    if matching is not None:
        return f"{count(matching)} of {total}{'' if listing.complete else ' so far'}"
    if listing.complete:
        return total
    return f"{total} so far, {'more are coming' if listing.loading else 'there are more'}"


def is_waiting(state: AppState, listing: Listing) -> bool:
    """Whether the first entries are still to come."""
    return listing.loading and not listing.items and state.failure is None and not frame.asking(state)


def filter_field(label: str, placeholder: str, value: str) -> Element:
    """The box that filters as one types; `/` jumps to it."""
    attributes = {
        "id": "filter",
        "type": "search",
        "data-input": "filter",
        "data-key": "/",
        "value": value or None,
        "placeholder": placeholder,
        "autocomplete": "off",
        "autocapitalize": "off",
        "spellcheck": "false",
    }
    return el("div.grow", None, el("label.vh", {"for": "filter"}, label), el("input.input", attributes))


def show_more() -> Element:
    """For those who do not scroll."""
    return el("p.row", None, command("more", "Show more"), el("span.faint.small", None, "or scroll on"))


def rest(state: AppState, listing: Listing, place: Place, what: str) -> Node:
    """What stands below a list that has not all its entries. `what`: the entries, as in “tags”."""
    if listing.failure is not None:
        return frame.failure(state, listing.failure, place, level="h3")
    if listing.complete or listing.loading or not listing.items:
        return None
    return el(
        "p.row",
        None,
        command("continue", f"Load more {what}"),
        el("span.faint.small", None, f"Loading paused after {count(len(listing.items))} {what}."),
    )
