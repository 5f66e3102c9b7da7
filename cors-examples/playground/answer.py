"""Answer: what a handler says, before any of it is on the wire, and the error body of the specification."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

# distribution-spec, "Error Codes": code, status, message. The statuses are those that distribution uses.
CODES: Mapping[str, tuple[int, str]] = {
    "BLOB_UNKNOWN": (404, "blob unknown to registry"),
    "DENIED": (403, "requested access to the resource is denied"),
    "MANIFEST_INVALID": (400, "manifest invalid"),
    "MANIFEST_UNKNOWN": (404, "manifest unknown"),
    "NAME_UNKNOWN": (404, "repository name not known to registry"),
    "PAGINATION_NUMBER_INVALID": (400, "invalid number of results requested"),
    "TOOMANYREQUESTS": (429, "too many requests"),
    "UNAUTHORIZED": (401, "authentication required"),
    "UNKNOWN": (500, "unknown error"),
    "UNSUPPORTED": (405, "The operation is unsupported."),
}

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass
class Answer:
    """Status, headers and body, and how the body is to be delivered.

    pace: milliseconds between two chunks of the body; 0 sends it at once.
    cut: close the connection after so many bytes although Content-Length announces all of them.
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    pace: int = 0
    cut: int | None = None


def json_answer(value: Json, status: int = 200, **headers: str) -> Answer:
    """A JSON document; `Content_Type="…"` stands for the header Content-Type."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(status, {"Content-Type": "application/json"} | named, json.dumps(value).encode() + b"\n")


def error(code: str, *, message: str = "", detail: Json = None, status: int = 0, **headers: str) -> Answer:
    """The error body of the specification, with the status that belongs to its code unless another is named."""
    usual, text = CODES[code]
    entry: dict[str, Json] = {"code": code, "message": message or text, "detail": detail}
    return json_answer({"errors": [entry]}, status or usual, **headers)


def page_not_found() -> Answer:
    """What a registry says outside its API, in text: clients must not expect JSON behind every 404."""
    return Answer(404, {"Content-Type": "text/plain; charset=utf-8"}, b"404 page not found\n")
