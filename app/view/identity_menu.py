"""The menu of the bar: who else one may be at this registry, and what is known of the sign-in."""

from app.auth.standing import Identity
from app.oci.origin import Origin
from app.state.model import AppState
from app.view import links
from app.view.components import arguments, command, outcome
from app.view.identity_words import anonymous_words, called, is_nameless, kind_words
from app.view.markup import Element, Node, el, foreign


def identity_menu(state: AppState, registry: Origin) -> Element:
    """A dropdown."""
    people = [_person(who) for who in state.identities]
    if people:
        people.append(_nobody(not any(who.in_use for who in state.identities)))
    # Another one can be added where it is known how one signs in.
    known = state.standing is not None and state.standing.scheme is not None
    add = command("add-identity", "Add another identity") if state.identities and known else None
    places = [
        el("a", {"href": links.view("transcript", registry)}, "Transcript"),
        el("a", {"href": links.view("token", registry)}, "Tokens"),
        el("a", {"href": links.view("use-cases", registry)}, "Use cases"),
        el("a", {"href": links.view("doctor", registry)}, "CORS doctor"),
        el("a", {"href": links.view("identities")}, "All identities"),
    ]
    return el(
        "details.menu",
        None,
        el("summary.btn.btn--quiet", None, "More"),
        el(
            "div.card.menu-panel",
            None,
            el("p.card-foot", None, anonymous_words(state.anonymous_read)) if state.anonymously else None,
            el("ul.people", {"aria-label": "Identities of this registry"}, people) if people else None,
            el("p.pin", None, add) if add is not None else None,
            el("ul.places", {"aria-label": "About this registry"}, [el("li", None, one) for one in places]),
        ),
    )


def _person(who: Identity) -> Element:
    button: Node = outcome("ok", "in use") if who.in_use else _use(who.name, "Use", f"Use {called(who)}")
    return el(
        "li",
        None,
        el(
            "span",
            None,
            el("b", None, foreign(called(who))),
            None if is_nameless(who) else (" ", el("span.muted.small", None, kind_words(who.kind))),
        ),
        button,
    )


def _nobody(in_use: bool) -> Element:
    button: Node = outcome("ok", "in use") if in_use else _use(None, "Use", "Use no identity")
    return el("li", None, el("span", None, "anonymous"), button)


def _use(name: str | None, words: str, label: str) -> Element:
    return command("use-identity", words, args=arguments(name=name), kind="btn btn--quiet", aria_label=label)
