"""The first page: one input, the registries at hand, and what to know before the first click."""

from app.state.host_config import HostConfig, HostRegistry
from app.state.model import AppState, Landing
from app.state.renderer import RegionView
from app.state.route import LANDING
from app.view.components import arguments, command, notice
from app.view.format import day
from app.view.markup import Element, el, foreign, group, hostile, render, wrapping
from app.view.rhumbs import rhumbs

TITLE = "Explore a container registry"
_LEAD = "Tags, manifests, layers, files and signatures of any OCI or Docker registry, read straight from this tab."
_TRIO = (
    ("Runs in this tab", "The site is static files. There is no server of ours between you and the registry."),
    (
        "Credentials stay in memory",
        "Passwords and tokens are never stored. Closing or reloading the tab forgets them.",
    ),
    (
        "The registry must allow it",
        "Browsers need CORS headers from the registry. Where they are missing, Portolan says what failed and why.",
    ),
)
_GRANTING = (
    "You allow each registry",
    "This is the browser extension: it needs no CORS headers, and reads an address only after you allowed it.",
)
_ONLY = "This copy reads only the registries listed here."


def title(state: AppState) -> str:
    return TITLE


def announce(state: AppState) -> str:
    page = state.page
    return f"Not opened: {page.mistake[1]}" if isinstance(page, Landing) and page.mistake else "Ready"


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page if isinstance(state.page, Landing) else Landing("", None)
    key = ("landing", page, state.config, state.settings.recents, state.settings.remember)
    return (RegionView("main", key, lambda: render(_page(state, page)), 0),)


def hero(page: Landing, config: HostConfig) -> Element:
    """The top of the page; with nothing typed and no configured registries, what index.html paints by itself."""
    invalid = page.mistake is not None
    described = "reference-error reference-help" if invalid else "reference-help"
    field = {
        "id": "reference",
        "name": "reference",
        "value": page.typed or None,
        "list": "suggestions",
        "data-input": "reference",
        "data-key": "/",
        "aria-invalid": "true" if invalid else None,
        "aria-describedby": described,
        "placeholder": "ghcr.io/org/app:1.2",
        "autocomplete": "off",
        "autocapitalize": "off",
        "spellcheck": "false",
    }
    return el(
        "section.hero",
        {"aria-labelledby": "h1"},
        rhumbs(),
        el(
            "div.hero-inner",
            None,
            el("h1", {"id": "h1", "tabindex": -1}, TITLE),
            el(
                "p.muted.prose",
                None,
                _LEAD,
            ),
            el(
                "form",
                {"role": "search", "data-form": "open"},
                el("label", {"for": "reference"}, "Registry or image reference"),
                el(
                    "div.joined",
                    None,
                    el("input.input", field),
                    el("button.btn.btn--primary", {"type": "submit"}, "Open"),
                ),
            ),
            mistake(page.typed, page.mistake) if page.mistake else None,
            el(
                "p.row.tight.small",
                {"id": "reference-help"},
                el("span.muted", None, "A registry, a repository, an image reference, or a pasted pull command."),
                group(" ", el("span.muted", None, _ONLY)) if config.only else None,
                _examples(config),
            ),
        ),
    )


def mistake(typed: str, found: tuple[int, str]) -> Element:
    """What was typed with the offending character marked, and the reason."""
    position, reason = found
    position = max(0, min(position, len(typed)))
    # At the end of the text there is no character to mark: a space stands where one is missing.
    offending = hostile(typed[position : position + 1]) or "\u00a0"
    where = f"Character {position + 1}: " if position < len(typed) else "At the end: "
    return notice(
        "danger",
        "That cannot be opened",
        el(
            "p.refcheck",
            None,
            wrapping(typed[:position]),
            el("mark.offend", None, offending),
            wrapping(typed[position + 1 :]),
        )
        if typed
        else None,
        el("p", {"id": "reference-error"}, where if typed else None, foreign(reason)),
        alert=True,
    )


def _examples(config: HostConfig) -> Element | None:
    if not config.registries:
        return None
    return group(
        " ",
        el("span.muted", None, "Try"),
        [(" ", el("a.mono", {"href": _route(one)}, wrapping(one.origin.netloc))) for one in config.registries[:2]],
    )


def _page(state: AppState, page: Landing) -> Element:
    offered = _offered(state.config) if state.config.registries else None
    recent = _recent(state)
    trio = (*_TRIO[:2], _GRANTING) if state.extension else _TRIO
    return group(
        hero(page, state.config),
        el(
            "div.page.page--narrow",
            None,
            _warnings(state.config) if state.config.warnings else None,
            el("div.split.split--2", None, offered, recent) if offered and recent else offered or recent,
            _playground() if state.config.playground is not None else None,
            el("hr") if offered or recent else None,
            el(
                "section.trio",
                {"aria-label": "How it works"},
                [el("div.flow", None, el("h2", None, head), el("p.muted", None, text)) for head, text in trio],
            ),
        ),
    )


def _playground() -> Element:
    return el(
        "p.small",
        None,
        el("a", {"href": str(LANDING.at_view("playground"))}, "CORS playground"),
        el("span.muted", None, ": what goes wrong between a page and a registry, scenario by scenario, and the fix"),
    )


def _warnings(config: HostConfig) -> Element:
    return notice(
        "plain",
        "Part of this copy's configuration is not understood",
        el("ul.bullets", None, [el("li", None, foreign(warning)) for warning in config.warnings]),
        el("p.muted.small", None, "Everything else works. This is for whoever hosts these pages."),
    )


def _offered(config: HostConfig) -> Element:
    rows = [
        el(
            "li",
            None,
            el("a.mono", {"href": _route(one)}, wrapping(one.origin.netloc)),
            el("span.faint.small", None, foreign(one.name)) if one.name != one.origin.netloc else None,
        )
        for one in config.registries
    ]
    return el(
        "section.section",
        {"aria-labelledby": "offered"},
        el("h2", {"id": "offered"}, "Registries here"),
        el("ul.card.list", None, rows),
    )


def _recent(state: AppState) -> Element | None:
    recents, remember = state.settings.recents, state.settings.remember
    if not recents and remember:
        return None
    rows = [
        el(
            "li",
            None,
            el("a.mono", {"href": f"#/{one.subject}"}, wrapping(one.subject.rstrip("/"))),
            el("span.faint.small", None, day(one.when)),
            command(
                "forget",
                "Forget",
                args=arguments(subject=one.subject),
                kind="btn btn--quiet",
                aria_label=f"Forget {hostile(one.subject)}",
            ),
        )
        for one in recents
    ]
    switch = el(
        "label.check.small",
        None,
        el("input", {"type": "checkbox", "data-command": "remember", "checked": remember, "data-reset": True}),
        " Remember the registries I open",
    )
    return el(
        "section.section",
        {"aria-labelledby": "recent"},
        el(
            "div.section-head",
            None,
            el("h2", {"id": "recent"}, "Recent registries"),
            el("span.faint.small", None, "names and dates, kept in this browser"),
        ),
        el("ul.card.list", None, rows)
        if rows
        else el("p.card.card-body.muted", None, "Nothing is remembered in this browser."),
        el(
            "div.row.between",
            None,
            switch,
            command("forget-all", "Forget all", kind="btn btn--quiet") if rows else None,
        ),
    )


def _route(one: HostRegistry) -> str:
    return str(LANDING._replace(registry=one.origin))
