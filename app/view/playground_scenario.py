"""One scenario: what is wrong, what was sent and seen, the rule between the two, the doctor's verdict and the fix."""

from app.cors.fixes import Fix
from app.oci.origin import OriginError, parse_origin
from app.state.model import AppState
from app.state.playground_model import PlaygroundPage, Run, Said, Scenario, Seen
from app.state.playground_reading import write_run
from app.state.renderer import RegionView
from app.state.route import LANDING
from app.view import playground
from app.view.components import button_link, codebox, command, copy_button, external, icon, notice, page_head, section
from app.view.doctor_words import verdict_text, verdict_title
from app.view.format import plural
from app.view.frame import caret
from app.view.markup import Element, Node, el, group, hostile, render, wrapping
from app.view.playground_exchange import is_telling, step


def outcome_words(page: PlaygroundPage, scenario: Scenario) -> str:
    """What came of it, in a sentence."""
    if not scenario.live:
        return "explained only"
    return verdict_title(page.verdicts[0]) if page.verdicts else "nothing is recorded of it"


def regions(state: AppState, page: PlaygroundPage, scenario: Scenario) -> tuple[RegionView, ...]:
    """The page, its verdict and its steps each in a region of their own: they change while it runs."""
    run = page.run
    key = ("scenario", scenario.id, page.source, page.recorded, run is None, page.fixes, *_switch_key(run))
    found = [RegionView("main", key, lambda: render(_page(page, scenario)), 20)]
    said = ((), True) if run is None else (run.said, page.running)
    found.append(RegionView("verdict", said, lambda: render(_verdict(page, scenario)), 5))
    if run is not None:
        # Open is what went wrong, or the first where nothing did.
        worth = {one.number for one in run.seen if is_telling(one)} or {one.number for one in run.seen[:1]}
        found.append(RegionView("copy-run", run, lambda: render(_copy(run)), 1))
        found += [_step(one, scenario, is_open=not run.running and one.number in worth) for one in run.seen]
    return tuple(found)


def _step(seen: Seen, scenario: Scenario, *, is_open: bool) -> RegionView:
    return RegionView(f"step-{seen.number}", (seen, is_open), lambda: render(step(seen, scenario, is_open=is_open)), 8)


def _switch_key(run: Run | None) -> tuple[object, ...]:
    return () if run is None else (run.fixed, run.origin, len(run.seen), run.running)


def _page(page: PlaygroundPage, scenario: Scenario) -> Element:
    return el(
        "div.page",
        {"data-scenario": scenario.id, "data-fixed": "true" if page.run is not None and page.run.fixed else None},
        page_head(scenario.title, _facts(page, scenario), _around(page, scenario), mono=False),
        _recorded(page.recorded) if page.recorded is not None else None,
        el("div.split.split--2", None, _wrong(scenario), _doctor(page, scenario)),
        _switch(page, page.run) if scenario.live else None,
        _exchange(page, page.run) if scenario.live else None,
        _fix(page, scenario),
    )


def _facts(page: PlaygroundPage, scenario: Scenario) -> Element:
    title = next(one.title for one in page.catalogue.groups if one.id == scenario.group)
    return el(
        "p.facts",
        None,
        el("a", {"href": playground.href(None)}, playground.HEADING),
        el("span", None, title),
        el("span.mono", None, wrapping(page.run.origin)) if page.run is not None and page.run.origin else None,
        None if scenario.live else el("span", None, "explained only"),
    )


def _around(page: PlaygroundPage, scenario: Scenario) -> Node:
    all_of_them = page.catalogue.scenarios
    at = all_of_them.index(scenario)
    before = all_of_them[at - 1] if at else None
    after = all_of_them[at + 1] if at + 1 < len(all_of_them) else None
    return (
        button_link(playground.href(before), "Previous") if before is not None else None,
        button_link(playground.href(after), "Next") if after is not None else None,
    )


def _recorded(where: str) -> Element:
    return notice(
        "info",
        "This exchange was recorded",
        el(
            "p",
            None,
            f"It was recorded with {hostile(where)}; hosts have names here in place of ports. "
            if where
            else "Nothing is recorded of it. ",
            "To play it live, run ",
            el("code", None, "make run"),
            " in a checkout.",
        ),
    )


def _wrong(scenario: Scenario) -> Element:
    return section(
        "wrong",
        "What is wrong",
        el(
            "div.card.card-body.flow",
            None,
            el("p", None, scenario.wrong),
            el("h3", None, "The rule that makes the difference"),
            el("p", None, external(scenario.rule.url, scenario.rule.title)),
            el("p", None, scenario.because),
        ),
    )


def _doctor(page: PlaygroundPage, scenario: Scenario) -> Element:
    return section(
        "doctor",
        "What the doctor says",
        el("div.flow", {"id": "verdict", "data-region": True}),
        notice(
            "plain", "Why" if scenario.live else "Why it is only explained", el("p", None, scenario.note), level="h3"
        )
        if scenario.note
        else None,
    )


def _verdict(page: PlaygroundPage, scenario: Scenario) -> Node:
    if not scenario.live:
        return [_said(Said(name, "registry.example", ""), "https://portolan.example") for name in scenario.verdicts]
    if page.running:
        return el("p.card.card-body.muted", {"role": "status"}, icon("spin", "spin"), " The doctor is looking …")
    if page.run is None or not page.run.said:
        return el("p.card.card-body.muted", None, "Nothing.")
    return [_said(one, _asking(page.run)) for one in page.run.said]


def _asking(run: Run) -> str:
    """The origin of this page, as the servers saw it; "" where none did."""
    origins = (sent.origin for one in run.seen for sent in one.sent)
    return next((hostile(origin) for origin in origins if origin is not None and origin != "null"), "")


def _said(said: Said, asking: str) -> Element:
    what, who = verdict_text(said.verdict, hostile(said.host), asking)
    is_well = said.verdict == "ok"
    return notice(
        "ok" if is_well else "danger",
        verdict_title(said.verdict),
        el("p", None, what),
        None if is_well else el("p", None, who),
        codebox(said.curl, f"curl command: {said.verdict}") if said.curl else None,
        el("p.small.muted", None, "Verdict: ", el("code", None, said.verdict)),
        level="h3",
    )


def _switch(page: PlaygroundPage, run: Run | None) -> Element:
    fixed = run is not None and run.fixed
    return el(
        "div.card.card-body.row.between",
        {"role": "group", "aria-label": "Fix"},
        el(
            "label.check",
            None,
            el(
                "input",
                {
                    "type": "checkbox",
                    "role": "switch",
                    "id": "fix",
                    "data-command": "playground-fix",
                    "checked": fixed,
                    "data-reset": True,
                },
            ),
            el(
                "span",
                None,
                el("b", None, "Apply the fix"),
                el("span.muted", None, " and do the same again, with this one thing put right"),
            ),
        ),
        el("span.row.tight", None, _actions(page, run)),
    )


def _actions(page: PlaygroundPage, run: Run | None) -> Node:
    if page.source != "live" or run is None:
        return None
    return (
        command("playground-again", "Run again"),
        _onward(run, None, "Open this registry"),
        _onward(run, "doctor", "Its doctor's page"),
    )


def _onward(run: Run, view: str | None, words: str) -> Element | None:
    try:
        return button_link(str(LANDING._replace(registry=parse_origin(run.origin), view=view)), words)
    except OriginError:
        return None


def _exchange(page: PlaygroundPage, run: Run | None) -> Element:
    steps = () if run is None else run.seen
    sent = sum(len(one.sent) for one in steps)
    counted = f"{plural(sent, 'request')} in {plural(len(steps), 'step')}" if steps else ""
    return section(
        "exchange",
        "What was sent, and what was seen",
        [el("div", {"id": f"step-{one.number}", "data-region": True}) for one in steps],
        el("p.row", {"id": "copy-run", "data-region": True}) if run is not None else None,
        aside=el("span.muted.small", None, counted),
    )


def _copy(run: Run) -> Node:
    return copy_button(write_run(run), "Copy this exchange") if run.seen and not run.running else None


def _fix(page: PlaygroundPage, scenario: Scenario) -> Element:
    servers = [one for one in page.fixes if one.text is not None]
    return section(
        "fix-words",
        "The fix",
        el(
            "div.card.card-body.flow",
            None,
            el("p", None, scenario.fix),
            el("p.small.muted", None, "Header: ", el("code", None, scenario.header)) if scenario.header else None,
        ),
        el("div.accordion.accordion--tabs", None, [_server(one, at == 0) for at, one in enumerate(servers)])
        if servers
        else None,
    )


def _server(fix: Fix, first: bool) -> Element:
    return el(
        "details",
        {"name": "fix", "open": first},
        el("summary", None, caret(), fix.title),
        el(
            "div.flow",
            None,
            codebox(fix.text or "", f"{fix.title} configuration"),
            el("p.muted.small", None, group(fix.note, " " if fix.note else None, fix.ran)),
        ),
    )
