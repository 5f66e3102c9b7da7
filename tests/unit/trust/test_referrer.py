from app.oci.descriptor import Descriptor
from app.oci.digest import digest_of
from app.oci.document import EMPTY
from app.trust.referrer import Referrer, ReferrerTree


def one(name: str, *children: Referrer) -> Referrer:
    return Referrer(
        Descriptor(name, digest_of(name.encode()), 1, EMPTY, None, None, (), None), ("api",), children=children
    )


def test_each_stands_before_what_refers_to_it() -> None:
    tree = ReferrerTree(digest_of(b"subject"), (one("a", one("b", one("c"))), one("d")))
    assert [(depth, found.descriptor.media_type) for depth, found in tree.walk()] == [
        (0, "a"),
        (1, "b"),
        (2, "c"),
        (0, "d"),
    ]
