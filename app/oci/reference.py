"""References as docker writes them: registry, repository, tag and digest."""

import re
from typing import NamedTuple

from app.oci.digest import Digest, DigestError, parse_digest
from app.oci.grammar import GrammarError, credentials_at, named
from app.oci.host import ipv6_groups
from app.oci.value import value

HUB = "docker.io"
_HUB_LEGACY = "index.docker.io"
_HUB_OFFICIAL = "library/"
_LONGEST_NAME = 255
_LONGEST_TAG = 128

# distribution/reference, reference.go (the same in distribution-spec, "Pulling manifests"):
#   path-component := alpha-numeric [separator alpha-numeric]*
#   alpha-numeric  := /[a-z0-9]+/
#   separator      := /[_.]|__|[-]+/
_COMPONENT = re.compile(r"[a-z0-9]++(?:(?:__|[._]|-++)[a-z0-9]++)*")
_SEPARATORS = re.compile(r"[._-]++")
#   tag            := /[\w][\w.-]{0,127}/
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*+")
#   domain           := host [':' port-number]
#   host             := domain-name | IPv4address | \[ IPv6address \]
#   domain-component := /([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])/
_DOMAIN_CHARACTERS = re.compile(r"[A-Za-z0-9.-]*+")
_DOMAIN_COMPONENT = re.compile(r"[A-Za-z0-9]++(?:-++[A-Za-z0-9]++)*+")
_IPV6 = re.compile(r"\[([0-9a-fA-F:]*)\]")
_PORT = re.compile(r"[0-9]*+")
#   identifier       := /[a-f0-9]{64}/
_IDENTIFIER = re.compile(r"[a-f0-9]{64}")


class InvalidReference(GrammarError):
    """A text that is no reference, or a name or tag that is none."""


@value
class Reference(NamedTuple):
    """A reference in full; `str()` gives `registry/repository[:tag][@digest]`. No tag is None, not `latest`."""

    registry: str
    repository: str
    tag: str | None
    digest: Digest | None

    def __str__(self) -> str:
        return f"{self.registry}/{self.repository}{_suffix(self)}"


def _suffix(reference: Reference) -> str:
    tag = "" if reference.tag is None else f":{reference.tag}"
    return tag if reference.digest is None else f"{tag}@{reference.digest}"


def familiar(reference: Reference) -> str:
    """The short form docker shows, `redis:7` for `docker.io/library/redis:7`; in full where that would name another."""
    if reference.registry != HUB:
        return str(reference)
    name = reference.repository
    official = name.removeprefix(_HUB_OFFICIAL)
    short = (name if "/" in official else official) + _suffix(reference)
    # Docker shows `docker.io/a.b/c` as `a.b/c`, which it then reads as repository `c` of the registry `a.b`.
    first, slash, _ = short.partition("/")
    misread = (slash and _is_domain(first)) or _IDENTIFIER.fullmatch(short)
    return str(reference) if misread else short


def parse_reference(text: str) -> Reference:
    """Parse a reference by docker's grammar, familiar names included (distribution/reference, `ParseNormalizedNamed`).

    Without a domain it is Docker Hub's: so are `ghcr.io`, `localhost:5000` and `registry:5000` alone. Raises
    InvalidReference. One thing that docker takes is refused: `a_b.example/c`, a name without any registry to ask,
    since a domain has no underscore.
    """
    if _IDENTIFIER.fullmatch(text):
        raise InvalidReference(text, 0, "A repository name cannot be 64 hexadecimal digits; that is a digest's form.")
    at = credentials_at(text)
    if at is not None:
        raise InvalidReference(text, at, "“@” stands before a digest alone, such as @sha256:….")
    domain, slash, rest = text.partition("/")
    if not slash or not _is_domain(domain):
        domain, rest, start = HUB, text, 0
    else:
        start = len(domain) + 1
        _check_domain(text, domain)
    if domain == _HUB_LEGACY:
        domain = HUB
    try:
        name, tag, digest = parse_name(rest)
    except InvalidReference as error:
        raise InvalidReference(text, start + error.position, error.reason) from None
    # Docker refuses algorithms that it cannot compute.
    if digest is not None and not digest.verifiable:
        reason = f"Docker knows no digests of the algorithm {digest.algorithm}."
        raise InvalidReference(text, text.rindex("@") + 1, reason)
    if domain == HUB and "/" not in name:
        name = _HUB_OFFICIAL + name
    if len(name) > _LONGEST_NAME:
        raise InvalidReference(text, len(text), _too_long())
    return Reference(domain, name, tag, digest)


def parse_name(text: str) -> tuple[str, str | None, Digest | None]:
    """Repository, tag and digest of `NAME[:TAG][@DIGEST]`, what follows a registry. Raises InvalidReference."""
    name_and_tag, at, encoded = text.partition("@")
    name, colon, tag = name_and_tag.partition(":")
    start = 0
    try:
        check_repository(name)
        start = len(name) + 1
        if colon:
            check_tag(tag)
        start = len(name_and_tag) + 1
        return name, tag if colon else None, parse_digest(encoded) if at else None
    except (InvalidReference, DigestError) as error:
        raise InvalidReference(text, start + error.position, error.reason) from None


def _is_domain(component: str) -> bool:
    return component == "localhost" or "." in component or ":" in component or component.lower() != component


def _check_domain(text: str, domain: str) -> None:
    host = domain
    match = _IPV6.match(domain)
    if match:
        if ipv6_groups(match[1]) is None and not match[1]:
            raise InvalidReference(text, 1, "An IPv6 address stands between the brackets.")
        end = match.end()
    elif domain.startswith("["):
        raise InvalidReference(text, 0, "An IPv6 address is hexadecimal digits and colons in brackets.")
    else:
        characters = _DOMAIN_CHARACTERS.match(domain)
        end = characters.end() if characters else 0
        host = domain[:end]
        if end < len(domain) and domain[end] != ":":
            reason = f"A registry's host has letters, digits, dots and hyphens, not {named(domain[end])}."
            raise InvalidReference(text, end, reason)
        start = 0
        for component in host.split("."):
            if not _DOMAIN_COMPONENT.fullmatch(component):
                raise InvalidReference(text, start, "A part of a host starts and ends with a letter or a digit.")
            start += len(component) + 1
    if end == len(domain):
        return
    if domain[end] != ":":
        raise InvalidReference(text, end, f"A port or a path follows “]”, not {named(domain[end])}.")
    digits = _PORT.match(domain, end + 1)
    stop = digits.end() if digits else end + 1
    if stop < len(domain) or stop == end + 1:
        raise InvalidReference(text, stop, f"A port is a number, not {named(text[stop])}.")


def check_repository(name: str) -> None:
    """Check a repository's name without its registry. Raises InvalidReference at the first offending character."""
    if not name:
        raise InvalidReference(name, 0, "The name of a repository is missing.")
    start = 0
    for component in name.split("/"):
        match = _COMPONENT.match(component)
        end = match.end() if match else 0
        if end < len(component) or not component:
            offset, reason = _component_mistake(component, end)
            raise InvalidReference(name, start + offset, reason)
        start += len(component) + 1
    if len(name) > _LONGEST_NAME:
        raise InvalidReference(name, _LONGEST_NAME, _too_long())


def _too_long() -> str:
    return f"The name of a repository has at most {_LONGEST_NAME} characters."


def _component_mistake(component: str, end: int) -> tuple[int, str]:
    if not component:
        return 0, "A part of a repository name is missing: a slash has a part before it and one after it."
    character = component[end]
    if character.lower() != character:
        return end, f"Repository names are lower case: {named(character)} is not allowed."
    separators = _SEPARATORS.match(component, end)
    if separators is None:
        allowed = "lower-case letters, digits and single . _ - between them"
        return end, f"A repository name has {allowed}, not {named(character)}."
    if end == 0 or separators.end() == len(component):
        where = "start" if end == 0 else "end"
        position = end if end == 0 else len(component) - 1
        return position, f"A part of a repository name does not {where} with {named(component[position])}."
    after = component[separators.end()]
    if after.lower() != after or not (after.isascii() and after.isalnum()):
        return separators.end(), _component_mistake(after, 0)[1]
    return end + 1, "In a repository name . or _ or __ or hyphens stand alone between letters and digits."


def check_tag(tag: str) -> None:
    """Check a tag. Raises InvalidReference at the first offending character."""
    match = _TAG.match(tag)
    end = match.end() if match else 0
    if not tag:
        raise InvalidReference(tag, 0, "A tag is missing after the colon.")
    if end < len(tag):
        rule = "starts with a letter, digit or underscore" if end == 0 else "has letters, digits and . _ -"
        raise InvalidReference(tag, end, f"A tag {rule}, not {named(tag[end])}.")
    if len(tag) > _LONGEST_TAG:
        raise InvalidReference(tag, _LONGEST_TAG, f"A tag has at most {_LONGEST_TAG} characters.")
