from app.layers.restart import BEGINNING, Restart, Restarts


def test_without_any_other_reading_begins_at_the_beginning() -> None:
    assert Restarts().before(10**9) == BEGINNING


def test_the_nearest_restart_before_a_byte_is_found() -> None:
    restarts = Restarts()
    for number in range(1, 5):
        restarts.add(Restart(number * 10, number * 100, None))
    assert [restarts.before(output).blob for output in (0, 99, 100, 101, 399, 400, 10**6)] == [0, 0, 10, 10, 30, 40, 40]


def test_a_restart_is_due_when_the_spacing_is_reached() -> None:
    restarts = Restarts(spacing=100)
    restarts.add(Restart(50, 0, None))
    assert (restarts.due(149), restarts.due(150)) == (False, True)


def test_their_number_is_bounded_and_the_spacing_grows() -> None:
    restarts = Restarts(spacing=10, most=8)
    for blob in range(10, 1000, 10):
        if restarts.due(blob):
            restarts.add(Restart(blob, blob * 3, None))
    assert len(restarts) <= 8
    assert restarts.spacing == 160
    assert restarts.before(0) == BEGINNING
    assert 0 < restarts.before(2900).blob < 970
