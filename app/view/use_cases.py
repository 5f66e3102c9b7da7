"""The working group's use cases, each with what this registry did for it in this tab."""

from collections.abc import Mapping

from app.auth.observation import Observation
from app.auth.use_cases import USE_CASES
from app.oci.origin import Origin
from app.state.model import AppState, UseCasesPage
from app.state.renderer import RegionView
from app.view import frame, links
from app.view.components import button_link, external, hidden, icon, outcome, page_head
from app.view.format import plural
from app.view.markup import Element, Node, el, foreign, render, wrapping
from app.view.tables import body, cell, column, row, row_head, table
from app.view.use_case_words import case_title, fact_name, kind_of_case, observation_words, status_words

_SOURCE = "https://github.com/opencontainers/wg-auth/blob/main/docs/USE_CASES.md"
_KINDS: Mapping[str, str] = {case.id: case.kind for case in USE_CASES}
_MOST = 6
"""Numbers of requests that are named in one row."""


def title(state: AppState) -> str:
    page = state.page
    return f"Use cases of {page.registry.netloc}" if isinstance(page, UseCasesPage) else "Use cases"


def announce(state: AppState) -> str:
    page = state.page
    return f"{title(state)}: {_counted(page)}" if isinstance(page, UseCasesPage) else ""


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, UseCasesPage):
        return ()
    key = ("use-cases", page, *frame.extra_key(state))
    return (RegionView("main", key, lambda: render(_page(state, page)), len(page.observations)),)


def _counted(page: UseCasesPage) -> str:
    found = sum(one.status == "seen" for one in page.observations)
    return f"{found} of {plural(len(page.observations), 'use case')} seen"


def _page(state: AppState, page: UseCasesPage) -> Element:
    facts = el(
        "p.facts",
        None,
        el("a.mono", {"href": links.view(None, page.registry)}, wrapping(page.registry.netloc)),
        el("span", None, _counted(page)),
        el("span", None, "in this tab so far"),
    )
    columns = (column("Use case"), column("What this registry did"), column("Seen"), column("Requests"))
    return el(
        "div.page",
        None,
        page_head(
            "Authentication use cases",
            facts,
            button_link(links.view("transcript", page.registry), "Transcript"),
            mono=False,
        ),
        frame.interruptions(state),
        el(
            "p.prose.muted",
            None,
            "The OCI working group on authentication collected what registries and clients have to do for each other: ",
            external(_SOURCE, "its use cases"),
            ". Nothing is tried out here; this is what your own reading showed.",
        ),
        table("Use cases", columns, body(*(_row(one, page.registry) for one in page.observations))),
    )


def _row(one: Observation, registry: Origin) -> Element:
    numbers = ", ".join(f"{number}" for number in one.exchanges[:_MOST])
    more = ", …" if len(one.exchanges) > _MOST else ""
    kind = _KINDS.get(one.case, "existing")
    return row(
        row_head(
            "lead",
            el("b", None, case_title(one.case)),
            None if kind == "existing" else el("span.faint.small", None, " · ", kind_of_case(kind)),
        ),
        cell("full", observation_words(one.case, one.code), _facts(one)),
        cell("fit", _status(one.status)),
        cell(
            "num" if numbers else "num hide-narrow",
            el("a", {"href": links.view("transcript", registry)}, hidden("requests "), f"{numbers}{more}")
            if numbers
            else None,
            label="requests" if numbers else None,
        ),
        kind="tr" if one.status == "seen" else "tr.is-muted",
    )


def _facts(one: Observation) -> Node:
    if not one.facts:
        return None
    return el(
        "ul.notes.small",
        None,
        [
            el("li", None, el("span.muted", None, fact_name(name), ": "), el("code", None, foreign(text)))
            for name, text in one.facts
        ],
    )


def _status(status: str) -> Element:
    if status == "seen":
        return outcome("ok", "seen")
    return el("span.outcome.outcome--skip", None, icon("skip"), " ", status_words(status))
