"""What the buttons of the pages do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.state import catalog_page, identity_commands, setting_commands, tags_page, transcript_commands
from app.state.model import PATCH_ROWS, Blob, Catalog, ManifestPage, Raw, Tags
from app.state.summary import is_files

if TYPE_CHECKING:
    from app.state.controller import Controller

Args = Mapping[str, object]


def run(controller: Controller, name: str, args: Args) -> None:
    """Do what the button of that name does; an unknown name is a page of another version and does nothing."""
    command = _later(name) or _COMMANDS.get(name)
    if command is not None:
        command(controller, args)


def _later(name: str) -> Callable[[Controller, Args], None] | None:
    """A command of a page that few visits come to."""
    if name.startswith("doctor-"):
        from app.state import doctor_commands

        return doctor_commands.COMMANDS.get(name)
    if name.startswith("files-"):
        from app.state import files_commands

        return files_commands.COMMANDS.get(name)
    if name.startswith("playground-"):
        from app.state import playground_commands

        return playground_commands.COMMANDS.get(name)
    if name == "file-download":
        from app.state import blob_download

        return blob_download.file
    if name == "base-check":
        from app.state import base_check

        return base_check.ask
    if name.startswith(("referrers-", "packages-")):
        from app.state import referrers_commands

        return referrers_commands.COMMANDS.get(name)
    if name.startswith("compare-"):
        from app.state import compare_commands

        return compare_commands.COMMANDS.get(name)
    return None


def set_filter(controller: Controller, text: str) -> None:
    """Show only the rows that match, and keep the filter in the address."""
    page = controller.state.page
    if isinstance(page, Catalog):
        _arranged(controller, catalog_page.arrange(page._replace(filter=text, shown=PATCH_ROWS)), "filter", text)
    elif isinstance(page, Tags):
        _arranged(controller, tags_page.arrange(page._replace(filter=text, shown=PATCH_ROWS)), "filter", text)


def _arranged(controller: Controller, page: Catalog | Tags, key: str, text: str) -> None:
    route = controller.state.route
    query = tuple((name, old) for name, old in route.query if name != key)
    route = route._replace(query=(*query, (key, text)) if text else query)
    controller.publisher.retell()
    controller.change(controller.state._replace(page=page, route=route))
    if controller.visit is not None:
        controller.visit.route = route
        controller.visit.aim()


def _sort(controller: Controller, args: Args) -> None:
    page = controller.state.page
    if not isinstance(page, Tags):
        return
    by = args.get("value", args.get("by"))
    order = next((order for order in tags_page.ORDERS if order == by), None)
    if order is None:
        return
    if "value" not in args and page.order.lstrip("-") == order.lstrip("-"):
        order = tags_page.opposite(page.order)
    shown = tags_page.arrange(page._replace(order=order, shown=PATCH_ROWS))
    _arranged(controller, shown, "sort", "" if order == tags_page.ORDERS[0] else order)


def _group(controller: Controller, args: Args) -> None:
    page = controller.state.page
    if isinstance(page, Catalog):
        grouped = args.get("value") is True
        _arranged(controller, page._replace(grouped=grouped, shown=PATCH_ROWS), "group", "namespace" if grouped else "")


def _continue(controller: Controller, args: Args) -> None:
    page = controller.state.page
    if controller.visit is None or not isinstance(page, Catalog | Tags):
        return
    if page.listing.following is not None and not page.listing.loading:
        controller.visit.start()


def _more(controller: Controller, args: Args) -> None:
    if controller.visit is not None and is_files(controller.state.page):
        controller.files().more(controller.visit)
    elif controller.visit is not None:
        controller.visit.more()


def _download(controller: Controller, args: Args) -> None:
    state = controller.state
    name = (state.route.repository or "blob").rpartition("/")[2]
    match state.page:
        case Blob(content=None, too_large=True, received=None, digest=digest) if controller.visit is not None:
            from app.state.blob_download import download

            controller.visit.also(download(controller.visit, controller.shell, f"{name}-{digest.short}"))
        case Blob(content=bytes(content), digest=digest, media_type=media_type):
            controller.shell.download(f"{name}-{digest.short}", content, media_type or "application/octet-stream")
        case ManifestPage(fetched=fetched) | Raw(fetched=fetched) if fetched is not None:
            controller.shell.download(f"{name}-{fetched.digest.short}.json", fetched.raw, fetched.media_type)


def _json_fold(controller: Controller, args: Args) -> None:
    """Open or close every part of a document, whatever was opened by hand."""
    page = controller.state.page
    if isinstance(page, Raw | Blob):
        folds = abs(page.folds) + 1
        controller.change(controller.state._replace(page=page._replace(folds=folds if args.get("open") else -folds)))


def _cancel_download(controller: Controller, args: Args) -> None:
    page = controller.state.page
    if controller.visit is not None and isinstance(page, Blob) and page.received is not None:
        controller.begin(read=False)
        controller.change(controller.state._replace(page=page._replace(received=None)))


def _retry(controller: Controller, args: Args) -> None:
    controller.countdown.reset()
    controller.retry()


def _cancel_retry(controller: Controller, args: Args) -> None:
    """Leave it to the person when it is tried again."""
    controller.countdown.cancel()
    controller.change(controller.state)


_COMMANDS: Mapping[str, Callable[[Controller, Args], None]] = {
    "cancel-download": _cancel_download,
    "cancel-retry": _cancel_retry,
    "confirm-host": lambda controller, args: controller.confirm(),
    "continue": _continue,
    "download": _download,
    "group": _group,
    "json-fold": _json_fold,
    "more": _more,
    "retry": _retry,
    "sort": _sort,
    **identity_commands.COMMANDS,
    **setting_commands.COMMANDS,
    **transcript_commands.COMMANDS,
}
