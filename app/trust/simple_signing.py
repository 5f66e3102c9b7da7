"""The payload of cosign's signatures: containers/image containers-signature.5.md, cosign specs/SIGNATURE_SPEC.md."""

from typing import NamedTuple

from app.oci.digest import Digest
from app.oci.document import InvalidDocument, member, optional_text
from app.oci.value import value
from app.trust.encoded import object_in


@value
class SimpleSigning(NamedTuple):
    """What is claimed: the manifest of that digest (as written) is what that reference names. Nothing was verified.

    `optional`: what else the signer put in, key and text.
    """

    reference: str
    digest: str
    type: str
    optional: tuple[tuple[str, str], ...]
    raw: bytes

    def is_of(self, digest: Digest) -> bool:
        """Whether it is about the manifest of that digest."""
        return self.digest == str(digest)


def parse_simple_signing(data: bytes) -> SimpleSigning:
    """Read one. Raises InvalidDocument."""
    found = object_in(data, "simple signing payload")
    critical = member(found, "critical", "")
    if critical is None:
        raise InvalidDocument("simple signing payload", "critical", "is missing")
    identity, image = member(critical, "identity", "critical") or {}, member(critical, "image", "critical") or {}
    optional = found.get("optional")
    more = optional.items() if isinstance(optional, dict) else ()
    return SimpleSigning(
        optional_text(identity, "docker-reference", "critical.identity") or "",
        optional_text(image, "docker-manifest-digest", "critical.image") or "",
        optional_text(critical, "type", "critical") or "",
        tuple((key, str(said)) for key, said in more if isinstance(said, str | int | float)),
        data,
    )
