import pytest

from app.auth.credential import Password
from app.auth.roster import ANONYMOUS, Roster

ANN = Password("ann", "secret")
BOB = Password("bob", "secret")


def names(roster: Roster) -> list[str]:
    return [signed.name for signed in roster]


def test_nobody_is_on_it_at_first() -> None:
    roster = Roster()
    assert (roster.current, roster.session, names(roster)) == (None, ANONYMOUS, [])


def test_who_is_added_is_in_use() -> None:
    roster = Roster()
    roster.add(ANN, None, stored=False)
    roster.add(BOB, None, stored=True)
    assert roster.current is not None
    assert (roster.current.name, roster.current.stored, names(roster)) == ("bob", True, ["ann", "bob"])


def test_the_same_name_replaces_with_another_session() -> None:
    roster = Roster()
    roster.add(ANN, None, stored=False)
    before = roster.session
    replaced = roster.add(Password("ann", "other"), None, stored=False)
    assert replaced is not None
    assert (replaced.credential, names(roster), roster.session > before) == (ANN, ["ann"], True)


def test_switching_back_brings_the_same_session() -> None:
    roster = Roster()
    roster.add(ANN, None, stored=False)
    session = roster.session
    roster.add(BOB, None, stored=False)
    roster.use("ann")
    assert roster.session == session


def test_a_removed_one_in_use_leaves_nobody() -> None:
    roster = Roster()
    roster.add(ANN, None, stored=False)
    assert roster.remove("ann") is not None
    assert roster.current is None
    assert roster.remove("ann") is None


def test_a_session_is_never_given_twice() -> None:
    roster = Roster()
    roster.add(ANN, None, stored=False)
    first = roster.session
    roster.clear()
    roster.add(ANN, None, stored=False)
    assert roster.session != first
    assert roster.of_session(first) is None


def test_an_unknown_name_cannot_be_used() -> None:
    with pytest.raises(KeyError):
        Roster().use("ann")
