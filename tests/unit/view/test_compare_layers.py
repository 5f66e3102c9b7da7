from app.oci import media_type as types
from app.oci.config import ImageConfig
from app.state.compare_model import ComparePage, Side
from app.view.compare_layers import fetched_after, layers_section
from app.view.markup import group, render
from tests.unit.view.reading import read
from tests.unit.view.states import ARM, CONFIG, IMAGE, digest, fetched, image_json
from tests.unit.view.test_compare import LEFT, RIGHT

MIXED = fetched(
    {**image_json("arm64"), "layers": [*image_json()["layers"][:1], *image_json("arm64")["layers"]]},  # type: ignore[index,misc]
    types.OCI_MANIFEST,
)


def words(left: Side, right: Side) -> str:
    return read(render(group(layers_section(ComparePage(left, right, None, {}))))).words


def ids(*names: str) -> ImageConfig:
    return CONFIG._replace(diff_ids=tuple(digest(name) for name in names))


def test_what_a_pull_after_the_first_fetches_is_summed() -> None:
    right = RIGHT._replace(image=MIXED)
    assert sum(one.size for one in fetched_after(LEFT, right)) == 4_000_000
    said = words(LEFT, right)
    assert "fetches 4.0 MB in 2 blobs; 3.0 MB of its layers are there already." in said
    assert "shared" in said


def test_nothing_shared_is_said() -> None:
    assert "nothing of it is there already" in words(LEFT, RIGHT)


def test_the_same_files_packed_differently_are_known_by_their_diff_id() -> None:
    left, right = LEFT._replace(config=ids("a", "b")), RIGHT._replace(config=ids("x", "b"))
    assert words(left, right).count("same files, packed differently") == 2


def test_a_layer_that_is_there_twice_is_fetched_once() -> None:
    layer = image_json("arm64")["layers"][0]  # type: ignore[index]
    twice = fetched({**image_json("arm64"), "layers": [layer, layer]}, types.OCI_MANIFEST)
    assert len(fetched_after(LEFT, RIGHT._replace(image=twice))) == 1


def test_before_both_images_are_read_there_is_no_section() -> None:
    assert layers_section(ComparePage(LEFT, RIGHT._replace(image=None), None, {})) is None
    assert layers_section(ComparePage(LEFT, None, None, {})) is None
    assert (LEFT.image, RIGHT.image) == (IMAGE, ARM)
