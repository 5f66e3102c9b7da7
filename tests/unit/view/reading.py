"""Reads the HTML that the view wrote, as a browser would, for tests to ask what is in it."""

from collections.abc import Iterator
from html.parser import HTMLParser

_VOID = frozenset({"br", "hr", "img", "input", "wbr"})


class Node:
    """An element with its attributes, its children and its text."""

    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | str] = []

    @property
    def text(self) -> str:
        """All text in it, as it stands there."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self) -> str:
        """Its text with single spaces, as people read it."""
        return " ".join(self.text.split())

    @property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()

    def __getitem__(self, name: str) -> str:
        text = self.attributes[name]
        assert text is not None
        return text

    def __iter__(self) -> Iterator["Node"]:
        """Every element in it, in the order of the document."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child

    def all(self, kind: str, **attributes: str) -> list["Node"]:
        """Elements by tag and classes (`a.tag`, `.notice`) and attributes (`data_copy="…"`)."""
        tag, *classes = kind.split(".")
        wanted = {name.rstrip("_").replace("_", "-"): text for name, text in attributes.items()}
        return [
            node
            for node in self
            if (not tag or node.tag == tag)
            and set(classes) <= set(node.classes)
            and all(node.attributes.get(name) == text for name, text in wanted.items())
        ]

    def one(self, kind: str, **attributes: str) -> "Node":
        """The only element of that kind."""
        found = self.all(kind, **attributes)
        assert len(found) == 1, f"{len(found)} of {kind} {attributes}"
        return found[0]

    def by_id(self, name: str) -> "Node":
        return self.one("", id=name)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.path = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in {tag}"
        node = Node(tag, dict(attrs))
        self.path[-1].children.append(node)
        if tag not in _VOID:
            self.path.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.path[-1].tag == tag, f"{tag} closes {self.path[-1].tag}"
        self.path.pop()

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(data)


def read(html: str) -> Node:
    """The tree of a piece of HTML; fails where elements are not closed in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.path) == 1, f"{reader.path[-1].tag} is not closed"
    return reader.root
