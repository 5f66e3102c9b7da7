"""All identities of this tab: who one is to which registry, and where more come from."""

from app.auth.standing import Identity
from app.state.model import AppState, IdentitiesPage, RegistryIdentities
from app.state.renderer import RegionView
from app.view import countdown, frame, links
from app.view.components import arguments, command, dash, hidden, icon, outcome, page_head, section
from app.view.format import plural
from app.view.identity_words import called, is_nameless, kind_words, scheme_words
from app.view.import_form import import_form
from app.view.markup import Element, Node, data_id, el, foreign, hostile, render, wrapping
from app.view.session_settings import idle_lock
from app.view.tables import body, cell, column, row, row_head, table


def title(state: AppState) -> str:
    return "Identities"


def announce(state: AppState) -> str:
    page = state.page
    return f"Identities: {_counted(page)}" if isinstance(page, IdentitiesPage) else ""


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, IdentitiesPage):
        return ()
    steady = tuple(
        (one.registry, tuple((who._replace(expires_in=None), who.expires_in is None) for who in one.identities))
        for one in page.registries
    )
    key = ("identities", steady, page.report, *frame.extra_key(state))
    timers = [
        countdown.region(_timer(one, who), who.expires_in)
        for one in page.registries
        for who in one.identities
        if who.expires_in is not None
    ]
    return (RegionView("main", key, lambda: render(_page(state, page)), 20), *timers)


def _counted(page: IdentitiesPage) -> str:
    people = sum(len(one.identities) for one in page.registries)
    if not people:
        return "signed in nowhere"
    return f"{plural(people, 'identity', 'identities')} at {plural(len(page.registries), 'registry', 'registries')}"


def _timer(at: RegistryIdentities, who: Identity) -> str:
    return data_id("who", f"{at.registry} {who.name}")


def _page(state: AppState, page: IdentitiesPage) -> Element:
    facts = el(
        "p.facts",
        None,
        el("span", None, _counted(page)),
        el("span.verified.verified--off", None, icon("lock"), " in this tab's memory alone"),
    )
    everywhere = any(one.identities for one in page.registries)
    action = command("sign-out-all", "Sign out of all") if everywhere else None
    return el(
        "div.page",
        None,
        page_head("Identities", facts, action, mono=False),
        frame.interruptions(state),
        [_registry(one) for one in page.registries] or _nobody(),
        import_form(page.report),
        section("lock", "Lock", idle_lock(state.settings)),
    )


def _nobody() -> Element:
    return el(
        "div.card.card-body.flow",
        None,
        el("p", None, "You are signed in to no registry."),
        el("p.muted", None, "Open one: where it wants to know who you are, it asks. Or import a configuration below."),
    )


def _registry(one: RegistryIdentities) -> Element:
    netloc = one.registry.netloc
    anonymous = not any(who.in_use for who in one.identities)
    rows = [_row(one, who) for who in one.identities]
    rows.append(
        row(
            row_head("lead", el("span.muted", None, "nobody")),
            cell("fit", "anonymous"),
            cell("fit hide-narrow hide-medium", dash()),
            cell("fit hide-narrow", dash()),
            cell("fit", _in_use() if anonymous else None),
            cell("act", None if anonymous else _use(one, None, "Read anonymously")),
        )
    )
    columns = (
        column("Identity"),
        column("Signed in by"),
        column("Scheme", "hide-medium"),
        column("Time left"),
        column("In use"),
        column(hidden("Actions")),
    )
    return section(
        data_id("registry", str(one.registry)),
        el("a.mono", {"href": links.view(None, one.registry)}, wrapping(netloc)),
        table(f"Identities at {netloc}", columns, body(*rows)),
        el("p.row", None, _add(one)) if any(who.scheme for who in one.identities) else None,
        aside=el(
            "span.row.tight.small",
            None,
            el("a", {"href": links.view("transcript", one.registry)}, "Transcript", hidden(f" of {netloc}")),
            el("a", {"href": links.view("token", one.registry)}, "Tokens", hidden(f" of {netloc}")),
            el("a", {"href": links.view("use-cases", one.registry)}, "Use cases", hidden(f" of {netloc}")),
        ),
    )


def _row(one: RegistryIdentities, who: Identity) -> Element:
    left: Node = dash() if who.expires_in is None else countdown.place(_timer(one, who))
    name: Node = "no user name" if is_nameless(who) else el("b", None, foreign(called(who)))
    scheme = scheme_words(who.scheme)
    return row(
        row_head("lead", name),
        cell(
            "fit",
            kind_words(who.kind),
            None if who.proven else el("span.muted.small", None, ", not tried yet"),
        ),
        cell("fit hide-medium" if scheme else "fit hide-medium hide-narrow", scheme or dash()),
        cell("fit" if who.expires_in is not None else "fit hide-narrow", left, label="left"),
        cell("fit", _in_use() if who.in_use else None),
        cell(
            "act",
            None if who.in_use else _use(one, who.name, "Use"),
            command(
                "sign-out",
                "Sign out",
                args=arguments(registry=str(one.registry), name=who.name),
                kind="btn btn--quiet",
                aria_label=f"Sign out {called(who)} of {hostile(one.registry.netloc)}",
            ),
        ),
        kind="tr.is-current" if who.in_use else "tr",
    )


def _add(one: RegistryIdentities) -> Element:
    args = arguments(registry=str(one.registry))
    return command("add-identity", "Add another", hidden(f" identity for {one.registry.netloc}"), args=args)


def _in_use() -> Element:
    return outcome("ok", "in use")


def _use(one: RegistryIdentities, name: str | None, words: str) -> Element:
    label = f"{words} at {one.registry.netloc}" if name is None else f"Use {hostile(name)} at {one.registry.netloc}"
    args = arguments(registry=str(one.registry), name=name)
    return command("use-identity", words, args=args, aria_label=label)
