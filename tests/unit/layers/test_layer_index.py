import pytest

from app.layers.layer_index import Progress


@pytest.mark.parametrize(
    ("progress", "left"),
    [
        (Progress(25, 100, 0, 0, 2.0), 6.0),
        (Progress(100, 100, 0, 0, 2.0), 0.0),
        (Progress(120, 100, 0, 0, 2.0), 0.0),
        (Progress(25, None, 0, 0, 2.0), None),
        (Progress(0, 100, 0, 0, 2.0), None),
        (Progress(25, 100, 0, 0, 0.1), None),
    ],
)
def test_the_time_left_is_told_once_it_can_be(progress: Progress, left: float | None) -> None:
    assert progress.left == left
