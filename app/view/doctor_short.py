"""The short form of an examination, below the notice of a registry that never answered."""

from app.state.model import AppState
from app.view.components import button_link, notice
from app.view.doctor_links import doctor_link
from app.view.doctor_probes import counted
from app.view.doctor_verdict import headline, tone_of
from app.view.markup import Element, el


def short(state: AppState) -> Element | None:
    """The verdict in a sentence, live; None where nothing was examined."""
    checkup = state.checkup
    if checkup is None:
        return None
    done = not checkup.running
    fine = done and checkup.verdicts == ("ok",)
    title = "The doctor could read this registry just now: try again." if fine else headline(checkup)
    told = f"The CORS doctor {'looked' if done else 'is looking'}: {counted(checkup)}{'' if done else ' so far'}."
    return el(
        "section.doctor",
        {"aria-label": "CORS doctor", "id": "checkup"},
        notice(
            tone_of(checkup) if fine or not done else "plain",
            title,
            el("p.muted.small", {"role": "status"}, told),
            el("p.row", None, button_link(doctor_link(state), "See the whole diagnosis and the fix")) if done else None,
        ),
    )
