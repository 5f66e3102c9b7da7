from tests.unit.state.fake_files import BELOW, FILES, Registry, names, opened, two_layers


def test_a_search_lists_matches_of_all_layers() -> None:
    page = opened(two_layers(), f"{FILES}?search=*.txt")
    assert page.total == 4
    assert "data/gone.txt deleted 2" in names(page)


def test_a_search_that_finds_nothing_is_an_empty_list() -> None:
    page = opened(two_layers(), f"{FILES}?search=nothing")
    assert (page.total, page.what, page.mistake) == (0, "folder", None)


def test_a_pattern_that_is_too_long_is_said() -> None:
    assert opened(two_layers(), f"{FILES}?search={'x' * 1500}").mistake == "long"


def test_the_biggest_files_come_by_size() -> None:
    assert names(opened(two_layers(), f"{FILES}?show=biggest"))[0] == "data/replaced.txt"


def test_wasted_bytes_are_counted() -> None:
    waste = opened(two_layers(), f"{FILES}?show=wasted").waste
    assert waste is not None
    assert (waste.hidden, [row.path for row in waste.rows]) == (9, ["data/gone.txt", "data/replaced.txt"])


def test_a_folder_has_the_biggest_beside_it() -> None:
    assert opened(two_layers(), FILES).biggest[0].path == "data/replaced.txt"


def test_a_path_that_is_not_there_is_missing() -> None:
    assert opened(two_layers(), f"{FILES}/nowhere").what == "missing"


def test_a_layer_that_there_is_not_is_not_chosen() -> None:
    registry = Registry()
    registry.image(registry.layer(*BELOW))
    page = opened(registry, f"{FILES}/data?layer=7")
    assert page.chosen is None
    assert page.total == 4
