"""The clients people push and pull with: skopeo and crane, signed in or not."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.servers.binaries import find_binary
from tests.servers.images import TAG, Image, layer
from tests.servers.people import Person

PATIENCE = 60  # seconds for one push; it takes 0.3


class ClientFailed(Exception):
    """A client ended with an error; the text is what it said."""


def _run(command: Sequence[str], said: str = "", environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, input=said, capture_output=True, text=True, timeout=PATIENCE, check=False, env=environment
    )
    if done.returncode:
        raise ClientFailed(f"{Path(command[0]).name} {command[1]}: {done.returncode}\n{done.stderr}")
    return done.stdout.strip()


class Skopeo:
    """skopeo against one registry (`host`: host:port). `folder`: where it keeps who is signed in."""

    def __init__(self, host: str, folder: Path, person: Person | None = None) -> None:
        self._program = find_binary("skopeo")
        self._host = host
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._sign_in = f"--authfile={folder / 'auth.json'}"
        (folder / "auth.json").write_text("{}")
        if person is not None:
            words = [
                "login",
                self._sign_in,
                "--tls-verify=false",
                f"--username={person.name}",
                "--password-stdin",
                host,
            ]
            _run([self._program, *words], person.password)

    def push(self, image: Image, reference: str) -> str:
        """All of an index to `name:tag`; returns the digest that skopeo reports."""
        report = self._folder / "digest"
        self._copy(
            f"oci:{image.layout}:{TAG}", self._at(reference), f"--digestfile={report}", "--dest-tls-verify=false"
        )
        return report.read_text().strip()

    def pull(self, reference: str, into: Path) -> str:
        """All of `name:tag` into an OCI image layout; returns the digest of what is there then."""
        self._copy(self._at(reference), f"oci:{into}:{TAG}", "--src-tls-verify=false")
        pulled: str = json.loads((into / "index.json").read_bytes())["manifests"][0]["digest"]
        return pulled

    def _copy(self, source: str, destination: str, *words: str) -> None:
        _run(
            [self._program, "--insecure-policy", "copy", "--all", "--quiet", self._sign_in, *words, source, destination]
        )

    def _at(self, reference: str) -> str:
        return f"docker://{self._host}/{reference}"


class Crane:
    """crane against one registry (`host`: host:port). `folder`: where it keeps who is signed in."""

    def __init__(self, host: str, folder: Path, person: Person | None = None) -> None:
        self._program = find_binary("crane")
        self._host = host
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        if person is not None:
            self._crane("auth", "login", host, "--username", person.name, "--password-stdin", said=person.password)

    def push(self, image: Image, reference: str) -> str:
        """An index to `name:tag`; returns its digest as crane reports it."""
        reported = self._crane("push", str(image.layout), f"{self._host}/{reference}")
        return reported.rpartition("@")[2]

    def append(self, files: Mapping[str, bytes], reference: str) -> str:
        """A Docker schema 2 image of one layer to `name:tag`, which is what crane makes of nothing; its digest."""
        tarball = self._folder / "layer.tar"
        tarball.write_bytes(layer(files))
        reported = self._crane("append", "--new_layer", str(tarball), "--new_tag", f"{self._host}/{reference}")
        return reported.rpartition("@")[2]

    def digest(self, reference: str) -> str:
        """What the registry says `name:tag` is."""
        return self._crane("digest", f"{self._host}/{reference}")

    def _crane(self, *words: str, said: str = "") -> str:
        return _run([self._program, *words], said, {"DOCKER_CONFIG": str(self._folder), "HOME": str(self._folder)})
