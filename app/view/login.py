"""What Portolan asks before it goes on: a sign-in, the approval of a token server, a warning."""

from app.auth.errors import ApprovalPrompt, LoginPrompt
from app.oci.origin import Origin
from app.state.failure import Failure
from app.state.model import AppState
from app.view.components import arguments, command, icon, notice, pairs
from app.view.markup import Element, Node, el, foreign, group, wrapping
from app.view.realm_words import realm_words
from app.view.scopes import in_words
from app.view.token_form import token_form


def card(state: AppState) -> Element | None:
    """The one question that is open."""
    if state.confirm is not None:
        return _confirm(state.confirm)
    if state.approval is not None:
        return _approval(state.approval, state)
    if state.login is None:
        return None
    if state.login.reason == "insecure":
        return _insecure(state.login)
    return _login(state.login, state.busy, state.mistake)


def announce(state: AppState) -> str:
    """The question in one sentence."""
    if state.confirm is not None:
        return f"{state.confirm.netloc} is on a private network. Contact it?"
    if state.approval is not None:
        return f"{state.approval.registry.netloc} signs in through {state.approval.realm_origin.netloc}. Approve it?"
    if state.login is None:
        return ""
    host = state.login.registry.netloc
    if state.busy:
        return f"Signing in to {host}"
    return {
        "required": f"Sign in to {host}",
        "wrong-password": f"Wrong user name or password for {host}",
        "expired": f"The sign-in to {host} has expired",
        "insecure": f"{host} would get the password unencrypted. Go on?",
    }[state.login.reason]


def _login(prompt: LoginPrompt, busy: bool, mistake: Failure | None) -> Element:
    wrong = prompt.reason == "wrong-password"
    form = el(
        "form.login-form",
        {"data-form": "login", "aria-labelledby": "login-title"},
        el(
            "div",
            None,
            el("h2", {"id": "login-title"}, "Sign in to ", el("span.mono", None, wrapping(prompt.registry.netloc))),
            el("p.muted.small", None, _why(prompt)),
        ),
        el(
            "div.field",
            None,
            el("label", {"for": "username"}, "Username"),
            el(
                "input.input",
                {
                    "id": "username",
                    "name": "username",
                    "value": prompt.username or None,
                    "autocomplete": "username",
                    "autocapitalize": "off",
                    "spellcheck": "false",
                },
            ),
        ),
        el(
            "div.field",
            None,
            el("label", {"for": "password"}, "Password or access token"),
            el(
                "input.input",
                {
                    "id": "password",
                    "name": "password",
                    "type": "password",
                    "autocomplete": "current-password",
                    "aria-invalid": "true" if wrong else None,
                    "aria-describedby": "password-error" if wrong else "password-note",
                },
            ),
            el("p.field-error", {"id": "password-error"}, f"{_judge(prompt)} did not accept them. Nothing was kept.")
            if wrong
            else None,
            el(
                "p.field-note",
                {"id": "password-note"},
                "Held in this tab's memory alone. Closing or reloading the tab forgets it.",
            ),
        ),
        el(
            "div.row",
            None,
            el(
                "button.btn.btn--primary",
                {"type": "submit", "disabled": busy},
                (icon("spin", "spin"), "Signing in…") if busy else "Sign in",
            ),
            command("cancel", "Continue without signing in", kind="btn btn--quiet"),
        ),
    )
    ways = el("div.login-ways", None, form, token_form(prompt, busy, mistake))
    return el("div.card.login", None, ways, _asked(prompt, _destination(prompt)))


def _why(prompt: LoginPrompt) -> str:
    if prompt.reason == "wrong-password":
        return "The user name or the password is not right."
    if prompt.reason == "expired":
        return "The earlier sign-in is no longer accepted."
    return "The registry asks who you are."


def _judge(prompt: LoginPrompt) -> str:
    if prompt.scheme == "basic" or prompt.realm_origin is None:
        return "The registry"
    return f"The token server {prompt.realm_origin.netloc}"


def _destination(prompt: LoginPrompt) -> str:
    target = prompt.realm_origin or prompt.registry
    transport = "over HTTPS" if target.scheme == "https" else "over plain HTTP"
    if prompt.scheme == "basic":
        return f"The password goes to the registry itself, {transport}, with every request."
    if prompt.realm_origin is None:
        return f"What you enter goes to the registry itself, {transport}."
    where = "on the same host" if prompt.realm_origin == prompt.registry else f"at {target.netloc}"
    return f"The password goes to the realm above, {where}, {transport}. The registry then gets a token for that scope."


def _asked(prompt: LoginPrompt | ApprovalPrompt, note: str) -> Element:
    entries: list[tuple[Node, Node]] = [("Scheme", el("span.mono", None, prompt.scheme.capitalize()))]
    realm = prompt.realm if isinstance(prompt, LoginPrompt) else str(prompt.realm_origin)
    if realm:
        entries.append(("Realm", el("span.mono", None, foreign(realm))))
    if prompt.service:
        entries.append(("Service", el("span.mono", None, foreign(prompt.service))))
    scopes = [
        el("li", None, in_words(scope), el("br"), el("span.mono.faint.small", None, foreign(scope)))
        for scope in prompt.scopes
    ]
    if scopes:
        entries.append(("Scope", el("ul", None, scopes)))
    return el(
        "section.login-ask.flow",
        {"aria-label": "What the registry asked"},
        el("h3", None, "What the registry asked"),
        pairs(entries),
        el("p.muted.small", None, note),
    )


def _insecure(prompt: LoginPrompt) -> Element:
    host = el("b.mono", None, wrapping(prompt.registry.netloc))
    return el(
        "div.card.login",
        None,
        el(
            "div.login-form",
            None,
            el("h2", None, "Send the password unencrypted?"),
            notice(
                "warn",
                "Anyone on the way can read it",
                el("p", None, host, " speaks plain HTTP. Every machine between you and it would see the password."),
                level="h3",
            ),
            el(
                "div.row",
                None,
                command("accept-insecure", "Sign in all the same", kind="btn btn--danger"),
                command("cancel", "Continue without signing in", kind="btn btn--quiet"),
            ),
            el("p.field-note", None, "This holds for this registry until the tab is closed."),
        ),
        _asked(prompt, "A registry with a certificate would not need this question."),
    )


def _approval(prompt: ApprovalPrompt, state: AppState) -> Element:
    realm = prompt.realm_origin.netloc
    gets = "would be asked for a token" if prompt.anonymous else "would receive your password"
    buttons = [command("approve", f"Approve {realm}", args=arguments(remember=False))]
    if state.settings.remember:
        buttons.append(command("approve", "Approve and remember", args=arguments(remember=True)))
    return el(
        "div.card.login",
        None,
        el(
            "div.login-form",
            None,
            el(
                "div",
                None,
                el("h2", None, "Contact another host?" if prompt.anonymous else "Sign in through another host?"),
                el(
                    "p.muted.small",
                    None,
                    el("span.mono", None, wrapping(prompt.registry.netloc)),
                    " does not give out access itself. It names a token server on a different host.",
                ),
            ),
            _hosts(("registry", prompt.registry), (gets, prompt.realm_origin)),
            notice(
                "warn",
                "Approve only a host you know",
                el(
                    "p",
                    None,
                    "A registry can name any host it likes here. Nothing is sent to ",
                    el("b", None, realm),
                    " until you approve it.",
                ),
                el("p", None, foreign(realm_words(prompt.reason))) if prompt.reason else None,
                level="h3",
            ),
            el("div.row", None, buttons, command("cancel", "Continue without signing in", kind="btn btn--quiet")),
            el(
                "p.field-note",
                None,
                "Lasts until the tab is closed; a remembered one is kept in this browser and listed in the settings."
                if state.settings.remember
                else "Lasts until the tab is closed.",
            ),
        ),
        _asked(prompt, "Common and harmless for hosted registries; worth a second look on a private network."),
    )


def _hosts(first: tuple[str, Origin], second: tuple[str, Origin]) -> Element:
    boxes = [
        el("div.host", None, el("span.muted.small", None, role), el("b", None, wrapping(origin.netloc)))
        for role, origin in (first, second)
    ]
    return el("div.hosts", None, boxes[0], icon("arrow"), boxes[1])


def _confirm(origin: Origin) -> Element:
    host = el("span.mono", None, wrapping(origin.netloc))
    return el(
        "div.card.card-body.flow.prose",
        None,
        el("h2", None, "Contact a host on your own network?"),
        el("p", None, host, " is a private address: only your machine or the network around it reaches it."),
        el(
            "p",
            None,
            "If you typed it, go on. If a link brought you here, whoever made it may want to know what answers.",
        ),
        el(
            "div.row",
            None,
            command("confirm-host", group("Contact ", host)),
            command("cancel", "Do not", kind="btn btn--quiet"),
        ),
    )
