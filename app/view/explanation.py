"""An explanation of a problem: its parts, and what several problems share."""

from typing import Literal, NamedTuple

from app.oci.value import value
from app.view.components import Tone

Place = Literal["catalog", "tags", "manifest", "raw", "blob", "config", "referrers", "row"]
Action = Literal["retry", "sign-in", "repository", "registry", "tags", "address"]


@value
class Scene(NamedTuple):
    """Where a problem came up. `registry`: host and port; `repository` and `reference` as far as the page has them;
    `username`: who is signed in; `cors`: whether a registry's headers decide what this page may read."""

    place: Place
    registry: str
    repository: str
    reference: str
    username: str | None
    cors: bool = True


@value
class Explanation(NamedTuple):
    """A problem in words. `request`: method and address; `answer`: status and codes as received; `likely`: reasons,
    the usual one first; `advice`: what follows from it; `actions`: what the page offers."""

    tone: Tone
    title: str
    what: str
    request: str | None
    answer: str | None
    facts: tuple[tuple[str, str], ...]
    likely: tuple[str, ...]
    advice: str | None
    actions: tuple[Action, ...]


def words_of(
    tone: Tone,
    title: str,
    what: str,
    *actions: Action,
    likely: tuple[str, ...] = (),
    facts: tuple[tuple[str, str], ...] = (),
    advice: str | None = None,
    request: str | None = None,
) -> Explanation:
    return Explanation(tone, title, what, request, None, facts, likely, advice, actions)


def refusal(words: str) -> tuple[tuple[str, str], ...]:
    """The fact that says which kind of refusal it is."""
    return (("Refusal", words),)


def denied(scene: Scene, scopes: tuple[str, ...]) -> Explanation:
    """Who asks may not. `scopes`: what was asked for and not granted."""
    who = scene.username
    facts = refusal("not signed in" if who is None else "signed in, but not allowed")
    if scopes:
        facts += (("Scope refused", ", ".join(scopes)),)
    if scene.place == "catalog":
        if who is None:
            title, advice = "The list is not open to everyone", "Repositories that are public still open by name."
        else:
            title, advice = f"{who} may not list this registry", f"Repositories that {who} may pull still open by name."
        what = f"{scene.registry} refuses the list of its repositories to whoever asks now."
        return words_of("warn", title, what, "repository", "sign-in", "retry", facts=facts, advice=advice)
    if who is None:
        title = f"{scene.repository or scene.registry} is not open to everyone"
        what, advice = (
            "The registry refuses it to whoever is not signed in.",
            "An account with the right to pull may see it.",
        )
    else:
        title = f"{who} may not pull {scene.repository or 'this'}"
        what, advice = (
            "The sign-in worked; the account lacks the right.",
            "An operator of the registry has to grant it.",
        )
    return words_of("warn", title, what, "sign-in", "retry", *elsewhere(scene), facts=facts, advice=advice)


def thing(scene: Scene) -> str:
    """What was asked for, as the beginning of a sentence."""
    named = f"{scene.repository}{'@' if ':' in scene.reference else ':'}{scene.reference}"
    return {
        "manifest": f"The manifest {named}",
        "raw": f"The manifest {named}",
        "config": f"The config of {named}",
        "referrers": f"The list of referrers of {named}",
        "blob": "The blob",
        "row": "The manifest",
    }.get(scene.place, "What was asked for")


def elsewhere(scene: Scene) -> tuple[Action, ...]:
    """Where one can go instead."""
    if scene.place in ("manifest", "raw", "blob"):
        return ("tags",)
    return ("registry",) if scene.place == "tags" else ()
