"""Lists of packages inside in-toto statements: BuildKit and `cosign attest` keep SBOMs so."""

from functools import lru_cache

from app.oci.document import InvalidDocument, Json, decode
from app.trust.encoded import LONGEST
from app.trust.sbom import Sbom, read_sbom
from app.trust.statement import Statement


# The same statement is written again with every change of its page.
@lru_cache(maxsize=4)
def predicate_of(raw: bytes) -> Json:
    """The predicate of a statement's JSON; None where it has none."""
    try:
        whole = decode(raw, "statement", LONGEST)
    except InvalidDocument:
        return None
    return whole.get("predicate") if isinstance(whole, dict) else None


def packages_in(found: Statement) -> Sbom | None:
    """The list of packages that is its predicate; None where that is something else."""
    predicate = predicate_of(found.raw)
    try:
        return read_sbom(predicate) if isinstance(predicate, dict) else None
    except InvalidDocument:
        return None
