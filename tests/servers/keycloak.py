"""Keycloak as a token service: one realm, PILOT in it, and a client of its protocol `docker-v2`.

It lets whoever signs in do whatever is asked, and nobody else anything.
"""

import http.client
import json
import shutil
from base64 import b32encode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.servers.binaries import find_binary
from tests.servers.office import Office, self_signed
from tests.servers.people import PILOT
from tests.servers.ports import LOOPBACK, reserve_port
from tests.servers.processes import running

PATIENCE = 240.0  # seconds; it takes 20, on a busy machine more than 60

REALM = "harbour"
SERVICE = "lab-registry"
ISSUER = "http://keycloak.example"  # what its tokens are to say, wherever it is reached

# Java's thorough compiler pays only for servers that run for long.
ENVIRONMENT = {"JAVA_OPTS_KC_HEAP": "-Xms128m -Xmx512m", "JAVA_OPTS_APPEND": "-XX:TieredStopAtLevel=1"}


@contextmanager
def keycloak(folder: Path, log: Path) -> Iterator[Office]:
    """Keycloak, once its realm can be reached: tens of seconds, and half a GB. Nothing of it stays."""
    program = _home(folder, Path(find_binary("kc.sh")).parents[1])
    key = rsa.generate_private_key(65537, 2048)
    certificate = self_signed(key, REALM).public_bytes(Encoding.PEM)
    imported = folder / "data" / "import" / f"{REALM}.json"
    imported.parent.mkdir(parents=True)
    imported.write_text(json.dumps(_realm(key, certificate)))
    port = reserve_port()
    listening = ("--http-enabled=true", f"--http-host={LOOPBACK}", f"--http-port={port}", f"--hostname={ISSUER}")
    # A cache of several nodes would listen on other addresses than loopback.
    command = [str(program), "start", "--optimized", "--import-realm", "--cache=local", "--log-level=warn", *listening]
    with running(command, log, lambda: _answers(port), ENVIRONMENT, PATIENCE):
        yield Office(
            upstream=f"{LOOPBACK}:{port}",
            path=f"/realms/{REALM}/protocol/docker-v2/auth",
            issuer=f"{ISSUER}/realms/{REALM}",
            certificate=certificate,
            jwks=_jwks(key.public_key()),
            service=SERVICE,
        )


def _home(folder: Path, installed: Path) -> Path:
    """An installation of its own for this run, with links to what is only read; returns its kc.sh."""
    folder.mkdir(parents=True)
    for name in ("conf", "lib", "providers", "themes"):
        (folder / name).symlink_to(installed / name)
    shutil.copytree(installed / "bin", folder / "bin")  # kc.sh takes the folder above its own for its home
    return folder / "bin" / "kc.sh"


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
    try:
        connection.request("GET", f"/realms/{REALM}")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _realm(key: rsa.RSAPrivateKey, certificate: bytes) -> dict[str, object]:
    """The realm as Keycloak imports it; without all three names it would want the user to complete the profile."""
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    settings = {"priority": "100", "algorithm": "RS256", "privateKey": private, "certificate": certificate}
    texts = {name: [text.decode() if isinstance(text, bytes) else text] for name, text in settings.items()}
    return {
        "realm": REALM,
        "enabled": True,
        "sslRequired": "none",
        "clients": [{"clientId": SERVICE, "protocol": "docker-v2", "enabled": True}],
        "users": [
            {
                "username": PILOT.name,
                "enabled": True,
                "email": "pilot@harbour.example",
                "emailVerified": True,
                "firstName": "Ada",
                "lastName": "Lead",
                "credentials": [{"type": "password", "value": PILOT.password, "temporary": False}],
            }
        ],
        "components": {"org.keycloak.keys.KeyProvider": [{"name": "own", "providerId": "rsa", "config": texts}]},
    }


def _jwks(key: rsa.RSAPublicKey) -> str:
    """The key under the id that Keycloak's docker tokens name, which is not the one of its own JWKS.

    It is Docker's (libtrust): 240 bits of the SHA-256 of the public key's DER, in base32, in groups of four.
    """
    letters = b32encode(
        sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()[:30]
    ).decode()
    numbers = key.public_numbers()
    public = {
        "kty": "RSA",
        "use": "sig",
        "alg": "RS256",
        "kid": ":".join(letters[at : at + 4] for at in range(0, len(letters), 4)),
        "n": _unsigned(numbers.n),
        "e": _unsigned(numbers.e),
    }
    return json.dumps({"keys": [public]})


def _unsigned(number: int) -> str:
    """RFC 7518 section 2: Base64urlUInt."""
    return urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8)).rstrip(b"=").decode()
