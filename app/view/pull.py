"""Commands that pull a reference, for the clients people have."""

import re
from typing import NamedTuple

from app.oci.origin import Origin
from app.oci.value import value

_PLAIN = re.compile(r"[A-Za-z0-9@%+=:,./_-]+")
_UNSAFE_FILE = re.compile(r"[^A-Za-z0-9._-]+")
_IMAGES = frozenset({"image", "index", "list", "manifest list", "schema1", "schema 1"})


@value
class Command(NamedTuple):
    """One line for a shell. `note`: what the client needs besides."""

    client: str
    line: str
    note: str | None


def commands(
    registry: Origin, repository: str, tag: str | None, digest: str | None, kind: str | None
) -> tuple[Command, ...]:
    """How to fetch a manifest: by digest where one is given, else by tag. `kind` None is taken for an image."""
    host = registry.netloc
    reference = f"{host}/{repository}@{digest}" if digest else f"{host}/{repository}:{tag}"
    # A reference with tag and digest both is refused by skopeo; the digest says all.
    label = tag if tag and not digest else (digest or "").partition(":")[2][:12]
    base = _UNSAFE_FILE.sub("-", repository.rpartition("/")[2]).lstrip("-.") or "image"
    plain = registry.scheme == "http"
    if kind is None or kind in _IMAGES:
        return _image(host, reference, base, label, plain)
    return _artifact(host, repository, reference, base, label, plain, tag if kind in ("chart", "helm chart") else None)


def _image(host: str, reference: str, base: str, label: str, plain: bool) -> tuple[Command, ...]:
    daemon = f"The Docker daemon needs “{host}” among its insecure-registries." if plain else None
    return (
        Command("docker", _line("docker pull", reference), daemon),
        Command("podman", _line("podman pull", "--tls-verify=false" if plain else "", reference), None),
        Command("crane", _line("crane pull", "--insecure" if plain else "", reference, f"{base}.tar"), None),
        Command(
            "oras",
            _line("oras copy", "--from-plain-http" if plain else "", reference, "--to-oci-layout", f"{base}:{label}"),
            None,
        ),
        Command("regctl", _line(f"{_regctl(host, plain)} image export", reference, f"{base}.tar"), None),
        _skopeo(reference, base, label, plain),
    )


def _artifact(
    host: str, repository: str, reference: str, base: str, label: str, plain: bool, version: str | None
) -> tuple[Command, ...]:
    flag = "--plain-http" if plain else ""
    # Helm's own rule for OCI: a chart's tag is its version with + written as _.
    words = (f"oci://{host}/{repository}", "--version", version.replace("_", "+")) if version else ()
    return (
        *((Command("helm", _line("helm pull", flag, *words), None),) if words else ()),
        Command("oras", _line("oras pull", flag, reference), None),
        Command("crane", _line("crane pull --format=oci", "--insecure" if plain else "", reference, base), None),
        Command("regctl", _line(f"{_regctl(host, plain)} artifact get", reference, "--output", base), None),
        _skopeo(reference, base, label, plain),
    )


def _skopeo(reference: str, base: str, label: str, plain: bool) -> Command:
    flag = "--src-tls-verify=false" if plain else ""
    return Command("skopeo", _line("skopeo copy", flag, f"docker://{reference}", f"oci:{base}:{label}"), None)


def _regctl(host: str, plain: bool) -> str:
    return f"regctl --host {quoted(f'reg={host},tls=disabled')}" if plain else "regctl"


def _line(start: str, *words: str) -> str:
    """One command line. `start` is ours and stays as it is; every word after it is quoted where a shell needs it."""
    return " ".join([start, *(quoted(word) for word in words if word)])


def quoted(word: str) -> str:
    """The word as a POSIX shell takes it literally."""
    return word if _PLAIN.fullmatch(word) else "'" + word.replace("'", "'\"'\"'") + "'"
