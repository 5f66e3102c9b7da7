"""distribution, the registry of Docker: 2.8 as Debian packages it, and 3."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from tests.servers.binaries import find_binary
from tests.servers.htpasswd import htpasswd_line
from tests.servers.office import Office
from tests.servers.people import PILOT
from tests.servers.ports import LOOPBACK, is_open, reserve_port
from tests.servers.processes import running

Version = Literal["2.8", "3.1"]
VERSIONS: tuple[Version, ...] = ("2.8", "3.1")
PROGRAMS: Mapping[Version, str] = {"2.8": "docker-registry", "3.1": "registry"}

Auth = Mapping[str, Mapping[str, str]]
OPEN: Auth = {}


def htpasswd_auth(folder: Path) -> Auth:
    """Basic, for PILOT alone."""
    file = folder / "htpasswd"
    file.write_text(htpasswd_line(PILOT))
    return {"htpasswd": {"realm": "Harbour", "path": str(file)}}


def token_auth(folder: Path, version: Version, realm: str, service: str, office: Office) -> Auth:
    """Bearer, with tokens of `office`; `realm`: the URL under which clients reach it, `service`: what it calls us."""
    told = {"realm": realm, "service": service, "issuer": office.issuer}
    if office.jwks and version != "2.8":  # which knows certificates alone
        keys = folder / "token.json"
        keys.write_text(office.jwks)
        return {"token": {**told, "jwks": str(keys)}}
    bundle = folder / "token.pem"
    bundle.write_bytes(office.certificate)
    return {"token": {**told, "rootcertbundle": str(bundle)}}


@contextmanager
def distribution(
    version: Version,
    folder: Path,
    log: Path,
    auth: Auth = OPEN,
    headers: Mapping[str, list[str]] | None = None,
    blobs_at: str = "",
) -> Iterator[str]:
    """The host:port of a registry whose storage is in `folder`. `headers`: its own http.headers.

    `blobs_at`: the origin to which whoever wants a blob is redirected, as to S3; "" for none. It has to serve what is
    in `folder`/storage.
    """
    program = find_binary(PROGRAMS[version])
    port = reserve_port()
    config = {
        "version": "0.1",
        "log": {"level": "info"},
        "storage": {"filesystem": {"rootdirectory": str(folder / "storage")}, "delete": {"enabled": True}},
        "http": {"addr": f"{LOOPBACK}:{port}", "secret": "of this test alone", "headers": headers or {}},
        "auth": auth,
    }
    if blobs_at:
        config["middleware"] = {"storage": [{"name": "redirect", "options": {"baseurl": f"{blobs_at}/"}}]}
    file = folder / "config.yml"
    file.write_text(json.dumps(config))  # JSON is YAML
    # Version 3 would look for a collector of traces on this machine.
    quiet = {"OTEL_TRACES_EXPORTER": "none"}
    with running([program, "serve", str(file)], log, lambda: is_open(port), quiet):
        yield f"{LOOPBACK}:{port}"
