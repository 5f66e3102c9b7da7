"""One address under examination, and what the two addresses, its own and the page's, tell beforehand."""

from app.cors.subject import Subject
from app.cors.verdict import TOKEN, Target
from app.oci.origin import Origin, is_loopback, origin_of

# Fetch, "Port blocking": bad ports, those over 1023 included.
BAD_PORTS = frozenset(
    (0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
     110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
     532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
     5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080)
)  # fmt: skip


class Place:
    """A registry's `/v2/` or a token realm. It may hold credentials, so it has no telling repr.

    `free`: CORS does not apply, since the page is of the same origin or is an extension with the permission.
    """

    __slots__ = ("authorization", "free", "origin", "target", "url")

    def __init__(self, target: Target, url: str, subject: Subject, authorization: str | None) -> None:
        self.target: Target = target
        self.url = url
        self.origin = origin_of(url)
        self.authorization = authorization
        self.free = self.origin == subject.page or (subject.granted and target == "registry")

    def verdict(self, cause: str) -> str:
        """The cause as a verdict on this place."""
        return f"{TOKEN}{cause}" if self.target == "token" else cause


def is_mixed_content(page: Origin | None, origin: Origin) -> bool:
    """Whether a page there may not ask that origin at all (Mixed Content, "blockable").

    Plain http to this machine is trustworthy (Secure Contexts, "potentially trustworthy origin").
    """
    return page is not None and page.scheme == "https" and origin.scheme == "http" and not is_loopback(origin.host)


def is_bad_port(origin: Origin) -> bool:
    """Whether no browser sends a request to that port."""
    return origin.port in BAD_PORTS


def other_scheme(origin: Origin, page: Origin | None) -> Origin | None:
    """The same host by http in place of https, or the other way round; None where the page may not ask it."""
    other = Origin("http" if origin.scheme == "https" else "https", origin.host, origin.port)
    return None if is_mixed_content(page, other) else other
