from app.view import countdown
from app.view.markup import render
from tests.unit.view.reading import read


def test_the_place_is_a_region_of_its_own() -> None:
    node = read(render(countdown.place("retry"))).one("span")
    assert node["id"] == countdown.region("retry", 5.0).region
    assert "data-region" in node.attributes


def test_the_key_counts_in_whole_seconds() -> None:
    assert countdown.region("a", 5.9).key == countdown.region("a", 5.1).key
    assert countdown.region("a", 5.9).key != countdown.region("a", 4.9).key


def test_a_time_is_a_clock() -> None:
    timer = read(countdown.region("a", 272.4).build()).one("span.timer")
    assert (timer.words, timer["data-seconds"]) == ("4:32", "272")


def test_what_is_over_and_what_has_no_end_is_said() -> None:
    assert countdown.region("a", -3.0).build() == "expired"
    assert countdown.region("a", 0.0, over="a moment").build() == "a moment"
    assert countdown.region("a", None, none="without an end").build() == "without an end"
