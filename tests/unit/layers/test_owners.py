from app.layers.entries import Entries
from app.layers.entry import Owner
from app.layers.owners import Owners, owner_of
from tests.unit.layers.layer_kit import header


def test_headers_of_the_same_owner_have_one_number() -> None:
    owners = Owners(Entries())
    assert owners.number(header(b"a")) == owners.number(header(b"b")) == 0
    assert owners.number(header(b"c", mode=b"0000755\0")) == 1


def test_an_endless_row_of_owners_is_not_remembered_for_ever() -> None:
    owners = Owners(Entries())
    for mode in range(4097):
        owners.number(header(mode=b"%07o\0" % mode))
    assert len(owners._known) == 1


def test_a_header_without_names_has_numbers_alone() -> None:
    assert owner_of(header(magic=b"", mode=b"0100644\0")) == Owner(0o644, 0, 0, b"", b"")
