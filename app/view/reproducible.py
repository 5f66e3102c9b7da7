"""What the times in an image tell of how it was built."""

from app.oci.config import ImageConfig
from app.view.components import outcome
from app.view.format import plural
from app.view.markup import Node, el, foreign

# What builders write where they write no real time: 1970, ZIP's and DOS's 1980, Go's zero; Nix adds a second.
_FIXED = ("1970-01-01T", "1980-01-01T", "0001-01-01T")


def times_entry(config: ImageConfig) -> Node:
    """One sentence on the times of the config and its history; None where there are none."""
    times = [one for one in (config.created, *(line.created for line in config.history)) if one]
    if not times:
        return el("span.muted", None, "No time is recorded, as reproducible builds have it.")
    distinct = sorted(set(times))
    if all(one.startswith(_FIXED) for one in distinct):
        return (
            outcome("ok", "fixed"),
            " All times are set to ",
            _when(distinct[0]),
            ": a sign of a reproducible build.",
        )
    if len(distinct) == 1 and len(times) > 1:
        return (
            outcome("ok", "one time"),
            " Config and history all say ",
            _when(distinct[0]),
            ": a sign of a reproducible build.",
        )
    if len(distinct) == 1:
        return ("Only the config has a time: ", _when(distinct[0]))
    return (
        f"{plural(len(distinct), 'different time')} from ",
        _when(distinct[0]),
        " to ",
        _when(distinct[-1]),
        ": another build would get another digest.",
    )


def _when(text: str) -> Node:
    return el("span.mono.small", None, foreign(text[:40]))
