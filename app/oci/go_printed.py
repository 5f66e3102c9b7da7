"""Lists and health checks as Go prints them, which builders leave in histories, turned into what a Dockerfile has."""

import json
import re

# fmt's %q of a []string: ["a" "b c"]; between the strings stands a blank and no comma.
_STRING = r'"(?:[^"\\]|\\.)*+"'
_LIST = re.compile(rf"\[(?:{_STRING}(?: {_STRING})*+)?+\]")
_ONE = re.compile(_STRING)
# A set of volumes, printed by %v: [/a /b] or map[/a:{} /b:{}]
_VOLUMES = re.compile(r"(?:map)?\[(.*)\]\Z", re.DOTALL)
# moby's HealthConfig by %q: &{["CMD-SHELL" "true"] "30s" "3s" "5s" "0s" '\x03'}, of which older builders lack the "0s".
_CHECK = re.compile(rf"&\{{({_LIST.pattern})((?: \"[0-9a-zµ.]{{1,20}}\"){{3,4}}) '(\\x[0-9a-f]{{2}}|\\.|[^'\\])'\}}\Z")
_OPTIONS = ("interval", "timeout", "start-period", "start-interval")
_ESCAPES = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13}


def exec_form(rest: str) -> str:
    """The words of CMD, ENTRYPOINT or SHELL with commas between them; whatever is no printed list as it is."""
    if not _LIST.fullmatch(rest):
        return rest
    words = _words(rest)
    return rest if words is None else json.dumps(words, ensure_ascii=False)


def volumes(rest: str) -> str:
    """`[/a /b]` → `/a /b`; a list in JSON stays."""
    found = _VOLUMES.match(rest)
    if found is None or '"' in rest or not found[1].strip():
        return rest
    return " ".join(part.removesuffix(":{}") for part in found[1].split(" ") if part)


def healthcheck(rest: str) -> str:
    """A printed check as HEALTHCHECK takes it; whatever is none as it is."""
    found = _CHECK.match(rest)
    words = _words(found[1]) if found is not None else None
    if found is None or not words:
        return rest
    if words[0] == "NONE":
        return "NONE"
    durations = [one[1:-1] for one in found[2].split()]
    options = [
        f"--{name}={duration}"
        for name, duration in zip(_OPTIONS, durations, strict=False)
        if duration not in ("0s", "0")
    ]
    retries = _rune(found[3])
    if retries:
        options.append(f"--retries={retries}")
    command = " ".join(words[1:]) if words[0] == "CMD-SHELL" else json.dumps(words[1:], ensure_ascii=False)
    return " ".join((*options, "CMD", command))


def _words(printed: str) -> list[str] | None:
    try:
        return [str(json.loads(one)) for one in _ONE.findall(printed)]
    except ValueError:  # Go has escapes that JSON has not
        return None


def _rune(text: str) -> int:
    if text.startswith("\\x"):
        return int(f"0{text[1:]}", 0)
    return _ESCAPES.get(text[1], ord(text[1])) if text.startswith("\\") else ord(text)
