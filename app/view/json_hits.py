"""How often what is searched for stands in a document, and in which parts of it."""

from app.oci.document import Json
from app.view.json_inside import DECODED_DEEP, Inside, inside
from app.view.json_search import Search


class Hits:
    """Counts hits. `insides`: what is encoded in the document, by the holder and the place in it; filled in as it is
    found, so that the page need not decode it again."""

    def __init__(self, search: Search, insides: dict[tuple[int, str | int], Inside | None]) -> None:
        self._search = search
        self._insides = insides
        self._found: dict[int, int] = {}

    def inside(self, found: Json) -> int:
        """The hits in an array or object that was counted."""
        return self._found.get(id(found), 0)

    def holds(self, key: str | None, found: Json) -> bool:
        """Whether a value or its key has a hit."""
        if key is not None and self._search.count(key):
            return True
        return self.inside(found) > 0 if isinstance(found, dict | list) else self.count(None, found) > 0

    def count(self, key: str | None, found: Json, holder: Json = None, item: int = 0, deep: int = 0) -> int:
        """How many hits there are in a value and its key; those of arrays and objects are remembered."""
        total = self._search.count(key) if key is not None else 0
        if isinstance(found, dict):
            inner = sum(self.count(name, one, found, 0, deep) for name, one in found.items())
        elif isinstance(found, list):
            inner = sum(self.count(None, one, found, number, deep) for number, one in enumerate(found))
        elif isinstance(found, str):
            return total + self._text(key, found, holder, item, deep)
        elif isinstance(found, int | float) and not isinstance(found, bool):
            return total + min(self._search.count(str(found)), 1)
        else:
            return total
        self._found[id(found)] = inner
        return total + inner

    def _text(self, key: str | None, text: str, holder: Json, item: int, deep: int) -> int:
        beside = holder if isinstance(holder, dict) else None
        within = inside(key, text, beside) if holder is not None and deep < DECODED_DEEP else None
        if within is None:
            return self._search.count(text)
        self._insides[(id(holder), key if key is not None else item)] = within
        if within.document is None:
            return 0
        # In what is encoded the encoding is not searched, but what it says.
        return self.count(None, within.document[0], None, 0, deep + 1)


def values(found: Json, most: int) -> int:
    """How many values a document has, counted no further than to `most`."""
    waiting: list[Json] = [found]
    seen = 0
    while waiting and seen < most:
        one = waiting.pop()
        seen += 1
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return seen
