"""The natural order of tags: versions by number, everything else around them."""

import re

# Semantic Versioning 2.0.0 section 11 where a tag follows it; otherwise by what tags of images mean:
#   version := ["v"] number *("." number) [suffix]
_VERSION = re.compile(r"[vV]?([0-9]++(?:\.[0-9]++)*+)")
# After a number without a dot, only these make a version: `7`, `7-alpine`, `3rc1`, but not the commit `7b1c9e2`.
_SUFFIX = re.compile(r"[-_+.]|(?:alpha|beta|dev|pre|rc)[0-9]*\Z")
_RUN = re.compile(r"[0-9]++|[^0-9.+_-]++")
_STAGE = re.compile(r"[-_+.]*+([A-Za-z]++)")
_STAGES = {
    "dev": 0,
    "snapshot": 0,
    "nightly": 0,
    "canary": 0,
    "edge": 0,
    "a": 1,
    "alpha": 1,
    "b": 2,
    "beta": 2,
    "m": 3,
    "milestone": 3,
    "pre": 4,
    "preview": 4,
    "c": 5,
    "rc": 5,
}
_RELEASED, _VARIANT = 6, 7

Number = tuple[int, str]
NaturalKey = tuple[int, tuple[Number, ...], int, tuple[tuple[int, Number], ...], str]


def natural_key(tag: str) -> NaturalKey:
    """A sort key that gives tags a total order, oldest version first.

    Names that are no version come first, in natural order of their digits (`nightly-9` before `nightly-10`); then
    versions by number, at each number pre-releases (`2.0.0-rc.1`), the release, its variants (`2.0.0-alpine`); then
    `latest`. A leading `v` does not count, and different tags never compare equal.
    """
    if tag == "latest":
        return 2, (), 0, (), tag
    match = _VERSION.match(tag)
    suffix = tag[match.end() :] if match else ""
    if match is None or not _is_version(match[1], suffix):
        return 0, (), 0, _runs(tag), tag
    numbers = tuple(_number(digits) for digits in match[1].split("."))
    return 1, numbers, _stage(suffix), _runs(suffix), tag


def _is_version(numbers: str, suffix: str) -> bool:
    return not suffix or "." in numbers or bool(_SUFFIX.match(suffix))


def _stage(suffix: str) -> int:
    if not suffix:
        return _RELEASED
    match = _STAGE.match(suffix)
    return _STAGES.get(match[1].lower(), _VARIANT) if match else _VARIANT


def _number(digits: str) -> Number:
    # By length, then as text: a tag may hold more digits than an int is worth.
    significant = digits.lstrip("0")
    return len(significant), significant


def _runs(text: str) -> tuple[tuple[int, Number], ...]:
    # Numbers before words, as in Semantic Versioning section 11.4.3.
    return tuple((0, _number(run)) if run[0] in "0123456789" else (1, (0, run.lower())) for run in _RUN.findall(text))
