"""The doctor's page and what an examination has found, as frozen values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from app.oci.digest import DigestError, parse_digest
from app.oci.origin import OriginError, origin_of
from app.oci.value import value

if TYPE_CHECKING:
    from app.cors.diagnosis import Diagnosis
    from app.cors.finding import Finding
    from app.cors.fixes import Fix
    from app.cors.public import PublicRegistry
    from app.cors.subject import Subject
    from app.state.route import Route

Origins = Literal["any", "list"]
Need = Literal["registry", "token", "storage", "around"]
Field = Literal["reference", "realm", "blob"]

NO_REPOSITORY = "A blob is in a repository: name that above, as in registry.example/NAME."


@value
class Checkup(NamedTuple):
    """An examination as far as it has come. `subject`: what is examined, without any credential.

    `signed`: it was done with the person's credentials too.
    """

    subject: Subject
    findings: tuple[Finding, ...]
    diagnosis: Diagnosis
    running: bool
    signed: bool = False

    @property
    def verdicts(self) -> tuple[str, ...]:
        """Their names, worst first."""
        return self.diagnosis.verdicts


@value
class Remedy(NamedTuple):
    """What to configure, for each server. `need`: which one has to change; around: none, the registry stays as is."""

    need: Need
    fixes: tuple[Fix, ...]


@value
class DoctorPage(NamedTuple):
    """The doctor's page. What was found is the state's `checkup`.

    `origins`, `delete`: what the configurations are to allow. `allowed`: the identity whose credentials may be used,
    None before the person said so. `known`: a public registry of which it is known that it sends no CORS.
    `userinfo`: a name or password stood in the address that was entered. `mistake`: of the form, which field is wrong
    and why; `typed`: what was entered in its fields.
    """

    origins: Origins = "any"
    delete: bool = False
    allowed: str | None = None
    remedies: tuple[Remedy, ...] = ()
    known: PublicRegistry | None = None
    userinfo: bool = False
    mistake: tuple[Field, str] | None = None
    typed: tuple[str, str, str] = ("", "", "")


def begin(route: Route) -> DoctorPage:
    """The page before anything is examined; a realm or blob of the query that cannot be one is the form's mistake."""
    realm, blob = route.parameter("realm") or "", route.parameter("blob") or ""
    page = DoctorPage(typed=(route.subject, realm, blob))
    try:
        if realm:
            origin_of(realm)
    except OriginError as error:
        # The text of the error, since a password in it is masked.
        return page._replace(mistake=("realm", error.reason), typed=(route.subject, error.text, blob))
    try:
        if blob:
            parse_digest(blob)
    except DigestError as error:
        return page._replace(mistake=("blob", error.reason))
    if blob and route.repository is None:
        return page._replace(mistake=("blob", NO_REPOSITORY))
    return page
