"""Clients that make what skopeo and crane do not: umoci an image layer by layer, regctl an artifact about another."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.servers.binaries import find_binary
from tests.servers.images import TAG, Image
from tests.servers.pushing import PATIENCE, ClientFailed


def run_client(command: Sequence[str], said: bytes = b"", environment: dict[str, str] | None = None) -> str:
    """What it wrote; raises ClientFailed with what it complained of."""
    done = subprocess.run(command, input=said, capture_output=True, timeout=PATIENCE, check=False, env=environment)
    if done.returncode:
        raise ClientFailed(f"{Path(command[0]).name} {command[1]}: {done.returncode}\n{done.stderr.decode()}")
    return done.stdout.decode().strip()


class Umoci:
    """An image that grows by a layer for each thing done to it, in an OCI image layout."""

    def __init__(self, layout: Path) -> None:
        self._layout = layout
        self._at = f"--image={layout}:{TAG}"
        self._umoci("init", f"--layout={layout}")
        self._umoci("new", self._at)

    def insert(self, source: Path, target: str, *, opaque: bool = False) -> None:
        """A layer that has this file or folder there; `opaque`: and nothing that was below it before."""
        self._umoci("insert", self._at, *(["--opaque"] if opaque else []), str(source), target)

    def remove(self, target: str) -> None:
        """A layer with a whiteout."""
        self._umoci("insert", self._at, "--whiteout", target)

    def set(self, *words: str) -> None:
        """Change the config, such as `--config.cmd=x`."""
        self._umoci("config", self._at, *words)

    @property
    def image(self) -> Image:
        """For skopeo to push."""
        return Image(self._layout, "", ())

    def _umoci(self, command: str, *words: str) -> None:
        run_client([find_binary("umoci"), command, *words])


class Regctl:
    """regctl against one registry (`host`: host:port) without a sign-in."""

    def __init__(self, host: str, folder: Path) -> None:
        self._host = host
        folder.mkdir(parents=True, exist_ok=True)
        self._environment = {"REGCTL_CONFIG": str(folder / "config.json"), "HOME": str(folder)}

    def attach(self, subject: str, artifact_type: str, content: bytes) -> str:
        """An artifact of one file about `name:tag`, found by the referrers API or else the fallback tag; its digest."""
        words = ["artifact", "put", f"--artifact-type={artifact_type}", f"--subject={self._host}/{subject}"]
        return self._regctl(*words, "--format={{ .Manifest.GetDescriptor.Digest }}", said=content)

    def _regctl(self, *words: str, said: bytes = b"") -> str:
        command = [find_binary("regctl"), f"--host=reg={self._host},tls=disabled", *words]
        return run_client(command, said, self._environment)
