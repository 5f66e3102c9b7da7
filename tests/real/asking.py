"""One request as a page of another origin sends it, and every line of the answer."""

import http.client
import json
from base64 import b64encode
from urllib.parse import urlsplit

from tests.servers.examples import PORTOLAN
from tests.servers.harbour import Harbour
from tests.servers.people import PILOT, Person

PAGE = PORTOLAN


class Answer:
    """Status, body, and every line of every header: a browser refuses what comes twice."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.body = response.read()
        self._lines = [(name.lower(), text) for name, text in response.getheaders()]

    @property
    def names(self) -> list[str]:
        """Of all headers, in lower case."""
        return [name for name, _ in self._lines]

    def all(self, name: str) -> list[str]:
        return [text for found, text in self._lines if found == name.lower()]

    def one(self, name: str) -> str:
        [text] = self.all(name)
        return text

    def listed(self, name: str) -> set[str]:
        return {part.strip().lower() for part in self.one(name).split(",")}


def ask(host: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request as a page of PAGE sends it; `_` in a header's name stands for `-`."""
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        fields = {name.replace("_", "-"): text for name, text in headers.items()}
        connection.request(method, path, headers={"Origin": PAGE, **fields})
        return Answer(connection.getresponse())
    finally:
        connection.close()


def preflight(host: str, path: str, origin: str = PAGE) -> Answer:
    return ask(
        host,
        path,
        "OPTIONS",
        Origin=origin,
        Access_Control_Request_Method="GET",
        Access_Control_Request_Headers="accept,authorization,range",
    )


def basic(person: Person) -> str:
    return f"Basic {b64encode(f'{person.name}:{person.password}'.encode()).decode()}"


def authorization(place: Harbour, scope: str) -> dict[str, str]:
    """The header that a signed-in page sends to the registry."""
    if place.mode == "none":
        return {}
    if place.mode == "htpasswd":
        return {"Authorization": basic(PILOT)}
    realm = urlsplit(place.realm).netloc
    answer = ask(realm, f"/token?service={place.host}&scope={scope}", Authorization=basic(PILOT))
    return {"Authorization": f"Bearer {json.loads(answer.body)['token']}"}
