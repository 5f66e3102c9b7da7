"""Who may sign in to the servers of the tests."""

from typing import NamedTuple


class Person(NamedTuple):
    """A user name and a password."""

    name: str
    password: str

    def __repr__(self) -> str:
        return f"Person({self.name})"


# A colon and letters beyond ASCII: RFC 7617 allows both in a password, and UTF-8 is what servers take.
PILOT = Person("pilot", "lead:line-Überfahrt")
