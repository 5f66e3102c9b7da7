"""What becomes of the forms that a person sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.state.failure import UnusableToken, failure_of
from app.state.landing_input import InputMistake, parse_input
from app.state.model import IdentitiesPage, Landing
from app.state.route import LANDING
from app.state.summary import is_read

if TYPE_CHECKING:
    from app.auth.credential import Credential
    from app.state.controller import Controller

Fields = Mapping[str, str]


def submit(controller: Controller, form: str, fields: Fields) -> None:
    """Do what the form of that name is for; an unknown name is a page of another version and does nothing."""
    act = _FORMS.get(form)
    if act is not None:
        act(controller, fields)


def _open(controller: Controller, fields: Fields) -> None:
    _open_input(controller, fields.get("reference", ""))


def _repository(controller: Controller, fields: Fields) -> None:
    registry = controller.state.route.registry
    if registry is not None:
        _open_input(controller, f"{registry}/{fields.get('name', '').strip().strip('/')}")


def _open_input(controller: Controller, text: str) -> None:
    try:
        route = parse_input(text)
    except InputMistake as error:
        # The text of the error, since passwords in it are masked.
        page = Landing(error.text, (error.position, error.reason))
        if isinstance(controller.state.page, Landing):
            controller.publisher.retell()
            controller.change(controller.state._replace(page=page))
        else:
            controller.show_page(LANDING, page)
        controller.publisher.focus("reference")
    else:
        controller.open(route, controller.nav, push=True)


def _login(controller: Controller, fields: Fields) -> None:
    from app.auth.credential import Password

    if controller.state.login is not None:
        _sign_in(controller, Password(fields.get("username", ""), fields.get("password", "")))


def _login_token(controller: Controller, fields: Fields) -> None:
    """`kind`: identity (a refresh token), registry (as it is), aad (of Microsoft's directory, for Azure)."""
    from app.auth.credential import AadToken, IdentityToken, RegistryToken, is_sendable

    token, username = fields.get("token", "").strip(), fields.get("username", "").strip() or None
    if controller.state.login is None:
        return
    if not is_sendable(token):
        mistake = failure_of(UnusableToken(empty=not token))
        controller.publisher.retell()
        controller.change(controller.state._replace(mistake=mistake))
        return
    match fields.get("kind"):
        case "identity":
            _sign_in(controller, IdentityToken(username, token))
        case "registry":
            _sign_in(controller, RegistryToken(token))
        case "aad":
            _sign_in(controller, AadToken(token))


def _sign_in(controller: Controller, credential: Credential) -> None:
    prompt = controller.state.login
    if prompt is not None:
        another = controller.connections.auth(prompt.registry).name is not None
        controller.connections.sign_in(prompt.registry, credential)
        controller.cache.clear()
        if is_read(controller.state.page):
            controller.state = controller.state._replace(busy=True, locked=False)
            controller.restart()
            if another and controller.visit is not None:
                # What the identity before read stays while this one is tried, and no longer.
                controller.visit.instead = controller.fresh_page()
        else:
            # Nothing is asked for on a page of the tab itself: whether it is right, the next page will say.
            controller.change(controller.state._replace(login=None, locked=False, mistake=None))
            controller.refresh()


def _challenge(controller: Controller, fields: Fields) -> None:
    """The challenge that a page cannot read, entered by hand: then the page is read again by it."""
    from app.auth.errors import RealmRefused

    registry = controller.state.route.registry
    if registry is None:
        return
    try:
        controller.connections.auth(registry).enter_challenge(fields.get("realm", ""), fields.get("service") or None)
    except RealmRefused as error:
        controller.publisher.retell()
        controller.change(controller.state._replace(mistake=failure_of(error)))
    else:
        controller.restart()


def _doctor(controller: Controller, fields: Fields) -> None:
    from app.state import doctor_commands

    doctor_commands.submit(controller, fields)


def _search_files(controller: Controller, fields: Fields) -> None:
    from app.state import files_commands

    files_commands.search(controller, fields.get("search", ""))


def _compare(controller: Controller, fields: Fields) -> None:
    from app.state import compare_commands

    compare_commands.submit(controller, fields)


def _inspect(controller: Controller, fields: Fields) -> None:
    controller.local.desk.paste(fields.get("token", ""))
    controller.refresh()


def _json(controller: Controller, fields: Fields) -> None:
    """What is searched for in a document, and one path more of it, into the address."""
    route = controller.state.route
    if route.view not in ("raw", "blob"):
        return
    search, path = fields.get("search", "").strip(), fields.get("path", "").strip()
    query = [pair for pair in route.query if pair[0] not in ("search", "as", "at")]
    if search:
        query.append(("search", search))
    if path and ("path", path) not in query:
        query.append(("path", path))
    controller.open(route.with_query(query), controller.nav, push=True)


def _verify(controller: Controller, fields: Fields) -> None:
    controller.local.desk.verify(fields.get("key", ""))
    controller.refresh()


def _import(controller: Controller, fields: Fields) -> None:
    from app.state.docker_import import import_config

    report = import_config(controller.connections, fields.get("config", ""))
    controller.cache.clear()
    if isinstance(controller.state.page, IdentitiesPage):
        controller.publisher.retell()
        controller.change(controller.state._replace(page=controller.state.page._replace(report=report), locked=False))
        controller.refresh()
    else:
        controller.restart(controller.fresh_page())


_FORMS: Mapping[str, Callable[[Controller, Fields], None]] = {
    "challenge": _challenge,
    "compare": _compare,
    "doctor": _doctor,
    "import": _import,
    "files-search": _search_files,
    "inspect": _inspect,
    "json": _json,
    "login": _login,
    "login-token": _login_token,
    "open": _open,
    "repository": _repository,
    "verify": _verify,
}
