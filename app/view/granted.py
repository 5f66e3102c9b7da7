"""The part of the settings that lists what the extension may read."""

from app.state.model import AppState
from app.view.components import section
from app.view.markup import Element, el, hostile, wrapping


def granted(state: AppState) -> Element | None:
    """Each origin with the button that takes it back; None on a page of the web, which is granted nothing."""
    if not state.extension:
        return None
    rows = [
        el(
            "li",
            None,
            el("span.mono", None, wrapping(origin)),
            el("span"),
            el(
                "button.btn.btn--quiet",
                {"type": "button", "data-revoke": origin, "aria-label": f"Take back {hostile(origin)}"},
                "Take back",
            ),
        )
        for origin in state.granted
    ]
    return section(
        "granted",
        "What this extension may read",
        el(
            "p.prose.muted",
            None,
            "Registries, token services and storages that you allowed; the browser keeps the list. An address without "
            "a port stands for all of its ports.",
        ),
        el("ul.card.list", None, rows) if rows else el("p.muted", None, "Nothing was allowed yet."),
    )
