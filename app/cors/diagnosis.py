"""What an examination came to, and for each verdict what a page cannot tell apart."""

from typing import NamedTuple

from app.cors.verdict import OK, Target, target_of, worst_first
from app.oci.value import value

# The causes behind a verdict that look alike to a page, as keys.
ALTERNATIVES: dict[str, tuple[str, ...]] = {
    "no-usable-allow-origin": (
        "allow-origin-missing",
        "allow-origin-wrong",
        "allow-origin-duplicated",
        "only-on-success",
    ),
    "cors-only-on-success": (),
    "redirect-target-without-cors": ("allow-origin-missing", "allow-origin-pinned", "allow-origin-duplicated"),
    "local-network-pending": ("permission-pending", "hung"),
    "timeout": ("filtered", "hung", "permission-pending"),
    "wrong-scheme-or-tls": ("wrong-scheme", "tls"),
    "unreachable": ("refused", "reset", "dns", "tls", "resource-policy"),
    "challenge-not-exposed": ("not-exposed", "not-sent"),
    "preflight-refused": ("preflight-status", "preflight-without-allow-origin", "preflight-redirected"),
    "allow-headers-missing": ("allow-headers-absent", "allow-headers-without-both"),
    "allow-headers-lacks-authorization": (),
    "allow-headers-lacks-accept": (),
    "digest-not-exposed": ("not-exposed", "not-sent"),
    "link-not-exposed": ("not-exposed", "not-sent"),
    "blob-endpoint-without-cors": ("allow-origin-missing", "allow-origin-wrong", "allow-origin-duplicated"),
    "blob-redirect-without-cors": ("allow-origin-missing", "allow-origin-pinned", "allow-origin-duplicated"),
    "blob-storage-unreachable": ("refused", "reset", "dns", "tls", "resource-policy", "redirect-mixed-content"),
}

# What is added to those of one verdict where an examination gives reason to.
MORE = (
    "bad-port",  # of unreachable, and then certain
    "insecure-page",  # of local-network-denied
    "preflight-hung",  # of preflight-refused
    "redirect-mixed-content",  # of unreachable
    "redirect-target-unreachable",  # of unreachable
    "refusal-without-allow-origin",  # of allow-headers-lacks-authorization
)


@value
class Ruling(NamedTuple):
    """One verdict. `url`: whose answer it is about.

    `alternatives`: what a page cannot tell apart, beside what the name of the verdict says.
    `curl`: the command whose answer tells, None where no answer would. `findings`: numbers of the steps it rests on.
    """

    verdict: str
    url: str
    alternatives: tuple[str, ...]
    curl: str | None
    findings: tuple[int, ...]

    @property
    def target(self) -> Target:
        return target_of(self.verdict)


@value
class Diagnosis(NamedTuple):
    """`rulings` worst first; `ended`: whether the examination came to its end."""

    rulings: tuple[Ruling, ...] = ()
    ended: bool = False

    @property
    def verdicts(self) -> tuple[str, ...]:
        """For `data-verdict`, worst first; (`ok`,) when it ended with nothing wrong, () while nothing is known."""
        found = worst_first(ruling.verdict for ruling in self.rulings)
        return found or ((OK,) if self.ended else ())

    def add(self, ruling: Ruling) -> "Diagnosis":
        if any(old.verdict == ruling.verdict for old in self.rulings):
            return self
        order = worst_first(one.verdict for one in (*self.rulings, ruling))
        rulings = tuple(sorted((*self.rulings, ruling), key=lambda one: order.index(one.verdict)))
        return Diagnosis(rulings, self.ended)
