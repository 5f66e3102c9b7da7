"""What to configure against a verdict, from the same templates that the tests run."""

from pathlib import Path
from typing import Literal, NamedTuple

from app.cors.subject import Subject
from app.oci.value import value

Origins = Literal["any", "list"]


@value
class Fix(NamedTuple):
    """`server`: folder in cors-examples/. `title`, `note`, `ran`: for people. `language`: of the code box.

    `text`: the configuration, filled in; None where the server has no setting that helps, `note` then says why.
    """

    server: str
    title: str
    language: str
    text: str | None
    note: str
    ran: str


class Shelf:
    """The examples that were found, in the order they are shown."""

    def fixes(self, verdict: str, subject: Subject, origins: Origins, delete: bool) -> tuple[Fix, ...]:
        """The fixes for one verdict. `origins`: any origin, or this page's alone (any where the page has none)."""
        return ()

    def ways_around(self, subject: Subject) -> tuple[Fix, ...]:
        """For registries that nobody here can change: the page on the registry's own origin, and a relay."""
        return ()


def load(folder: Path) -> Shelf:
    """The examples in `folder`/*/example.toml; one that is missing or broken is left out, never an error."""
    return Shelf()
