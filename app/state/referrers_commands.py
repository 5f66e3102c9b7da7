"""What the buttons and fields of the referrers' page do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.state import referrers_desk
from app.state.referrers_model import ROWS, Chosen, Opened, ReferrersPage

if TYPE_CHECKING:
    from app.state.controller import Controller

Args = Mapping[str, object]

OPEN_AT_ONCE = 12
"""Referrers that may be open; each may hold a list of many packages."""


def _open(controller: Controller, args: Args) -> None:
    """Open the one in that place, or close it again."""
    page, visit = controller.state.page, controller.visit
    if not isinstance(page, ReferrersPage) or page.tree is None or visit is None:
        return
    digest, subject = args.get("digest"), args.get("subject")
    found = next((one for _, one in page.tree.walk() if str(one.descriptor.digest) == digest), None)
    if found is None or not isinstance(subject, str):
        return
    descriptor = found.descriptor
    there = page.open_at(subject, descriptor.digest)
    if there is not None:
        _show(controller, page._replace(opened=tuple(one for one in page.opened if one != there)))
        return
    opened = (*page.opened[-OPEN_AT_ONCE + 1 :], Opened(descriptor.digest, subject))
    _show(controller, page._replace(opened=opened))
    visit.also(referrers_desk.read(visit, descriptor, subject, controller.crypto))


def filter_packages(controller: Controller, key: str, text: str) -> None:
    """Show the packages of that list alone that have the text in a field."""
    page = controller.state.page
    if isinstance(page, ReferrersPage):
        _show(controller, page._replace(chosen={**page.chosen, key: Chosen(text)}))


def _more(controller: Controller, args: Args) -> None:
    page, key = controller.state.page, args.get("key")
    if isinstance(page, ReferrersPage) and isinstance(key, str):
        before = page.chosen.get(key, Chosen())
        _show(controller, page._replace(chosen={**page.chosen, key: before._replace(shown=before.shown + ROWS)}))


def _show(controller: Controller, page: ReferrersPage) -> None:
    controller.change(controller.state._replace(page=page))


COMMANDS: Mapping[str, Callable[[Controller, Args], None]] = {
    "packages-more": _more,
    "referrers-open": _open,
}
