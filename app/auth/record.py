"""What of a message may be recorded: an allow-list, so that a secret is absent by construction and not masked."""

import json
import re
from base64 import b64decode
from collections.abc import Iterable
from typing import Literal
from urllib.parse import parse_qsl, unquote

from app.ports.transport import Headers, Request

Authorization = Literal["none", "basic", "bearer", "form"]
Fields = tuple[tuple[str, str], ...]

_REQUEST_FIELDS = frozenset({"accept", "content-type", "if-none-match", "range"})
_RESPONSE_FIELDS = frozenset({
    "content-length", "content-range", "content-type", "date", "docker-content-digest",
    "docker-distribution-api-version", "link", "location", "oci-filters-applied", "oci-subject",
    "ratelimit-limit", "ratelimit-remaining", "retry-after", "warning", "www-authenticate",
})  # fmt: skip
# Query parameters whose value says nothing but what was asked; of any other, such as Quay's next_page or the signature
# of a storage, only the name is kept.
_QUERY = frozenset({"artifactType", "digest", "from", "last", "mount", "n", "scope", "service"})
_FORM_SECRETS = frozenset({"access_token", "client_secret", "password", "refresh_token"})
_TOKEN_SECRETS = frozenset({"access_token", "id_token", "refresh_token", "token"})

_LONGEST = 2000
_LONGEST_CHALLENGE = 8000
# What is as short as this, or a plain word as repositories are named by (the sample registry's own password is one), is
# part of too many harmless texts to be looked for alone; together with the user name, and encoded, it still is.
_COMMON = re.compile(r".{0,3}|[a-z]{1,12}", re.DOTALL)

# RFC 3986 section 3.2.1, userinfo: only between "//" and "@", and no URL has a blank or a quote there.
_USER_INFO = re.compile(r"(?<=//)[^\s/?#\"<>@]*@")
_QUERY_STRING = re.compile(r"\?[^\s\"<>#]*")
# Codes of the distribution spec and of RFC 6749 section 5.2, and nothing that could hold a sentence.
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class Secrets:
    """The secrets of what is under way for one request of a caller, held to keep whatever repeats one of them out of
    the record. Empty before `hear` and `learn`."""

    __slots__ = ("_texts",)

    def __init__(self) -> None:
        self._texts: set[str] = set()

    def hear(self, request: Request) -> None:
        """Add the credential that a request carries."""
        scheme, _, credential = (request.header("Authorization") or "").partition(" ")
        self._add(credential.strip())
        if scheme.lower() == "basic":
            self._add_basic(credential)
        if request.body is not None:
            form = parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
            self._learn(form, _FORM_SECRETS)

    def learn(self, body: bytes) -> None:
        """Add the tokens in the answer of a token service."""
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            return
        if isinstance(answer, dict):
            self._learn(answer.items(), _TOKEN_SECRETS)

    def within(self, text: str) -> bool:
        """Whether the text repeats one of the secrets, as it is or percent-encoded, twice too (a form in a URL)."""
        for _ in range(3):
            if any(secret in text for secret in self._texts):
                return True
            text, encoded = unquote(text), text
            if text == encoded:
                return False
        return any(secret in text for secret in self._texts)

    def free(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the texts that repeat no secret: a challenge may name one as a scope."""
        return tuple(text for text in texts if not self.within(text))

    def without(self, url: str) -> str:
        """As much of the URL as repeats no secret: all, all but its query, or its origin."""
        if not self.within(url):
            return url
        place = place_of(url)
        return "/".join(place.split("/")[:3]) if self.within(place) else place

    def _learn(self, fields: Iterable[tuple[str, object]], names: frozenset[str]) -> None:
        for name, text in fields:
            if name in names and isinstance(text, str):
                self._add(text)

    def _add_basic(self, credential: str) -> None:
        try:
            pair = b64decode(credential).decode("utf-8", "replace")
        except ValueError:
            return
        self._add(pair)
        self._add(pair.partition(":")[2])

    def _add(self, text: str) -> None:
        if not _COMMON.fullmatch(text):
            # A form writes a blank as "+", which percent-decoding leaves as it is.
            self._texts |= {text, text.replace(" ", "+")}

    def __repr__(self) -> str:
        return f"Secrets({len(self._texts)})"


def authorization_of(request: Request) -> Authorization:
    """How a request carries a credential: in its Authorization field, in a form, or not at all."""
    scheme = (request.header("Authorization") or "").partition(" ")[0].lower()
    if scheme:
        return "basic" if scheme == "basic" else "bearer"
    if request.body is None:
        return "none"
    fields = parse_qsl(request.body.decode("utf-8", "replace"))
    return "form" if any(name in _FORM_SECRETS for name, _ in fields) else "none"


def request_fields(request: Request) -> Fields:
    """The header fields sent, but Authorization and Cookie; a value that is not known to be harmless is ""."""
    return tuple(
        (name, text[:_LONGEST] if name.lower() in _REQUEST_FIELDS else "")
        for name, text in request.headers
        if name.lower() not in ("authorization", "cookie")
    )


def response_fields(headers: Headers, secrets: Secrets) -> tuple[Fields, tuple[str, ...]]:
    """The header fields that may be shown, and the names of those left out because they repeat a secret."""
    kept, withheld = [], []
    for name, text in headers:
        if name not in _RESPONSE_FIELDS:
            continue
        if secrets.within(text):
            withheld.append(name)
        else:
            kept.append((name, _shown_field(name, text)))
    return tuple(kept), tuple(withheld)


def _shown_field(name: str, text: str) -> str:
    if name == "www-authenticate":
        # As sent, queries too: a challenge says the same to everybody, and how it is written is what is looked for.
        return without_user_info(text[:_LONGEST_CHALLENGE])
    return place_of(text) if name == "location" else shown_text(text)


def without_user_info(text: str) -> str:
    """The text without the user names and passwords in its URLs."""
    return _USER_INFO.sub("", text)


def shown_text(text: str) -> str:
    """A header value without user info and with only harmless values in the queries of its URLs; 2000 characters."""
    return _QUERY_STRING.sub(lambda found: _query(found[0]), _USER_INFO.sub("", text[:_LONGEST]))


def shown_url(url: str) -> str:
    """A URL without user info and fragment; of its query the harmless values, and of the rest the names."""
    return shown_text(url.partition("#")[0])


def place_of(url: str) -> str:
    """A URL without query, fragment and user info: what a redirect to a signed address may show."""
    return _USER_INFO.sub("", re.split(r"[?#]", url[:_LONGEST], maxsplit=1)[0])


def shown_code(code: str, secrets: Secrets) -> str | None:
    """An error code; None for anything that is not like one."""
    return code if _CODE.fullmatch(code) and not secrets.within(code) else None


def _query(text: str) -> str:
    fields = text[1:].split("&")
    return "?" + "&".join(field if field.partition("=")[0] in _QUERY else field.partition("=")[0] for field in fields)
