"""Origins that this copy may not read yet, or ever: which, why, and the button that changes it."""

from app.client.needs import needed_for
from app.client.permits import NotPermitted
from app.oci.origin import OriginError, parse_origin
from app.state.model import AppState
from app.view.components import codebox
from app.view.explanation import Explanation, words_of
from app.view.markup import Element, Node, el, group, hostile, wrapping


def explain_permission(error: NotPermitted) -> Explanation:
    """The words for a request that was not sent, or whose redirect could not be followed."""
    host = error.registry.netloc
    there = "" if error.origin is None else error.origin.netloc
    if error.rule == "site":
        return _closed(error, host, there)
    if error.origin is None:
        return words_of(
            "info",
            f"{host} sends this from another address",
            "It answered with a redirect, and the browser tells nobody where to. Portolan may not read that place yet, "
            "or nothing answers there.",
        )
    what = {
        "registry": "As an extension Portolan reads a registry only after you allowed its address. Nothing was sent.",
        "token": f"{host} gives out its tokens there. Every address is allowed on its own; nothing was sent to it.",
        "storage": f"{host} answers from there. Every address is allowed on its own; nothing was sent to it.",
    }[error.part]
    return words_of("info", f"May Portolan read {there}?", what)


def permission(state: AppState, error: NotPermitted) -> Node:
    """What a person can do about it: the browser asks once a button is pressed."""
    if error.rule == "site":
        return None
    wanted = needed_for(error, state.granted)
    return (
        _refused() if state.refused else None,
        _several(wanted) if len(wanted) > 1 else None,
        el("p.row", None, _grant(wanted)) if wanted else None,
        _by_hand(state, error) if error.origin is None else None,
        el(
            "p.muted.small",
            None,
            "The browser asks you once more, and keeps it. The settings list it and take it back.",
        ),
    )


def _closed(error: NotPermitted, host: str, there: str) -> Explanation:
    title = f"This copy of Portolan does not read {there or 'the storage of ' + host}"
    chosen = "Whoever hosts it chose the registries that it reads; its page may ask no other address."
    if error.part == "registry":
        return words_of("warn", title, f"{chosen} Nothing was sent.", advice="The first page lists those it reads.")
    key = "realms" if error.part == "token" else "storage"
    does = "gives out its tokens there" if error.part == "token" else "answers with a redirect to another address"
    advice = f"Whoever hosts this copy has to name that address in “{key}” of this registry in pyscript.toml."
    return words_of("warn", title, f"{host} {does}. {chosen}", "retry", advice=advice)


def _refused() -> Element:
    return el("p", {"role": "alert"}, "The browser did not allow it. You can ask again, or leave it at that.")


def _several(wanted: tuple[str, ...]) -> Node:
    return (
        el("p", None, "To be read as a whole it needs these, known beforehand and asked for together:"),
        el("ul.bullets", None, [el("li.mono", None, wrapping(one)) for one in wanted]),
    )


def _grant(wanted: tuple[str, ...]) -> Element:
    label = (
        group("Allow ", el("span.mono", None, wrapping(wanted[0].partition("://")[2]))) if len(wanted) == 1 else None
    )
    return el(
        "button.btn.btn--primary",
        {"type": "button", "data-grant": " ".join(wanted)},
        label or f"Allow these {len(wanted)} addresses",
    )


def _by_hand(state: AppState, error: NotPermitted) -> Element:
    """A field for the place that no page is told, and the command that shows it."""
    origin, mistake = _typed(state.storage)
    field = {
        "id": "storage",
        "name": "storage",
        "inputmode": "url",
        "placeholder": "https://storage.example.com",
        "autocomplete": "off",
        "autocapitalize": "off",
        "spellcheck": "false",
        "data-input": "storage",
        "aria-invalid": "true" if mistake else None,
        "aria-describedby": "storage-note",
    }
    return el(
        "form.flow.prose",
        {"data-form": "storage", "aria-label": "Allow the storage"},
        el("p", None, "This command prints the address that it redirects to:"),
        codebox(_curl(error), "the command that shows the storage"),
        el(
            "div.field",
            None,
            el("label", {"for": "storage"}, "Where it leads to"),
            el("input.input.mono", field),
            el(
                "p.field-error" if mistake else "p.field-note", {"id": "storage-note"}, mistake or "Scheme and host do."
            ),
        ),
        el(
            "p.row",
            None,
            el(
                "button.btn", {"type": "submit", "disabled": origin is None, "data-grant": origin}, "Allow this address"
            ),
        ),
    )


def _typed(text: str) -> tuple[str | None, str]:
    """The origin that was entered, and what is wrong with it. A whole URL may be pasted; it may be signed."""
    text = text.strip()
    if not text:
        return None, ""
    scheme, found, rest = text.partition("://")
    try:
        return str(parse_origin(f"{scheme}://{rest.split('/', 1)[0]}" if found else text.split("/", 1)[0], "https")), ""
    except OriginError as error:
        return None, hostile(error.reason)


def _curl(error: NotPermitted) -> str:
    quoted = error.url.replace("'", "'\\''")
    header = ' -H "Authorization: $AUTHORIZATION"' if error.authorized else ""
    return f"curl -s -o /dev/null -w '%{{redirect_url}}\\n'{header} '{quoted}'"
