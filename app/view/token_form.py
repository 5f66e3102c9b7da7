"""The other way to sign in: a token in the place of a password."""

from app.auth.errors import LoginPrompt
from app.state.failure import Failure, UnusableToken
from app.view.components import icon
from app.view.frame import caret
from app.view.markup import Element, el


def token_form(prompt: LoginPrompt, busy: bool, mistake: Failure | None) -> Element:
    """A disclosure below the form for a password. Only a Bearer challenge has a use for an identity token."""
    kinds = [
        _kind(
            "registry",
            "Registry token",
            "Goes to the registry as it is, with every request (registrytoken).",
            prompt.scheme == "basic",
        )
    ]
    if prompt.scheme == "bearer":
        kinds.insert(
            0,
            _kind(
                "identity",
                "Identity token",
                "A refresh token: goes to the token service alone, which gives tokens for it (identitytoken).",
                True,
            ),
        )
    return el(
        "details.exchange",
        {"open": mistake is not None},
        el("summary", None, caret(), " Use a token instead"),
        el(
            "form.login-form",
            {"data-form": "login-token", "data-clear": True, "aria-label": "Sign in with a token"},
            el(
                "p.field-note",
                None,
                "Personal access tokens usually go into the password field above, with the user name. Here go the "
                "tokens that docker login keeps.",
            ),
            el("fieldset.field", None, el("legend", None, "What it is"), kinds),
            el(
                "div.field",
                None,
                el("label", {"for": "token-secret"}, "Token"),
                el(
                    "input.input",
                    {
                        "id": "token-secret",
                        "name": "token",
                        "type": "password",
                        "autocomplete": "off",
                        "aria-invalid": "true" if mistake is not None else None,
                        "aria-describedby": "token-secret-note" if mistake is None else "token-secret-error",
                    },
                ),
                None if mistake is None else el("p.field-error", {"id": "token-secret-error"}, _mistake(mistake)),
                el("p.field-note", {"id": "token-secret-note"}, "Held in this tab's memory alone."),
            ),
            el(
                "div.field",
                None,
                el("label", {"for": "token-username"}, "Username, if it has one"),
                el(
                    "input.input",
                    {
                        "id": "token-username",
                        "name": "username",
                        "autocomplete": "off",
                        "autocapitalize": "off",
                        "spellcheck": "false",
                    },
                ),
            ),
            el(
                "p.row",
                None,
                el(
                    "button.btn",
                    {"type": "submit", "disabled": busy},
                    (icon("spin", "spin"), "Signing in…") if busy else "Sign in with the token",
                ),
            ),
        ),
    )


def _mistake(mistake: Failure) -> str:
    if isinstance(mistake.error, UnusableToken) and mistake.error.empty:
        return "No token was entered."
    return "This holds characters that no header can carry, so it is no token. Nothing was sent."


def _kind(value: str, words: str, note: str, checked: bool) -> Element:
    return el(
        "label.check.check--note",
        None,
        el("input", {"type": "radio", "name": "kind", "value": value, "checked": checked}),
        el("span", None, words, el("span.field-note", None, el("br"), note)),
    )
