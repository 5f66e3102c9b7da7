"""Words of the pages of files: what is odd in a name, wrong with a layer, done to a file."""

from collections.abc import Mapping

from app.layers.entry import EntryKind, Oddity
from app.layers.layer_index import Source, Verdict
from app.layers.limits import Problem, ProblemKind
from app.layers.reading import ReadKind
from app.state.files_model import LayerState, Line
from app.view.format import calendar, count, size

ODD: Mapping[Oddity, str] = {
    "absolute": "begins with /",
    "climbs": "climbs by ..",
    "not-canonical": "detour in its path",
    "control": "control characters",
    "reversed": "reorders text",
    "invisible": "invisible characters",
    "not-utf8": "not UTF-8",
    "long": "too long a path",
}
KINDS: Mapping[EntryKind, str] = {
    "file": "file",
    "hardlink": "hard link",
    "symlink": "symbolic link",
    "char": "character device",
    "block": "block device",
    "folder": "folder",
    "fifo": "named pipe",
    "other": "of an unknown kind",
}
SOURCES: Mapping[Source, str] = {
    "layer": "read from the layer",
    "estargz": "from its eStargz table of contents",
    "zstd:chunked": "from its zstd:chunked table of contents",
    "soci": "from its SOCI table of contents",
}
VERDICTS: Mapping[Verdict, str] = {
    "ok": "verified",
    "wrong": "wrong",
    "unfinished": "not checked yet",
    "unknown": "not known",
}
TROUBLE: Mapping[ReadKind, str] = {
    "not-a-file": "This is no file with contents.",
    "missing-link": "It is a hard link to a file that no layer has.",
    "unplaced": "Nothing says where in the layer its bytes are. Reading the layer to its end will.",
    "truncated": "The layer ends before the file does. It was built or uploaded broken.",
    "bad-compression": "The compressed stream is damaged before or inside the file.",
}
LIMITS: Mapping[str, str] = {
    "decompressed": "It unpacks to more than {0}.",
    "ratio": "It unpacks to more than {1} times its size, which is what a bomb does.",
    "entries": "It has more than {1} entries.",
    "text": "Its names alone take more than {0}.",
}
_PROBLEMS: Mapping[ProblemKind, str] = {
    "limit": "Reading stopped at a limit.",
    "truncated": "It ends in the middle of something.",
    "bad-compression": "Its compressed stream is damaged from there on; the tree is what came before.",
    "compression": "It is compressed in a way that Portolan cannot open",
    "other-compression": "It is not compressed in the way that its media type says",
    "trailing": "Something follows the end of the compressed stream; it was ignored.",
    "not-tar": "It is no tar archive.",
    "bad-header": "A header in it is damaged; the tree is what came before.",
    "bad-pax": "An extended header is damaged; its entry is shown as its plain header has it.",
    "bad-sparse": "The map of a sparse file is damaged.",
    "long-header": "A name or an extended header is too long and was left out.",
    "no-end": "The mark at its end is missing.",
    "bad-toc": "Its table of contents cannot be read",
    "other-toc": "Its table of contents is not the one that the manifest names.",
    "broken": "The download broke off",
    "oversized": "It is longer than the manifest says; the rest was not received.",
}


def problem(found: Problem) -> str:
    """What is wrong with a layer, in a sentence."""
    if found.kind == "limit":
        return LIMITS.get(found.detail, "Reading stopped at a limit.").format(size(found.value), count(found.value))
    words = _PROBLEMS[found.kind]
    return words if words.endswith(".") else f"{words} ({found.detail})." if found.detail else f"{words}."


def mark(line: Line) -> str:
    """What a line says of itself beside its name; empty for nothing."""
    other = "" if line.other is None else f" {line.other}"
    match line.mark:
        case "replaces":
            return f"replaces layer{other}"
        case "deleted":
            return f"deleted in layer{other}"
        case "hidden":
            return f"replaced in layer{other}"
        case "added" | "changed":
            return line.mark
        case "removed":
            return "deleted here"
        case "emptied":
            return "empties the folder below"
        case "nothing":
            return "deletes nothing"
    return ""


def named(state: LayerState) -> str:
    return f"layer {state.ref.number}"


def moment(seconds: float | None) -> tuple[str, str] | None:
    """A time as day and minute (UTC); None where there is none that a calendar has."""
    found = None if seconds is None else calendar(seconds)
    if found is None:
        return None
    return f"{found.tm_year:04}-{found.tm_mon:02}-{found.tm_mday:02}", f"{found.tm_hour:02}:{found.tm_min:02}"
