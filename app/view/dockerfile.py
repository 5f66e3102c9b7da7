"""The history of an image as a Dockerfile: to be read line by line, each with its layer, and to be copied."""

import re
from collections.abc import Sequence

from app.oci.config import ImageConfig, Step, instruction, layer_history
from app.oci.descriptor import Descriptor
from app.state.route import Route
from app.view import links
from app.view.base_image import BaseImage
from app.view.components import copy_button
from app.view.format import plural, size
from app.view.markup import Element, Node, el, hostile

MOST = 400
"""Lines of history that are shown."""

_CUT = 6000
_LONG = 76
# docker's old builder names the sources of a COPY by their hash: `COPY file:ab12… in /etc/motd `.
_HASHED = re.compile(r"((?:file|dir|multi):[0-9a-f]{1,64}) in ")
# What may be cut between commands, where it stands outside quotes.
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'[^']*+'|\\.|(&&|\|\||;)[ \t]++", re.DOTALL)


def dockerfile(route: Route, config: ImageConfig, found: Sequence[Descriptor], base: BaseImage | None) -> Element:
    """All lines, each with the number and the colour of its layer, its size and the files it added."""
    steps = layer_history(config, found)
    lines = [_line(route, step) for step in steps[:MOST]]
    more = len(steps) - MOST
    return el(
        "div.dockerfile.card",
        {"role": "region", "aria-label": "History as a Dockerfile", "tabindex": 0},
        el(
            "div.card-head.row.between",
            None,
            el("span.muted.small", None, "Written back from the history: what was copied from the build is not in it."),
            copy_button(dockerfile_text(steps, base), "Copy Dockerfile"),
        ),
        el("ol", None, el("li.is-muted", None, _head(base)), lines),
        el("p.card-body.muted.small", None, f"{plural(more, 'line')} more in the config.") if more > 0 else None,
    )


def dockerfile_text(steps: Sequence[Step], base: BaseImage | None) -> str:
    """The same as a text that docker takes: what is no instruction is a comment."""
    return "\n".join((_from(base), *(_text(step) for step in steps[:MOST]))) + "\n"


def _from(base: BaseImage | None) -> str:
    if base is None:
        return "FROM scratch"
    return f"# Built on {base.name}, whose own lines are among these.\nFROM scratch"


def _head(base: BaseImage | None) -> Node:
    return el("code", None, hostile(_from(base), "\n"))


def _text(step: Step) -> str:
    keyword, rest = _instruction(step)
    if not keyword:
        return "\n".join(f"# {line}" for line in (rest or "a layer without a line of history").splitlines())
    return f"{keyword} {broken(rest) if keyword == 'RUN' else _one_line(rest)}".rstrip()


def _instruction(step: Step) -> tuple[str, str]:
    if step.history is None:
        return "", ""
    keyword, rest = instruction(step.history.created_by or "")
    if not keyword and not rest.strip():
        return "", step.history.comment or "no instruction recorded"
    return keyword, _HASHED.sub(r"\1 ", rest, count=1).strip()


def _one_line(rest: str) -> str:
    return " ".join(rest.splitlines())


def broken(command: str) -> str:
    """A long command over several lines, cut behind `&&`, `||` and `;` outside quotes."""
    if "\n" in command:
        return command.replace("\r\n", "\n").replace("\\\n", "\n").rstrip("\n").replace("\n", " \\\n")
    if len(command) <= _LONG:
        return command
    cuts = [found for found in _QUOTED.finditer(command) if found[1]]
    out: list[str] = []
    at = 0
    for found in cuts:
        joint = found[1]
        end = found.start() if joint != ";" else found.start() + 1
        out.append(command[at:end].strip())
        at = found.start() if joint != ";" else found.end()
    out.append(command[at:].strip())
    return " \\\n    ".join(part for part in out if part)


def _line(route: Route, step: Step) -> Element:
    keyword, rest = _instruction(step)
    shown = broken(rest) if keyword == "RUN" else rest
    shown = shown if len(shown) <= _CUT else f"{shown[:_CUT]}…"
    if keyword:
        text: Node = (el("span.kw", None, keyword), " ", hostile(shown, "\n\t"))
    else:
        text = el("span.muted", None, "# ", hostile(shown or "a layer without a line of history", "\n\t"))
    return el("li" if step.layer is not None else "li.is-muted", None, el("code", None, text), _aside(route, step))


def _aside(route: Route, step: Step) -> Node:
    if step.layer is None or step.number is None:
        return el("span.aside.faint", None, "no layer")
    number = step.number
    return el(
        "span.aside",
        None,
        el(f"span.swatch.c{(number - 1) % 8 + 1}"),
        f" layer {number} · {size(step.layer.size)} · ",
        el("a", {"href": links.files(route, layer=number), "aria-label": f"Files of layer {number}"}, "files"),
    )
