from app.state.model import CHUNK, PATCH_ROWS, Landing, Listing, TagDetail


def test_a_commit_brings_whole_chunks() -> None:
    assert PATCH_ROWS % CHUNK == 0
    assert PATCH_ROWS <= 200


def test_a_list_has_nowhere_to_go_on_unless_told() -> None:
    assert Listing((), complete=True, loading=False, failure=None).following is None


def test_a_row_is_complete_unless_told() -> None:
    assert TagDetail(None, None, None, (), None, None).complete


def test_a_page_equals_only_pages_of_its_kind() -> None:
    assert Landing("", None) == Landing("", None)
    assert Landing("", None) != ("", None)
