import pytest

from app.auth.lessons import Bearer, Lessons, Wanted
from app.auth.scope import CATALOG
from app.oci.origin import parse_origin

BEARER = Bearer("https://reg.example/token", parse_origin("https://reg.example"), "reg")
HINT = ("repository:a:pull",)
WANTED = Wanted(BEARER, HINT)


@pytest.fixture
def lessons() -> Lessons:
    return Lessons()


def test_nothing_is_wanted_before_the_first_challenge_a8(lessons: Lessons) -> None:
    assert lessons.wanted_for(HINT) is None


def test_a_challenge_serves_other_repositories_and_not_the_catalog_a8_a11(lessons: Lessons) -> None:
    lessons.learn_bearer(HINT, WANTED)
    assert lessons.wanted_for(("repository:b:pull",)) == Wanted(BEARER, ("repository:b:pull",))
    assert lessons.wanted_for((CATALOG,)) is None
    assert lessons.wanted_for(()) is None


def test_the_catalogs_own_challenge_serves_the_catalog_a11(lessons: Lessons) -> None:
    wanted = Wanted(BEARER, ("repository::pull",))
    lessons.learn_bearer((CATALOG,), wanted)
    assert lessons.wanted_for((CATALOG,)) == wanted


def test_basic_as_the_only_offer_for_a_repository_replaces_what_was_known_of_tokens(lessons: Lessons) -> None:
    lessons.learn_bearer(HINT, WANTED)
    lessons.learn_basic((CATALOG,))
    assert lessons.wanted_for(HINT) == WANTED
    lessons.learn_basic(HINT)
    assert lessons.wanted_for(HINT) is None
    assert lessons.wanted_for(("repository:b:pull",)) is None


def test_challenges_of_a_thousand_requests_are_remembered_and_no_more(lessons: Lessons) -> None:
    for number in range(1001):
        lessons.learn_bearer((f"repository:{number}:pull",), Wanted(BEARER, ("x:y:z",)))
    assert lessons.wanted_for(("repository:0:pull",)) == Wanted(BEARER, ("repository:0:pull",))
    assert lessons.wanted_for(("repository:1:pull",)) == Wanted(BEARER, ("x:y:z",))


def test_without_a_readable_challenge_the_catalog_is_guessed_from_the_service_known_a3_a11(lessons: Lessons) -> None:
    lessons.learn_bearer(HINT, WANTED)
    assert lessons.guess_for((CATALOG,)) == Wanted(BEARER, (CATALOG,))
    assert lessons.guess_for(("repository:b:pull",)) == Wanted(BEARER, ("repository:b:pull",))


def test_nothing_is_guessed_without_a_token_service(lessons: Lessons) -> None:
    assert lessons.guess_for(HINT) is None


def test_a_placeholder_goes_with_what_is_guessed(lessons: Lessons) -> None:
    lessons.learn_service(BEARER, ("aws",))
    assert lessons.guess_for(HINT) == Wanted(BEARER, ("aws", "repository:a:pull"))
