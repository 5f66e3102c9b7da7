"""Credentials out of docker's `~/.docker/config.json`, or podman's `auth.json`, which has the same form.

docker/cli, cli/config/types/authconfig.go; containers-auth.json(5). `auth` is the base64 of `user:password`; what a
credential helper keeps is outside the file, and a page cannot run one.
"""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from app.auth.credential import Credential, IdentityToken, Password, RegistryToken, is_sendable
from app.oci.document import InvalidDocument, Json, decode
from app.oci.grammar import masked
from app.oci.origin import Origin, OriginError, parse_origin
from app.oci.value import value

LONGEST = 1024 * 1024
"""Bytes of a configuration that are read."""

_MOST_ENTRIES = 1000
_LONGEST_KEY = 1000
# docker.io in references; the key that docker login writes is the address of the first index.
_DOCKER_HUB = frozenset({"index.docker.io", "docker.io", "registry-1.docker.io", "registry.hub.docker.com"})

ConfigReason = Literal[
    "too-large", "not-json", "not-an-object", "no-auths", "too-many", "not-a-registry", "wrong-type", "base64",
    "not-utf-8", "no-colon", "no-credential", "in-helper", "bad-token",
]  # fmt: skip


@value
class ConfigProblem(NamedTuple):
    """What could not be used. `path`: `auths["host"].auth`, "" for the whole; never with a secret in it.

    `reason`: in-helper: the credential is in a credential helper; no-credential: an entry without any; no-colon: `auth`
    is not user:password; bad-token: characters that no header can carry.
    """

    path: str
    reason: ConfigReason


@value
class ConfigEntry(NamedTuple):
    """A credential for a registry; `namespace`: podman's narrowing to `org` or `org/app`, "" for the whole registry."""

    registry: Origin
    credential: Credential
    namespace: str


@value
class DockerConfig(NamedTuple):
    """`helpers`: the programs that keep credentials for it elsewhere, each once."""

    entries: tuple[ConfigEntry, ...]
    helpers: tuple[str, ...]
    problems: tuple[ConfigProblem, ...]


def parse_docker_config(text: str) -> DockerConfig:
    """Read the file; never raises. One bad entry does not hide the others."""
    if len(text) > LONGEST:
        return _unusable("too-large")
    try:
        found = decode(text.encode("utf-8", "surrogatepass"), "config", LONGEST)
    except InvalidDocument:
        return _unusable("not-json")
    if not isinstance(found, dict):
        return _unusable("not-an-object")
    problems: list[ConfigProblem] = []
    helpers = tuple(dict.fromkeys(_helpers(found, problems)))
    auths = found.get("auths")
    if auths is None:
        # With a helper for everything the table may be missing altogether.
        problems.append(ConfigProblem("auths", "in-helper" if helpers else "no-auths"))
        auths = {}
    elif not isinstance(auths, dict):
        problems.append(ConfigProblem("auths", "wrong-type"))
        auths = {}
    if len(auths) > _MOST_ENTRIES:
        problems.append(ConfigProblem("auths", "too-many"))
    entries = []
    for key in list(auths)[:_MOST_ENTRIES]:
        entry = _entry(key, auths[key], bool(helpers))
        if isinstance(entry, ConfigEntry):
            entries.append(entry)
        else:
            problems.append(entry)
    return DockerConfig(tuple(entries), helpers, tuple(problems))


def _unusable(reason: ConfigReason) -> DockerConfig:
    return DockerConfig((), (), (ConfigProblem("", reason),))


def _helpers(config: Mapping[str, Json], problems: list[ConfigProblem]) -> Iterator[str]:
    store, by_registry = config.get("credsStore"), config.get("credHelpers")
    if isinstance(store, str):
        if store:
            yield _shown(store)
    elif store is not None:
        problems.append(ConfigProblem("credsStore", "wrong-type"))
    if isinstance(by_registry, dict):
        for key in list(by_registry)[:_MOST_ENTRIES]:
            helper = by_registry[key]
            if isinstance(helper, str) and helper:
                problems.append(ConfigProblem(f'credHelpers["{_shown(key)}"]', "in-helper"))
                yield _shown(helper)
            elif helper != "":
                problems.append(ConfigProblem(f'credHelpers["{_shown(key)}"]', "wrong-type"))
    elif by_registry is not None:
        problems.append(ConfigProblem("credHelpers", "wrong-type"))


def _entry(key: str, found: Json, has_helper: bool) -> ConfigEntry | ConfigProblem:
    path = f'auths["{_shown(key)}"]'
    place = _place(key)
    if place is None:
        return ConfigProblem(path, "not-a-registry")
    if not isinstance(found, dict):
        return ConfigProblem(path, "wrong-type")
    for field in ("auth", "username", "password", "identitytoken", "registrytoken"):
        if not isinstance(found.get(field, ""), str):
            return ConfigProblem(f"{path}.{field}", "wrong-type")
    credential = _credential({name: text for name, text in found.items() if isinstance(text, str)})
    if isinstance(credential, _Unusable):
        # `docker login` with a helper leaves an empty entry behind.
        in_helper = has_helper and credential.reason == "no-credential"
        return ConfigProblem(path + credential.field, "in-helper" if in_helper else credential.reason)
    return ConfigEntry(place.registry, credential, place.namespace)


class _Place(NamedTuple):
    registry: Origin
    namespace: str


def _place(key: str) -> _Place | None:
    """`https://host/v1/`, `host:port` and podman's `host/org/app`; docker drops the path of a key with a scheme."""
    if len(key) > _LONGEST_KEY:
        return None
    scheme, found, rest = key.strip().partition("://")
    host, _, path = (rest if found else scheme).partition("/")
    if path.strip("/") in ("v1", "v2") or found:
        path = ""
    if host.lower() in _DOCKER_HUB:
        return _Place(Origin("https", "docker.io", None), path.strip("/"))
    try:
        return _Place(parse_origin(f"{scheme}://{host}" if found else host), path.strip("/"))
    except OriginError:
        return None


class _Unusable(NamedTuple):
    field: str
    reason: ConfigReason


def _credential(fields: Mapping[str, str]) -> Credential | _Unusable:
    """The strongest that the entry has, as docker takes it: identity token, registry token, password."""
    username, password = fields.get("username", ""), fields.get("password", "")
    if fields.get("auth"):
        pair = _pair(fields["auth"])
        if isinstance(pair, _Unusable):
            return pair
        username, password = pair
    identity, token = fields.get("identitytoken", "").strip(), fields.get("registrytoken", "").strip()
    # docker/docker-credential-helpers: under the user name "token", in angle brackets, the secret is an identity token.
    nameless = username[:1] == "<" and username[1:] == "token>"
    if not identity and nameless:
        identity = password.strip()
    if identity:
        known = "" if nameless else username
        return (
            IdentityToken(known or None, identity)
            if is_sendable(identity)
            else _Unusable(".identitytoken", "bad-token")
        )
    if token:
        return RegistryToken(token) if is_sendable(token) else _Unusable(".registrytoken", "bad-token")
    if username and password:
        return Password(username, password)
    return _Unusable("", "no-credential")


def _pair(auth: str) -> tuple[str, str] | _Unusable:
    # RFC 7617 section 2: a user name has no colon, so the first one ends it and the password may have more.
    try:
        decoded = b64decode("".join(auth.split()), validate=True).decode()
    except (Base64Error, UnicodeEncodeError):
        return _Unusable(".auth", "base64")
    except UnicodeDecodeError:
        return _Unusable(".auth", "not-utf-8")
    except ValueError:
        return _Unusable(".auth", "base64")
    username, colon, password = decoded.partition(":")
    # docker/cli trims these too: old versions padded with them.
    return (username, password.strip("\x00")) if colon else _Unusable(".auth", "no-colon")


def _shown(text: str) -> str:
    """A key or a helper's name fit for a message: no user info, nothing unprintable, at most 100 characters."""
    return "".join(character for character in masked(text[:_LONGEST_KEY]) if character.isprintable())[:100]
