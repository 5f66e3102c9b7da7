"""The doctor: why a page cannot read a registry, and what to change."""

from app.state.doctor_model import DoctorPage
from app.state.model import AppState
from app.state.renderer import RegionView
from app.view import frame
from app.view.components import page_head
from app.view.markup import Element, el, render


def title(state: AppState) -> str:
    registry = state.route.registry
    return "CORS doctor" if registry is None else f"CORS doctor for {registry.netloc}"


def announce(state: AppState) -> str:
    return title(state)


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, DoctorPage):
        return ()
    return (
        RegionView("main", ("doctor", page, state.checkup, *frame.extra_key(state)), lambda: render(_page(state)), 0),
    )


def _page(state: AppState) -> Element:
    return el("div.page", None, page_head("CORS doctor", mono=False), frame.interruptions(state))
