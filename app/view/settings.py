"""The settings: what this browser keeps, and how the page looks."""

from app.state.model import AppState, Settings, SettingsPage, Theme
from app.state.renderer import RegionView
from app.view import links
from app.view.components import arguments, command, notice, page_head, section
from app.view.format import day
from app.view.granted import granted
from app.view.markup import Element, Node, el, foreign, hostile, render, wrapping
from app.view.session_settings import idle_lock, offline, token_lifetime

_THEMES: tuple[tuple[Theme, str], ...] = (("auto", "as the system"), ("light", "light"), ("dark", "dark"))


def title(state: AppState) -> str:
    return "Settings"


def announce(state: AppState) -> str:
    return "Settings"


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, SettingsPage):
        return ()
    return (
        RegionView("main", ("settings", page, state.settings, state.granted), lambda: render(_page(state, page)), 0),
    )


def _page(state: AppState, page: SettingsPage) -> Element:
    settings = state.settings
    return el(
        "div.page.page--narrow",
        None,
        page_head("Settings", mono=False),
        _cannot_keep() if not page.can_keep else None,
        _not_secure() if not page.secure else None,
        _appearance(settings),
        section(
            "sign-ins",
            "Sign-ins",
            token_lifetime(settings),
            idle_lock(settings),
            offline(settings),
            aside=el("a.small", {"href": links.view("identities")}, "Identities"),
        ),
        granted(state),
        _recents(settings),
        _approvals(settings),
        section(
            "never",
            "Never kept",
            el("p.prose.muted", None, "Passwords, tokens and what you read stay in this tab's memory and end with it."),
        ),
        section(
            "afresh",
            "Start afresh",
            el("p.prose.muted", None, "Signs out everywhere and forgets what was read, kept and chosen here."),
            el("p.row", None, command("reset", "Reset everything")),
        ),
    )


def _cannot_keep() -> Element:
    return notice(
        "plain", "This browser keeps nothing for this page", el("p", None, "Settings hold until the tab is closed.")
    )


def _not_secure() -> Element:
    return notice(
        "warn",
        "This page came over plain HTTP",
        el("p", None, "Someone on the way could have changed it. Serve it by HTTPS where passwords are typed."),
    )


def _appearance(settings: Settings) -> Element:
    choices = [el("option", {"value": theme, "selected": theme == settings.theme}, words) for theme, words in _THEMES]
    return section(
        "appearance",
        "Appearance",
        el(
            "div.row",
            None,
            el("label", {"for": "theme"}, "Colours"),
            el("select.select", {"id": "theme", "data-command": "theme", "data-reset": True}, choices),
        ),
    )


def _recents(settings: Settings) -> Element:
    rows = [
        el(
            "li",
            None,
            el("a.mono", {"href": f"#/{one.subject}"}, wrapping(one.subject.rstrip("/"))),
            el("span.faint.small", None, day(one.when)),
            _forget("forget", f"Forget {hostile(one.subject)}", arguments(subject=one.subject)),
        )
        for one in settings.recents
    ]
    switch = el(
        "label.check",
        None,
        el("input", {"type": "checkbox", "data-command": "remember", "checked": settings.remember, "data-reset": True}),
        " Remember the registries I open, by name and date, in this browser",
    )
    everything = command("forget-all", "Forget all") if rows else None
    return section(
        "recents",
        "Recent registries",
        switch,
        el("ul.card.list", None, rows) if rows else el("p.muted", None, "None is remembered."),
        el("p.row", None, everything) if everything is not None else None,
    )


def _approvals(settings: Settings) -> Element:
    rows = [
        el(
            "li",
            None,
            el("span", None, _host(registry), " may send you to ", _host(realm)),
            el("span"),
            _forget(
                "forget-approval",
                f"Withdraw the approval of {hostile(realm)} for {hostile(registry)}",
                arguments(registry=registry, realm=realm),
                "Withdraw",
            ),
        )
        for registry, realm in settings.approvals
    ]
    return section(
        "approvals",
        "Approved token servers",
        el("ul.card.list", None, rows) if rows else el("p.muted", None, "None was approved for good."),
    )


def _host(origin: str) -> Node:
    return el("span.mono", None, foreign(origin))


def _forget(name: str, label: str, args: str, word: str = "Forget") -> Element:
    return command(name, word, args=args, kind="btn btn--quiet", aria_label=label)
