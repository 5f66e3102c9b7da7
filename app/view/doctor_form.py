"""The form by which anything can be examined: a registry, its token realm, a blob."""

from app.state.doctor_model import DoctorPage, Field
from app.view.components import section
from app.view.markup import Element, el, foreign


def doctor_form(page: DoctorPage, *, first: bool) -> Element:
    """`first`: there is nothing else on the page yet."""
    reference, realm, blob = page.typed
    return section(
        "examine",
        "What shall be examined?" if first else "Examine something else",
        el(
            "form.card.card-body.flow.prose",
            {"data-form": "doctor", "aria-label": "Examine a registry"},
            _field(page, "reference", "Registry, or something in it", reference, "registry.example/NAME:TAG", True),
            _field(page, "realm", "Token realm, if not the one it names", realm, "https://auth.example/token"),
            _field(page, "blob", "Blob, if not the first that is found", blob, "sha256:…"),
            el("p.row", None, el("button.btn.btn--primary" if first else "button.btn", {"type": "submit"}, "Examine")),
        ),
    )


def _field(page: DoctorPage, name: Field, label: str, text: str, placeholder: str, required: bool = False) -> Element:
    mistake = page.mistake[1] if page.mistake is not None and page.mistake[0] == name else None
    return el(
        "div.field",
        None,
        el("label", {"for": f"doctor-{name}"}, label),
        el(
            "input.input.mono",
            {
                "id": f"doctor-{name}",
                "name": name,
                "value": text or None,
                "placeholder": placeholder,
                "required": required,
                "autocomplete": "off",
                "autocapitalize": "off",
                "spellcheck": "false",
                "aria-invalid": "true" if mistake is not None else None,
                "aria-describedby": f"doctor-{name}-error" if mistake is not None else None,
                # What was masked in a text that may hold a password is masked on the page too.
                "data-reset": page.mistake is not None,
            },
        ),
        el("p.field-error", {"id": f"doctor-{name}-error"}, foreign(mistake)) if mistake is not None else None,
    )
