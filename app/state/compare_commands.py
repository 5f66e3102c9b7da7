"""What the form and the buttons of a comparison do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.state.compare_files import ROWS, Mark
from app.state.compare_model import ComparePage, address, begin, parse_other
from app.state.landing_input import InputMistake, parse_input
from app.state.route import RouteError

if TYPE_CHECKING:
    from app.client.session import Session
    from app.state.compare_model import Which
    from app.state.controller import Controller
    from app.state.route import Route

Args = Mapping[str, object]

_MARKS: Mapping[str, Mark] = {"added": "added", "removed": "removed", "changed": "changed"}


def submit(controller: Controller, fields: Mapping[str, str]) -> None:
    """Compare the manifest of the page with the reference that was entered."""
    route = controller.state.route
    text = fields.get("other", "").strip()
    if route.registry is None or (route.tag is None and route.digest is None):
        return
    try:
        other = _other(route, text)
    except (RouteError, InputMistake) as error:
        at = route.at_manifest(route.tag, route.digest).at_view("compare")
        # The text of the error, since passwords in it are masked.
        page = begin(at)._replace(typed=error.text, mistake=(error.position, error.reason))
        controller.show_page(at, page)
        controller.publisher.focus("other")
    else:
        controller.open(address(route, other), controller.nav, push=True)


def _other(route: Route, text: str) -> Route:
    if text.startswith((":", "@")):
        return parse_other(route, text)
    named = parse_input(text)
    return parse_other(route, named.at_manifest(named.tag, named.digest).subject)


def _files(controller: Controller, args: Args) -> None:
    page, visit = controller.state.page, controller.visit
    if not isinstance(page, ComparePage) or page.right is None or visit is None:
        return
    registry = page.right.route.registry
    if registry is None or (page.files is not None and page.files.running):
        return
    from app.state.compare_reading import FilesComparison

    right = controller.connections.client(registry).session
    sessions: dict[Which, Session] = {"left": visit.client.session, "right": right}
    visit.held = comparison = FilesComparison(visit, sessions, controller.spill())
    visit.also(comparison.run())


def _file(controller: Controller, args: Args) -> None:
    from app.state.compare_reading import FilesComparison

    visit, path = controller.visit, args.get("path")
    if visit is not None and not isinstance(visit.held, FilesComparison):
        _files(controller, args)  # the page was left meanwhile, and what was read with it
    elif visit is not None and isinstance(visit.held, FilesComparison) and isinstance(path, str):
        visit.also(visit.held.read(path))


def _contents(controller: Controller, args: Args) -> None:
    from app.state.compare_reading import FilesComparison

    visit, page = controller.visit, controller.state.page
    if visit is None or not isinstance(page, ComparePage) or page.files is None or page.files.running:
        return
    if isinstance(visit.held, FilesComparison):
        visit.also(visit.held.check())
    else:
        _files(controller, args)  # the same


def _stop(controller: Controller, args: Args) -> None:
    from app.state.compare_reading import FilesComparison

    if controller.visit is not None and isinstance(controller.visit.held, FilesComparison):
        controller.visit.held.stop()


def _more(controller: Controller, args: Args) -> None:
    page = controller.state.page
    if isinstance(page, ComparePage) and page.files is not None:
        files = page.files._replace(shown=page.files.shown + ROWS)
        controller.change(controller.state._replace(page=page._replace(files=files)))


def _mark(controller: Controller, args: Args) -> None:
    page, mark = controller.state.page, args.get("mark")
    if isinstance(page, ComparePage) and page.files is not None:
        chosen = _MARKS.get(mark) if isinstance(mark, str) else None
        files = page.files._replace(mark=chosen, shown=ROWS)
        controller.change(controller.state._replace(page=page._replace(files=files)))


COMMANDS: Mapping[str, Callable[[Controller, Args], None]] = {
    "compare-contents": _contents,
    "compare-file": _file,
    "compare-files": _files,
    "compare-mark": _mark,
    "compare-more": _more,
    "compare-stop": _stop,
}
