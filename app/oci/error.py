"""The error body of the distribution spec, and what hides in it."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from app.oci.document import InvalidDocument, Json, decode
from app.oci.value import value

_LARGEST_BODY = 256 * 1024
_MOST_ERRORS = 100


@value
class ErrorInfo(NamedTuple):
    """distribution-spec, "Error Codes"; `detail` is the text, or compact JSON of whatever else it was."""

    code: str
    message: str
    detail: str


def parse_errors(data: bytes) -> tuple[ErrorInfo, ...]:
    """The errors in the body of an answer: `{"errors": […]}`, or one bare error as zot sends with a 401.

    Never raises: HTML, text and anything else give ().
    """
    return tuple(
        ErrorInfo(_text(found.get("code")), _text(found.get("message")), _text(found.get("detail")))
        for found in _errors(data)
    )


def scopes_in_detail(data: bytes) -> tuple[str, ...]:
    """Scopes as `type:name:actions` from the detail of a 401, for when its challenge is hidden from the page.

    distribution's spec/auth/token.md: `detail` lists the access that was refused as `{Type, Name, Action}`. Never
    raises.
    """
    actions: dict[str, list[str]] = {}
    for found in _errors(data):
        detail = found.get("detail")
        for access in detail if isinstance(detail, list) else [detail]:
            if not isinstance(access, dict):
                continue
            kind, name, action = (access.get(key) for key in ("Type", "Name", "Action"))
            if isinstance(kind, str) and isinstance(name, str) and isinstance(action, str) and kind and name:
                known = actions.setdefault(f"{kind}:{name}", [])
                if action and action not in known:
                    known.append(action)
    return tuple(f"{resource}:{','.join(known)}" for resource, known in actions.items() if known)


def _errors(data: bytes) -> list[Mapping[str, Json]]:
    try:
        found = decode(data, "error", _LARGEST_BODY)
    except InvalidDocument:
        return []
    if not isinstance(found, dict):
        return []
    errors = found.get("errors", [found] if "code" in found else [])
    # Some registries write the one error without its list.
    listed = errors if isinstance(errors, list) else [errors]
    return [error for error in listed[:_MOST_ERRORS] if isinstance(error, dict)]


def _text(found: Json) -> str:
    if found is None:
        return ""
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False, separators=(",", ":"))
