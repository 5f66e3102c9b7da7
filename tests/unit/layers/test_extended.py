from app.layers.entry import FILE, Segment
from app.layers.extended import Member
from tests.unit.layers.layer_kit import header, octal


def test_records_take_the_place_of_the_header_and_empty_ones_of_nothing() -> None:
    member = Member(header(b"old", size=octal(5), target=b"t"), 5)
    member.apply({b"path": b"new", b"linkpath": b"", b"size": b"7", b"gid": b"9", b"mtime": b"x"})
    assert (member.name, member.target, member.size, member.stored, member.owner.gid, member.mtime) == (
        b"new",
        b"t",
        7,
        7,
        9,
        0.0,
    )


def test_a_folder_has_no_contents_whatever_its_records_say() -> None:
    member = Member(header(b"d/", kind=b"5"), 0)
    member.apply({b"size": b"7"})
    assert (member.settle(), member.size, member.stored) == (True, 0, 0)


def test_pieces_that_do_not_fit_are_given_up() -> None:
    member = Member(header(size=octal(3)), 3)
    member.pieces = (Segment(5, 9),)
    assert not member.settle()
    assert (member.extra(), member.size, member.kind) == (None, 3, FILE)


def test_most_members_have_nothing_extra() -> None:
    assert Member(header(), 0).extra() is None
