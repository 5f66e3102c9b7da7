"""The playground: registries with one thing wrong each, to see what a browser makes of it."""

from app.state.model import AppState
from app.state.playground_model import Group, PlaygroundPage, Scenario
from app.state.renderer import RegionView
from app.state.route import LANDING
from app.view.components import notice, page_head, section
from app.view.format import plural
from app.view.markup import Element, Node, el, foreign, render

HEADING = "CORS playground"


def title(state: AppState) -> str:
    page = state.page
    return f"{page.chosen.title} · {HEADING}" if isinstance(page, PlaygroundPage) and page.chosen else HEADING


def announce(state: AppState) -> str:
    page = state.page
    if not isinstance(page, PlaygroundPage) or page.running:
        return ""
    if page.chosen is None:
        return f"{HEADING}: {plural(len(page.catalogue.scenarios), 'scenario')}"
    from app.view.playground_scenario import outcome_words

    return f"{page.chosen.title}: {outcome_words(page, page.chosen)}"


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, PlaygroundPage):
        return ()
    if page.chosen is not None:
        from app.view import playground_scenario

        return playground_scenario.regions(state, page, page.chosen)
    return (RegionView("main", ("playground", page), lambda: render(_list(page)), 60),)


def href(scenario: Scenario | None) -> str:
    """The page of a scenario, of all of them for None."""
    return str(LANDING.at_view("playground", "" if scenario is None else scenario.id))


def _list(page: PlaygroundPage) -> Element:
    catalogue = page.catalogue
    live = sum(one.live for one in catalogue.scenarios)
    facts = el("p.facts", None, el("span", None, plural(len(catalogue.scenarios), "scenario")), _source(page, live))
    return el(
        "div.page",
        None,
        page_head(HEADING, facts, mono=False),
        _unknown(page.unknown) if page.unknown is not None else None,
        el(
            "p.prose",
            None,
            "In each scenario one thing is wrong between this page and a registry. Choose one and see what the server "
            "sent, what the browser let this page see of it, which rule made the difference and what the doctor makes "
            "of it. Then turn on the fix.",
        ),
        _recorded() if page.source == "recorded" else None,
        el(
            "div.split.split--2",
            None,
            [_group(one, [each for each in catalogue.scenarios if each.group == one.id]) for one in catalogue.groups],
        ),
    )


def _source(page: PlaygroundPage, live: int) -> Node:
    if page.source == "live":
        return el("span", None, f"{live} of them live, each an origin of its own on this machine")
    if page.source == "recorded":
        return el("span", None, f"{live} of them recorded")
    return None


def _recorded() -> Element:
    return notice(
        "info",
        "Recorded, not live",
        el(
            "p",
            None,
            "No sample registry plays the scenarios for this copy of Portolan, so what is shown was recorded. To play "
            "them live, run ",
            el("code", None, "make run"),
            " in a checkout.",
        ),
    )


def _unknown(name: str) -> Element:
    return notice("plain", "There is no such scenario", el("p", None, el("code", None, foreign(name)), " is none."))


def _group(one: Group, scenarios: list[Scenario]) -> Element:
    return section(
        f"group-{one.id}",
        one.title,
        el("p.muted.small", None, one.text),
        el("ul.card.list.scenarios", None, [_entry(each) for each in scenarios]),
    )


def _entry(scenario: Scenario) -> Element:
    return el(
        "li",
        None,
        el("a", {"href": href(scenario)}, scenario.title),
        " ",
        el("span.faint.small.mono", None, " ".join(scenario.verdicts))
        if scenario.live
        else el("span.faint.small", None, "explained only"),
    )
