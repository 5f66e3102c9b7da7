"""Which manifests a request asks for: the smallest Accept that does.

A page's Accept of up to 128 bytes needs no preflight (Fetch, "CORS-safelisted request-header"), and many registries
answer no preflight at all. All four types need 196 bytes, no three of them fit.
"""

import re

from app.oci.media_type import DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST, essence

SAFELISTED = 128
"""Bytes of an Accept that need no preflight."""

OCI_PAIR = f"{OCI_INDEX}, {OCI_MANIFEST}"
# Without the blank: not that it were needed to fit, but two bytes of 128 are two bytes.
DOCKER_PAIR = f"{DOCKER_LIST},{DOCKER_MANIFEST}"
ALL_FOUR = f"{OCI_INDEX}, {OCI_MANIFEST}, {DOCKER_LIST}, {DOCKER_MANIFEST}"

# media-type      = type "/" subtype, each a restricted-name (RFC 6838, 4.2)
# restricted-name = restricted-name-first *126restricted-name-chars
# None of these characters makes an Accept unsafe for Fetch.
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}")

# What servers say that do not keep the type: crane's registry and static hosts.
_GENERIC = frozenset({"text/plain", "application/octet-stream", "application/json", "binary/octet-stream"})


def accept_of(media_type: str | None) -> str | None:
    """The Accept for that type alone; None when it is no media type, or one that would need a preflight.

    The type comes from a descriptor, so it is hostile.
    """
    if media_type is None or len(media_type) > SAFELISTED or not _MEDIA_TYPE.fullmatch(media_type):
        return None
    return media_type


def media_type_of(content_type: str | None) -> str | None:
    """The media type of a Content-Type field in lower case, without parameters; None when it does not tell."""
    if content_type is None:
        return None
    media_type = essence(content_type)
    return None if media_type in _GENERIC or not _MEDIA_TYPE.fullmatch(media_type) else media_type


def asked_for(accept: str, media_type: str) -> bool:
    """Whether that type is one of the Accept's."""
    return media_type in (text.strip() for text in accept.split(","))
