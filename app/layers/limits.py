"""How far the reading of a layer goes before it stops to ask, and what was found wrong with one."""

from typing import Literal, NamedTuple

from app.oci.value import value

MIB = 1024 * 1024

LimitKind = Literal["decompressed", "ratio", "entries", "text"]

ProblemKind = Literal[
    "limit",  # one of Limits; `detail` is its LimitKind, `value` the limit: raise it and go on
    "truncated",  # the bytes end inside of something; `detail`: compressed, header, contents
    "bad-compression",  # not gzip or zstd from there on; `detail`: the compression
    "compression",  # a compression that cannot be read here; `detail`: its name
    "other-compression",  # not the one that the media type says, which is `detail`; read as what it is
    "trailing",  # bytes after the end of the compressed stream, ignored
    "not-tar",  # the first block is no tar header
    "bad-header",  # a block in the middle is no tar header; `detail`: checksum, number, size
    "bad-pax",  # a pax header that is none; its entry is kept as its plain header has it
    "bad-sparse",  # a map of holes that is none; its entry is kept as stored
    "long-header",  # a pax header or a long name beyond Limits.header, skipped; `value`: its bytes
    "no-end",  # the two zero blocks at the end of a tar are missing
    "bad-toc",  # a table of contents that is none; `detail` says what is wrong
    "other-toc",  # a table of contents whose digest is not the annotation's
    "broken",  # the download ended early; `detail`: network, timeout, truncated, or a status
    "oversized",  # more bytes than the descriptor says, not received; `value`: what it says
]

# What leaves the tree so far but ends the reading of entries.
ENDING = frozenset({"limit", "bad-compression", "compression", "not-tar", "bad-header", "truncated", "bad-toc"})


@value
class Problem(NamedTuple):
    """What is wrong with a layer. `offset`: where, in bytes of the decompressed stream, but for `trailing`,
    `bad-compression` and `broken`: in the blob. `value`: the number that `kind` speaks of, or 0."""

    kind: ProblemKind
    offset: int
    detail: str = ""
    value: int = 0


@value
class Limits(NamedTuple):
    """How far reading goes. `decompressed`: bytes of output; `ratio`: output per byte of input, once the output is
    beyond `free`; `entries`: how many; `text`: bytes of names, targets and attributes kept; `header`: bytes of one
    pax header or long name, longer ones are skipped; `problems`: how many are kept."""

    decompressed: int = 16 * 1024 * MIB
    ratio: int = 200
    free: int = 128 * MIB
    entries: int = 1_000_000
    text: int = 192 * MIB
    header: int = MIB
    problems: int = 100

    def raised(self, kind: LimitKind) -> "Limits":
        """The same, with that limit four times as high."""
        fields = {kind: 4 * int(getattr(self, kind))}
        return self._replace(**fields)
