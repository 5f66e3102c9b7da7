"""What the form and the buttons of the pages of files do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.client.errors import ClientError
from app.layers.reading import ReadProblem
from app.state.failure import failure_of
from app.state.files_model import ORDERS, FilesPage, Order

if TYPE_CHECKING:
    from app.state.controller import Controller

Args = Mapping[str, object]

_OF_A_PLACE = ("as", "at", "diff", "search", "show")


def search(controller: Controller, text: str) -> None:
    """Look for names in all layers; an empty text leads back to the folder."""
    route, page = controller.state.route, _page(controller)
    if page is not None:
        _navigate(controller, {"search": text.strip()}, [*_OF_A_PLACE, "sort"], path=route.path)


def _page(controller: Controller) -> FilesPage | None:
    page = controller.state.page
    return page if isinstance(page, FilesPage) else None


def _navigate(controller: Controller, words: Mapping[str, str], without: list[str], path: str | None = None) -> None:
    """Another page of the same tree, which gets its place in the history."""
    route = controller.state.route
    query = [pair for pair in route.query if pair[0] not in without and pair[0] not in words]
    route = route.with_query((*query, *((key, text) for key, text in words.items() if text)))
    controller.open(route, controller.nav, push=True)


def _arrange(controller: Controller, key: str, text: str) -> None:
    """The same list in another order or with more in it, kept in the address."""
    route = controller.state.route
    query = tuple((name, old) for name, old in route.query if name != key)
    route = route.with_query((*query, (key, text)) if text else query)
    controller.publisher.retell()
    controller.change(controller.state._replace(route=route))
    if controller.visit is not None:
        controller.visit.route = route
        controller.visit.start()


def _sort(controller: Controller, args: Args) -> None:
    page = _page(controller)
    by = args.get("value", args.get("by"))
    order = next((order for order in ORDERS if order == by), None)
    if page is None or order is None:
        return
    if "value" not in args and page.order == order:
        order = _opposite(order)
    _arrange(controller, "sort", "" if order == ORDERS[0] else order)


def _opposite(order: Order) -> Order:
    return next(one for one in ORDERS if one == f"-{order}")


def _layer(controller: Controller, args: Args) -> None:
    """Show one layer alone, or all."""
    number = args.get("value")
    if _page(controller) is not None and isinstance(number, str):
        _navigate(controller, {"layer": number}, ["layer", "as", "at", "diff"])


def _platform(controller: Controller, args: Args) -> None:
    name = args.get("value")
    if _page(controller) is not None and isinstance(name, str):
        _navigate(controller, {"platform": name}, ["layer", "as", "at", "diff", "platform"])


def _deleted(controller: Controller, args: Args) -> None:
    if _page(controller) is not None:
        _arrange(controller, "deleted", "" if args.get("value") is True else "no")


def _cancel(controller: Controller, args: Args) -> None:
    if _page(controller) is not None:
        controller.files().cancel()


def _resumed(act: Callable[[Controller, Args], None]) -> Callable[[Controller, Args], None]:
    """A command after which reading goes on."""

    def command(controller: Controller, args: Args) -> None:
        if _page(controller) is not None and controller.visit is not None:
            act(controller, args)
            controller.visit.start()

    return command


def _verify(controller: Controller, args: Args) -> None:
    number = args.get("layer")
    if isinstance(number, int):
        controller.files().verify(number)


def _download(controller: Controller, args: Args) -> None:
    """All of the file, as it is in the layer."""
    if _page(controller) is not None and controller.visit is not None:
        controller.visit.also(_downloaded(controller))


async def _downloaded(controller: Controller) -> None:
    try:
        found = await controller.files().contents.whole()
        if found is not None:
            controller.shell.download(safe_name(found[0]), found[1], "application/octet-stream")
    except ReadProblem as error:
        _said(controller, trouble=error.kind)
    except ClientError as error:
        _said(controller, failure=failure_of(error))


def _said(controller: Controller, **fields: object) -> None:
    page = _page(controller)
    if page is not None and page.file is not None:
        file = page.file._replace(**fields)  # type: ignore[arg-type]
        controller.change(controller.state._replace(page=page._replace(file=file)))


def safe_name(name: str) -> str:
    """A name that no system reads anything else into: without separators, controls and what reorders text."""
    kept = "".join(one if one.isprintable() and one not in '/\\:*?"<>|' else "_" for one in name)
    return kept.strip(" .")[:120] or "file"


COMMANDS: Mapping[str, Callable[[Controller, Args], None]] = {
    "files-cancel": _cancel,
    "files-deleted": _deleted,
    "files-download": _download,
    "files-file": _resumed(lambda controller, args: controller.files().contents.allow()),
    "files-go-on": _resumed(lambda controller, args: controller.files().go_on()),
    "files-layer": _layer,
    "files-platform": _platform,
    "files-read": _resumed(lambda controller, args: controller.files().allow()),
    "files-sort": _sort,
    "files-verify": _resumed(_verify),
}
