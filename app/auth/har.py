"""A transcript to take away: HAR 1.2 for tools, plain text for a bug report.

http://www.softwareishard.com/blog/har-12-spec/; sizes and times that a page cannot know are -1, as it says.
"""

import json
from datetime import UTC
from urllib.parse import parse_qsl

from app.auth.decision import decision_section
from app.auth.entry import Exchange, Group
from app.auth.record import Fields
from app.auth.transcript import Transcript
from app.oci.origin import Origin

_NOT_RECORDED = "Authorization is not recorded"


def to_har(transcript: Transcript, creator_version: str, registry: Origin | None = None) -> bytes:
    """UTF-8 JSON of all requests, or those done for one registry; waits and requests under way are left out."""
    entries = [_entry(each) for each in transcript.exchanges(registry) if each.purpose != "wait" and _is_over(each)]
    log = {
        "version": "1.2",
        "creator": {"name": "Portolan", "version": creator_version},
        "entries": entries,
        "comment": "Credentials and tokens are absent: they were never recorded. Preflights are the browser's own"
        f"{_left_out(transcript)}.",
    }
    return json.dumps({"log": log}, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def to_text(transcript: Transcript, registry: Origin | None = None) -> str:
    """The same as lines to read, grouped by what was asked for; waits and requests under way are in it."""
    blocks = [_block(group) for group in transcript.groups(registry)]
    head = "Portolan transcript; credentials and tokens were never recorded"
    return "\n".join([f"{head}{_left_out(transcript)}", *blocks]) + "\n"


def _left_out(transcript: Transcript) -> str:
    return f"; {transcript.left_out} requests of the tab were given up for newer ones" if transcript.left_out else ""


def timestamp(seconds: float) -> str:
    """Seconds since 1970 as ISO 8601 in UTC, `2026-11-22T10:36:07.250Z`."""
    from datetime import datetime  # only who looks at a time pays for this import

    moment = datetime.fromtimestamp(min(max(seconds, 0.0), 253402300799.0), UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _is_over(exchange: Exchange) -> bool:
    return exchange.status is not None or exchange.failure is not None


def _entry(exchange: Exchange) -> dict[str, object]:
    time = -1.0 if exchange.seconds is None else round(exchange.seconds * 1000, 3)
    return {
        "startedDateTime": timestamp(exchange.started),
        "time": max(time, 0.0),
        "request": _request(exchange),
        "response": _response(exchange),
        "cache": {},
        # HAR 1.2, timings: send, wait and receive are required; a page sees the whole alone.
        "timings": {"send": 0, "wait": max(time, 0.0), "receive": 0},
        "comment": f"{exchange.why}: {decision_section(exchange.why)}; for {exchange.registry}, group {exchange.group}",
    }


def _request(exchange: Exchange) -> dict[str, object]:
    sent: dict[str, object] = {
        "method": exchange.method,
        "url": exchange.url,
        "httpVersion": "",
        "cookies": [],
        "headers": _pairs(exchange.request_headers),
        "queryString": [
            {"name": name, "value": text}
            for name, text in parse_qsl(exchange.url.partition("?")[2], keep_blank_values=True)
        ],
        "headersSize": -1,
        "bodySize": -1,
    }
    if exchange.authorization == "form":
        sent["comment"] = "A form with a credential was sent; its body is not recorded."
    elif exchange.authorization != "none":
        sent["comment"] = f"Sent with {exchange.authorization.capitalize()} credentials; {_NOT_RECORDED}."
    return sent


def _response(exchange: Exchange) -> dict[str, object]:
    fields = dict(exchange.response_headers)
    answer: dict[str, object] = {
        "status": exchange.status or 0,
        "statusText": "",
        "httpVersion": "",
        "cookies": [],
        "headers": _pairs(exchange.response_headers),
        "content": {
            "size": _size(fields.get("content-length")),
            "mimeType": fields.get("content-type", ""),
            "comment": "Bodies are not recorded.",
        },
        "redirectURL": fields.get("location", ""),
        "headersSize": -1,
        "bodySize": -1,
    }
    if exchange.failure is not None:
        answer["comment"] = f"No usable answer: {exchange.failure}"
    return answer


def _size(text: str | None) -> int:
    # Its own comment in HAR 1.2: -1 where it is not known.
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 16 else -1


def _pairs(fields: Fields) -> list[dict[str, str]]:
    return [{"name": name, "value": text} for name, text in fields]


def _block(group: Group) -> str:
    lines = ["", f"[{group.number}] {group.registry}: {_outcome(group)}"]
    for each in group.exchanges:
        lines += [f"  {line}" for line in _lines(each)]
    return "\n".join(lines)


def _outcome(group: Group) -> str:
    if group.ended is None:
        return "under way"
    return " ".join([group.ended.code, *(_line(scope) for scope in group.ended.scopes)])


def _lines(exchange: Exchange) -> list[str]:
    lines = [_head(exchange), f"  why: {exchange.why} ({decision_section(exchange.why)})"]
    if exchange.purpose == "wait":
        return lines
    credentials = "" if exchange.authorization == "none" else f"; {_NOT_RECORDED}"
    lines.append(f"  credentials: {exchange.authorization}{credentials}")
    lines += [f"  > {name}: {_line(text)}" for name, text in exchange.request_headers]
    if exchange.preflight:
        lines.append(f"  preflight needed: {', '.join(exchange.preflight_because)}")
    if exchange.redirected != "no":
        stripped = ", Authorization taken away" if exchange.stripped else ""
        lines.append(
            f"  redirected ({exchange.redirected}{stripped}) to {exchange.answered_by or 'an address not shown'}"
        )
    lines += [f"  < {name}: {_line(text)}" for name, text in exchange.response_headers]
    lines += [f"  < {name}: left out, it repeats a secret" for name in exchange.withheld]
    for challenge in exchange.challenges:
        parameters = "".join(f"\n      {name} = {_line(text)}" for name, text in challenge.parameters.items())
        lines.append(
            f"  challenge {challenge.scheme}{f' ({challenge.broken})' if challenge.broken else ''}{parameters}"
        )
    if exchange.purpose == "token":
        lines += _token_lines(exchange)
    if exchange.codes:
        lines.append(f"  codes: {', '.join(exchange.codes)}")
    return lines


def _head(exchange: Exchange) -> str:
    took = "" if exchange.seconds is None else f" in {exchange.seconds * 1000:.0f} ms"
    when = timestamp(exchange.started)
    if exchange.purpose == "wait":
        return f"#{exchange.number} {when} wait{took}"
    result = exchange.failure or ("under way" if exchange.status is None else str(exchange.status))
    return f"#{exchange.number} {when} {exchange.method} {_line(exchange.url)} -> {result}{took}"


def _token_lines(exchange: Exchange) -> list[str]:
    lines = [f"  asked: {_line(' '.join(exchange.asked)) or 'no scope'}"]
    if exchange.opaque is not None:
        granted = "not to be seen, the token is opaque" if exchange.granted is None else " ".join(exchange.granted)
        stated = "not stated" if exchange.expires_in is None else f"{exchange.expires_in:.0f} s"
        taken = "" if exchange.lifetime is None else f", taken as {exchange.lifetime:.0f} s"
        lines += [f"  granted: {_line(granted) or 'nothing'}", f"  expires_in: {stated}{taken}"]
    if exchange.refreshable:
        lines.append("  a refresh token came with it")
    return lines


def _line(text: str) -> str:
    # A registry's text must not begin a line of its own.
    return "".join(character if character.isprintable() else "?" for character in text)
