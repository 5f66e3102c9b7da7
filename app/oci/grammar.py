"""What every parser of a text says when it refuses: the text, where, and why."""

import re

_INVISIBLE = {" ": "a space", "\t": "a tab", "\n": "a line break", "\r": "a line break"}

# What may follow the `@` of a reference: a digest, even a mistyped one. Anything else before which an `@` stands is
# taken for a host, and what precedes that `@` for a user name and a password.
_DIGEST_AHEAD = re.compile(r"(?:sha[0-9]+|blake[0-9a-z]+):|[A-Za-z0-9]++(?:[+._-][A-Za-z0-9]++)*+:[A-Za-z0-9=_-]{32}")


class GrammarError(ValueError):
    """A text that its grammar refuses.

    `text` is what was parsed, with anything that looks like a password replaced by as many `*`; `position` is the
    index of the first offending character (`len(text)` when the text ends too early); `reason` is one sentence.
    """

    def __init__(self, text: str, position: int, reason: str) -> None:
        self.text = masked(text)
        self.position = position
        self.reason = reason
        super().__init__(self.text, position, reason)

    def __str__(self) -> str:
        return f"{self.reason} (character {self.position + 1})"


def credentials_at(text: str) -> int | None:
    """The index of the last `@` that ends a user name or password, or None."""
    at = text.rfind("@")
    while at >= 0:
        if not _DIGEST_AHEAD.match(text, at + 1):
            return at
        at = text.rfind("@", 0, at)
    return None


def masked(text: str) -> str:
    """The same text, equally long, with `*` for each character of a user name and password before a host."""
    at = credentials_at(text)
    if at is None:
        return text
    start = max(text.rfind(space, 0, at) for space in (" ", "\t", "\n")) + 1
    scheme = text.find("://", start, at)
    if scheme >= 0:
        start = scheme + 3
    return text[:start] + "*" * (at - start) + text[at:]


def named(character: str) -> str:
    """A character as a sentence can name it: `“@”`, `a space`, `U+200B`; `the end` for no character."""
    if not character:
        return "the end"
    if character in _INVISIBLE:
        return _INVISIBLE[character]
    if not character.isprintable():
        return f"the invisible character U+{ord(character):04X}"
    return f"“{character}”"
