"""DER as certificates have it, one step above elements: ITU-T X.690, RFC 5280."""

from collections.abc import Iterator

from app.auth.der import Element, NotDer, read_element

BOOLEAN = 0x01
OCTET_STRING = 0x04
UTF8_STRING = 0x0C
UTC_TIME = 0x17
GENERALIZED_TIME = 0x18
SET = 0x31

_TEXTS = {
    0x0C: "utf-8",
    0x13: "ascii",
    0x14: "latin-1",
    0x16: "ascii",
    0x1A: "ascii",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}


def children(data: bytes, parent: Element) -> Iterator[Element]:
    """The elements inside a constructed one. Raises NotDer."""
    at = parent.content
    while at < parent.end:
        found = read_element(data, at, parent.end)
        yield found
        at = found.end


def content(data: bytes, element: Element) -> bytes:
    """The bytes inside an element."""
    return data[element.content : element.end]


def identifier(data: bytes) -> str:
    """An object identifier in dots, from its contents (X.690 8.19). Raises NotDer."""
    if not data or data[-1] & 0x80 or len(data) > 64:
        raise NotDer("an object identifier that is none")
    numbers: list[int] = []
    number = 0
    for octet in data:
        number = number << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def text(data: bytes, element: Element) -> str | None:
    """A string of any of the types that certificates use; None for an element that is no string."""
    encoding = _TEXTS.get(element.tag)
    return None if encoding is None else content(data, element).decode(encoding, "replace")


def stamp(seconds: float) -> str | None:
    """Seconds since 1970 as `moment` writes times, so that they compare; None before 1970 and in ages to come."""
    from time import gmtime, strftime

    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(seconds)) if 0 <= seconds < 1 << 38 else None


def moment(data: bytes, element: Element) -> str:
    """A time as `2026-09-21T07:00:00Z` (RFC 5280 section 4.1.2.5: always Zulu, with seconds). Raises NotDer."""
    said = content(data, element)
    if element.tag == UTC_TIME and len(said) == 13 and said[:12].isdigit():
        # Two digits of a year: 50 and more are of the last century.
        said = (b"19" if said[:2] >= b"50" else b"20") + said
    if (
        element.tag not in (UTC_TIME, GENERALIZED_TIME)
        or len(said) != 15
        or not said[:14].isdigit()
        or said[14:] != b"Z"
    ):
        raise NotDer("a time that is none")
    digits = said.decode("ascii")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:12]}:{digits[12:14]}Z"
