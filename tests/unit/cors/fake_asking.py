"""An Asking on a fake registry."""

from app.cors.asking import Asking
from app.cors.finding import Finding
from app.cors.notes import Notes
from app.cors.place import Place
from tests.unit.cors.examining import subject_of
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import REGISTRY


def asking_on(browser: FakeBrowser, authorization: str | None = None, most: int = 12) -> tuple[Asking, list[Finding]]:
    """The Asking, and the list that its findings go to."""
    written: list[Finding] = []
    subject = subject_of(browser)
    notes = Notes(browser, subject, written.append, 8.0, most)
    return Asking(notes, Place("registry", f"{REGISTRY}/v2/", subject, authorization), authorization), written
