"""Where registries are examined: by themselves when the first request fails, and as often as a person wants."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.client.errors import Unreachable
from app.client.permits import NotPermitted
from app.oci.origin import OriginError, origin_of
from app.state.doctor_model import Checkup, DoctorPage, Need, Remedy

if TYPE_CHECKING:
    from app.auth.realm import RealmPolicy
    from app.cors.diagnosis import Diagnosis
    from app.cors.finding import Finding
    from app.cors.fixes import Fix, Shelf
    from app.cors.subject import Subject
    from app.oci.origin import Origin
    from app.ports.probing import Prober
    from app.state.controller import Controller
    from app.state.route import Route
    from app.state.visit import Visit

EXAMPLES = Path("cors-examples")
"""Where app.zip is unpacked, the templates lie beside the program."""


class DoctorDesk:
    """`examples`: the folder with the configurations."""

    def __init__(self, controller: Controller, prober: Prober, examples: Path = EXAMPLES) -> None:
        self._controller = controller
        self._prober = prober
        self._examples = examples
        self._shelf: Shelf | None = None

    async def attend(self, visit: Visit, error: Exception) -> None:
        """Look by itself why a registry was not reached that has never answered in this tab."""
        route = visit.route
        if not isinstance(error, Unreachable) or error.reason == "truncated" or route.registry is None:
            return
        if self._has_answered(route.registry):
            return
        try:
            await self._examine(visit, self.subject(route, route.registry))
        except Exception:  # the page says already that something failed, and that is the news
            visit.diagnose(None)

    async def examine(self, visit: Visit) -> None:
        """What the doctor's page is for."""
        page = visit.page()
        registry = visit.route.registry
        if not isinstance(page, DoctorPage) or page.mistake is not None or registry is None:
            return
        from app.cors.public import known_silent

        # A yes is for one identity: whoever signed in since has not said it.
        name = self._controller.connections.auth(registry).name
        allowed = page.allowed if page.allowed == name else None
        page = page._replace(remedies=(), known=known_silent(registry), allowed=allowed)
        visit.show(page)
        authorization = self._authorization(registry) if allowed is not None else None
        subject = self.subject(visit.route, registry, authorization)._replace(userinfo=page.userinfo)
        try:
            checkup = await self._examine(visit, subject)
        except NotPermitted:
            visit.diagnose(None)  # what was begun waits for the person; then it begins anew
            raise
        page = visit.page()
        if isinstance(page, DoctorPage):
            visit.show(page._replace(remedies=self.remedies(page, checkup)))

    def subject(self, route: Route, registry: Origin, authorization: str | None = None) -> Subject:
        """What a route names, for the Examination."""
        from app.client.endpoints import api_origin
        from app.client.permits import covers
        from app.cors.subject import Subject
        from app.oci.digest import parse_digest

        controller = self._controller
        query = route.parameter("blob") if route.view == "doctor" else None
        return Subject(
            registry=registry,
            page=controller.page_origin,
            secure=controller.secure,
            repository=route.repository,
            reference=str(route.digest) if route.digest is not None else route.tag,
            blob=parse_digest(query) if query else route.blob,
            realm=route.parameter("realm") if route.view == "doctor" else None,
            authorization=authorization,
            granted=covers(controller.state.granted, api_origin(registry)),
        )

    def remedies(self, page: DoctorPage, checkup: Checkup) -> tuple[Remedy, ...]:
        """The configurations against what was found, as the page's choices want them."""
        if self._shelf is None:
            from app.cors.fixes import load

            self._shelf = load(self._examples)
        subject = _with_realm(checkup)
        around = self._shelf.ways_around(subject)
        if _is_known_matter(page, checkup):
            # Nobody but its operator could change a public registry, or put Portolan beside it: a relay comes first.
            around = tuple(sorted(around, key=lambda fix: not fix.server.startswith("relay")))
            return (Remedy("around", around),) if around else ()
        remedies = self._changes(self._shelf, page, checkup, subject)
        return (*remedies, Remedy("around", around)) if remedies and around else remedies

    @staticmethod
    def _changes(shelf: Shelf, page: DoctorPage, checkup: Checkup, subject: Subject) -> tuple[Remedy, ...]:
        found: dict[Need, dict[str, Fix]] = {}
        for verdict in checkup.verdicts:
            servers = found.setdefault(_need(verdict), {})
            for fix in shelf.fixes(verdict, subject, page.origins, page.delete):
                # Where one of several things has no setting that mends it, no setting mends all of them.
                if fix.server not in servers or fix.text is None:
                    servers[fix.server] = fix
        return tuple(Remedy(need, tuple(servers.values())) for need, servers in found.items() if servers)

    async def _examine(self, visit: Visit, subject: Subject) -> Checkup:
        from app.cors.examination import Examination

        examination = Examination(self._prober, self._controller.clock, subject, self._policy(subject))
        findings: dict[int, Finding] = {}

        def checkup(*, running: bool) -> Checkup:
            diagnosis: Diagnosis = examination.diagnosis
            signed = subject.authorization is not None
            bare = subject._replace(authorization=None)
            return Checkup(bare, tuple(findings.values()), diagnosis, running, signed)

        visit.diagnose(checkup(running=True))
        try:
            async for finding in examination.steps():
                findings[finding.number] = finding
                visit.diagnose(checkup(running=True))
        finally:
            # Also where it broke off: what was found until then stays.
            visit.diagnose(checkup(running=False))
        return checkup(running=False)

    def _policy(self, subject: Subject) -> RealmPolicy:
        policy = self._controller.connections.auth(subject.registry).policy
        if subject.realm is None:
            return policy
        # A person named it, and said yes to its host where the host gate asked; no credential ever goes there.
        try:
            return policy.approve(subject.registry, origin_of(subject.realm))
        except OriginError:
            return policy

    def _has_answered(self, registry: Origin) -> bool:
        exchanges = self._controller.connections.transcript.exchanges(registry)
        return any(each.status is not None for each in exchanges if each.purpose == "resource")

    def _authorization(self, registry: Origin) -> str | None:
        from app.state.doctor_access import authorization_for

        return authorization_for(self._controller.connections.auth(registry), self._controller.clock.monotonic())


def _is_known_matter(page: DoctorPage, checkup: Checkup) -> bool:
    """Whether what was found is what is known of a public registry: no header, and a page to which that matters."""
    return page.known is not None and checkup.verdicts != ("ok",) and not checkup.subject.granted


def _with_realm(checkup: Checkup) -> Subject:
    """The subject with the token service that the registry named, where it did."""
    asked = (one.probe.url for one in checkup.findings if one.target == "token" and one.probe is not None)
    return checkup.subject._replace(realm=checkup.subject.realm or next(asked, None))


def _need(verdict: str) -> Need:
    if verdict.startswith("token-"):
        return "token"
    return "storage" if verdict in ("blob-redirect-without-cors", "blob-storage-unreachable") else "registry"
