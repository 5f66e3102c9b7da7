"""Where the challenge cannot be read: what it would have said, entered by hand."""

from app.auth.profiles import profile_of
from app.oci.origin import Origin
from app.state.failure import Failure
from app.view.components import external
from app.view.markup import Element, el, foreign


def challenge_form(registry: Origin, mistake: Failure | None) -> Element:
    """Asks for realm and service, prefilled where the registry is a known one."""
    known = profile_of(registry)
    realm = known.realm if known is not None and known.scheme == "bearer" else None
    service = known.service if known is not None else None
    return el(
        "form.flow.prose",
        {"data-form": "challenge", "aria-label": "Enter the challenge"},
        el(
            "p",
            None,
            "Where this registry is known to give out tokens is filled in below. "
            if realm is not None
            else "If you know where this registry gives out tokens, you can say so. ",
            "Command-line tools show it: ",
            el("code", None, f"curl -i {registry}/v2/"),
            ".",
        ),
        el(
            "div.field",
            None,
            el("label", {"for": "realm"}, "Realm"),
            el(
                "input.input.mono",
                {
                    "id": "realm",
                    "name": "realm",
                    "value": realm,
                    "inputmode": "url",
                    "placeholder": "https://auth.example.org/token",
                    "autocomplete": "off",
                    "autocapitalize": "off",
                    "spellcheck": "false",
                    "required": True,
                    "aria-invalid": "true" if mistake is not None else None,
                    "aria-describedby": "realm-error" if mistake is not None else "realm-note",
                },
            ),
            el("p.field-error", {"id": "realm-error"}, foreign(_mistake(mistake))) if mistake is not None else None,
            el(
                "p.field-note",
                {"id": "realm-note"},
                "The address after realm=. Before a password goes to an origi"
                "n other than the registry's, you are asked.",
            ),
        ),
        el(
            "div.field",
            None,
            el("label", {"for": "service"}, "Service, if there is one"),
            el(
                "input.input.mono",
                {
                    "id": "service",
                    "name": "service",
                    "value": service,
                    "autocomplete": "off",
                    "autocapitalize": "off",
                    "spellcheck": "false",
                },
            ),
        ),
        el(
            "p.row",
            None,
            el("button.btn.btn--primary", {"type": "submit"}, "Ask there"),
            external(
                "https://fetch.spec.whatwg.org/#http-access-control-expose-headers", "Why a page cannot read the header"
            ),
        ),
    )


def _mistake(mistake: Failure) -> str:
    from app.auth.errors import RealmRefused
    from app.view.realm_words import realm_words

    if isinstance(mistake.error, RealmRefused):
        return realm_words(mistake.error.reason)
    return "This cannot be used as a realm."
