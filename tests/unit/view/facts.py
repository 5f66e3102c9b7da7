"""Labels with what they stand for, as a test asks for them."""

from tests.unit.view.reading import Node


def facts(node: Node) -> dict[str, str]:
    """What stands under each label in it; the first where one comes again."""
    found: dict[str, str] = {}
    for name, said in zip(node.all("dt"), node.all("dd"), strict=True):
        found.setdefault(name.words, said.words)
    return found
