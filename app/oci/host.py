"""Hosts as browsers read them: names, IPv4 in all its spellings, IPv6."""

import re

from app.oci.grammar import GrammarError, named

# RFC 1123 section 2.1 labels, with the `_` that container networks put into host names and browsers accept.
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_ALLOWED = re.compile(r"[a-z0-9_.-]*+")

# URL standard, "ends in a number": then the whole host is an IPv4 address or nothing.
_NUMBER_LABEL = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)")
_HEX_GROUP = re.compile(r"[0-9a-fA-F]{1,4}")
_DECIMAL_BYTE = re.compile(r"0|[1-9][0-9]{0,2}")


class HostError(GrammarError):
    """A text that is no host."""


def parse_host(text: str) -> str:
    """The canonical form of a host: lower case, IPv4 as four decimals, IPv6 compressed and in brackets.

    Names beyond ASCII become their `xn--` form, as in the addresses that a browser reports. Raises HostError.
    """
    if text.startswith("["):
        return _bracketed(text)
    lowered = text.lower() if text.isascii() else _to_ascii(text)
    if not lowered:
        raise HostError(text, 0, "A host name is missing.")
    end = _end_of_allowed(lowered)
    if end < len(lowered):
        position = end if text.isascii() else 0
        reason = f"A host name has letters, digits, dots and hyphens, not {named(lowered[end])}."
        raise HostError(text, position, reason)
    if len(lowered) > 254:
        raise HostError(text, 253, "A host name has at most 253 characters.")
    labels = lowered.removesuffix(".").split(".")
    if _NUMBER_LABEL.fullmatch(labels[-1]):
        return _dotted(_ipv4(text, labels))
    start = 0
    for label in labels:
        if not _LABEL.fullmatch(label):
            raise HostError(text, min(start, len(text) - 1) if text.isascii() else 0, _label_reason(label))
        start += len(label) + 1
    return lowered


def _end_of_allowed(text: str) -> int:
    match = _ALLOWED.match(text)
    return match.end() if match else 0


def _label_reason(label: str) -> str:
    if not label:
        return "A host name has something between its dots."
    if len(label) > 63:
        return "A part of a host name has at most 63 characters."
    return "A part of a host name starts and ends with a letter or a digit."


def _to_ascii(text: str) -> str:
    # UTS 46 without its tables: normalise, lower-case, encode each label. What is doubtful (an invisible joiner, a
    # symbol that decomposes to a slash) is no letter afterwards and refused by the label grammar.
    from unicodedata import category, normalize

    mapped = normalize("NFKC", normalize("NFKC", text).lower()).replace("\u3002", ".")
    labels = []
    for label in mapped.split("."):
        if label.isascii():
            labels.append(label)
        elif len(label) > 63 or any(category(character)[0] not in "LMN" and character != "-" for character in label):
            raise HostError(text, 0, "A host name has letters, digits, dots and hyphens alone.")
        else:
            labels.append("xn--" + label.encode("punycode").decode("ascii"))
    return ".".join(labels)


def _ipv4(text: str, labels: list[str]) -> int:
    # URL standard, "IPv4 parser": one to four parts, decimal, octal (0…) or hexadecimal (0x…); the last fills the rest.
    if len(labels) > 4:
        raise HostError(text, 0, "An IPv4 address has four numbers.")
    numbers = [_ipv4_number(text, label) for label in labels]
    last = numbers.pop()
    if any(number > 255 for number in numbers) or last >= 256 ** (4 - len(numbers)):
        raise HostError(text, 0, "A number of an IPv4 address is 0 to 255.")
    for index, number in enumerate(numbers):
        last += number << (8 * (3 - index))
    return last


def _ipv4_number(text: str, label: str) -> int:
    try:
        if len(label) > 16:
            raise ValueError
        if label.startswith("0x"):
            return int(label[2:] or "0", 16)
        return int(label, 8 if label.startswith("0") else 10)
    except ValueError:
        raise HostError(text, 0, "A host that ends in a number is an IPv4 address, such as 192.168.0.1.") from None


def _dotted(number: int) -> str:
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


def _bracketed(text: str) -> str:
    end = text.find("]")
    if end < 0:
        raise HostError(text, len(text), "An IPv6 address ends with “]”.")
    if end != len(text) - 1:
        raise HostError(text, end + 1, f"A port or a path follows “]”, not {named(text[end + 1])}.")
    groups = ipv6_groups(text[1:-1])
    if groups is None:
        raise HostError(text, 1, "Eight groups of hexadecimal digits make an IPv6 address, such as [::1].")
    return f"[{_compressed(groups)}]"


def ipv6_groups(text: str) -> tuple[int, ...] | None:
    """The eight groups of an IPv6 address without brackets (RFC 4291 section 2.2), None where it is none.

    A zone (`%eth0`) is refused: browsers do not take it.
    """
    if len(text) > 45 or text.count("::") > 1 or ":::" in text:
        return None
    head, gap, tail = text.partition("::")
    first, last = _groups(head, last=not gap), _groups(tail, last=True)
    if first is None or last is None:
        return None
    missing = 8 - len(first) - len(last)
    if (missing < 1) if gap else (missing != 0):
        return None
    return (*first, *[0] * missing, *last)


def _groups(text: str, last: bool) -> list[int] | None:
    groups: list[int] = []
    parts = text.split(":") if text else []
    for index, part in enumerate(parts):
        if _HEX_GROUP.fullmatch(part):
            groups.append(int(part, 16))
        elif last and index == len(parts) - 1 and "." in part:
            decimals = part.split(".")
            if len(decimals) != 4 or not all(_DECIMAL_BYTE.fullmatch(each) and int(each) < 256 for each in decimals):
                return None
            one, two, three, four = (int(each) for each in decimals)
            groups += [one << 8 | two, three << 8 | four]
        else:
            return None
    return groups


def _compressed(groups: tuple[int, ...]) -> str:
    # RFC 5952 section 4.2: the longest run of two or more zero groups, the first of equals.
    best_start, best_length = 0, 1
    start = 0
    while start < 8:
        end = start
        while end < 8 and groups[end] == 0:
            end += 1
        if end - start > best_length:
            best_start, best_length = start, end - start
        start = end + 1
    written = [f"{group:x}" for group in groups]
    if best_length < 2:
        return ":".join(written)
    return ":".join(written[:best_start]) + "::" + ":".join(written[best_start + best_length :])
