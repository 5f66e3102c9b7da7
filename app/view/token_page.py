"""The token inspector: the tokens in use at a registry, and any token that a person pastes."""

from app.state.model import AppState, HeldToken, TokenPage
from app.state.renderer import RegionView
from app.view import countdown, frame, links
from app.view.components import button_link, hidden, icon, notice, page_head, section
from app.view.format import plural
from app.view.inspection import inspection, kind_badge, timeless
from app.view.markup import Element, Node, el, foreign, group, hostile, render, wrapping
from app.view.verification import outcome_sentence, verification

MOST = 50
"""Tokens in use that are shown."""


def title(state: AppState) -> str:
    return f"Tokens of {state.route.registry.netloc}" if state.route.registry is not None else "Token inspector"


def announce(state: AppState) -> str:
    page = state.page
    if not isinstance(page, TokenPage):
        return ""
    if page.verification is not None:
        return outcome_sentence(page.verification.outcome)
    if page.inspection is None:
        return title(state)
    return "The token cannot be read" if page.inspection.kind == "broken" else "The token is taken apart below"


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, TokenPage):
        return ()
    pasted = None if page.inspection is None else timeless(page.inspection)
    held = page.held[:MOST]
    key = ("token", state.route, pasted, page.verification, page.checking, len(page.held), *frame.extra_key(state))
    found = [RegionView("main", key, lambda: render(_page(state, page)), 40)]
    found += [_held(one, number) for number, one in enumerate(held)]
    times = None if page.inspection is None else page.inspection.times
    if times is not None and times.expires is not None:
        found.append(countdown.region("pasted", times.left))
    for number, one in enumerate(held):
        found.append(countdown.region(f"held-{number}", one.expires_in))
    return tuple(found)


def _held(one: HeldToken, number: int) -> RegionView:
    steady = one._replace(expires_in=0.0, inspection=timeless(one.inspection))
    return RegionView(f"held-{number}", (number, steady), lambda: render(_card(one, number)), 20)


def _page(state: AppState, page: TokenPage) -> Element:
    registry = state.route.registry
    facts = el(
        "p.facts",
        None,
        el("a.mono", {"href": links.registry(state.route)}, wrapping(registry.netloc))
        if registry is not None
        else None,
        el("span.verified.verified--off", None, icon("lock"), " read in this tab, sent nowhere"),
    )
    actions = None if registry is None else button_link(links.view("transcript", registry), "Transcript")
    return el(
        "div.page",
        None,
        page_head("Token inspector", facts, actions, mono=False),
        frame.interruptions(state),
        _in_use(page) if registry is not None else None,
        _paste(page),
        _pasted(page) if page.inspection is not None else None,
    )


def _in_use(page: TokenPage) -> Element:
    left = len(page.held) - MOST
    return section(
        "held",
        "Tokens in use here",
        [el("div", {"id": f"held-{number}", "data-region": True}) for number in range(min(MOST, len(page.held)))]
        or el("p.muted", None, "None is in memory: either none was needed, or each request asks for its own."),
        el("p.muted.small", None, f"and {left} more") if left > 0 else None,
        aside=el("span.muted.small", None, plural(len(page.held), "token")) if page.held else None,
    )


def _card(one: HeldToken, number: int) -> Element:
    who: Node = el("b", None, hostile(one.identity)) if one.identity is not None else el("b", None, "anonymous")
    return el(
        "details.card.talk",
        {"open": number == 0},
        el(
            "summary.card-head",
            None,
            el(
                "h3.talk-title",
                None,
                frame.caret(),
                " ",
                foreign(" ".join(one.asked)) if one.asked else "no scope",
            ),
            el(
                "span.row.tight.small",
                None,
                kind_badge(one.inspection),
                group(hidden("of "), who),
                el("span.nowrap", None, countdown.place(f"held-{number}"), " left"),
            ),
        ),
        el("div.card-body", None, inspection(one.inspection, f"in-{number}", one.asked, "h4")),
    )


def _paste(page: TokenPage) -> Element:
    return section(
        "paste",
        "Paste a token",
        el(
            "form.card.card-body.flow",
            {"data-form": "inspect", "data-clear": True, "aria-label": "Inspect a token"},
            el(
                "div.field",
                None,
                el("label", {"for": "token"}, "Token"),
                el(
                    "textarea.input.mono",
                    {
                        "id": "token",
                        "name": "token",
                        "required": True,
                        "rows": 4,
                        "autocomplete": "off",
                        "autocapitalize": "off",
                        "spellcheck": "false",
                        "aria-describedby": "token-note",
                    },
                ),
                el(
                    "p.field-note",
                    {"id": "token-note"},
                    "A token, an Authorization header, or a token service's answer. It is read here and works offline; "
                    "the field is emptied at once, and the token is gone when you leave this page.",
                ),
            ),
            el("p.row", None, el("button.btn.btn--primary", {"type": "submit"}, "Inspect")),
        ),
    )


def _pasted(page: TokenPage) -> Node:
    found = page.inspection
    if found is None:
        return None
    return section(
        "pasted",
        "The pasted token",
        notice(
            "info",
            "What a token says of itself is a hint",
            el("p", None, "Header and claims are decoded for reading. Only the registry judges whether they are true."),
            level="h3",
        )
        if found.kind == "jwt"
        else None,
        el(
            "div.stack",
            None,
            inspection(found, "pasted", None),
            verification(found, page.verification, page.checking) if found.kind == "jwt" else None,
        ),
        aside=kind_badge(found),
    )
