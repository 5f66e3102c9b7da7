"""What to configure against a verdict, from the same templates that the tests run."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from app.client.endpoints import api_origin
from app.client.storage import known_storage
from app.cors.public import known_silent
from app.cors.subject import Subject
from app.cors.verdict import cause_of, target_of
from app.oci.origin import Origin, OriginError, origin_of
from app.oci.value import value

Origins = Literal["any", "list"]

# In this order they are shown; what is not named comes last.
ORDER = (
    "nginx", "caddy", "haproxy", "apache", "traefik", "envoy", "ingress-nginx", "distribution", "zot",
    "gateway-api", "harbor", "gitlab", "s3-storage", "cloudflare-worker", "token-service", "same-origin", "relay",
)  # fmt: skip

# What a header more or less can mend. A fix that is for another verdict names it.
MENDABLE = frozenset(
    {
        *("no-usable-allow-origin", "cors-only-on-success", "redirect-target-without-cors", "challenge-not-exposed"),
        *("preflight-refused", "allow-headers-missing", "allow-headers-lacks-authorization"),
        *("allow-headers-lacks-accept", "digest-not-exposed", "link-not-exposed"),
        *("blob-endpoint-without-cors", "blob-redirect-without-cors"),
    }
)
_OF_THE_STORAGE = frozenset({"blob-redirect-without-cors", "blob-storage-unreachable"})
AROUND = ("same-origin", "relay")

# Only these names are filled in: a server's own variables look alike and have to stay.
_NAME = re.compile(r"\$\{([A-Z_]+)\}")


@value
class Fix(NamedTuple):
    """`server`: folder in cors-examples/, with the file's stem where the fix has a title of its own.

    `title`, `note`, `ran`: for people, as the example has them; `ran`: on which servers and when, or that it was not.
    `language`: of the code box. `text`: the configuration, filled in; None where the server has no setting that helps,
    `note` then says why.
    """

    server: str
    title: str
    language: str
    text: str | None
    note: str
    ran: str


@value
class Example(NamedTuple):
    """One entry of an example.toml, `template` None for what has no setting that helps."""

    fix: Fix
    target: str
    origins: str
    verdicts: tuple[str, ...]
    template: str | None

    def helps(self, cause: str, target: str) -> bool:
        """Whether it is an answer to that cause."""
        return self.target == target and (cause in self.verdicts if self.verdicts else cause in MENDABLE)


class Shelf:
    """The examples that were found, in the order they are shown."""

    def __init__(self, examples: tuple[Example, ...] = ()) -> None:
        self.examples = examples

    def fixes(self, verdict: str, subject: Subject, origins: Origins, delete: bool) -> tuple[Fix, ...]:
        """The fixes for one verdict. `origins`: any origin, or this page's alone (any where the page has none).

        `delete`: whether the page may delete. The subject's `realm`, where it is known, names the token service.
        """
        cause = cause_of(verdict)
        target = "storage" if cause in _OF_THE_STORAGE else "token" if target_of(verdict) == "token" else "registry"
        choice = "any" if subject.page is None else origins
        names = _names(subject, choice, delete)
        fitting = [one for one in self.examples if one.helps(cause, target) and one.origins in ("both", choice)]
        helpless = {one.fix.server for one in fitting if one.template is None}
        return tuple(_filled(one, names) for one in fitting if one.template is None or one.fix.server not in helpless)

    def ways_around(self, subject: Subject) -> tuple[Fix, ...]:
        """For registries that nobody here can change: the page on the registry's own origin, and a relay."""
        found = [one for one in self.examples if one.target in AROUND and one.template is not None]
        found.sort(key=lambda one: AROUND.index(one.target))
        choice: Origins = "any" if subject.page is None else "list"
        names = {"same-origin": _names(subject, choice, False), "relay": _relay_names(subject, choice)}
        return tuple(_filled(one, names[one.target]) for one in found)


def load(folder: Path) -> Shelf:
    """The examples in `folder`/*/example.toml; one that is missing or broken is left out, never an error."""
    try:
        servers = sorted((file.parent for file in folder.glob("*/example.toml")), key=_place)
    except OSError:
        return Shelf()
    return Shelf(tuple(example for server in servers for example in _examples(server)))


def _place(server: Path) -> tuple[int, str]:
    return (ORDER.index(server.name) if server.name in ORDER else len(ORDER), server.name)


def _examples(server: Path) -> tuple[Example, ...]:
    import tomllib  # only who looks at a fix pays for this import

    try:
        found = tomllib.loads((server / "example.toml").read_text("utf-8"))
        ran = f"Ran {found['ran']}" if "ran" in found else f"Not run here: {found['not-run']}"
        base = Fix(server.name, str(found["title"]), str(found["language"]), None, "", ran)
        entries = [(entry, True) for entry in found.get("fix", ())] + [
            (entry, False) for entry in found.get("none", ())
        ]
        read = [_example(server, base, entry, has_file) for entry, has_file in entries]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()
    return tuple(example for example in read if example is not None)


def _example(server: Path, base: Fix, entry: Mapping[str, object], has_file: bool) -> Example | None:
    verdicts = entry.get("verdicts", [])
    named = tuple(str(name) for name in verdicts) if isinstance(verdicts, list) else ()
    fix = base._replace(
        title=str(entry.get("title", base.title)),
        language=str(entry.get("language", base.language)),
        note=str(entry.get("note", "")),
    )
    template = None
    if has_file:
        file = server / str(entry["file"])
        try:
            template = file.read_text("utf-8")
        except (OSError, ValueError):
            return None
        if "title" in entry:
            fix = fix._replace(server=f"{server.name}/{file.name.partition('.')[0]}")
    return Example(fix, str(entry["for"]), str(entry.get("origins", "both")), named, template)


def _filled(example: Example, names: Mapping[str, str]) -> Fix:
    if example.template is None:
        return example.fix
    text = _NAME.sub(lambda found: names.get(found[1], found[0]), example.template)
    return example.fix._replace(text=text)


def _names(subject: Subject, origins: Origins, delete: bool) -> dict[str, str]:
    page = "https://portolan.example" if subject.page is None else str(subject.page)
    realm = _realm(subject) or subject.registry
    return {
        "REGISTRY_HOST": subject.registry.netloc,
        "REGISTRY_LISTEN": _listen(subject.registry),
        "REGISTRY_UPSTREAM": "127.0.0.1:5000",
        "TOKEN_HOST": realm.netloc,
        "TOKEN_LISTEN": _listen(realm),
        "TOKEN_UPSTREAM": "127.0.0.1:5001",
        "ANY_ORIGIN": "*" if origins == "any" else "",
        "ALLOWED_ORIGIN": page,
        "METHODS": "GET, HEAD, OPTIONS, DELETE" if delete else "GET, HEAD, OPTIONS",
        "SITE_ROOT": "/srv/portolan",
    }


def _relay_names(subject: Subject, origins: Origins) -> dict[str, str]:
    upstream, known = str(api_origin(subject.registry)), known_silent(subject.registry)
    realm = _realm(subject) or (known.realm if known is not None else None)
    # Of a storage under many names none can be given for all.
    storage = next((origin for origin in known_storage(subject.registry) if "*" not in origin), None)
    return {
        **_names(subject, origins, False),
        "REGISTRY_HOST": "relay.example",
        "REGISTRY_LISTEN": "*:443",
        "UPSTREAM_REGISTRY": upstream,
        "UPSTREAM_TOKEN": upstream if realm is None else str(realm),
        "UPSTREAM_STORAGE": storage or "https://storage.example",
    }


def _realm(subject: Subject) -> Origin | None:
    try:
        return None if subject.realm is None else origin_of(subject.realm)
    except OriginError:
        return None


def _listen(origin: Origin) -> str:
    return f"*:{origin.port or (80 if origin.scheme == 'http' else 443)}"
