"""What the buttons of the pages do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.auth.errors import LoginPrompt
from app.auth.scope import CATALOG, pull
from app.state import catalog_page, keeping, tags_page
from app.state.failure import failure_of
from app.state.model import PATCH_ROWS, Blob, Catalog, ManifestPage, Raw, Tags
from app.state.route import LANDING
from app.state.summary import has_data

if TYPE_CHECKING:
    from app.state.controller import Controller

Args = Mapping[str, object]


def run(controller: Controller, name: str, args: Args) -> None:
    """Do what the button of that name does; an unknown name is a page of another version and does nothing."""
    command = _COMMANDS.get(name)
    if command is not None:
        command(controller, args)


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


def _retry(controller: Controller, args: Args) -> None:
    page = controller.state.page
    onward = isinstance(page, Catalog | Tags) and page.listing.failure is not None
    controller.restart(None if has_data(controller.state) else controller.fresh_page(), onward=onward)


def _continue(controller: Controller, args: Args) -> None:
    page = controller.state.page
    if controller.visit is None or not isinstance(page, Catalog | Tags):
        return
    if page.listing.following is not None and not page.listing.loading:
        controller.visit.start()


def _more(controller: Controller, args: Args) -> None:
    if controller.visit is not None:
        controller.visit.more()


def _cancel(controller: Controller, args: Args) -> None:
    """Leave a question unanswered: what was there stays, else the page says what it lacks."""
    if controller.state.busy:
        controller.stop_sign_in()
    state = controller.state
    asked = state.login or state.approval
    closed = state._replace(login=None, approval=None, confirm=None, busy=False, loading=False)
    if asked is not None and not has_data(state):
        from app.auth.errors import ApprovalRequired, LoginRequired

        error = LoginRequired(asked) if isinstance(asked, LoginPrompt) else ApprovalRequired(asked)
        closed = closed._replace(failure=failure_of(error))
    if state.approval is not None and not state.approval.anonymous:
        # The credentials waited for this answer; kept, they would raise the question again on every page.
        controller.connections.auth(state.approval.registry).sign_out()
        controller.connections.renew(state.approval.registry)
    controller.change(closed)
    if state.confirm is not None:
        controller.open(LANDING, controller.nav, push=True)


def _sign_out(controller: Controller, args: Args) -> None:
    registry = controller.state.route.registry
    if registry is not None:
        controller.connections.auth(registry).sign_out()
        controller.connections.renew(registry)
        controller.cache.clear()
        controller.restart(controller.fresh_page())


def _sign_in(controller: Controller, args: Args) -> None:
    """Open the form by hand, where an earlier challenge told how one signs in."""
    route = controller.state.route
    if route.registry is None:
        return
    scopes = (pull(route.repository) if route.repository else CATALOG,)
    prompt = controller.connections.prompt(route.registry, scopes)
    if prompt is not None:
        controller.change(controller.state._replace(login=prompt, approval=None))


def _approve(controller: Controller, args: Args) -> None:
    prompt = controller.state.approval
    if prompt is None:
        return
    controller.connections.auth(prompt.registry).approve(prompt.realm_origin)
    settings = controller.state.settings
    if args.get("remember") is True or args.get("value") is True:
        settings = keeping.approved(settings, str(prompt.registry), str(prompt.realm_origin))
    controller.change(controller.state._replace(settings=settings, approval=None))
    controller.restart()


def _accept_insecure(controller: Controller, args: Args) -> None:
    prompt = controller.state.login
    if prompt is not None:
        controller.connections.auth(prompt.registry).accept_insecure()
        controller.change(controller.state._replace(login=prompt._replace(reason="required")))


def _forget(controller: Controller, args: Args) -> None:
    settings = controller.state.settings
    recents = tuple(recent for recent in settings.recents if recent.subject != args.get("subject"))
    controller.change(controller.state._replace(settings=settings._replace(recents=recents)))


def _forget_all(controller: Controller, args: Args) -> None:
    controller.change(controller.state._replace(settings=controller.state.settings._replace(recents=())))


def _forget_approval(controller: Controller, args: Args) -> None:
    settings = controller.state.settings
    pair = (args.get("registry"), args.get("realm"))
    approvals = tuple(one for one in settings.approvals if one != pair)
    controller.change(controller.state._replace(settings=settings._replace(approvals=approvals)))
    controller.connections.forget(approvals)
    controller.cache.clear()


def _remember(controller: Controller, args: Args) -> None:
    on = args.get("value") is True
    settings = controller.state.settings._replace(remember=on)
    controller.change(controller.state._replace(settings=settings if on else settings._replace(recents=())))


def _theme(controller: Controller, args: Args) -> None:
    chosen = args.get("value")
    if chosen == "auto" or chosen == "light" or chosen == "dark":
        controller.change(controller.state._replace(settings=controller.state.settings._replace(theme=chosen)))


def _reset(controller: Controller, args: Args) -> None:
    """Sign out everywhere, forget what was read and what was kept, as in a new tab of a new browser."""
    controller.change(controller.state._replace(settings=keeping.DEFAULT))
    controller.open(LANDING, controller.nav, push=True)
    controller.forget_all()


def _download(controller: Controller, args: Args) -> None:
    state = controller.state
    name = (state.route.repository or "blob").rpartition("/")[2]
    match state.page:
        case Blob(content=bytes(content), digest=digest, media_type=media_type):
            controller.shell.download(f"{name}-{digest.short}", content, media_type or "application/octet-stream")
        case ManifestPage(fetched=fetched) | Raw(fetched=fetched) if fetched is not None:
            controller.shell.download(f"{name}-{fetched.digest.short}.json", fetched.raw, fetched.media_type)


_COMMANDS: Mapping[str, Callable[[Controller, Args], None]] = {
    "accept-insecure": _accept_insecure,
    "approve": _approve,
    "cancel": _cancel,
    "confirm-host": lambda controller, args: controller.confirm(),
    "continue": _continue,
    "download": _download,
    "forget": _forget,
    "forget-all": _forget_all,
    "forget-approval": _forget_approval,
    "group": _group,
    "more": _more,
    "remember": _remember,
    "reset": _reset,
    "retry": _retry,
    "sign-in": _sign_in,
    "sign-out": _sign_out,
    "sort": _sort,
    "theme": _theme,
}
