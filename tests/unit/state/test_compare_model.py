import pytest

from app.state.compare_model import address, begin, other_in, parse_other
from app.state.route import LANDING, RouteError, parse_route

HERE = parse_route("r.example/lab/app:1")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("other.example/team/app:2", "other.example/team/app:2"),
        (":2", "r.example/lab/app:2"),
        ("@sha256:" + "a" * 64, "r.example/lab/app@sha256:" + "a" * 64),
        ("other.example/team/app", "other.example/team/app:latest"),
        ("redis:7", "docker.io/library/redis:7"),
        ("other.example/team/app:2/-/files", "other.example/team/app:2"),
    ],
)
def test_a_second_reference_is_read(text: str, subject: str) -> None:
    assert parse_other(HERE, text).subject.replace("registry-1.docker.io", "docker.io") == subject


@pytest.mark.parametrize(("text", "position"), [("other.example", 13), (":a b", 2), ("other.example/UP:1", 14)])
def test_what_names_no_image_is_refused_where_it_is_wrong(text: str, position: int) -> None:
    with pytest.raises(RouteError) as caught:
        parse_other(HERE, text)
    assert caught.value.position == position


def test_a_password_in_it_is_in_no_page() -> None:
    page = begin(parse_route("r.example/lab/app:1/-/compare/ann:secretword@other.example/app:1"))
    assert page.mistake is not None
    assert "secretword" not in repr(page)


def test_a_page_begins_with_both_sides() -> None:
    page = begin(parse_route("r.example/lab/app:1/-/compare/other.example/app:2?platform=linux%2Famd64"))
    assert page.right is not None
    assert (page.right.route.subject, page.platform) == ("other.example/app:2", "linux/amd64")
    assert not page.has_data


def test_without_a_second_reference_there_is_nothing_to_wait_for() -> None:
    assert begin(parse_route("r.example/lab/app:1/-/compare")).has_data


def test_an_address_holds_both_and_the_platform() -> None:
    route = parse_route("r.example/lab/app:1?platform=linux%2Farm64")
    found = address(route, parse_route("other.example/app:2"))
    assert str(found) == "#/r.example/lab/app:1/-/compare/other.example/app:2?platform=linux%2Farm64"
    assert parse_route(str(found)) == found


def test_the_second_one_of_an_address_that_is_none_is_nowhere() -> None:
    assert other_in(parse_route("r.example/lab/app:1/-/compare/UP:1")) == LANDING
    assert other_in(parse_route("r.example/lab/app:1/-/compare")) == LANDING
