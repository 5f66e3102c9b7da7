"""Two configs, field by field."""

import json
from collections.abc import Iterator, Mapping, Sequence

from app.oci.config import Healthcheck, ImageConfig
from app.oci.history import History, instruction
from app.state.compare_model import ComparePage
from app.view.compare_table import only, same, two_sided
from app.view.components import pairs, section, skeleton
from app.view.format import duration, plural
from app.view.frame import caret
from app.view.markup import Element, Node, el, foreign

_CUT = 2000
_MOST = 300

Field = tuple[str, str | None, str | None]


def config_section(page: ComparePage) -> Element | None:
    """The section; what differs stands open, what does not is folded."""
    left, right = page.left.config, page.right.config if page.right is not None else None
    if left is None or right is None:
        waiting = page.right is not None and page.partial_failure is None and page.left.image is None
        return section("config", "Config", el("div.card.card-body", None, skeleton(""))) if waiting else None
    found = list(fields(left, right))
    changed, equal = [one for one in found if one[1] != one[2]], [one for one in found if one[1] == one[2]]
    return section(
        "config",
        "Config",
        two_sided("Settings that differ", "Setting", [_row(one) for one in changed[:_MOST]])
        if changed
        else el("p.card.card-body", None, same(True), " Every setting is the same."),
        _left_out(len(changed) - _MOST),
        _folded(equal) if equal else None,
        _history(left.history, right.history),
        aside=el("span.muted", None, f"{plural(len(changed), 'difference')}, {len(equal)} the same"),
    )


def fields(left: ImageConfig, right: ImageConfig) -> Iterator[Field]:
    """Every setting that one of them has: its name and what both say, None where one says nothing."""
    for name, before, after in (
        ("Entrypoint", _words(left.entrypoint), _words(right.entrypoint)),
        ("Cmd", _words(left.cmd), _words(right.cmd)),
        ("User", left.user, right.user),
        ("Working dir", left.working_dir, right.working_dir),
        ("Stop signal", left.stop_signal, right.stop_signal),
        ("Shell", _words(left.shell), _words(right.shell)),
        ("Healthcheck", _healthcheck(left.healthcheck), _healthcheck(right.healthcheck)),
        ("Created", left.created, right.created),
        ("Author", left.author, right.author),
        ("Platform", _platform(left), _platform(right)),
    ):
        if before or after:
            yield name, before or None, after or None
    yield from _by_key("Env", _environment(left.env), _environment(right.env))
    yield from _by_key("Label", left.labels, right.labels)
    yield from _by_key(
        "Port", dict.fromkeys(left.exposed_ports, "exposed"), dict.fromkeys(right.exposed_ports, "exposed")
    )
    yield from _by_key("Volume", dict.fromkeys(left.volumes, "a volume"), dict.fromkeys(right.volumes, "a volume"))


def _by_key(what: str, left: Mapping[str, str], right: Mapping[str, str]) -> Iterator[Field]:
    for key in sorted(left.keys() | right.keys()):
        yield f"{what} {key}", left.get(key), right.get(key)


def _environment(env: Sequence[str]) -> dict[str, str]:
    found = {}
    for one in env:
        name, _, text = one.partition("=")
        found[name] = text
    return found


def _words(words: tuple[str, ...] | None) -> str | None:
    return json.dumps(words, ensure_ascii=False) if words else None


def _healthcheck(check: Healthcheck | None) -> str | None:
    if check is None or not check.test:
        return None
    every = f" every {duration(check.interval / 1e9)}" if check.interval else ""
    within = f" within {duration(check.timeout / 1e9)}" if check.timeout else ""
    tries = f", {plural(check.retries, 'try', 'tries')}" if check.retries else ""
    return f"{json.dumps(check.test, ensure_ascii=False)}{every}{within}{tries}"


def _platform(config: ImageConfig) -> str:
    parts = "/".join(part for part in (config.os, config.architecture, config.variant) if part)
    return f"{parts} {config.os_version}".strip()


def _row(field: Field) -> tuple[Node, Node, Node, Node]:
    name, left, right = field
    one_sided = left is None or right is None
    compared = only("second" if left is None else "first") if one_sided else same(left == right)
    what, _, key = name.partition(" ")
    shown: Node = (what, " ", el("code", None, foreign(key))) if what in ("Env", "Label", "Port", "Volume") else name
    return shown, _code(left), _code(right), compared


def _code(text: str | None) -> Node:
    if text is None:
        return None
    return el("code", None, foreign(text if len(text) <= _CUT else f"{text[:_CUT]}…")) if text else "empty"


def _folded(equal: list[Field]) -> Element:
    return el(
        "details",
        None,
        el("summary.row.tight", None, caret(), f"{plural(len(equal), 'setting')} the same on both sides"),
        pairs([(foreign(name), _code(left)) for name, left, _ in equal[:_MOST]], "dl.kv.kv--wide"),
    )


def _left_out(number: int) -> Node:
    return el("p.muted.small", None, f"and {plural(number, 'more', 'more')}") if number > 0 else None


def _history(left: Sequence[History], right: Sequence[History]) -> Node:
    if not left and not right:
        return None
    before, after = [_line(one) for one in left], [_line(one) for one in right]
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    first, second = before[start:], after[start:]
    if not first and not second:
        return el("p.muted.small", None, f"The history is the same: {plural(start, 'line')}.")
    return el(
        "div.section",
        None,
        el("h3", None, "History"),
        el("p.muted.small", None, f"{plural(start, 'line')} at the start the same; then they differ.")
        if start
        else el("p.muted.small", None, "They differ from the first line on."),
        el("div.split.split--2", None, _lines("First", first, start), _lines("Second", second, start)),
    )


def _line(one: History) -> str:
    return " ".join(part for part in instruction(one.created_by or one.comment or "") if part)


def _lines(side: str, found: list[str], start: int) -> Element:
    return el(
        "div.card.card-body.flow",
        None,
        el("h4", None, side),
        el(
            "ol.flow",
            {"start": start + 1},
            [el("li", None, el("code", None, foreign(one[:_CUT] or "nothing recorded"))) for one in found[:_MOST]],
        )
        if found
        else el("p.muted", None, "no further line"),
    )
