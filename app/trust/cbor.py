"""CBOR as COSE signatures use it: RFC 8949, decoding alone, of small hostile bytes."""


class Tagged:
    """RFC 8949 section 3.4: a tag number and what it is put on."""

    __slots__ = ("content", "number")

    def __init__(self, number: int, content: "Cbor") -> None:
        self.number = number
        self.content = content


Cbor = None | bool | int | float | str | bytes | list["Cbor"] | dict[int | str, "Cbor"] | Tagged

_DEEPEST = 32
_MOST = 10_000
_NONE = "an item that is none"


class NotCbor(ValueError):
    """Bytes that are not the CBOR they should be."""


def decode_cbor(data: bytes) -> Cbor:
    """One item that fills the bytes. Raises NotCbor.

    Map keys are integers and texts (others do not occur in COSE); a key given twice is refused.
    """
    reader = _Reader(data)
    found = reader.item(0)
    if reader.at != len(data):
        raise NotCbor("something follows it")
    return found


class _Reader:
    __slots__ = ("at", "data", "left")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.left = _MOST

    def item(self, depth: int) -> Cbor:
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            raise NotCbor("too deep or too long")
        initial = self.take(1)[0]
        major, info = initial >> 5, initial & 0x1F
        if info == 31:
            return self._endless(major, depth)
        if major == 7:
            return self._simple(info)
        number = self._argument(info)
        if major == 0:
            return number
        if major == 1:
            return -1 - number
        if major == 2:
            return self.take(number)
        if major == 3:
            return self._text(self.take(number))
        if major == 4:
            return [self.item(depth + 1) for _ in self._times(number)]
        if major == 5:
            return self._map([(self.item(depth + 1), self.item(depth + 1)) for _ in self._times(number)])
        return Tagged(number, self.item(depth + 1))

    def take(self, count: int) -> bytes:
        if count > len(self.data) - self.at:
            raise NotCbor("it ends too early")
        self.at += count
        return self.data[self.at - count : self.at]

    def _argument(self, info: int) -> int:
        if info < 24:
            return info
        if info > 27:
            raise NotCbor("a reserved length")
        return int.from_bytes(self.take(1 << info - 24), "big")

    def _times(self, number: int) -> range:
        # Each item has a byte at least: a larger count is a lie that would only cost time.
        if number > len(self.data) - self.at:
            raise NotCbor("it ends too early")
        return range(number)

    def _text(self, data: bytes) -> str:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise NotCbor("a text that is not UTF-8") from None

    def _map(self, pairs: list[tuple[Cbor, Cbor]]) -> Cbor:
        found: dict[int | str, Cbor] = {}
        for key, one in pairs:
            if isinstance(key, bool) or not isinstance(key, int | str) or key in found:
                raise NotCbor("a map with such a key")
            found[key] = one
        return found

    def _simple(self, info: int) -> Cbor:
        if info in (20, 21):
            return info == 21
        if info in (22, 23):
            return None
        if info in (25, 26, 27):
            from struct import unpack

            found = unpack({25: ">e", 26: ">f", 27: ">d"}[info], self.take(1 << info - 24))[0]
            return float(found)
        raise NotCbor(_NONE)

    def _endless(self, major: int, depth: int) -> Cbor:
        # RFC 8949 section 3.2.2: items until a break, 0xff.
        parts: list[Cbor] = []
        while self.data[self.at : self.at + 1] != b"\xff":
            parts.append(self.item(depth + 1))
        self.at += 1
        if major == 4:
            return parts
        if major == 5 and len(parts) % 2 == 0:
            return self._map(list(zip(parts[::2], parts[1::2], strict=True)))
        if major == 2 and all(isinstance(part, bytes) for part in parts):
            return b"".join(part for part in parts if isinstance(part, bytes))
        if major == 3 and all(isinstance(part, str) for part in parts):
            return "".join(part for part in parts if isinstance(part, str))
        raise NotCbor(_NONE)
