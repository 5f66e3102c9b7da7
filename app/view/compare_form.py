"""The form that asks for the second reference of a comparison."""

from app.view.components import hidden
from app.view.markup import Element, el


def compare_menu() -> Element:
    """The form as a dropdown of a manifest's page."""
    return el(
        "details.menu",
        None,
        el("summary.btn", None, "Compare"),
        el("div.card.menu-panel", None, el("div.card-body", None, compare_form("", None, "compared"))),
    )


def compare_form(typed: str, mistake: tuple[int, str] | None, field: str = "other") -> Element:
    """`typed`: what was entered, `mistake`: what is wrong with it and where; `field`: the id of the input."""
    note = f"{field}-note"
    attributes = {
        "id": field,
        "name": "other",
        "value": typed or None,
        "placeholder": "registry.example/app:2.0, or :2.0 of this repository",
        "autocomplete": "off",
        "autocapitalize": "off",
        "spellcheck": "false",
        "required": True,
        "aria-invalid": "true" if mistake is not None else None,
        "aria-describedby": note,
    }
    return el(
        "form.flow",
        {"data-form": "compare"},
        el(
            "div.field",
            None,
            el("label", {"for": field}, "Compare with", hidden(" another reference")),
            el(
                "div.row",
                None,
                el("input.input.mono.grow", attributes),
                el("button.btn", {"type": "submit"}, "Compare"),
            ),
            el("p.field-note", {"id": note}, "Any registry; it is read with the identity that this tab has there."),
        ),
        _told(typed, mistake) if mistake is not None else None,
    )


def _told(typed: str, mistake: tuple[int, str]) -> Element:
    from app.view import landing

    return landing.mistake(typed, mistake)
