"""Files of passwords as htpasswd of apache2-utils writes them."""

import subprocess

from tests.servers.binaries import find_binary
from tests.servers.people import Person


def htpasswd_line(person: Person) -> str:
    """`name:hash`, bcrypt."""
    made = subprocess.run(
        [find_binary("htpasswd"), "-niB", person.name], input=person.password.encode(), capture_output=True, check=True
    )
    return made.stdout.decode()
