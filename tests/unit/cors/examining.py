"""Runs an examination in a fake browser."""

import asyncio
from typing import Any

from app.auth.realm import RealmPolicy
from app.cors.diagnosis import Diagnosis
from app.cors.examination import Examination
from app.cors.finding import Finding
from app.cors.subject import Subject
from app.oci.origin import parse_origin
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import REGISTRY
from tests.unit.fake_transport import FakeClock


def subject_of(browser: FakeBrowser, registry: str = REGISTRY, **given: Any) -> Subject:
    return Subject(parse_origin(registry), browser.page, **{"secure": True, **given})


def examine(
    browser: FakeBrowser, registry: str = REGISTRY, policy: RealmPolicy | None = None, **given: Any
) -> Diagnosis:
    """The diagnosis; `given`: further fields of the Subject."""
    return examine_closely(browser, registry, policy, **given)[0]


def examine_closely(
    browser: FakeBrowser, registry: str = REGISTRY, policy: RealmPolicy | None = None, **given: Any
) -> tuple[Diagnosis, list[Finding]]:
    """The diagnosis, and every Finding in the order it came."""
    examination = Examination(browser, FakeClock(), subject_of(browser, registry, **given), policy)

    async def steps() -> list[Finding]:
        return [finding async for finding in examination.steps()]

    findings = asyncio.run(steps())
    return examination.diagnosis, findings
