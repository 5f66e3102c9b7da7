from app.layers.limits import Limits


def test_a_raised_limit_is_four_times_as_high_and_the_others_stay() -> None:
    before = Limits()
    after = before.raised("entries")
    assert after.entries == 4 * before.entries
    assert after._replace(entries=before.entries) == before
