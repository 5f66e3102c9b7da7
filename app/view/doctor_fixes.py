"""What to change, for each kind of server: the configurations, and the choices that they are written by."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.oci.origin import Origin
from app.state.doctor_model import DoctorPage, Need, Remedy
from app.state.model import AppState
from app.view.components import codebox, section
from app.view.frame import caret
from app.view.markup import Element, Node, el, foreign, hostile

if TYPE_CHECKING:
    from app.cors.fixes import Fix

_TITLES: Mapping[Need, str] = {
    "registry": "The fix",
    "token": "The fix at the token service",
    "storage": "The fix at the storage",
    "around": "Where nobody can change the registry",
}


def fixes(state: AppState, page: DoctorPage, origin: Origin | None) -> list[Element]:
    """The sections, with the choices above the first configuration. `origin`: of this page, None where it has none."""
    changes = [remedy for remedy in page.remedies if remedy.need != "around"]
    around = next((remedy for remedy in page.remedies if remedy.need == "around"), None)
    found = []
    for number, remedy in enumerate(changes):
        choices = _choices(page, origin) if number == 0 else None
        aside = el("span.muted.small", None, _written_for(page, origin))
        found.append(section(f"fix-{remedy.need}", _TITLES[remedy.need], choices, _accordion(remedy), aside=aside))
    if around is not None:
        found.append(_around(state, page, around))
    return found


def _written_for(page: DoctorPage, origin: Origin | None) -> str:
    return "written for any page" if page.origins == "any" or origin is None else f"written for {hostile(str(origin))}"


def _choices(page: DoctorPage, origin: Origin | None) -> Element:
    who: Node = None
    if origin is not None:
        options = (("any", "any page (*)"), ("list", f"{hostile(str(origin))} alone"))
        who = el(
            "span.row.tight",
            None,
            el("label", {"for": "fix-origins"}, "Readable by"),
            el(
                "select.select",
                {"id": "fix-origins", "data-command": "doctor-origins", "data-reset": True},
                [el("option", {"value": key, "selected": key == page.origins}, words) for key, words in options],
            ),
        )
    return el(
        "div.toolbar",
        {"role": "group", "aria-label": "What the configuration allows"},
        who,
        el(
            "label.check",
            None,
            el(
                "input",
                {"type": "checkbox", "data-command": "doctor-delete", "checked": page.delete, "data-reset": True},
            ),
            " Deleting too",
        ),
    )


def _accordion(remedy: Remedy, *, is_open: bool = True) -> Element:
    return el(
        "div.accordion.accordion--tabs",
        None,
        [_server(remedy.need, fix, is_open=is_open and number == 0) for number, fix in enumerate(remedy.fixes)],
    )


def _server(need: Need, fix: "Fix", *, is_open: bool) -> Element:
    return el(
        "details",
        {"name": f"fix-{need}", "open": is_open},
        el("summary", None, caret(), foreign(fix.title)),
        el(
            "div.flow",
            None,
            codebox(fix.text, f"{hostile(fix.title)} configuration") if fix.text is not None else None,
            el("p" if fix.text is None else "p.muted.small", None, foreign(fix.note)) if fix.note else None,
            el("p.faint.small", None, foreign(fix.ran)) if fix.ran else None,
        ),
    )


def _around(state: AppState, page: DoctorPage, remedy: Remedy) -> Element:
    from app.view.extension_offer import extension_offer

    return section(
        "fix-around",
        _TITLES["around"],
        el(
            "p.prose",
            None,
            "No CORS headers are needed when the page comes from the registry's own address, or when "
            "a server of your own stands between the two. A relay sees everything that passes through it, credentials "
            "included: run it yourself, or trust whoever does.",
        ),
        _accordion(remedy, is_open=page.known is not None),
        extension_offer(state),
    )
