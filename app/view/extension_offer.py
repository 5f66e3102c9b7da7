"""The browser extension as a way out of CORS: what is said of it where a registry keeps a page from reading it."""

from app.state.model import AppState
from app.view.components import codebox
from app.view.markup import Element, el


def extension_hint(state: AppState) -> Element | None:
    """The same in a sentence, for a notice that has more to say."""
    if state.extension:
        return None
    return el(
        "p.muted.small",
        {"data-offer": "extension"},
        "Installed as a browser extension, Portolan needs no CORS headers: ",
        el("code", None, "make extension"),
        " builds it.",
    )


def extension_offer(state: AppState, level: str = "h3") -> Element | None:
    """A paragraph with the way out; None inside the extension, to which CORS does not apply."""
    if state.extension:
        return None
    return el(
        "div.flow",
        {"data-offer": "extension"},
        el(f"{level}.notice-title", None, "Or as a browser extension, without CORS"),
        el(
            "p",
            None,
            "The same Portolan, installed as an extension, may read a registry that sends no CORS headers once you "
            "allow that registry: the browser asks you for one address at a time. Nothing about the registry changes.",
        ),
        codebox("make extension", "the command that builds the extension"),
        el(
            "p.muted.small",
            None,
            "Run it in a copy of Portolan's source. It writes build/extension/chromium and build/extension/firefox, "
            "which the browser's page of extensions loads as they are.",
        ),
    )
