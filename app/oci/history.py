"""History: the lines that made an image, as a Dockerfile has them."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from app.oci.document import Json, flag, optional_text
from app.oci.go_printed import exec_form, healthcheck, volumes
from app.oci.value import value

_INSTRUCTION = re.compile(
    r"(ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER"
    r"|VOLUME|WORKDIR)(?:\s++|\Z)"
)
# Shells before a command: `/bin/sh -c`, `/bin/bash -o pipefail -c`, `cmd /S /C`, `powershell -Command`.
# Every repetition has a bound: the line is a stranger's, and the search starts at each of its characters.
_SHELL = re.compile(
    r"(?:/(?:[a-z]{1,20}/){0,5})?(?:[a-z]{0,4}sh(?: -[A-Za-z]{1,9}(?: pipefail)?){0,4}? -[a-z]{0,9}c|cmd /[Ss] /[Cc]"
    r"|(?:powershell|pwsh)(?:\.exe)?(?: -[A-Za-z]{1,30} [A-Za-z]{1,30}){0,4}? -[Cc]ommand)[ \t]++"
)
_NOP = re.compile(r"#\(nop\)[ \t]*+")
# Build arguments as docker history writes them: `|2 A=1 B=2 /bin/sh -c make`.
_ARGUMENTS = re.compile(r"\|[0-9]++ ")
_EXPOSED = re.compile(r"(?:map)?\[(.*)\]\Z", re.DOTALL)
_EXPOSED_PORT = re.compile(r"([0-9]++(?:-[0-9]++)?(?:/[a-z]++)?):?(?:\{\}|struct ?\{\}\{\})?")


@value
class History(NamedTuple):
    """One line of history, oldest first; None where the builder wrote nothing."""

    created: str | None
    created_by: str | None
    author: str | None
    comment: str | None
    empty_layer: bool


def read_history(found: Mapping[str, Json], path: str) -> History:
    """Read one line of history out of decoded JSON. Raises InvalidDocument."""
    return History(
        optional_text(found, "created", path),
        optional_text(found, "created_by", path),
        optional_text(found, "author", path),
        optional_text(found, "comment", path),
        flag(found, "empty_layer", path),
    )


def instruction(created_by: str) -> tuple[str, str]:
    """The Dockerfile instruction of a history line, as (keyword, rest).

    The keyword is empty where the line is no instruction, such as that of a builder without a Dockerfile.
    """
    line = created_by.strip()
    from_buildkit = line.endswith("# buildkit")
    if from_buildkit:
        line = line.removesuffix("# buildkit").rstrip()
    shell = _SHELL.match(line)
    if shell:
        rest = line[shell.end() :]
        nop = _NOP.match(rest)
        return _split(rest[nop.end() :]) if nop else ("RUN", rest)
    if _ARGUMENTS.match(line):
        return "RUN", _without_shell(line)
    return _split(line)


def _split(line: str) -> tuple[str, str]:
    match = _INSTRUCTION.match(line)
    if match is None:
        return "", line
    keyword, rest = match[1], line[match.end() :].strip()
    if keyword == "RUN":
        rest = _without_shell(rest)
    elif keyword == "EXPOSE":
        rest = _ports(rest)
    elif keyword in ("CMD", "ENTRYPOINT", "SHELL"):
        rest = exec_form(rest)
    elif keyword == "VOLUME":
        rest = volumes(rest)
    elif keyword == "HEALTHCHECK":
        rest = healthcheck(rest)
    return keyword, rest


def _without_shell(command: str) -> str:
    arguments = _ARGUMENTS.match(command)
    shell = _SHELL.search(command, arguments.end()) if arguments else _SHELL.match(command)
    return command[shell.end() :] if shell else command


def _ports(rest: str) -> str:
    # buildkit and docker print Go's map of ports: `map[80/tcp:{}]`, `map[80/tcp:struct {}{}]`, `[80/tcp 443/tcp]`.
    match = _EXPOSED.match(rest)
    ports = _EXPOSED_PORT.findall(match[1]) if match else []
    return " ".join(ports) if ports else rest
