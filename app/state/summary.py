"""The `data-*` of `<main>`: what the page is and how far it has come, in names that scripts may hold on to."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from app.ports.shell import MainData, State
from app.state import later_pages
from app.state.failure import Failure
from app.state.model import (
    AppState,
    Blob,
    Catalog,
    IdentitiesPage,
    Landing,
    ManifestPage,
    Missing,
    Page,
    Raw,
    SettingsPage,
    Tags,
    TokenPage,
    TranscriptPage,
    UseCasesPage,
)

if TYPE_CHECKING:
    from app.state.files_model import FilesPage
    from app.state.playground_model import PlaygroundPage


def summarise(state: AppState) -> MainData:
    """A route that cannot be read has no view of its own; its page is called `missing`."""
    unread = isinstance(state.page, Missing) and state.page.mistake is not None
    view = "missing" if unread else state.route.page
    found = state.checkup if state.checkup is not None else state.page if is_playground(state.page) else None
    verdict = "" if found is None else " ".join(found.verdicts)
    return MainData(view, _state(state), state.route.subject, verdict, _problem(state))


def is_read(page: Page) -> bool:
    """Whether a registry is asked for anything on that page."""
    return isinstance(page, Catalog | Tags | ManifestPage | Raw | Blob) or is_doctor(page) or is_later(page)


def is_later(page: Page) -> bool:
    """Whether it is one of those that `later_pages` knows."""
    return type(page).__name__ in later_pages.NAMES


def is_doctor(page: Page) -> bool:
    """Whether it is the doctor's; its model is imported when it is first shown."""
    return type(page).__name__ == "DoctorPage"


def is_playground(page: Page) -> TypeGuard[PlaygroundPage]:
    """Whether it is the playground's; the same."""
    return type(page).__name__ == "PlaygroundPage"


def is_files(page: Page) -> TypeGuard[FilesPage]:
    """Whether it is one of files; the same."""
    return type(page).__name__ == "FilesPage"


def _problem(state: AppState) -> str:
    failure = state.failure or partial_failure(state)
    if failure is not None:
        return failure.kind
    match state.page:
        case Landing(mistake=mistake) | Missing(mistake=mistake) if mistake is not None:
            return "bad-input"
        case Missing():
            return "unsupported"
    if is_files(state.page):
        return "bad-digest" if state.page.is_damaged else "not-found" if state.page.what == "missing" else ""
    return ""


def has_data(state: AppState) -> bool:
    """Whether something that was read can be shown."""
    match state.page:
        case Catalog(listing=listing) | Tags(listing=listing):
            return bool(listing.items) or listing.complete
        case ManifestPage(fetched=fetched) | Raw(fetched=fetched):
            return fetched is not None
        case Blob(content=content, too_large=too_large):
            return content is not None or too_large
        case Landing() | SettingsPage() | TranscriptPage() | TokenPage() | IdentitiesPage() | UseCasesPage():
            return True
        case _:  # what the doctor found is neither kept nor an answer of the registry
            return is_later(state.page) and bool(getattr(state.page, "has_data", False))


def _state(state: AppState) -> State:
    if state.login is not None or state.approval is not None or state.confirm is not None:
        return "login"
    match state.page:
        case Landing():
            return "idle"
        case SettingsPage() | TranscriptPage() | TokenPage() | IdentitiesPage() | UseCasesPage():
            return "shown"
        case Missing():
            return "failed"
    if is_playground(state.page):
        return "partial" if state.page.running else "shown"
    if is_doctor(state.page):
        return "failed" if state.failure is not None else "loading" if state.loading else "shown"
    if not has_data(state):
        if state.extension and state.failure is not None and state.failure.kind == "permission":
            return "login"  # a person has to say yes, and then it goes on
        return "failed" if state.failure is not None else "loading"
    if state.failure is not None or state.loading or partial_failure(state) is not None or _paused(state):
        return "partial"
    return "shown"


def partial_failure(state: AppState) -> Failure | None:
    """Why something of a page is missing that is shown otherwise."""
    match state.page:
        case Catalog(listing=listing) | Tags(listing=listing):
            return listing.failure
        case ManifestPage(config_failure=config_failure, children=children):
            failures = (config_failure, *(child.failure for child in children))
            return next((failure for failure in failures if failure is not None), None)
    return getattr(state.page, "partial_failure", None) if is_later(state.page) else None


def _paused(state: AppState) -> bool:
    if is_files(state.page):
        return not state.page.settled and state.page.unsuitable is None
    return isinstance(state.page, Catalog | Tags) and not state.page.listing.complete
