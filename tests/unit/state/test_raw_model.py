from app.oci.digest import digest_of
from app.state import model
from app.state.raw_model import Blob, Raw


def test_a_page_begins_as_it_was_received_with_nothing_folded() -> None:
    assert Raw(None, loading=True).folds == 0
    blob = Blob(digest_of(b"x"), None, None, None, too_large=False)
    assert (blob.folds, blob.part, blob.received) == (0, None, None)


def test_they_are_among_the_models_of_all_pages() -> None:
    assert (model.Raw, model.Blob) == (Raw, Blob)
