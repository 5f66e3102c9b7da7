"""The page's side of the wall: what Python may ask of it."""

from typing import Literal, NamedTuple, Protocol

State = Literal["idle", "loading", "partial", "shown", "login", "failed"]
ProblemKind = Literal[
    "denied",
    "unsupported",
    "hidden",
    "not-found",
    "rate-limited",
    "unreachable",
    "bad-digest",
    "bad-answer",
    "bad-input",
    "permission",
]
Mark = Literal["first-data", "shown"]


class Patch(NamedTuple):
    """New inner HTML of the region (an element's id). `html` was written by view/markup and nothing else."""

    region: str
    html: str


class MainData(NamedTuple):
    """The `data-*` of `<main>` that scripts may hold on to."""

    view: str
    state: State
    subject: str
    verdict: str
    problem: str


class Commit(NamedTuple):
    """Everything that changes on the page at once; the shell applies it in this order, or not at all when `nav` is old.

    `route`: the canonical hash, or None to leave the address. `replace`: whether the history entry is replaced.
    `focus`: "heading" or the id of the element to focus, or None. `announce`: text for the live region.
    `mark`: first-data, shown, or both with a blank between: what this navigation has come to.
    """

    nav: int
    patches: tuple[Patch, ...]
    main: MainData
    title: str
    route: str | None
    replace: bool
    focus: str | None
    announce: str | None
    mark: str | None


class Shell(Protocol):
    def commit(self, commit: Commit) -> None: ...
    def download(self, name: str, content: bytes, media_type: str) -> None:
        """Offer bytes as a file under that name."""
        ...

    def keep(self, key: str, text: str | None) -> None:
        """Keep a text in this browser beyond the visit (never a secret); None forgets it."""
        ...
