"""A password that the proxy itself asks for: the commented lines of cors-examples/, switched on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers.fronting import fronting, unchanged, without_comments
from tests.servers.htpasswd import htpasswd_line
from tests.servers.people import PILOT
from tests.servers.proxies import Proxy

PEOPLE = f'userlist people\n    user {PILOT.name} insecure-password "{PILOT.password}"\n'


@contextmanager
def asking_itself(
    proxy: Proxy, folder: Path, logs: Path, upstream: str, change: Callable[[str], str] = unchanged
) -> Iterator[str]:
    """The host:port of a proxy that asks for PILOT's password in front of a registry that asks for none.

    `change`: what is done to its configuration then.
    """
    line = htpasswd_line(PILOT)
    # Apache's workers are nobody, who cannot look into the folders of a test.
    with TemporaryDirectory() as name:
        file = Path(name) / "htpasswd"
        file.write_text(line)
        file.chmod(0o644)
        file.parent.chmod(0o755)

        def switched_on(text: str) -> str:
            if proxy == "nginx":
                return without_comments(text, "# auth_basic ", 2).replace("/etc/nginx/htpasswd", str(file))
            if proxy == "apache":
                return without_comments(text, "# <Location", 6).replace("/etc/apache2/htpasswd", str(file))
            if proxy == "haproxy":
                return without_comments(text, "# http-request auth", 1)
            text = without_comments(text, "# basicauth", 3)
            return text.replace("pilot $2a$14$…", line.replace(":", " ", 1).strip())

        more = {"01-people": PEOPLE} if proxy == "haproxy" else {}
        with fronting(proxy, folder, logs, upstream, change=lambda text: change(switched_on(text)), more=more) as host:
            yield host
