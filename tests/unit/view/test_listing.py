from app.client.errors import ServerFailed
from app.view.listing import counted, filter_field, is_waiting, rest, show_more
from app.view.markup import group, render
from tests.unit.view.reading import read
from tests.unit.view.states import HOST, PROMPT, at, catalog, failed, listing

STATE = at(HOST, catalog(()))
BROKEN = failed(ServerFailed("GET", "https://registry.example.net/v2/_catalog", 502))


def test_a_filter_counts_against_all() -> None:
    assert counted(listing(["a", "b"]), 1, "tag", "tags") == "1 of 2 tags"


def test_the_first_entries_are_awaited_only_while_nothing_stops_them() -> None:
    waiting = listing((), complete=False, loading=True)
    assert is_waiting(STATE, waiting)
    assert not is_waiting(STATE._replace(failure=BROKEN), waiting)
    assert not is_waiting(STATE._replace(login=PROMPT), waiting)
    assert not is_waiting(STATE, listing(["a"], loading=True))


def test_a_filter_is_found_by_slash() -> None:
    field = read(render(filter_field("Filter tags", "Filter", ""))).one("input")
    assert (field["data-input"], field["data-key"]) == ("filter", "/")
    assert "value" not in field.attributes


def test_a_complete_list_has_nothing_below_it() -> None:
    assert render(group(rest(STATE, listing(["a"]), "tags", "tags"))) == ""


def test_a_paused_list_can_be_gone_on_with() -> None:
    below = read(render(group(rest(STATE, listing(["a"], complete=False), "tags", "tags"))))
    assert below.one("button", data_command="continue").words == "Load more tags"


def test_a_broken_list_says_what_broke_it() -> None:
    below = read(render(group(rest(STATE, listing(["a"], complete=False, failure=BROKEN), "tags", "tags"))))
    assert below.one("div.notice").one("h3").words == "registry.example.net failed to answer"


def test_more_rows_can_be_asked_for_by_hand() -> None:
    assert read(render(show_more())).one("button", data_command="more").words == "Show more"
