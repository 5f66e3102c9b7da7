"""PyScript's worker as a file of its own, for extensions: from a blob it could not import what lies in the package."""

import hashlib
import re
from pathlib import Path

from tools.steps import StepFailed

# @pyscript/core 0.7.31. Another version may keep its worker in another way: then this has to be looked at anew.
SHA256 = "df8fcf17bbae7d4ac7928cdb4660563bdaf6b03c1d8db49a2af729673fdf86ca"

# The bundle holds the worker's source as a literal behind this comment, and nothing else there.
_MARKER = '"/*@*/"+'
_LITERAL = re.compile(r"'((?:[^'\\\n]|\\[^\n])*+)'")
# ECMA-262, SingleEscapeCharacter and CharacterEscapeSequence, as far as bundlers write them.
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|(.))")
_SINGLE = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0"}


def worker_source(dist: Path) -> str:
    """The worker that the core in this folder (`core-*.js`) starts. Raises StepFailed when it is not the one known."""
    cores = sorted(dist.glob("core-*.js"))
    if len(cores) != 1:
        raise StepFailed(f"PyScript's worker: expected one core-*.js in {dist}, found {len(cores)}")
    text = cores[0].read_text()
    marks = text.count(_MARKER)
    if marks != 1:
        raise StepFailed(f"PyScript's worker: its mark is {marks} times in {cores[0].name}, expected once")
    literal = _LITERAL.match(text, text.index(_MARKER) + len(_MARKER))
    if literal is None:
        raise StepFailed(f"PyScript's worker: no literal follows its mark in {cores[0].name}")
    source = _ESCAPE.sub(_escaped, literal[1])
    found = hashlib.sha256(source.encode()).hexdigest()
    if found != SHA256:
        raise StepFailed(
            f"PyScript's worker is not the one of version 0.7.31 (sha256 {found[:12]}…, expected {SHA256[:12]}…): "
            "see what changed in it before tools/worker_file.py takes it"
        )
    return source


def _escaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _SINGLE.get(match[3], match[3])
