"""The transcript: what was said between this tab and its registries, the latest first."""

from app.auth.entry import Exchange, Group
from app.oci.origin import Origin
from app.state.model import AppState, TranscriptPage
from app.state.renderer import RegionView
from app.view import frame, links
from app.view.components import button_link, command, hidden, icon, page_head
from app.view.errand import errand
from app.view.exchange import line
from app.view.format import instant, plural, took
from app.view.markup import Element, Node, el, group, hostile, render, wrapping
from app.view.outcome_words import outcome_mark

CHUNK = 8
"""Groups in one region."""


def title(state: AppState) -> str:
    page = state.page
    if isinstance(page, TranscriptPage) and page.registry is not None:
        return f"Transcript of {page.registry.netloc}"
    return "Transcript"


def announce(state: AppState) -> str:
    page = state.page
    return f"{title(state)}: {_counted(page)}" if isinstance(page, TranscriptPage) else ""


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, TranscriptPage):
        return ()
    chunks = _chunks(page.groups)
    numbers = tuple(chunks)
    key = ("transcript", page.registry, numbers, _counted(page), _registries(page), *frame.extra_key(state))
    main = RegionView("main", key, lambda: render(_page(state, page, numbers)), 0)
    latest = page.groups[-1].number if page.groups else 0
    named = page.registry is None
    return (main, *(_chunk(number, groups, latest, named) for number, groups in chunks.items()))


def _chunks(groups: tuple[Group, ...]) -> dict[int, list[Group]]:
    """By the numbers of the groups, so that what is old stays in its region when something new comes; latest first."""
    found: dict[int, list[Group]] = {}
    for one in reversed(groups):
        found.setdefault(one.number // CHUNK, []).append(one)
    return found


def _chunk(number: int, groups: list[Group], latest: int, named: bool) -> RegionView:
    def build() -> str:
        return render([_group(one, one.number == latest, named) for one in members])

    members = tuple(groups)
    # A line with its tables is about as much as six rows of a list.
    weight = 6 * sum(len(one.exchanges) for one in members)
    newest = members[0].number == latest
    return RegionView(f"groups-{number}", (members, newest, named), build, weight)


def _page(state: AppState, page: TranscriptPage, chunks: tuple[int, ...]) -> Element:
    where = (
        el("a.mono", {"href": links.view("transcript", page.registry)}, wrapping(page.registry.netloc))
        if page.registry is not None
        else el("span", None, "all registries of this tab")
    )
    facts = el(
        "p.facts",
        None,
        where,
        el("span", None, _counted(page)),
        el("span.verified.verified--off", None, icon("lock"), " secrets are never recorded"),
        None
        if page.registry is None
        else (
            el("a", {"href": links.view("token", page.registry)}, "Tokens"),
            el("a", {"href": links.view("use-cases", page.registry)}, "Use cases"),
        ),
    )
    actions = (
        command("export-har", icon("down"), " Export HAR"),
        command("export-text", icon("down"), " Export text"),
        command("clear-transcript", "Clear", kind="btn btn--quiet"),
    )
    head = page_head("Authentication transcript", facts, actions if page.groups else None, mono=False)
    body = [el("div.stack.talks", {"id": f"groups-{number}", "data-region": True}) for number in chunks]
    return el(
        "div.page",
        None,
        head,
        frame.interruptions(state),
        _filter(page),
        body or _empty(page),
        el(
            "p.muted.small.prose",
            None,
            "Preflights are the browser's own and cannot be seen from a page: where one is named, it had to happen, or "
            "the browser remembered an earlier answer. Times are those of the whole request.",
        )
        if body
        else None,
    )


def _filter(page: TranscriptPage) -> Element | None:
    found = _registries(page)
    if page.registry is None and len(found) < 2:
        return None
    places: list[tuple[str, Node, bool]] = [(links.view("transcript"), "All registries", page.registry is None)]
    places += [
        (links.view("transcript", one), el("span.mono", None, hostile(one.netloc)), one == page.registry)
        for one in found
    ]
    return el(
        "nav.tabs",
        {"aria-label": "Registries"},
        el(
            "ul",
            None,
            [
                el("li", None, el("a", {"href": href, "aria-current": "page" if now else None}, words))
                for href, words, now in places
            ],
        ),
    )


def _registries(page: TranscriptPage) -> tuple[Origin, ...]:
    found = dict.fromkeys(one.registry for one in page.groups)
    return tuple(found) if page.registry is None else (page.registry,)


def _counted(page: TranscriptPage) -> str:
    sent = [one for talk in page.groups for one in talk.exchanges if one.purpose != "wait"]
    total = sum(one.seconds or 0.0 for one in sent)
    older = f" ({plural(page.left_out, 'plain one')} given up for newer ones)" if page.left_out else ""
    return f"{plural(len(sent), 'request')}{older}, {took(total)}" if sent else "no requests"


def _empty(page: TranscriptPage) -> Element:
    what = "this registry" if page.registry is not None else "any registry"
    onward = (
        button_link(links.view(None, page.registry), "Open the registry")
        if page.registry is not None
        else button_link("#/", "Open a registry")
    )
    return el(
        "div.card.card-body.flow",
        None,
        el("p", None, f"Nothing has been asked of {what} since this tab was opened or the transcript was cleared."),
        el("p.muted", None, "Every request, challenge and token request shows up here as it happens."),
        el("p.row", None, onward),
    )


def _group(talk: Group, latest: bool, named: bool) -> Element:
    host = el("span.talk-host", None, " ", wrapping(talk.registry.netloc)) if named else None
    # What went as one wishes is one line; what was asked for, refused or repeated is told in full.
    is_open = latest or len(talk.exchanges) > 1 or (talk.ended is not None and talk.ended.code != "ok")
    scopes = talk.ended.scopes if talk.ended is not None and talk.ended.code not in ("ok", "cancelled") else ()
    return el(
        "details.card.talk",
        {"open": is_open, "id": f"talk-{talk.number}"},
        el(
            "summary.card-head",
            None,
            el(
                "h2.talk-title",
                None,
                frame.caret(),
                " ",
                el("span", None, _subject(talk), host),
            ),
            el("span.row.tight.small", None, outcome_mark(None if talk.ended is None else talk.ended.code), _sum(talk)),
        ),
        el(
            "div.card-body.flow",
            None,
            el("p.muted.small", None, "Scope: ", el("code", None, wrapping(" ".join(scopes)))) if scopes else None,
            el("ol.transcript", None, [line(one) for one in talk.exchanges]),
        ),
    )


def _subject(talk: Group) -> Node:
    asked: Exchange | None = next((one for one in talk.exchanges if one.purpose == "resource"), None)
    if asked is None:
        renewal = any(one.why == "renewal" for one in talk.exchanges)
        return "A token, renewed in the background" if renewal else "A token"
    return wrapping(errand(asked.method, asked.url))


def _sum(talk: Group) -> Element:
    total = sum(one.seconds or 0.0 for one in talk.exchanges)
    sent = sum(one.purpose != "wait" for one in talk.exchanges)
    return group(
        el("span.muted", None, plural(sent, "request"), ", ", took(total)),
        el("span.faint", None, hidden("at "), instant(talk.exchanges[0].started)) if talk.exchanges else None,
    )
